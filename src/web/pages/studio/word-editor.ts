import type { WordCells, WordsAnswer } from '../../studio/api.ts';

export type Column = keyof WordCells;
export const columns = ['title', 'caption', 'hashtags'] as const satisfies readonly Column[];

/** Two changes of one cell: what was typed here, and what stands in the sheet. */
export interface Conflict {
  readonly column: Column;
  readonly theirs: string;
  readonly ours: string;
}

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';

interface Editing {
  /** Sends cells; null if that failed, which the person was told. */
  save(cells: WordCells, seen: WordCells, isLast: boolean): Promise<WordsAnswer | null>;
  /** Something that is shown changed. */
  changed(): void;
}

/** Typing is saved after this long a pause, in milliseconds. */
const pause = 500;
/** Typing without a pause of this length is undone together. */
const oneChange = 1500;

/**
 * The words of one post while they are edited: saved as one types, merged with what changes in the sheet meanwhile, and
 * undone. `seen` is what the sheet had when it was last read, the base of the merge.
 */
export class WordEditor {
  cells: WordCells;
  conflicts: readonly Conflict[] = [];
  state: SaveState = 'saved';
  private seen: WordCells;
  private readonly history: WordCells[] = [];
  private lastTyped: { readonly column: Column; readonly at: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private readonly editing: Editing;

  constructor(cells: WordCells, editing: Editing) {
    this.cells = cells;
    this.seen = cells;
    this.editing = editing;
  }

  get canUndo(): boolean {
    return this.history.length > 0;
  }

  /** @param now milliseconds, of any clock */
  type(column: Column, text: string, now: number): void {
    if (this.lastTyped?.column !== column || now - this.lastTyped.at > oneChange) this.history.push(this.cells);
    this.lastTyped = { column, at: now };
    this.change({ ...this.cells, [column]: text });
  }

  undo(): void {
    const before = this.history.pop();
    this.lastTyped = null;
    if (before !== undefined) this.change(before);
  }

  /** Takes one of the two texts of a conflict. */
  settle({ column }: Conflict, text: string): void {
    this.conflicts = this.conflicts.filter((each) => each.column !== column);
    this.history.push(this.cells);
    this.lastTyped = null;
    this.change({ ...this.cells, [column]: text });
  }

  /** The sheet as it was read again: cells that were not touched here follow it. */
  refresh(cells: WordCells): void {
    if (this.saving !== null) return;
    const isOpen = (column: Column) =>
      this.cells[column] !== this.seen[column] || this.conflicts.some((each) => each.column === column);
    const merge = (mine: WordCells) =>
      Object.fromEntries(
        columns.map((each) => [each, isOpen(each) ? mine[each] : cells[each]]),
      ) as unknown as WordCells;
    const [shown, seen] = [merge(this.cells), merge(this.seen)];
    this.cells = shown;
    this.seen = seen;
    this.editing.changed();
  }

  /** Saves at once what is not saved. */
  async flush(isLast = false): Promise<void> {
    clearTimeout(this.timer);
    if (this.saving !== null) await this.saving;
    if (!this.isDirty()) return;
    this.saving = this.send(isLast);
    await this.saving;
    this.saving = null;
    if (this.isDirty() && this.state !== 'failed') this.wait();
  }

  private change(cells: WordCells): void {
    this.cells = cells;
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.isDirty()) {
      this.state = 'waiting';
      this.timer = setTimeout(() => void this.flush(), pause);
    } else if (this.saving === null) this.state = 'saved';
    this.editing.changed();
  }

  /** What is sent: a cell with an open conflict stays as the sheet has it until the person has chosen. */
  private wanted(): WordCells {
    const open = Object.fromEntries(this.conflicts.map(({ column }) => [column, this.seen[column]]));
    return { ...this.cells, ...open };
  }

  private isDirty(): boolean {
    const wanted = this.wanted();
    return columns.some((each) => wanted[each] !== this.seen[each]);
  }

  private async send(isLast: boolean): Promise<void> {
    const sent = this.wanted();
    this.state = 'saving';
    this.editing.changed();
    const answer = await this.editing.save(sent, this.seen, isLast);
    if (answer === null) this.state = 'failed';
    else {
      this.conflicts = [
        ...this.conflicts.filter((old) => !answer.conflicts.some(({ column }) => column === old.column)),
        ...answer.conflicts,
      ];
      // What was typed while it was saved stays, and so does what the person has to choose about.
      const stays = (column: Column) =>
        this.cells[column] !== sent[column] || this.conflicts.some((each) => each.column === column);
      this.cells = Object.fromEntries(
        columns.map((each) => [each, stays(each) ? this.cells[each] : answer.cells[each]]),
      ) as unknown as WordCells;
      this.seen = answer.cells;
      this.state = 'saved';
    }
    this.editing.changed();
  }
}
