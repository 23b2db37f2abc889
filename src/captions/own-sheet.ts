import * as z from 'zod';
import type { JoinedCaption } from '../model/caption.ts';
import type { Post } from '../model/post.ts';
import { choiceColumns, filledChoices, forEachChoice, type RecordedChoices } from './choices.ts';
import { readHashtags } from './hashtags-cell.ts';
import { isNarrowed } from './lost-letters.ts';
import { isReformatted } from './number-cells.ts';
import type { Cells, OwnSheet, RowCells, SheetCells } from './sheet-cells.ts';
import { damageOf, type KnownCells } from './sheet-damage.ts';
import { cellsIn, noPast, type Past, pastDocument, pastFields, pastIn } from './sheet-past.ts';
import { blank, type Note, plainBreaks } from './source.ts';
import { readTable, type Table, unguarded, withoutControls } from './spreadsheet.ts';
import { readTikTokUrl } from './tiktok-url.ts';
import {
  type LanguagesInForce,
  languagesIn,
  type RecordedSpeech,
  type RecordedTranslations,
  recordedSpeech,
  recordedTranslations,
  type TranslationColumns,
  translationCells,
  translationColumn,
} from './translations.ts';

/** A cell as an earlier run left it. */
export interface RecordedCell {
  readonly text: string;
  /** A person wrote or cleared it. */
  readonly personal: boolean;
  /** port wrote it from a source that is no longer available. */
  readonly inherited?: boolean | undefined;
}
export type RecordedCells = { readonly [Column in keyof Cells]: RecordedCell } & RecordedChoices & {
    readonly translations?: RecordedTranslations;
    readonly speech?: RecordedSpeech;
  };

/**
 * Reads the account's captions.csv, as any spreadsheet saves it.
 * @param known earlier content of its cells, used to detect the encoding
 * @returns the sheet, or why it cannot be read
 */
export async function readOwnSheet(bytes: Uint8Array, known: KnownCells = new Map()): Promise<OwnSheet | string> {
  const isHeader = (names: readonly string[]) => names.includes('key') && names.includes('caption');
  const words = [...known.values()].flatMap((cells) => Object.values(cells).flat());
  const read = await readTable(bytes, isHeader, words);
  if (typeof read === 'string') return read;
  const table = {
    ...read,
    header: read.header.map((name) => ownNameOf(name, read.header)),
    rows: read.rows.map((row) => row.map((cell) => unguarded(withoutControls(plainBreaks(cell))))),
  };
  const of = (name: string) => table.header.indexOf(name);
  const columns = { key: of('key'), caption: of('caption'), title: of('title'), hashtags: of('hashtags') };
  const choiceColumn = forEachChoice(of);
  const url = of('tiktokUrl');
  const more = table.header.flatMap((name, index) => {
    const own = translationColumn(name);
    return own === null ? [] : [[own, index] as const];
  });
  if (columns.key < 0 || columns.caption < 0) return 'it has no columns “key” and “caption” any more';
  const rows = new Map<string, SheetCells>();
  for (const row of table.rows) {
    const swallowed = swallowedIn(row);
    if (swallowed !== null) return `a quotation mark is missing before the row of ${swallowed}`;
    const cell = (index: number) => (index < 0 ? null : (row[index] ?? ''));
    const key = (row[columns.key] ?? '').trim();
    if (key === '') continue;
    const [caption, title, hashtags] = [cell(columns.caption), cell(columns.title), cell(columns.hashtags)];
    const choices = forEachChoice((column) => cell(choiceColumn[column]));
    const cells =
      more.length === 0 ? {} : { more: Object.fromEntries(more.map(([name, at]) => [name, cell(at) ?? ''])) };
    const earlier = rows.get(key);
    if (earlier !== undefined) {
      if (
        saysElse({ caption, title, hashtags, ...choices }, earlier) ||
        saysElseIn(cells.more ?? {}, earlier.more ?? {})
      )
        return `two rows of ${key} say different things: keep one`;
      continue;
    }
    const { tiktokId } = readTikTokUrl(cell(url) ?? '');
    rows.set(key, { caption, title, hashtags, tiktokId, ...choices, ...cells });
  }
  const damage = await damageOf({ table, rows }, known);
  return typeof damage === 'string' ? damage : { table: { ...table, narrow: table.narrow || damage.lacksSigns }, rows };
}

