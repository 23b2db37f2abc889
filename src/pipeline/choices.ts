import type { Choices } from '../captions/choices.ts';
import { readFitCell } from '../captions/fit-cell.ts';
import { readTargetsCell } from '../captions/targets-cell.ts';
import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { Fit } from '../plan/plan.ts';
import type { Entry, IssueRow } from '../state/documents.ts';
import { type ChosenCover, openChosenCover } from './chosen-cover.ts';
import type { MediaChoices, PostRun, PostWords } from './context.ts';

/** What a person chose for a post in captions.csv, or by options that name one post. */
export interface PostChoices {
  readonly cells: MediaChoices;
  readonly cover: ChosenCover;
  /** null: that of the run, because none was chosen or it is the same. */
  readonly fit: Fit | null;
  /** The platforms of the run to which the post does not go, by name, with the reasons. */
  readonly leftOut: LeftOut;
  /** Why `targets` or `fit` are not followed to the letter. */
  readonly issues: readonly Issue[];
}

export type LeftOut = ReadonlyMap<string, readonly Issue[]>;

type Words = Pick<PostWords, 'choicesOf' | 'isUnsure'>;
type Run = Omit<PostRun, 'onProgress'>;

/** Reads and opens the choices for a post: the cells of captions.csv or, while that cannot be read, of the last delivery. */
export async function openChoices(post: Post, captions: Words, run: Run): Promise<PostChoices> {
  const cells = cellsOf(post, captions, run);
  const { targets } = captions.choicesOf(post.key);
  const fit = readFitCell(cells.fit);
  return {
    cells,
    cover: await openChosenCover(post, cells.cover, run),
    fit: fit.kind === 'fit' && fit.fit !== run.options.fit ? fit.fit : null,
    leftOut: leftOutOf(post, captions, run),
    issues: [...unknownIn(targets), ...(fit.kind === 'bad' ? [unknown('fit-unknown', cells.fit, fit.hint)] : [])],
  };
}

function cellsOf({ key }: Post, captions: Words, { manifest }: Pick<Run, 'manifest'>): MediaChoices {
  const said: Choices = captions.choicesOf(key);
  const rows = captions.isUnsure(key) ? manifest.rowsOf(key) : [];
  const before = (column: keyof MediaChoices) => rows.find((row) => row[column])?.[column] ?? '';
  return { cover: said.cover || before('cover'), fit: said.fit || before('fit') };
}

/**
 * The platforms to which a person does not want a post to go. A cell that is not understood holds the post everywhere, and
 * while captions.csv cannot be read, what was held stays held.
 */
export function leftOutOf(
  post: Post,
  captions: Words,
  run: {
    readonly options: Pick<Run['options'], 'to'>;
    readonly manifest: Pick<Run['manifest'], 'rowsOf'>;
    readonly isPosted: Run['isPosted'];
  },
): LeftOut {
  // Where it is out, it stays delivered.
  return new Map([...chosenAgainst(post, captions, run)].filter(([name]) => !run.isPosted(post.key, name)));
}

function chosenAgainst(
  post: Post,
  captions: Words,
  { options, manifest }: Omit<Parameters<typeof leftOutOf>[2], 'isPosted'>,
): LeftOut {
  const cell = captions.choicesOf(post.key).targets;
  if (cell === '' && captions.isUnsure(post.key)) return heldBefore(manifest.rowsOf(post.key), options.to);
  const read = readTargetsCell(cell);
  switch (read.kind) {
    case 'everywhere':
      return new Map();
    case 'unread':
      return new Map(options.to.map(({ name }) => [name, [unknown('targets-unread', cell, read.hint)]]));
    case 'only': {
      const actual = read.names.join(', ') || 'none';
      const why: Issue = { code: 'target-left-out', severity: 'info', actual, limit: null };
      const out = options.to.filter(({ name }) => !read.names.includes(name));
      return new Map(out.map(({ name }) => [name, [why, ...unknownIn(cell)]]));
    }
  }
}

/** By the rows of an earlier run: a platform without a delivery of the post does not get one either. */
function heldBefore(rows: readonly Entry[], targets: readonly { readonly name: string }[]): LeftOut {
  const reasonsIn = ({ issues }: Entry) => issues.filter(isChoice);
  const held = rows.filter((row) => row.status === 'held' && reasonsIn(row).length > 0);
  const [first] = held;
  if (first === undefined) return new Map();
  const isDelivered = (name: string) => rows.some(({ target, status }) => target === name && status === 'delivered');
  const out = targets.filter(({ name }) => !isDelivered(name));
  return new Map(
    out.map(({ name }) => [name, reasonsIn(held.find(({ target }) => target === name) ?? first).map(withoutMessage)]),
  );
}

const isChoice = ({ code }: IssueRow) => code === 'target-left-out' || code === 'targets-unread';

/** The issue of a row, without the sentence that the row has for it. */
export function withoutMessage({ message: _, ...issue }: IssueRow): Issue {
  return issue as Issue;
}

function unknownIn(cell: string): readonly Issue[] {
  const read = readTargetsCell(cell);
  return read.kind === 'only' ? read.unknown.map(({ word, hint }) => unknown('targets-unknown', word, hint)) : [];
}

const longestShown = 200;

function unknown(code: 'targets-unread' | 'targets-unknown' | 'fit-unknown', written: string, hint: string): Issue {
  return { code, severity: 'warning', actual: written.slice(0, longestShown), limit: hint };
}
