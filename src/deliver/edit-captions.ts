import type { Choices } from '../captions/choices.ts';
import { sheetPath } from '../captions/index.ts';
import { type FoundSheet, readSheetNow } from '../captions/open-sheet.ts';
import type { RecordedCells } from '../captions/own-sheet.ts';
import type { Cells, OwnSheet } from '../captions/sheet-cells.ts';
import { type Past, withCells, withOther, withoutOthers, withRevision } from '../captions/sheet-past.ts';
import { OutputError } from '../errors.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { Tools } from '../tools/tools.ts';
import { captionsCsv, type SheetRow } from './captions-csv.ts';
import { writeCaptions } from './write-captions.ts';

/** The cells of a post in captions.csv that a person fills in. */
export type EditableCells = Cells & Choices;
export type EditableColumn = keyof EditableCells;

export interface CellEdit {
  readonly column: EditableColumn;
  /** The text of the cell when the person began to change it; null: whatever it is now. */
  readonly seen: string | null;
  readonly wanted: string;
}

/** A cell that was changed here and by somebody else. */
export interface CellConflict {
  readonly column: EditableColumn;
  /** The text in the sheet. */
  readonly theirs: string;
  /** The text that was typed here, or anywhere else before the sheet was saved with the other text. */
  readonly ours: string;
}

/** One of two texts of a cell, about which a person has decided. */
export interface Decided {
  readonly column: EditableColumn;
  readonly text: string;
}

export interface EditedCells {
  /** The cells of the sheet as they are now. */
  readonly cells: EditableCells;
  /** Cells that keep the text that somebody else wrote. */
  readonly conflicts: readonly CellConflict[];
  readonly isChanged: boolean;
}

export const editableColumns = ['caption', 'title', 'hashtags', 'cover', 'targets', 'fit'] as const;

/** captions.csv as it is, with characters restored that its encoding lost. */
export interface CaptionsSheet {
  readonly found: OwnSheet | null;
  /** Why it cannot be read; null if it can, or does not exist. */
  readonly problem: string | null;
  of(key: string): EditableCells;
  /** Cells with a second text that a person typed, which is kept until somebody decides. */
  conflictsOf(key: string): readonly CellConflict[];
  /** A cell in a column that only port fills in; empty if there is none. */
  fact(key: string, column: 'kind' | 'sound' | 'location'): string;
}

/** Reads captions.csv. @throws a system error if it cannot be opened */
export async function readCaptionsSheet(folder: string, files: Tools['files']): Promise<CaptionsSheet> {
  const read = await readSheetNow(folder, files);
  const { found, problem } = read;
  const factsOf = new Map<string, readonly string[]>();
  const header: readonly string[] = found?.table.header ?? [];
  const keyAt = header.indexOf('key');
  for (const row of found?.table.rows ?? []) factsOf.set(row[keyAt]?.trim() ?? '', row);
  return {
    found,
    problem,
    of: (key) => cellsNow(key, read),
    conflictsOf: (key) => conflictsIn(key, read),
    fact: (key, column) => factsOf.get(key)?.[header.indexOf(column)] ?? '',
  };
}

function conflictsIn(key: string, read: FoundSheet): readonly CellConflict[] {
  const others = read.past.others.get(key);
  if (others === undefined) return [];
  const cells = cellsNow(key, read);
  return editableColumns.flatMap((column) =>
    (others[column] ?? []).map(({ text }) => ({ column, theirs: cells[column], ours: text })),
  );
}

const maxAttempts = 5;

/**
 * Changes cells of one post in captions.csv, as a person does in a spreadsheet: the next run treats them as the person's. A
 * cell that somebody else changed meanwhile stays unchanged and is returned as a conflict, unless both wrote the same; the
 * new text is kept in captions.json until the person decides.
 * @param decided texts that are not kept any longer, unless they are written again and conflict again
 * @throws OutputError if the sheet cannot be read or is busy, a system error if it cannot be written
 */
