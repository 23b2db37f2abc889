import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Status, Totals } from '../model/event.ts';
import type { Files } from '../tools/files.ts';
import { type Describe, type Entry, fromJson, isPostKey, issueRows, postDocument, readPostText } from './documents.ts';
import {
  type ManifestText,
  manifestPieces,
  type PackedRow,
  packRow,
  readManifest,
  unpackRow,
} from './manifest-text.ts';

/** The state of an account's folder: every known post, for every target, exactly once. */
export interface Manifest {
  /** The row of this post. If a killed run delivered it without listing it, the row comes from its `post.json`. */
  get(key: string, target: string): Promise<Entry | null>;
  /** All rows of one post, or those of the named platforms. */
  rowsOf(key: string, targets?: readonly string[]): readonly Entry[];
  /** All rows of a platform, newest first, parsed one by one during iteration to save memory. */
  rowsFor(target: string): Iterable<Entry>;
  has(key: string, target: string): boolean;
  /** The totals of the posts with these keys on a platform. */
  totals(keys: readonly string[], target: string): Totals;
  set(row: Entry): void;
  /** The keys assigned by earlier runs, each with the link path of its post. */
  knownKeys(): readonly KnownKey[];
  /** Stores keys assigned by this run, because the next run has to assign the same ones, however this one ends. */
  remember(keys: readonly KnownKey[]): void;
  /** Whether there was a manifest that could not be read. */
  readonly wasBroken: boolean;
  /** Writes the current state, before posts are processed. */
  saveKeys(about: About): Promise<boolean>;
  /**
   * Adds rows for posts that no run has processed for a target, and writes the manifest.
   * @returns false if nothing changed and nothing was written
   */
  save(about: About & { describe: Describe }): Promise<boolean>;
}

interface KnownKey {
  readonly key: string;
  readonly linkPath: string | null;
}

interface About {
  readonly tool: string;
  readonly files: readonly string[];
  readonly account: string;
}

/** @param folder the account's folder */
export function manifestPath(folder: string): string {
  return join(folder, 'manifest.json');
}

/** Posts whose rows stay parsed: more than are under way at a time, with their originals, renders and checks. */
const maxParsed = 64;

/** @param folder the account's folder */
export async function openManifest(folder: string, files: Files): Promise<Manifest> {
  const path = manifestPath(folder);
  const { written, wasBroken, rows, keys } = await readFolder(folder, files);
  if (wasBroken) await files.move(path, `${path}.broken`);
  // Rows that were read from packages are not in the manifest yet, and invalid ones must not stay there.
  let changed = [...rows.values()].reduce((sum, { size }) => sum + size, 0) !== written?.listed;

  let before: unknown = written && headOf(written.head);
  const write = async ({ tool, files: exports, account }: About) => {
    const all = [...rows.values()].flatMap((ofPost) => [...ofPost.values()]);
    const targets = [...new Set(all.map(({ target }) => target))];
    const totals = Object.fromEntries(targets.map((target) => [target, count(all, target)]));
    // If a post has rows, they contain its link path.
    const bare = Object.fromEntries([...keys].filter(([key]) => !rows.has(key)));
    const known = { files: exports, account, posts: rows.size || keys.size };
    const head = headOf({ tool, export: known, totals, keys: Object.keys(bare).length > 0 ? bare : undefined });
    if (!changed && isDeepStrictEqual(head, before)) return false;
    await files.write(path, manifestPieces(head, all));
    [before, changed] = [head, false];
    return true;
  };

  // Several steps of a post ask for its rows: those of the posts that are under way stay parsed.
  const parsed = new Map<string, readonly Entry[]>();
  const rowsOf = (key: string): readonly Entry[] => {
    const known = parsed.get(key) ?? rowsOfPost(rows, key);
    parsed.delete(key);
    parsed.set(key, known);
    if (parsed.size > maxParsed) parsed.delete(parsed.keys().next().value ?? '');
    return known;
  };

  return {
    async get(key, target) {
      const row = rowsOf(key).find((each) => each.target === target) ?? null;
      if (row !== null && row.status !== 'failed') return row;
      // The post.json of a failed post still describes what was delivered before.
      const written = await packageOf(folder, key, target, files);
      return written?.before ?? written?.now ?? row;
    },
    rowsOf: (key, targets) => rowsOf(key).filter(({ target }) => targets?.includes(target) ?? true),
    rowsFor: (target) => rowsForTarget(rows, target),
    has: (key, target) => rows.get(key)?.has(target) ?? false,
    totals: (some, target) =>
      count(
        some.flatMap((key) => rows.get(key)?.get(target) ?? []),
        target,
      ),
    set(row) {
      const now = packRow(row);
      // An equal row keeps its existing buffer: replacing single rows would keep the shared buffer of the others too.
      if (!isSame(rows.get(row.key)?.get(row.target), now)) {
        changed = true;
        putInto(rows, now);
        parsed.delete(row.key);
      }
      keys.set(row.key, row.linkPath);
    },
    wasBroken,
    knownKeys: () => listOf(keys),
    remember(given) {
      for (const { key, linkPath } of given) keys.set(key, linkPath);
    },
    saveKeys: write,
    async save(about) {
      const targets = [...new Set([...rows.values()].flatMap((ofPost) => [...ofPost.keys()]))];
      for (const [key, linkPath] of keys) {
        const ofPost = rows.get(key) ?? new Map<string, PackedRow>();
        if (ofPost.size === targets.length) continue;
        changed = true;
        fillIn(key, linkPath, ofPost, targets, about.describe);
        rows.set(key, ofPost);
        parsed.delete(key);
      }
      return await write(about);
    },
  };
}

