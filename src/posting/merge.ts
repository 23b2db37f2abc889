import { openedFrom, whoChanged } from '../state/opened-from.ts';
import { type CellColumn, type CellContext, cellColumns, isSameCell, readCell } from './cells.ts';
import type { Change, Edits, PostingRecord } from './record.ts';
import type { SheetRow } from './sheet.ts';
import { type Upload, uploadId } from './upload.ts';

/** A cell of the sheet that is not taken over as it is. */
export interface CellProblem extends Upload {
  readonly column: CellColumn;
  /** The text in the sheet. */
  readonly text: string;
}

export interface Merged {
  /** What a person changed in the sheet. */
  readonly edits: Edits;
  /** Cells that cannot be read: they stay as they are in the sheet, and the earlier value counts. */
  readonly unread: readonly (CellProblem & { readonly why: string })[];
  /** Cells that were changed in the sheet and by port: both values are kept, the other one in the note. */
  readonly conflicts: readonly (CellProblem & { readonly kept: string })[];
  /** Cells with the value from before port changed them, because the sheet was open in a spreadsheet meanwhile. */
  readonly stale: readonly CellProblem[];
}

interface Cell extends Upload {
  readonly column: CellColumn;
  readonly text: string;
}

/** The note first, because conflicts of other cells are appended to it. */
const notesFirst = ['note', 'planned', 'posted', 'url'] as const satisfies readonly CellColumn[];

/** The last cell of a sheet whose file may be truncated. */
export type OpenCell = (Upload & { readonly column: CellColumn }) | null;

/**
 * Three-way merge of a sheet that somebody else saved: its cells, port's record, and the sheet as it was when it was opened.
 * A change on one side counts.
 * @param openCell if it has only the beginning of its earlier text, the file is truncated there, and the earlier text counts
 */
export function mergeSheet(
  record: PostingRecord,
  sheet: readonly SheetRow[],
  context: CellContext,
  openCell: OpenCell = null,
): Merged {
  const cells: Cell[] = sheet.flatMap(({ key, target, texts }) =>
    notesFirst.flatMap((column) => {
      const text = texts[column];
      return text === undefined ? [] : [{ key, target, column, text }];
    }),
  );
  const base = openedIn(record, cells, context);
  const earlier = earlierValues(record.changes);
  const unwritten = new Set(record.changes.filter(({ revision }) => revision > record.written).map(nameOf));
  const edits = new Map<string, { key: string; target: string; cells: Partial<Record<CellColumn, string>> }>();
  const [unread, conflicts, stale]: [Merged['unread'][number][], Merged['conflicts'][number][], CellProblem[]] = [
    [],
    [],
    [],
  ];
  const set = ({ key, target }: Upload, column: CellColumn, value: string) => {
    const id = uploadId({ key, target });
    const edit = edits.get(id) ?? { key, target, cells: {} };
    edits.set(id, { ...edit, cells: { ...edit.cells, [column]: value } });
  };
  for (const cell of cells) {
    const { column, text } = cell;
    const id = uploadId(cell);
    const now = record.rows.get(id)?.[column] ?? '';
    const opened = base(cell);
    const isOpen = openCell !== null && nameOf(openCell) === nameOf(cell);
    if (isOpen && [now, opened].some((value) => value !== text && value.startsWith(text))) continue;
    const read = readCell(column, text, context, [now, opened, ...(earlier.get(nameOf(cell)) ?? [])]);
    if ('why' in read) {
      unread.push({ ...cell, why: read.why });
      continue;
    }
    const { value } = read;
    const who = whoChanged(value, now, [opened], (one, other) => isSameCell(column, one, other));
    // If the sheet could not be written with a value, it is not an outdated copy.
    if (who === 'port' && !unwritten.has(nameOf(cell))) stale.push(cell);
    else if (who === 'sheet') set(cell, column, value);
    else if (who === 'both') {
      conflicts.push({ ...cell, kept: now });
      const note = edits.get(id)?.cells.note ?? record.rows.get(id)?.note ?? '';
      const other = column === 'note' ? value : `posting.csv said ${column} ${value === '' ? 'empty' : value}`;
      if (!note.includes(other)) set(cell, 'note', note === '' ? other : `${note} | ${other}`);
    }
  }
  return { edits: [...edits.values()], unread, conflicts, stale };
}

function nameOf({ key, target, column }: Upload & { readonly column: CellColumn }): string {
  return `${column} ${uploadId({ key, target })}`;
}

function earlierValues(changes: readonly Change[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const change of changes) {
    const list = values.get(nameOf(change)) ?? [];
    list.push(change.before);
    values.set(nameOf(change), list);
  }
  return values;
}

/** @returns what a cell said when the sheet was opened */
function openedIn(
  { rows, written, changes }: PostingRecord,
  cells: readonly Cell[],
  context: CellContext,
): (cell: Cell) => string {
  const latest = new Map(
    [...rows.values()].flatMap((row) => cellColumns.map((column) => [nameOf({ ...row, column }), row[column]])),
  );
  const placed = <C extends Cell | Change>(cell: C) => ({ ...cell, row: uploadId(cell), cell: nameOf(cell) });
  const opened = openedFrom(
    { changes: changes.map(placed), written, latest: (name) => latest.get(name) ?? '' },
    cells.map(placed),
    (cell, value) => shows(cell, value, context),
  );
  return (cell) => opened.of(placed(cell));
}

/** Whether a cell of the sheet shows a value. */
function shows({ column, text }: Cell, value: string, context: CellContext): boolean {
  if (text.trim() === value.trim()) return true;
  const read = readCell(column, text, context, [value]);
  return 'value' in read && isSameCell(column, read.value, value);
}
