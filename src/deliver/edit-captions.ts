import type { Choices } from '../captions/choices.ts';
import { sheetPath } from '../captions/index.ts';
import { isNarrowed } from '../captions/lost-letters.ts';
import { isReformatted } from '../captions/number-cells.ts';
import { readSheetNow } from '../captions/open-sheet.ts';
import type { RecordedCells } from '../captions/own-sheet.ts';
import type { Cells, OwnSheet, SheetCells } from '../captions/sheet-cells.ts';
import { OutputError } from '../errors.ts';
import { withDocumentLock } from '../state/document-lock.ts';
import type { Tools } from '../tools/tools.ts';
import { captionsCsv, type SheetRow } from './captions-csv.ts';

/** The cells of a post in captions.csv that a person fills in. */
export type EditableCells = Cells & Choices;
export type EditableColumn = keyof EditableCells;

export interface CellEdit {
  readonly column: EditableColumn;
  /** What the cell said when the person began to change it; null: whatever it says now. */
  readonly seen: string | null;
  readonly wanted: string;
}

/** A cell that was changed here and by somebody else. */
export interface CellConflict {
  readonly column: EditableColumn;
  readonly theirs: string;
  readonly ours: string;
}

export interface EditedCells {
  /** As they stand in the sheet now. */
  readonly cells: EditableCells;
  /** These cells stay as the other one wrote them. */
  readonly conflicts: readonly CellConflict[];
  readonly isChanged: boolean;
}

export const editableColumns = ['caption', 'title', 'hashtags', 'cover', 'targets', 'fit'] as const;

/** captions.csv as it stands, with what its encoding lost put back. */
export interface CaptionsSheet {
  readonly found: OwnSheet | null;
  /** Why it cannot be read; null if it can, or does not exist. */
  readonly trouble: string | null;
  of(key: string): EditableCells;
  /** A cell in a column that only port fills in; empty if there is none. */
  fact(key: string, column: 'kind' | 'sound' | 'location'): string;
}

/** Reads captions.csv. @throws a system error if it cannot be opened */
export async function readCaptionsSheet(folder: string, files: Tools['files']): Promise<CaptionsSheet> {
  const { found, trouble, kept } = await readSheetNow(folder, files);
  const factsOf = new Map<string, readonly string[]>();
  const header: readonly string[] = found?.table.header ?? [];
  const keyAt = header.indexOf('key');
  for (const row of found?.table.rows ?? []) factsOf.set(row[keyAt]?.trim() ?? '', row);
  return {
    found,
    trouble,
    of: (key) => cellsNow(found?.rows.get(key), kept.get(key), found),
    fact: (key, column) => factsOf.get(key)?.[header.indexOf(column)] ?? '',
  };
}

const maxAttempts = 5;

/**
 * Changes cells of one post in captions.csv, as a person does in a spreadsheet: the next run takes them for the person's.
 * A cell that somebody else changed meanwhile is left as it is and told, unless both wrote the same.
 * @throws OutputError if the sheet cannot be read or is busy, a system error if it cannot be written
 */
export async function editCaptions(
  folder: string,
  key: string,
  edits: readonly CellEdit[],
  { files, locks }: Pick<Tools, 'files' | 'locks'>,
): Promise<EditedCells> {
  const path = sheetPath(folder);
  return await withDocumentLock(folder, 'captions', locks, async () => {
    for (let attempt = 1; ; attempt++) {
      const before = await files.facts(path);
      const { found, trouble, kept } = await readSheetNow(folder, files);
      if (trouble !== null) throw new OutputError(`captions.csv cannot be read: ${trouble}. Mend it, and try again.`);
      const { cells, conflicts, changes } = merged(cellsNow(found?.rows.get(key), kept.get(key), found), edits);
      const isChanged = Object.keys(changes).length > 0;
      if (!isChanged) return { cells, conflicts, isChanged };
      const row = found?.rows.has(key) ? changes : { ...timeOf(key), ...cells };
      const lost = repaired(found, kept);
      const others = [...lost].flatMap(([each, texts]) => (each === key ? [] : [{ ...texts, key: each }]));
      const text = captionsCsv([{ ...lost.get(key), ...row, key }, ...others], found?.table ?? null);
      // A spreadsheet knows no lock, and may have saved the sheet meanwhile.
      const now = await files.facts(path);
      const isSame = now?.bytes === before?.bytes && now?.modified === before?.modified;
      if (!isSame && attempt < maxAttempts) continue;
      if (text !== null) await files.write(path, text);
      return { cells, conflicts, isChanged };
    }
  });
}

/** Three-way: what the person saw, what stands there now, what the person wants. */
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

function cellsNow(row: SheetCells | undefined, kept: RecordedCells | undefined, sheet: OwnSheet | null): EditableCells {
  const cell = (column: EditableColumn) => {
    const before = textOf(kept?.[column]);
    const found = row?.[column];
    return found == null ? before : whole(found, before, sheet);
  };
  return {
    ...{ caption: cell('caption'), title: cell('title'), hashtags: cell('hashtags') },
    ...{ cover: cell('cover'), targets: cell('targets'), fit: cell('fit') },
  };
}

function textOf(kept: RecordedCells[EditableColumn] | undefined): string {
  return typeof kept === 'string' ? kept : (kept?.text ?? '');
}

/** What a cell said before a spreadsheet took it for a number, or saved it in an encoding without its letters. */
function whole(cell: string, before: string, sheet: OwnSheet | null): string {
  if (cell === before || before === '' || cell === '') return cell;
  const isLost = isReformatted(cell, before) || (sheet?.table.narrow === true && isNarrowed(cell, before));
  return isLost ? before : cell;
}

/** Cells whose letters would be lost for good, because the sheet is written in Unicode now: by key. */
function repaired(
  sheet: OwnSheet | null,
  kept: ReadonlyMap<string, RecordedCells>,
): ReadonlyMap<string, Partial<SheetRow>> {
  const lost = new Map<string, Partial<SheetRow>>();
  if (!sheet?.table.narrow) return lost;
  for (const [key, row] of sheet.rows) {
    const now = cellsNow(row, kept.get(key), sheet);
    const columns = editableColumns.filter((column) => row[column] !== null && row[column] !== now[column]);
    if (columns.length > 0) lost.set(key, Object.fromEntries(columns.map((column) => [column, now[column]])));
  }
  return lost;
}

/** The time of a post in a row that is added; the next run fills in the rest. */
function timeOf(key: string): Pick<SheetRow, 'createdAt'> {
  return { createdAt: `${key.slice(0, 10)}T${key.slice(11, 19).replaceAll('-', ':')}Z` };
}
