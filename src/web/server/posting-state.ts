import { shownState } from '../../deliver/contact-sheet/state.ts';
import type { PostingFolder } from '../../posting/folder.ts';
import type { PostingRow } from '../../posting/record.ts';

/** What is planned and posted in an account's folder, as its pages show it. */
export interface PostingState {
  readonly zone: string | null;
  /** By `uploadId`. */
  readonly rows: ReadonlyMap<string, PostingRow>;
  /** Number of delivered packages by platform: a page with another number of cards is outdated. */
  readonly delivered: ReadonlyMap<string, number>;
  /** Sentences about posting.csv that a person has to read. */
  readonly issues: readonly string[];
}

export function postingState({ posting, uploads }: PostingFolder, issues: readonly string[]): PostingState {
  const delivered = new Map<string, number>();
  for (const { target, parts } of uploads) delivered.set(target, (delivered.get(target) ?? 0) + parts);
  return { zone: posting.record.zone, rows: posting.record.rows, delivered, issues };
}

/** The rows that changed. */
export function changedRows(before: PostingState | null, { rows }: PostingState): readonly PostingRow[] {
  return [...rows].flatMap(([id, row]) => (isSameRow(before?.rows.get(id), row) ? [] : [row]));
}

function isSameRow(one: PostingRow | undefined, other: PostingRow): boolean {
  if (one === other) return true;
  const names = ['planned', 'posted', 'url', 'note'] as const;
  return (
    one !== undefined && names.every((name) => one[name] === other[name]) && one.parts.join() === other.parts.join()
  );
}

/** The state of one sheet as JSON. @param rows the rows to include; those of other platforms are left out */
export function sheetJson(
  { zone, delivered, issues }: PostingState,
  target: string,
  rows: Iterable<PostingRow>,
  more: object = {},
): string {
  const posts = [...rows].flatMap((row) => {
    if (row.target !== target) return [];
    const { planned, posted, url, note } = shownState({ ...row, isOut: row.posted !== '' });
    return [{ key: row.key, planned, posted, parts: row.parts, url, note }];
  });
  const about = { schemaVersion: 1, target, zone, delivered: delivered.get(target) ?? 0 };
  return JSON.stringify({ ...about, posts, issues, ...more });
}
