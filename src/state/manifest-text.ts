import * as z from 'zod';
import type { Status } from '../model/event.ts';
import type { Files } from '../tools/files.ts';
import { type Entry, entry, toJson } from './documents.ts';

/** Everything in manifest.json except the rows. */
const head = z.object({
  keys: z.record(z.string(), z.string().nullable()).optional().catch(undefined),
  // Only compared with the value that would be written.
  ...{ tool: z.unknown(), export: z.unknown(), totals: z.unknown() },
});
const document = head.extend({ posts: z.array(z.unknown()) });

/**
 * A row as JSON bytes, with the few fields that are needed of all rows at once. Tens of thousands of objects would take
 * five times the memory, and strings would be work for V8's garbage collector.
 */
export interface PackedRow {
  readonly key: string;
  readonly target: string;
  readonly status: Status;
  readonly linkPath: string | null;
  /** Its JSON. */
  readonly bytes: Buffer;
}

export function packRow(row: Entry): PackedRow {
  return packed(row, Buffer.from(JSON.stringify(row)));
}

function packed({ key, target, status, linkPath }: Entry, bytes: Buffer): PackedRow {
  return { key, target, status, linkPath, bytes };
}

export function unpackRow({ bytes }: PackedRow): Entry {
  return JSON.parse(bytes.toString()) as Entry;
}

export interface ManifestText {
  readonly head: z.infer<typeof head>;
  readonly rows: readonly PackedRow[];
  /** The number of rows, including invalid ones. */
  readonly listed: number;
}

/**
 * manifest.json in pieces, so that tens of thousands of rows are not in memory as text at once. Each row has its own
 * line: that is readable, works with diff, is half as long as indented JSON, and can be read line by line.
 */
export function* manifestPieces(head: object, rows: Iterable<Pick<PackedRow, 'bytes'>>): Generator<string> {
  yield toJson(head).slice(0, -'\n}\n'.length);
  yield opening;
  let line = '\n';
  for (const { bytes } of rows) {
    yield `${line}${indent}${bytes.toString()}`;
    line = ',\n';
  }
  yield closing;
}

const opening = ',\n  "posts": [';
const indent = '    ';
const closing = '\n  ]\n}\n';
const maxBytes = 1_000_000_000;
/** Ten times the rows of the largest archives. Each row costs 300 bytes of memory in addition to its text. */
const maxRows = 2_000_000;
/** The size limit: a row has a few kilobytes, and the part before the rows less than a hundred bytes per post. */
const longestRow = 5_000_000;
const longestHead = 50_000_000;
/** The most objects and arrays in a manifest with another layout, which is parsed at once: up to 64 bytes each. */
const maxContainers = 5_000_000;

/**
 * Reads manifest.json, as written by port or as saved by a person.
 * @returns `broken` if it is not valid, or built to exhaust memory; null if there is none
 */
export async function readManifest(path: string, files: Files): Promise<ManifestText | 'broken' | null> {
  const read = await files.read(path, maxBytes);
  if (read === null) return null;
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  try {
    return readLines(bytes) ?? (isParsable(bytes) ? readWhole(bytes) : 'broken');
  } catch {
    return 'broken';
  }
}

/** Reads line by line, to save memory; null if the layout is not ours. */
function readLines(bytes: Buffer): ManifestText | null {
  const start = bytes.indexOf(`${opening}\n`);
  const end = bytes.length - closing.length;
  if (start < 0 || start > longestHead || bytes.toString('latin1', end) !== closing) return null;
  if (countOf(lineFeed, bytes) > maxRows) return null;
  const about = fromJson(`${bytes.toString('utf8', 0, start)}}`);
  if (about === null) return null;
  const rows: PackedRow[] = [];
  let listed = 0;
  for (let at = start + opening.length + 1; at < end; listed++) {
    const newline = bytes.indexOf(lineFeed, at);
    const isLast = newline === end;
    const isWhole = isLast || bytes[newline - 1] === comma;
    if (!isWhole) return null;
    const line = bytes.subarray(at + indent.length, isLast ? newline : newline - 1);
    if (line.length > longestRow) {
      at = newline + 1;
      continue;
    }
    const text = line.toString();
    const row = fromJson(text);
    if (row === null) return null;
    const read = entry.safeParse(row);
    // Most lines are as port wrote them, and their bytes need no copy.
    if (read.success) rows.push(JSON.stringify(read.data) === text ? packed(read.data, line) : packRow(read.data));
    at = newline + 1;
  }
  return { head: head.parse(about), rows, listed };
}

const lineFeed = 0x0a;
const comma = 0x2c;
const openingBrace = 0x7b;
const bracket = 0x5b;

function isParsable(bytes: Buffer): boolean {
  return bytes.length <= maxContainers || countOf(openingBrace, bytes) + countOf(bracket, bytes) <= maxContainers;
}

function countOf(byte: number, bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/** @throws if it is not a manifest */
function readWhole(bytes: Buffer): ManifestText {
  const { posts, ...about } = document.parse(JSON.parse(bytes.toString()));
  const rows = posts.flatMap((row) => {
    const { data } = entry.safeParse(row);
    return data ? [packRow(data)] : [];
  });
  return { head: about, rows, listed: posts.length };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
