import * as z from 'zod';
import { contextNow, readCell } from '../../posting/cells.ts';
import type { PostingFolder } from '../../posting/folder.ts';
import { momentOf } from '../../posting/local-time.ts';
import type { Edits, PostingRow } from '../../posting/record.ts';
import { ticked } from '../../posting/state.ts';
import { readPackageId, uploadId } from '../../posting/upload.ts';

/** A change that is refused: one sentence for the person at the page. */
export class RefusedEdit extends Error {
  override name = 'RefusedEdit';
}

/** What a page may change of a post. */
export interface PostingEdit {
  /** Of the post or, for one part of a split video, of its package: `KEY/part-1`. */
  readonly key: string;
  readonly posted?: boolean | undefined;
  /** In the studio. */
  readonly planned?: string | undefined;
  readonly url?: string | undefined;
  readonly note?: string | undefined;
}

const longestText = 10_000;
const edit = z.strictObject({
  key: z.string().max(100),
  posted: z.boolean().optional(),
  url: z.string().max(longestText).optional(),
  note: z.string().max(longestText).optional(),
});
const maxEdits = 200;
const edits = z.union([edit.transform((one) => [one]), z.array(edit).min(1).max(maxEdits)]);

/** @param body of a request: one change, or a list of them @throws RefusedEdit */
export function parseEdits(body: string): readonly PostingEdit[] {
  try {
    return edits.parse(JSON.parse(body));
  } catch {
    throw new RefusedEdit(
      'Not saved: port serve does not understand this request. Reload the page, which may be of another version.',
    );
  }
}

const names = { planned: 'The time', url: 'The link', note: 'The note' } as const;

/**
 * The rows of posting.csv after changes on one platform.
 * @param rows the rows that earlier changes of the same request changed; the changed rows are added
 * @param now milliseconds since 1970
 * @throws RefusedEdit; then none of the changes is made
 */
export function editRows(
  wanted: readonly PostingEdit[],
  target: string,
  { posting: { record }, uploads }: Pick<PostingFolder, 'posting' | 'uploads'>,
  rows: Map<string, PostingRow>,
  now: number,
): void {
  const context = contextNow(record.zone, now);
  const moment = momentOf(now, context.zone);
  const changed = new Map<string, PostingRow>();
  const parts = new Map(uploads.map((upload) => [uploadId(upload), upload.parts]));
  for (const { key: id, posted, planned, url, note } of wanted) {
    const named = readPackageId(id);
    const name = uploadId({ key: named?.key ?? '', target });
    const row = changed.get(name) ?? rows.get(name) ?? record.rows.get(name);
    const count = parts.get(name) ?? 1;
    if (row === undefined || named === null || (named.part !== null && Number(named.part.slice(5)) > count))
      throw new RefusedEdit('Not saved: posting.csv has no such post. Reload the page.');
    const state = posted === undefined ? {} : ticked(row, id, posted, moment, count);
    const texts = {
      ...(planned !== undefined && { planned: read('planned', planned) }),
      ...(url !== undefined && { url: read('url', url) }),
      ...(note !== undefined && { note: read('note', note) }),
    };
    changed.set(name, { ...row, ...state, ...texts });
  }
  for (const [name, row] of changed) rows.set(name, row);

  function read(column: keyof typeof names, text: string): string {
    const cell = readCell(column, text, context);
    if ('value' in cell) return cell.value;
    throw new RefusedEdit(`${names[column]} was not saved: ${cell.why}.`);
  }
}

export function editsOf(rows: ReadonlyMap<string, PostingRow>): Edits {
  return [...rows.values()].map(({ key, target, ...cells }) => ({ key, target, cells }));
}
