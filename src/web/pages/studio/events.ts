import type { StudioEvent } from '../../studio/api.ts';
import { loadPosts, refreshDetail, reload, takeState } from './actions.ts';
import { eventsAddress, isReader, renewToken, server } from './server.ts';
import { getModel, update } from './store.ts';

/** A run says several times a second that posts changed: the page asks for them at most this often. */
const pause = 400;

/** A tab that is hidden for this long closes its connection: a browser has six to one server, for all its tabs. */
const restMilliseconds = 10_000;

let events: EventSource | null = null;

/** Follows changes, made in this tab, in another one or at the command line. */
export function followEvents(): void {
  let timer: ReturnType<typeof setTimeout>;
  const onVisibility = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(rest, restMilliseconds);
    else if (events === null) connect(true);
  };
  connect(false);
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();
}

function rest(): void {
  events?.close();
  events = null;
  if (!isReader) void server.rest().catch(() => {});
}

/**
 * The browser reconnects by itself, also after sleep. Events of the meantime are lost, so everything is loaded again.
 * @param wasLost whether there was a connection before
 */
function connect(wasLost: boolean): void {
  const own = new EventSource(eventsAddress);
  events = own;
  own.onopen = async () => {
    if (wasLost) {
      wasLost = false;
      await renewToken();
      void reload();
    }
    update({ isConnected: true });
  };
  own.onerror = () => {
    wasLost = true;
    update({ isConnected: false });
    // A refused connection is not tried again by the browser: the server may have been started anew.
    if (own.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      if (events === own) connect(true);
    }, 3000);
  };
  own.onmessage = ({ data }) => {
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

/** Tells the server that the page is closed: a connection also ends when the machine sleeps, which must not end the studio. */
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