/** The keys that are known in a folder, for code that has not locked it: nothing is changed. */
export async function knownKeysIn(folder: string, files: Files): Promise<readonly KnownKey[]> {
  return listOf((await readFolder(folder, files)).keys);
}

/** The rows of a folder, newest post first, for code that has not locked it: nothing is changed. */
export async function rowsIn(folder: string, files: Files): Promise<Iterable<Entry>> {
  const { rows } = await readFolder(folder, files);
  return {
    *[Symbol.iterator]() {
      for (const key of newestFirst(rows)) yield* rowsOfPost(rows, key);
    },
  };
}

/** The rows of a folder, in memory as bytes, for code that has not locked it: nothing is changed. */
export async function readRows(
  folder: string,
  files: Files,
): Promise<Pick<Manifest, 'rowsOf'> & { readonly keys: readonly string[] }> {
  const { rows } = await readFolder(folder, files);
  return {
    keys: newestFirst(rows),
    rowsOf: (key, targets) => rowsOfPost(rows, key, targets),
  };
}

/** The rows of each platform in a folder, newest first, for code that has not locked it: nothing is changed. */
export async function rowsByTargetIn(folder: string, files: Files): Promise<Manifest['rowsFor']> {
  const { rows } = await readFolder(folder, files);
  return (target) => rowsForTarget(rows, target);
}

function rowsOfPost(rows: Rows, key: string, targets?: readonly string[]): Entry[] {
  const ofPost = [...(rows.get(key)?.values() ?? [])];
  return (targets ? ofPost.filter(({ target }) => targets.includes(target)) : ofPost).map(unpackRow);
}

function rowsForTarget(rows: Rows, target: string): Iterable<Entry> {
  return {
    *[Symbol.iterator]() {
      for (const key of newestFirst(rows)) yield* rowsOfPost(rows, key, [target]);
    },
  };
}

/** The keys of posts, which begin with their time. */
function newestFirst(rows: Rows): string[] {
  return [...rows.keys()].sort().reverse();
}

const headBytes = 256 * 1024;

