import * as z from 'zod';
import { digest } from '../state/up-to-date-cache.ts';

/**
 * What captions.json remembers of captions.csv besides the cells of the last run: the words that came since, what each
 * revision changed, and texts that gave way to another one of the same cell. No run can work that out again.
 */
export interface Past {
  /** The hash of captions.csv as port last wrote or took it over; null if that is unknown. */
  readonly sha256: string | null;
  /** Its hash before that: while it still has this one, the last write did not happen. */
  readonly replaced: string | null;
  /** Cells that were changed since the last run, in the studio or in the sheet. */
  readonly since: ByPost<string>;
  /** The oldest first. */
  readonly revisions: readonly Revision[];
  /** Of cells that were changed in two places, the texts that are not in the sheet. */
  readonly others: ByPost<readonly OtherText[]>;
}

/** By the key of a post, then by column. */
export type ByPost<T> = ReadonlyMap<string, Readonly<Record<string, T>>>;

/** Cells as they were before. */
export interface Revision {
  readonly by: 'sheet' | 'studio' | 'port';
  readonly cells: ByPost<Was>;
}

/** A text, and the hashes of those that came between it and the next one: words are saved while they are typed. */
export interface Was {
  readonly text: string;
  readonly between: readonly string[];
}

/** A text of a person that another one replaced. */
export interface OtherText {
  readonly text: string;
  /** A run has told of it. */
  readonly isTold?: true | undefined;
}

export const noPast: Past = { sha256: null, replaced: null, since: new Map(), revisions: [], others: new Map() };

/** Some thousand captions that were edited; the oldest revisions go first. */
const maxCharacters = 6_000_000;
const charactersOfCell = 50;
/** Texts of one cell that are saved while it is typed are one revision, up to this many. */
const maxBetween = 50;
const maxOthers = 20;

/** A short hash of a text, by which it is known again. Blanks at its ends do not count. */
export function shortHash(text: string): string {
  return digest(text.trim()).slice(0, 10);
}

/** Whether a cell had this text. */
export function hadText({ text, between }: Was, found: string): boolean {
  return text.trim() === found.trim() || (between.length > 0 && between.includes(shortHash(found)));
}

/** @param before what the changed cells said until now */
export function withRevision(past: Past, by: Revision['by'], before: ByPost<string>): Past {
  if (before.size === 0) return past;
  const typed = by === 'studio' ? typedOn(past.revisions.at(-1), before) : null;
  const cells = mapCells(before, (text): Was => ({ text, between: [] }));
  const revisions = typed === null ? [...past.revisions, { by, cells }] : [...past.revisions.slice(0, -1), typed];
  let room = maxCharacters;
  const kept = revisions.findLastIndex((each) => {
    room -= sizeOf(each);
    return room < 0;
  });
  return { ...past, revisions: revisions.slice(kept + 1) };
}

/** The last revision with one more text of the same cell; null if it is another one's. */
function typedOn(last: Revision | undefined, before: ByPost<string>): Revision | null {
  if (last?.by !== 'studio') return null;
  const [cell, ...more] = cellsIn(before);
  const [lastCell, ...others] = cellsIn(last.cells);
  if (cell === undefined || lastCell === undefined || more.length + others.length > 0) return null;
  const { value: was } = lastCell;
  if (cell.key !== lastCell.key || cell.column !== lastCell.column || was.between.length >= maxBetween) return null;
  const between = hadText(was, cell.value) ? was.between : [...was.between, shortHash(cell.value)];
  return { by: 'studio', cells: new Map([[cell.key, { [cell.column]: { ...was, between } }]]) };
}

const sizes = new WeakMap<Revision, number>();

function sizeOf(revision: Revision): number {
  const known = sizes.get(revision);
  if (known !== undefined) return known;
  let size = 0;
  for (const { value } of cellsIn(revision.cells))
    size += value.text.length + value.between.length * 13 + charactersOfCell;
  sizes.set(revision, size);
  return size;
}

