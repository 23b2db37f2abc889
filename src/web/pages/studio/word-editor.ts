import type { CellConflict, PostDetail, WordCells, WordsAnswer } from '../../studio/api.ts';

export type Column = keyof WordCells;
export const columns = ['title', 'caption', 'hashtags'] as const satisfies readonly Column[];

/** Two changes of one cell: what was typed here, and what the sheet says. */
export interface Conflict extends CellConflict<Column> {
  /** The conflict is with what is typed here now; otherwise the server has kept both texts since an earlier edit. */
  readonly isOfNow?: true;
}

/** One of two texts of a conflict, about which the person has decided. */
export interface DecidedText {
  readonly column: Column;
  readonly text: string;
}

export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';

interface Editing {
  /** Sends cells; null if that failed, after a notice. */
  save(cells: WordCells, seen: WordCells, decided: readonly DecidedText[]): Promise<WordsAnswer | null>;
  /** Called when something that is shown changed. */
  changed(): void;
}

/** What is typed is saved after a pause of this many milliseconds. */
const pause = 500;
/** What is typed without a pause of this many milliseconds is one step of undo. */
const undoPause = 1500;

type Shown = Pick<PostDetail, 'cells' | 'conflicts'>;

/**
 * The words of one post while they are edited: saved while typing, merged with changes of the sheet, and undone. `seen` is
 * what the sheet had when it was last read, the base of the merge. While a cell has a conflict its base stays, so that the
 * server keeps further input beside what the sheet says.
 */
export class WordEditor {
  cells: WordCells;
  conflicts: readonly Conflict[];
  state: SaveState = 'saved';
  private seen: WordCells;
  private decided: readonly DecidedText[] = [];
  private readonly history: WordCells[] = [];
  private lastTyped: { readonly column: Column; readonly at: number } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private readonly editing: Editing;

  constructor({ cells, conflicts }: Shown, editing: Editing) {
    this.cells = cells;
    this.seen = cells;
    this.conflicts = ofWords(conflicts);
    this.editing = editing;
  }

  get canUndo(): boolean {
    return this.history.length > 0;
  }

  /** @param now milliseconds, of any clock */
  type(column: Column, text: string, now: number): void {
    if (this.lastTyped?.column !== column || now - this.lastTyped.at > undoPause) this.history.push(this.cells);
    this.lastTyped = { column, at: now };
    this.change({ ...this.cells, [column]: text });
  }

  undo(): void {
    const before = this.history.pop();
    this.lastTyped = null;
    if (before !== undefined) this.change(before);
  }

  /** The two texts as they are now: a person may go on typing before choosing one. */
  textsOf({ column, ours, theirs, isOfNow }: Conflict): Pick<Conflict, 'ours' | 'theirs'> {
    return isOfNow ? { ours: this.cells[column], theirs } : { ours, theirs: this.cells[column] };
  }

  /** Takes one of the two texts of a conflict. */
  resolve(conflict: Conflict, which: 'mine' | 'theirs'): void {
    const { column, isOfNow } = conflict;
    const { ours, theirs } = this.textsOf(conflict);
    this.conflicts = this.conflicts.filter((each) => each !== conflict);
    this.decided = [...this.decided, ...[conflict.ours, ours, theirs].map((text) => ({ column, text }))];
    if (isOfNow) this.seen = { ...this.seen, [column]: theirs };
    this.history.push(this.cells);
    this.lastTyped = null;
    this.change({ ...this.cells, [column]: which === 'mine' ? ours : theirs });
  }

  /** Takes over the sheet as read again: cells that were not edited here get its texts. */
  refresh({ cells, conflicts }: Shown): void {
    if (this.saving !== null) return;
    const isOpen = (column: Column) => this.cells[column] !== this.seen[column] || this.isHeld(column);
    const merge = (mine: WordCells) =>
      Object.fromEntries(
        columns.map((each) => [each, isOpen(each) ? mine[each] : cells[each]]),
      ) as unknown as WordCells;
    const [shown, seen] = [merge(this.cells), merge(this.seen)];
    const own = this.conflicts.filter(({ isOfNow }) => isOfNow);
    this.conflicts = [...own, ...ofWords(conflicts).filter((each) => !own.some(isLike(each)) && !this.isDecided(each))];
    this.cells = shown;
    this.seen = seen;
    this.editing.changed();
  }

  /** Saves unsaved input at once. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.saving !== null) await this.saving;
    if (!this.isDirty()) return;
    this.saving = this.send();
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

  /** Whether a cell cannot be written until the person has chosen one of two texts. */
  private isHeld(column: Column): boolean {
    return this.conflicts.some((each) => each.isOfNow && each.column === column);
  }

  private isDecided({ column, ours }: Conflict): boolean {
    return this.decided.some((each) => each.column === column && each.text === ours);
  }

  private isDirty(): boolean {
    const isChanged = (column: Column) => {
      const held = this.conflicts.find((each) => each.isOfNow && each.column === column);
      return this.cells[column] !== (held === undefined ? this.seen[column] : held.ours);
    };
    return this.decided.length > 0 || columns.some(isChanged);
  }

  private async send(): Promise<void> {
    const [sent, decided] = [this.cells, this.decided];
    const held = this.conflicts.filter(({ isOfNow }) => isOfNow);
    this.state = 'saving';
    this.editing.changed();
    // Further input replaces the text that the server has kept.
    const replaced = held.map(({ column, ours }) => ({ column, text: ours }));
    const answer = await this.editing.save(sent, this.seen, [...decided, ...replaced]);
    if (answer === null) this.state = 'failed';
    else {
      this.decided = this.decided.filter((each) => !decided.includes(each));
      const found = answer.conflicts.map((each): Conflict => ({ ...each, isOfNow: true }));
      this.conflicts = [...found, ...this.conflicts.filter(({ isOfNow }) => !isOfNow)];
      // Input during the request stays, and so do cells with a conflict.
      const stays = (column: Column) => this.cells[column] !== sent[column] || this.isHeld(column);
      const pick = (mine: WordCells, isMine: (column: Column) => boolean) =>
        Object.fromEntries(
          columns.map((each) => [each, isMine(each) ? mine[each] : answer.cells[each]]),
        ) as unknown as WordCells;
      this.cells = pick(this.cells, stays);
      this.seen = pick(this.seen, (column) => this.isHeld(column));
      this.state = 'saved';
    }
    this.editing.changed();
  }
}

function ofWords(conflicts: PostDetail['conflicts']): readonly Conflict[] {
  return conflicts.flatMap(({ column, ...texts }) => {
    const own = columns.find((each) => each === column);
    return own === undefined ? [] : [{ column: own, ...texts }];
  });
}

const isLike = (one: Conflict) => (other: Conflict) => one.column === other.column && one.ours === other.ours;
