/**
 * Sheets that both port and a person's spreadsheet write. A spreadsheet that was opened before port changed cells, and is
 * saved after it, has the earlier texts in all of them. The file does not say so: the revision that fits it best does.
 */

/** A cell as it was before a revision. `T`: what a document remembers of a text. */
export interface PastCell<T> {
  readonly revision: number;
  /** Ids of the row and of the cell. */
  readonly row: string;
  readonly cell: string;
  readonly before: T;
  /** A person made the change in the sheet: a spreadsheet that stays open has it, but not what port changed before it. */
  readonly bySheet?: true | undefined;
}

/** A cell of a sheet that was saved by somebody else. */
export interface SavedCell {
  readonly row: string;
  readonly cell: string;
}

export interface SheetPast<T> {
  /** The oldest first. */
  readonly changes: readonly PastCell<T>[];
  /** The revision that the sheet was last written with. */
  readonly written: number;
  latest(cell: string): T;
}

/** What the cells said when the sheet was opened. */
export interface OpenedSheet<C, T> {
  /** By the latest of the revisions that fit best. */
  of(cell: C): T;
  /** All that it may have said, by each revision that fits as well as any. */
  allOf(cell: C): readonly T[];
}

/**
 * Finds the revision that a sheet was opened from: the one from which the fewest cells differ, of equals the latest. What
 * the spreadsheet saved itself since then, and port took over, it has too, so an earlier text there is no sign of age: a
 * person took it back.
 * @param shows whether a cell of the sheet shows a value
 */
export function openedFrom<C extends SavedCell, T>(
  { changes, written, latest }: SheetPast<T>,
  cells: readonly C[],
  shows: (cell: C, value: T) => boolean,
): OpenedSheet<C, T> {
  const newestFirst = [...changes].reverse();
  // The sheet was never written with these.
  const unwritten = newestFirst.filter(({ revision }) => revision > written);
  const former = newestFirst.slice(unwritten.length);
  const inSheet = new Map(cells.map((cell) => [cell.cell, cell]));
  const values = new Map(unwritten.map(({ cell, before }) => [cell, before]));
  const valueNow = (cell: string) => (values.has(cell) ? (values.get(cell) as T) : latest(cell));
  /** The values of cells after changes of the sheet itself, with the place of the change. */
  const saved = new Map<string, { readonly value: T; readonly index: number }[]>();
  const savedIn = (cell: C, undone: number) =>
    saved.get(cell.cell)?.find(({ value, index }) => index < undone && shows(cell, value));
  const isAsThen = (cell: C) => shows(cell, valueNow(cell.cell));
  const different = new Set(cells.filter((cell) => !isAsThen(cell)).map(({ cell }) => cell));
  const savedSince = new Set<string>();
  /** Cells with an earlier text that the sheet itself had replaced: a person may have taken that back. */
  const setBack = new Set<string>();
  let fewest = different.size;
  /** How many changes are undone in the revisions that fit best. */
  let fitting = [0];
  const touched = new Set<string>();
  for (const [index, change] of former.entries()) {
    const { cell: name } = change;
    if (change.bySheet) {
      const list = saved.get(name) ?? [];
      list.push({ value: valueNow(name), index });
      saved.set(name, list);
    }
    values.set(name, change.before);
    touched.add(change.row);
    const cell = inSheet.get(name);
    different.delete(name);
    savedSince.delete(name);
    setBack.delete(name);
    if (cell !== undefined && !isAsThen(cell)) {
      const own = savedIn(cell, index + 1);
      (own === undefined ? different : own === saved.get(name)?.[0] ? savedSince : setBack).add(name);
    } else if (cell !== undefined && change.bySheet) setBack.add(name);
    if (former[index + 1]?.revision === change.revision) continue;
    // One row set back, and nothing else: a person took it back, since nobody saves a sheet without a change.
    const isTakenBack = touched.size === 1 && different.size + savedSince.size === 0;
    const differing = different.size + setBack.size;
    if (isTakenBack || differing > fewest) continue;
    if (differing < fewest) fitting = [];
    fewest = differing;
    fitting.push(index + 1);
  }
  /** By cell, what it said once so many changes were undone, the fewest first. */
  const undone = new Map<string, { readonly value: T; readonly index: number }[]>();
  for (const [index, { cell, before }] of newestFirst.entries()) {
    const list = undone.get(cell) ?? [];
    list.push({ value: before, index: index - unwritten.length });
    undone.set(cell, list);
  }
  const valuesAt = (cell: C, count: number): readonly [T, ...T[]] => {
    const before = undone.get(cell.cell)?.findLast(({ index }) => index < count);
    const then = before === undefined ? latest(cell.cell) : before.value;
    if (shows(cell, then)) return [then];
    const own = savedIn(cell, count) ?? saved.get(cell.cell)?.find(({ index }) => index < count);
    return own === undefined ? [then] : [own.value, then];
  };
  return {
    of: (cell) => valuesAt(cell, fitting[0] ?? 0)[0],
    allOf: (cell) => [...new Set(fitting.flatMap((count) => valuesAt(cell, count)))],
  };
}

/**
 * Who changed a cell: nobody or both alike, port alone (so that the sheet has an older copy), the sheet alone, or both.
 * @param value what the sheet says
 * @param now what port has
 * @param opened what the sheet may have said when it was opened
 */
export function whoChanged<T>(
  value: T,
  now: T,
  opened: readonly T[],
  isSame: (one: T, other: T) => boolean,
): 'nobody' | 'port' | 'sheet' | 'both' {
  if (isSame(value, now)) return 'nobody';
  if (opened.every((then) => isSame(value, then))) return 'port';
  return opened.every((then) => isSame(now, then)) ? 'sheet' : 'both';
}