/** The account of a folder by its manifest; null if the manifest has none. Only the start of the file is read. */
export async function accountOfFolder(folder: string, files: Files): Promise<string | null> {
  const path = manifestPath(folder);
  if ((await files.facts(path)) === null) return null;
  const head = Buffer.from(await files.readStart(path, headBytes)).toString();
  const written = /"account":\s*("(?:[^"\\]|\\.)*")/.exec(head)?.[1];
  return fromJson(written ?? null, z.string());
}

function listOf(keys: ReadonlyMap<string, string | null>): KnownKey[] {
  return [...keys].map(([key, linkPath]) => ({ key, linkPath }));
}

type Rows = Map<string, Map<string, PackedRow>>;

/** Reads the rows of a folder from its manifest or, without one, from its packages. */
async function readFolder(folder: string, files: Files) {
  const read = await readManifest(manifestPath(folder), files);
  const wasBroken = read === 'broken';
  const written = wasBroken ? null : read;
  const rows: Rows = new Map();
  // A killed run may have left only keys in the manifest, and packages.
  const isListed = written !== null && written.listed > 0;
  for (const row of isListed ? written.rows : await packagesIn(folder, files)) putInto(rows, row);
  const keys = new Map<string, string | null>(
    Object.entries(written?.head.keys ?? {}).filter(([key]) => isPostKey(key)),
  );
  for (const [key, ofPost] of rows) keys.set(key, [...ofPost.values()][0]?.linkPath ?? keys.get(key) ?? null);
  return { written, wasBroken, rows, keys };
}

function putInto(rows: Rows, row: PackedRow): void {
  const ofPost = rows.get(row.key) ?? new Map<string, PackedRow>();
  rows.set(row.key, ofPost.set(row.target, row));
}

/** Whether two rows are equal apart from the order of their fields. */
function isSame(before: PackedRow | undefined, now: PackedRow): boolean {
  if (before === undefined) return false;
  return before.bytes.equals(now.bytes) || isDeepStrictEqual(unpackRow(before), unpackRow(now));
}

/** Everything except the rows. */
function headOf({ tool, export: known, totals, keys }: ManifestText['head']): object {
  return { tool, export: known, totals, keys };
}

/** Reads the rows from the packages if there is no manifest: each has its row in post.json. */
async function packagesIn(folder: string, files: Files): Promise<PackedRow[]> {
  const rows: PackedRow[] = [];
  for (const target of await files.list(folder)) {
    // Of other programs, and perhaps of another user.
    if (target.name.startsWith('.')) continue;
    for (const { name } of await files.list(join(folder, target.name))) {
      const written = await packageOf(folder, name, target.name, files);
      if (written !== null) rows.push(packRow(written.now));
    }
  }
  return rows;
}

/** The row in a package's post.json, and the one before it; null if it has none, or that of another package. */
async function packageOf(
  folder: string,
  key: string,
  target: string,
  files: Files,
): Promise<{ readonly now: Entry; readonly before: Entry | undefined } | null> {
  const written = fromJson(await readPostText(join(folder, target, key, 'post.json'), files), postDocument);
  if (written?.key !== key || written.target !== target) return null;
  const { before, ...now } = written;
  return { now, before };
}

/** A post that was never selected for a platform has a held row there, so that the rows of every platform add up. */
function fillIn(
  key: string,
  linkPath: string | null,
  ofPost: Map<string, PackedRow>,
  targets: readonly string[],
  describe: Describe,
): void {
  const [first] = ofPost.values();
  const original = first ? unpackRow(first).original : null;
  const issues = issueRows([{ code: 'not-selected', severity: 'info', actual: null, limit: null }], describe);
  const rest = { issues, original, declarations: [], toDeclare: [], linkPath, caption: null, files: [] };
  for (const target of targets) {
    if (ofPost.has(target)) continue;
    ofPost.set(target, packRow({ key, target, status: 'held', ...rest }));
  }
}

function count(rows: readonly { readonly target: string; readonly status: Status }[], target: string): Totals {
  const totals: Totals = { delivered: 0, held: 0, rejected: 0, failed: 0 };
  for (const row of rows) if (row.target === target) totals[row.status]++;
  return totals;
}
