import type { AccountFolder } from '../../../posting/accounts.ts';
import type { PostingFolder } from '../../../posting/folder.ts';
import { timeOf } from '../../../posting/local-time.ts';
import { safeJson, safeText } from '../../../report/safe-text.ts';
import { dayWords } from '../plan/calendar-page.ts';
import { platformTitle } from '../plan/run-plan.ts';

export type Listed = PostingFolder & Pick<AccountFolder, 'account'>;

/** `port posted --list --json` */
export function listJson(folders: readonly Listed[], isWanted: (target: string) => boolean): string {
  const posts = folders.flatMap(({ account, posting }) =>
    [...posting.record.rows.values()]
      .filter(({ target }) => isWanted(target))
      .map(({ key, target, planned, posted, url }) => ({
        ...{ account, key, target },
        ...{ planned: planned || null, posted: posted || null, url: url || null },
      })),
  );
  return safeJson({ schemaVersion: 1, posts }, 2);
}

/** `port posted --list`: what is out, the latest first, and how much is left. */
export function listPage(folders: readonly Listed[], isWanted: (target: string) => boolean): string {
  return folders
    .map(({ account, posting }) => {
      const rows = [...posting.record.rows.values()].filter(({ target }) => isWanted(target));
      const out = rows
        .filter(({ posted }) => posted !== '')
        .sort((one, other) => Date.parse(other.posted) - Date.parse(one.posted));
      const planned = rows.filter((row) => row.posted === '' && row.planned !== '').length;
      const head = `${account}: ${out.length} of ${rows.length} posted${planned > 0 ? `, ${planned} more planned` : ''}`;
      const width = Math.max(0, ...out.map(({ target }) => platformTitle(target).length));
      const lines = out.map(({ key, target, posted, url }) => {
        const when = `${dayWords(posted.slice(0, 10))} ${timeOf(posted)}`;
        return `  ${when.padEnd(21)}  ${platformTitle(target).padEnd(width)}  ${key}${url === '' ? '' : `  ${url}`}`;
      });
      return [head, ...lines].map(safeText).join('\n');
    })
    .join('\n\n');
}