/** With one more text of a cell that gave way. */
export function withOther(past: Past, key: string, column: string, text: string): Past {
  const before = past.others.get(key)?.[column] ?? [];
  if (before.some((other) => other.text === text)) return past;
  return setOthers(past, key, column, [...before, { text }].slice(-maxOthers));
}

/** Without texts of a cell about which a person has decided. */
export function withoutOthers(past: Past, key: string, column: string, isDecided: (other: OtherText) => boolean): Past {
  const before = past.others.get(key)?.[column] ?? [];
  const left = before.filter((other) => !isDecided(other));
  return left.length === before.length ? past : setOthers(past, key, column, left);
}

/** With all of them told. */
export function markReported(past: Past): Past {
  const isTold = [...cellsIn(past.others)].every(({ value }) => value.every((other) => other.isTold));
  if (isTold) return past;
  return {
    ...past,
    others: mapCells(past.others, (list) => list.map((other) => ({ ...other, isTold: true as const }))),
  };
}

function setOthers(past: Past, key: string, column: string, list: readonly OtherText[]): Past {
  const { [column]: _, ...rest } = past.others.get(key) ?? {};
  const row = list.length === 0 ? rest : { ...rest, [column]: list };
  const others = new Map(past.others);
  if (Object.keys(row).length === 0) others.delete(key);
  else others.set(key, row);
  return { ...past, others };
}

interface CellOf<T> {
  readonly key: string;
  readonly column: string;
  readonly value: T;
}

export function* cellsIn<T>(cells: ByPost<T>): Generator<CellOf<T>> {
  for (const [key, row] of cells) for (const [column, value] of Object.entries(row)) yield { key, column, value };
}

function mapCells<T, U>(cells: ByPost<T>, change: (value: T) => U): ByPost<U> {
  return new Map(
    [...cells].map(([key, row]) => [
      key,
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, change(value)])),
    ]),
  );
}

/** With more cells, which replace those of the same names. */
export function withCells<T>(cells: ByPost<T>, more: ByPost<T>): ByPost<T> {
  if (more.size === 0) return cells;
  const all = new Map(cells);
  for (const [key, row] of more) all.set(key, { ...all.get(key), ...row });
  return all;
}

const hash = z.string().max(100);
const byPost = <T extends z.ZodType>(value: T) =>
  z
    .record(z.string(), z.record(z.string(), value))
    .transform((rows): ByPost<z.output<T>> => new Map(Object.entries(rows)));
const was = z
  .union([z.string(), z.tuple([z.string()], hash)])
  .transform(
    (cell): Was => (typeof cell === 'string' ? { text: cell, between: [] } : { text: cell[0], between: cell.slice(1) }),
  );
const other = z.object({ text: z.string(), isTold: z.literal(true).optional() });

/** The part of captions.json; what another version or a person broke is not there. */
export const pastDocument = z.object({
  sheet: z.object({ sha256: hash.nullable(), replaced: hash.nullable() }).optional().catch(undefined),
  since: byPost(z.string()).optional().catch(undefined),
  revisions: z
    .array(z.object({ by: z.enum(['sheet', 'studio', 'port']), cells: byPost(was) }))
    .optional()
    .catch(undefined),
  others: byPost(z.array(other).max(maxOthers)).optional().catch(undefined),
});

export function pastIn({ sheet, since, revisions, others }: z.output<typeof pastDocument>): Past {
  return {
    ...{ sha256: sheet?.sha256 ?? null, replaced: sheet?.replaced ?? null },
    ...{ since: since ?? noPast.since, revisions: revisions ?? [], others: others ?? noPast.others },
  };
}

/** For the end of the document, where the version before does not look. */
export function pastFields({ sha256, replaced, since, revisions, others }: Past): object {
  const written = ({ text, between }: Was) => (between.length === 0 ? text : [text, ...between]);
  return {
    ...(sha256 !== null && { sheet: { sha256, replaced } }),
    ...(since.size > 0 && { since: Object.fromEntries(since) }),
    ...(revisions.length > 0 && {
      revisions: revisions.map(({ by, cells }) => ({ by, cells: Object.fromEntries(mapCells(cells, written)) })),
    }),
    ...(others.size > 0 && { others: Object.fromEntries(others) }),
  };
}