/** `Targets`, as a person may write it, is the column `targets` if there is no other of that name. */
function ownNameOf(name: string, header: readonly string[]): string {
  const own = name.toLowerCase();
  const isOwn = (choiceColumns as readonly string[]).includes(own);
  const spelled = isOwn ? own : translationColumn(name);
  return spelled !== null && header.filter((each) => each.toLowerCase() === own).length === 1 ? spelled : name;
}

/** Whether a second row of a post contradicts the first, so that it is unclear which one counts. */
function saysElse(row: Omit<SheetCells, 'tiktokId'>, earlier: SheetCells): boolean {
  return (['caption', 'title', 'hashtags', ...choiceColumns] as const).some(
    (column) => (row[column] ?? '').trim() !== '' && row[column] !== earlier[column],
  );
}

function saysElseIn(row: TranslationColumns, earlier: TranslationColumns): boolean {
  return Object.entries(row).some(([name, cell]) => cell.trim() !== '' && cell !== earlier[name]);
}

/** The key of a row that ended up inside a cell, because a quotation mark before it is missing. */
function swallowedIn(row: readonly string[]): string | null {
  for (const cell of row) {
    const key = /\n(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?)[,;\t]/.exec(cell)?.[1];
    if (key !== undefined) return key;
  }
  return null;
}

/** The cell values that port writes for a caption that is not from the sheet itself. */
export function cellsOf(words: JoinedCaption | null): Cells {
  const hashtags = words?.hashtags?.map((name) => `#${name}`).join(' ') ?? '';
  return { caption: withoutControls(words?.text ?? ''), title: withoutControls(words?.title ?? ''), hashtags };
}

/**
 * Decides which value each cell of a row gets: the person's or ours. A missing row, column or sheet means no change.
 * Without a record of an earlier run, every filled cell that differs from what port would write now is the person's.
 * @param row the row as read; null if there is none
 * @param kept the row as the earlier run left it, if recorded
 */
export function mergeCells(
  row: RowCells | null,
  ours: Cells,
  kept: RecordedCells | undefined,
  { narrow }: Pick<Table, 'narrow'>,
): RecordedCells {
  const isLeft = (cell: string, text: string) =>
    cell === text || isReformatted(cell, text) || (narrow && isNarrowed(cell, text));
  const merge = (column: keyof Cells): RecordedCell => {
    const [own, before] = [ours[column], kept?.[column]];
    const cell = row?.[column] ?? before?.text ?? own;
    if (isLeft(cell, own)) return { text: own, personal: false };
    if (before && isLeft(cell, before.text)) {
      if (before.personal && !before.inherited) return before;
      // The source is no longer available: keep its text until a source provides another.
      return own === '' ? { text: before.text, personal: true, inherited: true } : { text: own, personal: false };
    }
    // Clearing one of our cells means "no text"; clearing one's own cell restores ours.
    if (cell === '' && before?.personal !== false) return { text: own, personal: false };
    return { text: cell, personal: true };
  };
  return { caption: merge('caption'), title: merge('title'), hashtags: merge('hashtags') };
}

/**
 * The values that the cells may have had when the sheet was last written, by key: used to detect its encoding and lost
 * letters.
 * @param ours the texts that port would write now
 * @param saidBefore texts in the packages of earlier runs, by key
 */
export function knownCells(
  posts: readonly Post[],
  kept: ReadonlyMap<string, RecordedCells>,
  ours: (post: Post) => JoinedCaption | null,
  saidBefore: (key: string) => readonly string[] = () => [],
): KnownCells {
  const known = new Map<string, Record<string, readonly string[]>>();
  for (const [key, cells] of kept) {
    const { caption, title, hashtags } = cells;
    known.set(key, { caption: [caption.text], title: [title.text], hashtags: [hashtags.text], ...moreOf(cells) });
  }
  for (const post of posts) {
    const { key, sound, location } = post;
    const now = cellsOf(ours(post));
    const before = kept.get(key);
    known.set(key, {
      sound: [sound ?? ''],
      location: [location ?? ''],
      caption: [before?.caption.text ?? '', now.caption],
      title: [before?.title.text ?? '', now.title],
      hashtags: [before?.hashtags.text ?? '', now.hashtags],
      said: saidBefore(key),
      ...(before && moreOf(before)),
    });
  }
  return known;
}

