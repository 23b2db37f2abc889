import { timeOf } from '../../../posting/local-time.ts';
import type { PostingRecord } from '../../../posting/record.ts';
import { safeJson, safeText } from '../../../report/safe-text.ts';
import { dayWords } from '../plan/calendar-page.ts';
import { platformTitle } from '../plan/run-plan.ts';

/** An account with its planned and posted posts. */
export interface Listed {
  readonly account: string;
  readonly posting: { readonly record: Pick<PostingRecord, 'rows'> };
}

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

/** `port posted --list`: what is out, the latest first, then split videos that are out in part, and how much is left. */
export function listPage(folders: readonly Listed[], isWanted: (target: string) => boolean): string {
  return folders
    .map(({ account, posting }) => {
      const rows = [...posting.record.rows.values()].filter(({ target }) => isWanted(target));
      const out = rows
        .filter(({ posted }) => posted !== '')
        .sort((one, other) => Date.parse(other.posted) - Date.parse(one.posted));
      const planned = rows.filter((row) => row.posted === '' && row.planned !== '').length;
      const partly = rows.filter((row) => row.posted === '' && row.parts.length > 0);
      const more = [
        ...(planned > 0 ? [`${planned} more planned`] : []),
        ...(partly.length > 0 ? [`${partly.length} in part`] : []),
      ];
      const head = [`${account}: ${out.length} of ${rows.length} posted`, ...more].join(', ');
      const width = Math.max(0, ...[...out, ...partly].map(({ target }) => platformTitle(target).length));
      const lines = out.map(({ key, target, posted, url }) => {
        const when = `${dayWords(posted.slice(0, 10))} ${timeOf(posted)}`;
        return `  ${when.padEnd(21)}  ${platformTitle(target).padEnd(width)}  ${key}${url === '' ? '' : `  ${url}`}`;
      });
      const halves = partly.map(({ key, target, parts }) => {
        const platform = platformTitle(target).padEnd(width);
        return `  ${'in part'.padEnd(21)}  ${platform}  ${key}  ${parts.join(', ')}`;
      });
      return [head, ...lines, ...halves].map(safeText).join('\n');
    })
    .join('\n\n');
}
