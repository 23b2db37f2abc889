import { openedFrom, type PastCell, whoChanged } from '../state/opened-from.ts';
import { choiceColumns } from './choices.ts';
import { isNarrowed } from './lost-letters.ts';
import { isReformatted } from './number-cells.ts';
import type { RecordedCells } from './own-sheet.ts';
import type { OwnSheet, SheetCells } from './sheet-cells.ts';
import {
  type ByPost,
  cellsIn,
  hadText,
  type Past,
  type Was,
  withCells,
  withOther,
  withoutOthers,
  withRevision,
} from './sheet-past.ts';
import { translationCells } from './translations.ts';

/** captions.csv merged with what port knows of its cells. */
export interface SavedSheet {
  /** The rows as they count. A row that the sheet lacks is there if it has cells since the last run. */
  readonly rows: ReadonlyMap<string, SheetCells>;
  readonly past: Past;
  /** Cells that the sheet must get back: by key, then by column. */
  readonly restored: ByPost<string>;
  /** Those of them that an older copy overwrote: `title of 2025-03-02_09-15-04`. */
  readonly stale: readonly string[];
}

interface Recorded {
  readonly kept: ReadonlyMap<string, RecordedCells>;
  readonly past: Past;
}

interface Cell {
  readonly row: string;
  readonly column: string;
  readonly cell: string;
  readonly text: string;
}

const wordColumns = ['caption', 'title', 'hashtags', ...choiceColumns] as const;

/**
 * Merges the sheet as somebody else saved it three ways. A change on one side counts. A cell that both changed has the
 * text of the sheet, which was saved last, and the text that it replaced is kept in `others`: so is any text of a person
 * that the sheet replaced without showing that it had it before.
 * @param sheet null: there is none, or it cannot be read
 * @param found its hash
 */
export function mergeSavedSheet(sheet: OwnSheet | null, found: string | null, { kept, past }: Recorded): SavedSheet {
  const none = { restored: new Map(), stale: [] };
  if (sheet === null) return { ...none, rows: withSince(new Map(), past.since), past };
  if (found !== null && found === past.sha256) return { ...none, rows: withSince(sheet.rows, past.since), past };
  const latest = latestOf({ kept, past });
  const cells = cellsOf(sheet, kept, past);
  if (found !== null && found === past.replaced) {
    // Port was stopped before it could write the sheet, or somebody put the one before back.
    const restored = toMap(
      cells.filter(({ row, column, text }) => latest(row, column) !== text),
      (cell) => latest(cell.row, cell.column),
    );
    const stale = [...cellsIn(restored)].map(({ key, column }) => `${column} of ${key}`);
    return { restored, stale, rows: withSince(withTexts(sheet.rows, restored), past.since), past };
  }
  const opened = openedFrom<Cell, Was>(
    { changes: changesIn(past), written: past.revisions.length, latest: (cell) => asWas(latest(...placeOf(cell))) },
    cells,
    (cell, value) => shows(cell.text, value, sheet),
  );
  const earlier = earlierIn(past);
  const [adopted, before, restored] = [new Map(), new Map(), new Map()] as [Texts, Texts, Texts];
  const stale: string[] = [];
  let merged = past;
  for (const cell of cells) {
    const { row, column, text } = cell;
    const now = latest(row, column);
    if (text === now) continue;
    if (text.trim() !== now.trim() && shows(text, asWas(now), sheet)) {
      // A spreadsheet took it for a number, or saved it without its letters.
      put(restored, row, column, now);
      continue;
    }
    const bases = opened.allOf(cell);
    const who = whoChanged(asWas(text), asWas(now), bases, (one, other) => shows(one.text, other, sheet));
    if (who === 'port') {
      put(restored, row, column, now);
      stale.push(`${column} of ${row}`);
      continue;
    }
    put(adopted, row, column, text);
    put(before, row, column, now);
    if (who === 'nobody') continue;
    const isEarlier = (earlier.get(cell.cell) ?? []).some((was) => hadText(was, text));
    const isSeen = who === 'sheet' && !isEarlier;
    merged = withoutOthers(merged, row, column, (other) => other.text === text || (isSeen && other.isTold === true));
    if (!isSeen && now.trim() !== '' && isPersonal(kept.get(row), past.since.get(row), column))
      merged = withOther(merged, row, column, now);
  }
  merged = withRevision({ ...merged, since: withCells(past.since, adopted) }, 'sheet', before);
  return { rows: withSince(withTexts(sheet.rows, restored), merged.since), past: merged, restored, stale };
}

type Texts = Map<string, Record<string, string>>;

function put(texts: Texts, key: string, column: string, text: string): void {
  texts.set(key, { ...texts.get(key), [column]: text });
}

function toMap(cells: readonly Cell[], textOf: (cell: Cell) => string): Texts {
  const texts: Texts = new Map();
  for (const cell of cells) put(texts, cell.row, cell.column, textOf(cell));
  return texts;
}

/** What port knows a cell to say: what came since the last run, else what that left. */
export function latestOf({ kept, past }: Recorded): (key: string, column: string) => string {
  return (key, column) => past.since.get(key)?.[column] ?? recordedTexts(kept.get(key))[column] ?? '';
}

const textsOf = new WeakMap<RecordedCells, Readonly<Record<string, string>>>();

/** The texts of a row as the last run left them, by column. */
export function recordedTexts(cells: RecordedCells | undefined): Readonly<Record<string, string>> {
  if (cells === undefined) return {};
  const known = textsOf.get(cells);
  if (known !== undefined) return known;
  const { caption, title, hashtags, cover = '', targets = '', fit = '', translations, speech } = cells;
  const words = { caption: caption.text, title: title.text, hashtags: hashtags.text };
  const texts = { ...words, cover, targets, fit, ...translationCells(translations, speech) };
  textsOf.set(cells, texts);
  return texts;
}