/** With earlier texts of the cells: a sheet that was open for long still has them. */
export function withPast(known: KnownCells, { since, revisions }: Past): KnownCells {
  const all = new Map(known);
  const add = (key: string, column: string, text: string) => {
    const cells = all.get(key);
    if (text !== '' && cells !== undefined) all.set(key, { ...cells, [column]: [...(cells[column] ?? []), text] });
  };
  for (const { key, column, value } of cellsIn(since)) add(key, column, value);
  for (const { cells } of revisions) for (const { key, column, value } of cellsIn(cells)) add(key, column, value.text);
  return all;
}

function moreOf({ translations, speech }: RecordedCells): Record<string, readonly string[]> {
  const cells = Object.entries(translationCells(translations, speech));
  return Object.fromEntries(cells.map(([name, text]) => [name, [text]]));
}

/** The note that a person wrote into a row. A cleared cell means "no text". */
export function noteOf(key: string, { caption, title, hashtags }: RecordedCells): Note | null {
  if (!caption.personal && !title.personal && !hashtags.personal) return null;
  return {
    ...blank,
    source: 'csv',
    origin: 'captions.csv',
    key,
    text: caption.personal ? caption.text : null,
    title: title.personal ? title.text : null,
    hashtags: hashtags.personal ? readHashtags(hashtags.text) : null,
  };
}

const cellRecord = z.object({ text: z.string(), personal: z.boolean(), inherited: z.boolean().optional() });
const cellRecords = z.object({
  ...{ caption: cellRecord, title: cellRecord, hashtags: cellRecord },
  ...forEachChoice(() => z.string().default('')),
  translations: recordedTranslations.optional().catch(undefined),
  speech: recordedSpeech.optional().catch(undefined),
});
const memory = z.object({ rows: z.record(z.string(), cellRecords) });

/** What captions.json says. */
export interface SheetRecord {
  readonly kept: ReadonlyMap<string, RecordedCells>;
  readonly languages: LanguagesInForce;
  readonly past: Past;
}

/** Parses captions.json; empty if the file is missing or broken. */
export function parseSheetRecord(json: string | null): SheetRecord {
  let document: unknown = null;
  try {
    document = JSON.parse(json ?? '');
  } catch {}
  const past = pastDocument.safeParse(document).data;
  return {
    kept: recordedCellsIn(document),
    languages: languagesIn(document),
    past: past === undefined ? noPast : pastIn(past),
  };
}

/** The recorded cells by key. */
export function parseRecordedCells(json: string | null): ReadonlyMap<string, RecordedCells> {
  return parseSheetRecord(json).kept;
}

function recordedCellsIn(document: unknown): ReadonlyMap<string, RecordedCells> {
  try {
    const { rows } = memory.parse(document);
    return new Map(
      Object.entries(rows).map(
        ([key, { caption, title, hashtags, translations, speech, ...choices }]): [string, RecordedCells] => [
          key,
          {
            ...{ caption, title, hashtags },
            ...filledChoices(choices),
            ...(translations && { translations }),
            ...(speech && { speech }),
          },
        ],
      ),
    );
  } catch {
    return new Map();
  }
}

/** @param languages in which posts go out; the version before looks for them at the start of the document alone */
export function cellRecordJson(
  rows: ReadonlyMap<string, RecordedCells>,
  languages: LanguagesInForce = {},
  past: Past = noPast,
): string {
  const inForce = Object.keys(languages).length > 0 ? { languages } : {};
  return JSON.stringify({ schemaVersion: 1, ...inForce, rows: Object.fromEntries(rows), ...pastFields(past) });
}
