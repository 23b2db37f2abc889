import type { RunEvent } from '../../model/event.ts';
import type { Accounts } from './accounts.ts';
import type { Events } from './events.ts';
import { type FolderView, openFolderView, type ViewTools } from './folder-view.ts';
import { maxKeys } from './keys.ts';

/** The views of account folders, each opened once. */
export interface Views {
  /** @throws RefusedError if there is no such account */
  of(account: string): FolderView;
  /** Records a post that a run has finished. */
  note(event: RunEvent & { readonly type: 'post' }): Promise<void>;
  /** The platforms for which a run made some of these posts, or tried to. */
  targetsOf(account: string, keys: readonly string[]): Promise<readonly string[]>;
  /** Tells the pages that any post may have changed, because a run has written the manifests. */
  announceAll(): void;
  close(): Promise<void>;
}

export function createViews(tools: ViewTools, accounts: Accounts, events: Events): Views {
  const open = new Map<string, { readonly view: FolderView; readonly stop: () => void }>();
  const of = (account: string): FolderView => {
    const folder = accounts.folder(account);
    const known = open.get(folder);
    if (known !== undefined) return known.view;
    const view = openFolderView(folder, tools);
    // Changes by other programs, phones or a spreadsheet.
    const stop = view.store.listen((_state, rows) => {
      const keys = [...new Set(rows.map(({ key }) => key))];
      events.send({ type: 'posting', account, keys: keys.length > maxKeys ? [] : keys });
    });
    open.set(folder, { view, stop });
    return view;
  };
  return {
    of,
    async note(event) {
      const { account, key } = event;
      if (accounts.all().every((each) => each.account !== account)) await accounts.refresh();
      if (accounts.all().some((each) => each.account === account)) await of(account).note(event);
      events.send({ type: 'posts', account, keys: [key] });
    },
    async targetsOf(account, keys) {
      const entries = (await Promise.all(keys.map(async (key) => of(account).entries(key)))).flat();
      const isMade = (issues: (typeof entries)[number]['issues']) =>
        issues.every(({ code }) => code !== 'not-selected');
      return [...new Set(entries.filter(({ issues }) => isMade(issues)).map(({ target }) => target))];
    },
    announceAll() {
      for (const { account, folder } of accounts.all())
        if (open.has(folder)) events.send({ type: 'posts', account, keys: [] });
    },
    async close() {
      for (const { view, stop } of open.values()) {
        stop();
        await view.close();
      }
    },
  };
}
