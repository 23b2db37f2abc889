import { type CellColumn, type CellContext, isSameCell, noCells, readCell } from './cells.ts';
import type { Change, Edits, PostingRecord } from './record.ts';
import type { SheetRow } from './sheet.ts';
import { type Upload, uploadId } from './upload.ts';

/** A cell of the sheet that is not taken over as it stands, and why. */
export interface CellTrouble extends Upload {
  readonly column: CellColumn;
  /** What stands in the sheet. */
  readonly text: string;
}

export interface Merged {
  /** What a person changed in the sheet. */
  readonly edits: Edits;
  /** Cells that cannot be read: they stay as they are in the sheet, and the earlier value counts. */
  readonly unread: readonly (CellTrouble & { readonly why: string })[];
  /** Cells that were changed in the sheet and by port: both values are kept, the other one in the note. */
  readonly conflicts: readonly (CellTrouble & { readonly kept: string })[];
  /** Cells that the sheet has from before port changed them, because it was open in a spreadsheet meanwhile. */
  readonly stale: readonly CellTrouble[];
}

interface Cell extends Upload {
  readonly column: CellColumn;
  readonly text: string;
}

/** What is said of a conflict is added to the note that a person may have changed too. */
const notesFirst = ['note', 'planned', 'posted', 'url'] as const satisfies readonly CellColumn[];

/** The cell in which the file of a sheet may break off. */
export type OpenCell = (Upload & { readonly column: CellColumn }) | null;

/**
 * Merges a sheet that was saved by somebody else three ways: what it says, what port knows, and what it said when it was
 * opened. A change on one side counts.
 * @param openCell if it has only the beginning of its earlier text, the file is torn there, and the text counts
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
  const base = openedFrom(record, cells, context);
  const earlier = earlierValues(record.changes);
  const unwritten = new Set(record.changes.filter(({ revision }) => revision > record.written).map(nameOf));
  const edits = new Map<string, { key: string; target: string; cells: Partial<Record<CellColumn, string>> }>();
  const [unread, conflicts, stale]: [Merged['unread'][number][], Merged['conflicts'][number][], CellTrouble[]] = [
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
    if (isSameCell(column, value, now)) continue;
    if (isSameCell(column, value, opened)) {
      // What the sheet could not be written with is no older copy.
      if (!unwritten.has(nameOf(cell))) stale.push(cell);
    } else if (isSameCell(column, now, opened)) set(cell, column, value);
    else {
      conflicts.push({ ...cell, kept: now });
      const note = edits.get(id)?.cells.note ?? record.rows.get(id)?.note ?? '';
      const other = column === 'note' ? value : `posting.csv said ${column} ${value === '' ? 'empty' : value}`;
      if (!note.includes(other)) set(cell, 'note', note === '' ? other : `${note} | ${other}`);
    }
  }
  return { edits: [...edits.values()], unread, conflicts, stale };
}

function nameOf({ key, target, column }: Pick<Cell, 'key' | 'target' | 'column'>): string {
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

/**
 * Finds the revision that a sheet was opened from: the one from which the fewest cells differ, of equals the latest. A
 * spreadsheet that was open while port changed cells has the earlier values in all of them. What it saved itself since
 * then, and port took over, it has too.
 * @returns the value of a cell in that revision, or the one that the spreadsheet had saved since
 */
function openedFrom(
  { rows, written, changes }: PostingRecord,
  cells: readonly Cell[],
  context: CellContext,
): (cell: Cell) => string {
  const latest = (cell: Cell | Change) => rows.get(uploadId(cell))?.[cell.column] ?? noCells[cell.column];
  const newestFirst = [...changes].reverse();
  // The sheet was never written with these.
  const unwritten = newestFirst.filter(({ revision }) => revision > written);
  const former = newestFirst.slice(unwritten.length);
  const inSheet = new Map(cells.map((cell) => [nameOf(cell), cell]));
  const values = new Map(unwritten.map((change) => [nameOf(change), change.before]));
  /** The values of cells after changes of the sheet itself, with the place of the change. */
  const saved = new Map<string, readonly { readonly value: string; readonly index: number }[]>();
  const savedIn = (cell: Cell, undone: number) =>
    saved.get(nameOf(cell))?.find(({ value, index }) => index < undone && shows(cell, value, context))?.value;
  const isAsThen = (cell: Cell) => shows(cell, values.get(nameOf(cell)) ?? latest(cell), context);
  const different = new Set(cells.filter((cell) => !isAsThen(cell)).map(nameOf));
  const savedSince = new Set<string>();
  let best = { undone: 0, count: different.size };
  const touched = new Set<string>();
  for (const [index, change] of former.entries()) {
    const name = nameOf(change);
    if (change.bySheet) {
      const value = values.get(name) ?? latest(change);
      saved.set(name, [...(saved.get(name) ?? []), { value, index }]);
    }
    values.set(name, change.before);
    touched.add(uploadId(change));
    const cell = inSheet.get(name);
    different.delete(name);
    savedSince.delete(name);
    if (cell !== undefined && !isAsThen(cell))
      (savedIn(cell, index + 1) === undefined ? different : savedSince).add(name);
    if (former[index + 1]?.revision === change.revision) continue;
    // One upload set back, and nothing else: a person took it back, since nobody saves a sheet without a change.
    const isTakenBack = touched.size === 1 && different.size + savedSince.size === 0;
    if (different.size < best.count && !isTakenBack) best = { undone: index + 1, count: different.size };
  }
  const opened = new Map(
    [...unwritten, ...former.slice(0, best.undone)].map((change) => [nameOf(change), change.before]),
  );
  return (cell) => {
    const then = opened.get(nameOf(cell)) ?? latest(cell);
    if (shows(cell, then, context)) return then;
    const lastSaved = saved.get(nameOf(cell))?.find(({ index }) => index < best.undone)?.value;
    return savedIn(cell, best.undone) ?? lastSaved ?? then;
  };
}

/** Whether a cell of the sheet shows a value. */
function shows({ column, text }: Cell, value: string, context: CellContext): boolean {
  if (text.trim() === value.trim()) return true;
  const read = readCell(column, text, context, [value]);
  return 'value' in read && isSameCell(column, read.value, value);
}
