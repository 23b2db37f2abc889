import * as z from 'zod';
import type { JoinedCaption } from '../model.ts';
import { readHashtags, readTikTokUrl } from './csv.ts';
import { blank, type Note, plainBreaks } from './source.ts';
import { readTable, type Table, unguarded } from './spreadsheet.ts';

/** The cells of captions.csv that a person fills in. */
export interface Cells {
  readonly caption: string;
  readonly title: string;
  readonly hashtags: string;
}
export const personalColumns = ['caption', 'title', 'hashtags'] as const satisfies readonly (keyof Cells)[];

/** What we wrote into those cells; null where the cell was a person's. */
export type Written = { readonly [Column in keyof Cells]: string | null };

export interface OwnSheet {
  readonly table: Table;
  /** By key; of a key that comes twice the first. */
  readonly rows: ReadonlyMap<string, Cells & { readonly tiktokId: string | null }>;
}

/** Reads the account's captions.csv, however a spreadsheet saved it. @returns the sheet, or why it is none */
export function readOwnSheet(bytes: Uint8Array): OwnSheet | string {
  const read = readTable(bytes);
  if (typeof read === 'string') return read;
  const table = { ...read, rows: read.rows.map((row) => row.map((cell) => unguarded(plainBreaks(cell)))) };
  const index = (name: string) => table.header.indexOf(name);
  if (index('key') < 0 || index('caption') < 0) return 'it has no columns “key” and “caption” any more';
  const rows = new Map<string, Cells & { tiktokId: string | null }>();
  for (const row of table.rows) {
    const cell = (name: string) => row[index(name)] ?? '';
    const key = cell('key').trim();
    if (key === '' || rows.has(key)) continue;
    const { tiktokId } = readTikTokUrl(cell('tiktokUrl'));
    rows.set(key, { caption: cell('caption'), title: cell('title'), hashtags: cell('hashtags'), tiktokId });
  }
  return { table, rows };
}

/** What we put into the cells for words that are not the sheet's own. */
export function cellsOf(words: JoinedCaption | null): Cells {
  const hashtags = words?.hashtags?.map((name) => `#${name}`).join(' ') ?? '';
  return { caption: words?.text ?? '', title: words?.title ?? '', hashtags };
}

/**
 * Which cells a person changed. Without memory of what we wrote, that is every filled cell that differs from what we would
 * write now.
 */
export function personalCells(
  cells: Cells,
  ours: Cells,
  written: Written | undefined,
  { narrow }: Pick<Table, 'narrow'>,
): ReadonlySet<keyof Cells> {
  const same = (a: string, b: string) => a === b || (narrow && narrowed(a) === narrowed(b));
  const personal = personalColumns.filter((column) => {
    const cell = cells[column];
    const before = written?.[column];
    if (same(cell, ours[column])) return false;
    // Whoever told it does not any more: it stays all the same.
    if (ours[column] === '') return true;
    return before == null ? cell !== '' : !same(cell, before);
  });
  return new Set(personal);
}

/** As an encoding of 256 characters leaves it: a run of others is a run of question marks, of any length. */
function narrowed(text: string): string {
  return text.replace(/(?:\?|[^\u0000-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ])+/gu, '?');
}

/** The note that a person wrote into a row; an emptied cell says that there shall be nothing. */
export function noteOf(key: string, cells: Cells, personal: ReadonlySet<keyof Cells>): Note | null {
  if (personal.size === 0) return null;
  return {
    ...blank,
    source: 'csv',
    origin: 'captions.csv',
    key,
    text: personal.has('caption') ? cells.caption : null,
    title: personal.has('title') ? cells.title : null,
    hashtags: personal.has('hashtags') ? readHashtags(cells.hashtags) : null,
  };
}

const written = z.object({
  caption: z.string().nullable(),
  title: z.string().nullable(),
  hashtags: z.string().nullable(),
}) satisfies z.ZodType<Written>;
const memory = z.object({ rows: z.record(z.string(), written) });

/** What an earlier run remembered of its writing; nothing where that was deleted or is broken. */
export function parseWritten(json: string | null): ReadonlyMap<string, Written> {
  try {
    return new Map(Object.entries(memory.parse(JSON.parse(json ?? '')).rows));
  } catch {
    return new Map();
  }
}

export function writtenJson(rows: ReadonlyMap<string, Written>): string {
  return JSON.stringify({ schemaVersion: 1, rows: Object.fromEntries(rows) });
}