/** Whether a person wrote what a cell says. */
function isPersonal(
  kept: RecordedCells | undefined,
  since: Readonly<Record<string, string>> | undefined,
  column: string,
): boolean {
  if (since?.[column] !== undefined) return true;
  if (kept === undefined) return false;
  if (column === 'caption' || column === 'title' || column === 'hashtags')
    return kept[column].personal && kept[column].inherited !== true;
  if (column === 'speech') return kept.speech?.personal === true;
  const [part, language = ''] = column.split('_');
  if (part !== 'title' && part !== 'caption') return true;
  return kept.translations?.[language]?.[part].personal === true;
}

/** The cells of the sheet that port knows: of its posts, in its columns. */
function cellsOf({ rows }: OwnSheet, kept: Recorded['kept'], { since }: Past): readonly Cell[] {
  const known = new Set<string>(wordColumns);
  for (const cells of kept.values()) for (const column of Object.keys(recordedTexts(cells))) known.add(column);
  return [...rows].flatMap(([row, cells]) => {
    if (!kept.has(row) && !since.has(row)) return [];
    const texts = [
      ...wordColumns.map((column) => [column, cells[column]] as const),
      ...Object.entries(cells.more ?? {}),
    ];
    return texts.flatMap(([column, text]) =>
      text === null || !known.has(column) ? [] : [{ row, column, cell: nameOf(row, column), text }],
    );
  });
}

function nameOf(row: string, column: string): string {
  return `${column} ${row}`;
}

function placeOf(name: string): [key: string, column: string] {
  const at = name.indexOf(' ');
  return [name.slice(at + 1), name.slice(0, at)];
}

function changesIn({ revisions }: Past): readonly PastCell<Was>[] {
  return revisions.flatMap(({ by, cells }, index) =>
    [...cells].flatMap(([row, columns]) =>
      Object.entries(columns).map(([column, before]) => ({
        ...{ revision: index + 1, row, cell: nameOf(row, column), before },
        ...(by === 'sheet' && { bySheet: true as const }),
      })),
    ),
  );
}

function earlierIn({ revisions }: Past): ReadonlyMap<string, readonly Was[]> {
  const all = new Map<string, Was[]>();
  for (const { cells } of revisions)
    for (const [row, columns] of cells)
      for (const [column, was] of Object.entries(columns)) {
        const name = nameOf(row, column);
        const list = all.get(name) ?? [];
        list.push(was);
        all.set(name, list);
      }
  return all;
}

function asWas(text: string): Was {
  return { text, between: [] };
}

/** Whether a cell of the sheet shows a text, perhaps as a spreadsheet displays it, or without its letters. */
function shows(cell: string, was: Was, { table }: OwnSheet): boolean {
  return hadText(was, cell) || isReformatted(cell, was.text) || (table.narrow && isNarrowed(cell, was.text));
}

/** Rows with other texts in some cells. */
function withTexts(rows: ReadonlyMap<string, SheetCells>, texts: ByPost<string>): ReadonlyMap<string, SheetCells> {
  if (texts.size === 0) return rows;
  const all = new Map(rows);
  for (const [key, columns] of texts) {
    const row = all.get(key) ?? emptyRow;
    const { more, words } = split(columns);
    all.set(key, { ...row, ...words, ...((row.more || more) && { more: { ...row.more, ...more } }) });
  }
  return all;
}

const emptyRow: SheetCells = {
  ...{ caption: null, title: null, hashtags: null, cover: null, targets: null, fit: null },
  tiktokId: null,
};

/** With what came since the last run where the sheet lacks the row or the column. */
function withSince(rows: ReadonlyMap<string, SheetCells>, since: ByPost<string>): ReadonlyMap<string, SheetCells> {
  const missing: Texts = new Map();
  for (const [key, columns] of since)
    for (const [column, text] of Object.entries(columns)) {
      const row = rows.get(key);
      const own = wordColumns.find((each) => each === column);
      const there = own === undefined ? row?.more?.[column] : row?.[own];
      if (there == null) put(missing, key, column, text);
    }
  return withTexts(rows, missing);
}

function split(columns: Readonly<Record<string, string>>) {
  const own = Object.entries(columns).filter(([column]) => (wordColumns as readonly string[]).includes(column));
  const more = Object.entries(columns).filter(([column]) => !(wordColumns as readonly string[]).includes(column));
  return { words: Object.fromEntries(own), more: more.length === 0 ? undefined : Object.fromEntries(more) };
}

/** A row with the texts of cells as they are now. */
export interface RowTexts {
  readonly key: string;
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * What is remembered after a run has decided what its rows say: what it changed is a revision.
 * @param rows of all posts of the run
 * @param said what a cell said before; undefined: there was none
 */
export function pastAfterRun(
  past: Past,
  rows: readonly RowTexts[],
  said: (key: string, column: string) => string | undefined,
): Past {
  const before: Texts = new Map();
  for (const { key, texts } of rows)
    for (const [column, text] of Object.entries(texts)) {
      const then = said(key, column);
      if (then !== undefined && then !== text) put(before, key, column, then);
    }
  const since = new Map(past.since);
  for (const { key } of rows) since.delete(key);
  return withRevision({ ...past, since }, 'port', before);
}

/** What the cells say as they count: undefined for a cell that is not there. */
export function saidIn(
  { rows }: Pick<SavedSheet, 'rows'>,
  kept: Recorded['kept'],
): (key: string, column: string) => string | undefined {
  return (key, column) => {
    const row = rows.get(key);
    const own = wordColumns.find((each) => each === column);
    const found = own === undefined ? row?.more?.[column] : row?.[own];
    return found ?? recordedTexts(kept.get(key))[column];
  };
}
