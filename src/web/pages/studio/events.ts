import type { StudioEvent } from '../../studio/api.ts';
import { loadPosts, refreshDetail, reload, takeState } from './actions.ts';
import { isReader, renewToken, server } from './server.ts';
import { getModel, update } from './store.ts';

/** A run says several times a second that posts changed: the page asks for them at most this often. */
const pause = 400;

/**
 * Follows what happens: in this tab, in another one, at the command line. The browser connects again by itself, also
 * after sleep; then all is loaded anew, since events of the meantime are lost.
 * @param wasLost whether there was a connection before
 */
export function followEvents(wasLost = false): void {
  const events = new EventSource('/api/events');
  events.onopen = async () => {
    if (wasLost) {
      wasLost = false;
      await renewToken();
      void reload();
    }
    update({ isConnected: true });
  };
  events.onerror = () => {
    wasLost = true;
    update({ isConnected: false });
    // A refused connection is not tried again by the browser: the server may have been started anew.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => followEvents(true), 3000);
  };
  events.onmessage = ({ data }) => {
    const event = JSON.parse(data) as StudioEvent;
    switch (event.type) {
      case 'state':
        takeState(event.state);
        return;
      case 'posts':
      case 'posting':
        changed(event.account, event.keys.length === 0 ? null : event.keys);
        return;
      case 'run':
        return;
    }
  };
}

/** The studio ends when its last page was closed, and not when its machine sleeps: the page says which it is. */
export function announceLeave(): void {
  if (!isReader) addEventListener('pagehide', () => void server.leave().catch(() => {}));
}

/** Posts by account; null: all. */
const waiting = new Map<string, Set<string> | null>();

function changed(account: string, keys: readonly string[] | null): void {
  const before = waiting.get(account);
  waiting.set(account, keys === null || before === null ? null : new Set([...(before ?? []), ...keys]));
  if (before !== undefined) return;
  const load = () => {
    const wanted = waiting.get(account) ?? null;
    waiting.delete(account);
    void loadPosts(account, wanted);
    const { opened } = getModel();
    if (opened?.account === account && (wanted === null || wanted.has(opened.key))) void refreshDetail();
  };
  setTimeout(load, pause);
}
