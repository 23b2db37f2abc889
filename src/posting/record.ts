import * as z from 'zod';
import { isPlace } from '../state/documents.ts';
import { type CellColumn, cellColumns, noCells, type PostingCells } from './cells.ts';
import { isMoment, isZone } from './local-time.ts';
import { type Upload, uploadId } from './upload.ts';

/** The earlier value of a cell that a revision changed. */
export interface Change extends Upload {
  readonly revision: number;
  readonly column: CellColumn;
  readonly before: string;
  /** A person made it in posting.csv: a spreadsheet that stays open has it, but not what port changed before it. */
  readonly bySheet?: true | undefined;
}

export interface PostingRow extends Upload, PostingCells {
  /** The parts of a split video that are out while others are not: `part-1`. The sheet has no place for them. */
  readonly parts: readonly string[];
}

/**
 * posting.json: the content of posting.csv when port last wrote it, which shows what a person changed since. Its rows count
 * while the sheet cannot be read or written. It is state and not a cache, because no run can compute it again.
 */
export interface PostingRecord {
  /** Grows with each change of the rows. */
  readonly revision: number;
  /** The revision of posting.csv as last written; lower than `revision` if it could not be written since. */
  readonly written: number;
  /** The hash of posting.csv as port wrote it: a sheet with another hash was saved by somebody else. */
  readonly sha256: string | null;
  /** posting.csv has cells that cannot be read: it is read each time, and they are reported. */
  readonly isTroubled: boolean;
  /** The time zone of the last plan; null before the first one. */
  readonly zone: string | null;
  /** By `uploadId`, in the order of the sheet. */
  readonly rows: ReadonlyMap<string, PostingRow>;
  /** The changes of later revisions, the oldest first: they show at which revision a spreadsheet opened the sheet. */
  readonly changes: readonly Change[];
}

export const noRecord: PostingRecord = {
  ...{ revision: 0, written: 0, sha256: null, isTroubled: false, zone: null },
  ...{ rows: new Map(), changes: [] },
};

export const maxRecordBytes = 100 << 20;

/** Maximum number of stored changes, the latest ones: some months of posting, or a plan of everything. */
const maxChanges = 50_000;

const cell = z.string().max(1_000_000);
const moment = cell.refine((text) => text === '' || isMoment(text)).catch('');
const cells = z.object({ planned: moment, posted: moment, url: cell, note: cell });
const upload = { key: z.string(), target: z.string() };
const parts = z
  .array(z.string().regex(/^part-\d{1,4}$/))
  .max(10_000)
  .default([]);
const row = z.object({ ...upload, ...cells.shape, parts }).refine(({ key, target }) => isPlace(key, target));
const count = z.number().int().nonnegative();
const change = z
  .object({
    ...{ ...upload, revision: count, column: z.enum(cellColumns), before: cell },
    bySheet: z.literal(true).optional(),
  })
  .refine(({ column, before }) => column === 'url' || column === 'note' || before === '' || isMoment(before));
const document = z.object({
  ...{ schemaVersion: z.literal(1), revision: count, written: count },
  ...{ sha256: z.string().nullable(), isTroubled: z.boolean(), zone: z.string().refine(isZone).nullable().catch(null) },
  ...{ rows: z.array(row), changes: z.array(change) },
});

/** @returns null if there is none, or it is broken: then the sheet alone counts */
export function parseRecord(json: string | null): PostingRecord | null {
  if (json === null) return null;
  try {
    const { rows, ...rest } = document.parse(JSON.parse(json));
    return { ...rest, rows: new Map(rows.map((each) => [uploadId(each), each])) };
  } catch {
    return null;
  }
}

export function recordJson({ rows, changes, ...rest }: PostingRecord): string {
  const lines = (list: readonly object[]) => list.map((each) => `\n${JSON.stringify(each)}`).join(',');
  const head = JSON.stringify({ schemaVersion: 1, ...rest }).slice(0, -1);
  return `${head},"rows":[${lines([...rows.values()])}],"changes":[${lines(changes)}]}\n`;
}

export type EditedCells = Partial<Omit<PostingRow, keyof Upload>>;

/** New values of cells; a row that is not there is added at the top. */
export type Edits = readonly (Upload & { readonly cells: EditedCells })[];

/**
 * The record after a change, as a revision of its own; the same record if nothing changes.
 * @param bySheet whether a person made the change in posting.csv
 */
export function edited(record: PostingRecord, edits: Edits, bySheet = false): PostingRecord {
  const revision = record.revision + 1;
  const added = new Map<string, PostingRow>();
  const rows = new Map(record.rows);
  const changes: Change[] = [];
  let areOthers = false;
  for (const { key, target, cells: wanted } of edits) {
    const id = uploadId({ key, target });
    const there = rows.get(id) ?? added.get(id);
    const before = there ?? { key, target, ...noCells, parts: [] };
    const merged = { ...before, ...wanted };
    const now = merged.posted === '' ? merged : { ...merged, parts: [] };
    if (now.parts.join() !== before.parts.join()) areOthers = true;
    for (const column of cellColumns) {
      if (now[column] === before[column]) continue;
      changes.push({ revision, key, target, column, before: before[column], ...(bySheet && { bySheet }) });
    }
    (rows.has(id) ? rows : added).set(id, now);
  }
  if (changes.length === 0 && added.size === 0 && !areOthers) return record;
  const all = changes.length === 0 ? record.changes : [...record.changes, ...changes].slice(-maxChanges);
  return { ...record, revision, rows: added.size === 0 ? rows : new Map([...added, ...rows]), changes: all };
}