export async function editCaptions(
  folder: string,
  key: string,
  edits: readonly CellEdit[],
  { files, locks }: Pick<Tools, 'files' | 'locks'>,
  decided: readonly Decided[] = [],
): Promise<EditedCells> {
  const path = sheetPath(folder);
  return await withDocumentLock(folder, 'captions', locks, async () => {
    for (let attempt = 1; ; attempt++) {
      const before = await files.facts(path);
      const read = await readSheetNow(folder, files);
      const { found, problem, kept, languages, restored } = read;
      if (problem !== null) throw new OutputError(`captions.csv cannot be read: ${problem}. Mend it, and try again.`);
      const now = cellsNow(key, read);
      const { cells, conflicts, changes } = merged(now, edits);
      const past = pastAfter(read.past, key, { now, changes, conflicts, decided: [...decided, ...replaced(edits)] });
      const isChanged = Object.keys(changes).length > 0;
      if (!isChanged && past === read.past) return { cells, conflicts, isChanged };
      const row = found?.rows.has(key) ? changes : { ...timeOf(key), ...cells };
      const others = [...restored].flatMap(([each, texts]) => (each === key ? [] : [{ key: each, more: texts }]));
      const own = { ...row, key, more: restored.get(key) ?? {} };
      const text = captionsCsv([own, ...others], found?.table ?? null);
      // A spreadsheet ignores the lock and may have saved the sheet meanwhile.
      const there = await files.facts(path);
      const isSame = there?.bytes === before?.bytes && there?.modified === before?.modified;
      if (!isSame && attempt < maxAttempts) continue;
      await writeCaptions(folder, text, { kept, languages, past }, read, files);
      return { cells, conflicts, isChanged };
    }
  });
}

/** Texts that the person saw and replaced. */
function replaced(edits: readonly CellEdit[]): readonly Decided[] {
  return edits.flatMap(({ column, seen, wanted }) =>
    seen === null || wanted === seen ? [] : [{ column, text: seen }],
  );
}

interface Edited {
  readonly now: EditableCells;
  readonly changes: Partial<EditableCells>;
  readonly conflicts: readonly CellConflict[];
  readonly decided: readonly Decided[];
}

/** The record of earlier texts after an edit here. */
function pastAfter(before: Past, key: string, { now, changes, conflicts, decided }: Edited): Past {
  const columns = editableColumns.filter((column) => changes[column] !== undefined);
  let past = before;
  if (columns.length > 0) {
    const wanted = Object.fromEntries(columns.map((column) => [column, changes[column] ?? '']));
    const then = Object.fromEntries(columns.map((column) => [column, now[column]]));
    past = withRevision(
      { ...past, since: withCells(past.since, new Map([[key, wanted]])) },
      'studio',
      new Map([[key, then]]),
    );
  }
  for (const { column, text } of decided) past = withoutOthers(past, key, column, (other) => other.text === text);
  for (const column of columns) past = withoutOthers(past, key, column, (other) => other.text === changes[column]);
  // An emptied cell is a decision too: to leave the cover or the platforms to port.
  for (const { column, ours } of conflicts) past = withOther(past, key, column, ours);
  return past;
}

/** Three-way merge of what the person saw, the current text, and the new text. */
export function merged(
  now: EditableCells,
  edits: readonly CellEdit[],
): { cells: EditableCells; conflicts: readonly CellConflict[]; changes: Partial<EditableCells> } {
  const changes: Partial<Record<EditableColumn, string>> = {};
  const conflicts: CellConflict[] = [];
  for (const { column, seen, wanted } of edits) {
    const theirs = now[column];
    if (wanted === theirs || wanted === seen) continue;
    if (seen === null || isAlike(theirs, seen)) changes[column] = wanted;
    else conflicts.push({ column, theirs, ours: wanted });
  }
  return { cells: { ...now, ...changes }, conflicts, changes };
}

/** Spreadsheets and browsers add and drop blanks at the ends. */
function isAlike(one: string, other: string): boolean {
  return one.trim() === other.trim();
}

function cellsNow(key: string, { rows, kept }: Pick<FoundSheet, 'rows' | 'kept'>): EditableCells {
  const [row, recorded] = [rows.get(key), kept.get(key)];
  const cell = (column: EditableColumn) => row?.[column] ?? textOf(recorded?.[column]);
  return {
    ...{ caption: cell('caption'), title: cell('title'), hashtags: cell('hashtags') },
    ...{ cover: cell('cover'), targets: cell('targets'), fit: cell('fit') },
  };
}

function textOf(kept: RecordedCells[EditableColumn] | undefined): string {
  return typeof kept === 'string' ? kept : (kept?.text ?? '');
}

/** The time of a post in a row that is added; the next run fills in the rest. */
function timeOf(key: string): Pick<SheetRow, 'createdAt'> {
  return { createdAt: `${key.slice(0, 10)}T${key.slice(11, 19).replaceAll('-', ':')}Z` };
}
