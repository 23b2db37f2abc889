import * as z from 'zod';
import type { Status } from '../model.ts';
import type { Files } from '../tools/tools.ts';
import { type Entry, entry, toJson } from './documents.ts';

/** All of manifest.json but its rows. */
const head = z.object({
  keys: z.record(z.string(), z.string().nullable()).optional().catch(undefined),
  // Only compared with what would be written.
  ...{ tool: z.unknown(), export: z.unknown(), totals: z.unknown() },
});
const document = head.extend({ posts: z.array(z.unknown()) });

/** A row as it is written, and what has to be known of all of them at once: as objects they take five times as much. */
export interface KeptRow {
  readonly key: string;
  readonly target: string;
  readonly status: Status;
  readonly linkPath: string | null;
  readonly text: string;
}

export function kept(row: Entry): KeptRow {
  const { key, target, status, linkPath } = row;
  return { key, target, status, linkPath, text: JSON.stringify(row) };
}

/** @param row of `kept`, whose text was an `Entry` */
export function unpacked({ text }: Pick<KeptRow, 'text'>): Entry {
  return JSON.parse(text) as Entry;
}

export interface ManifestText {
  readonly head: z.infer<typeof head>;
  readonly rows: readonly KeptRow[];
  /** How many rows there are, with those that are none any more. */
  readonly listed: number;
}

/**
 * manifest.json piece by piece: tens of thousands of rows need not be in memory as text together. A row has a line of its
 * own: readable, comparable, half as long as with its fields below each other, and read one by one.
 */
export function* manifestPieces(head: object, rows: Iterable<Pick<KeptRow, 'text'>>): Generator<string> {
  yield toJson(head).replace(/\n\}\n$/, '');
  yield opening;
  let line = '\n';
  for (const { text } of rows) {
    yield `${line}${indent}${text}`;
    line = ',\n';
  }
  yield line === '\n' ? ']\n}\n' : closing;
}

const opening = ',\n  "posts": [';
const indent = '    ';
const closing = '\n  ]\n}\n';
const maxBytes = 1_000_000_000;

/**
 * Reads manifest.json, as we wrote it or as a person saved it.
 * @param asLeft nobody touched it since: its rows need not be checked
 * @returns `broken` where it is none any more; null where there is none
 */
export async function readManifest(
  path: string,
  files: Files,
  { asLeft = false } = {},
): Promise<ManifestText | 'broken' | null> {
  const read = await files.read(path, maxBytes);
  if (read === null) return null;
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  try {
    return readLines(bytes, asLeft) ?? readWhole(bytes);
  } catch {
    return 'broken';
  }
}

/** Line by line, so that what is read is not there twice at any time; null where it is not laid out as we do it. */
function readLines(bytes: Buffer, asLeft: boolean): ManifestText | null {
  const start = bytes.indexOf(`${opening}\n`);
  const end = bytes.length - closing.length;
  if (start < 0 || bytes.toString('latin1', end) !== closing) return null;
  const about = fromJson(`${bytes.toString('utf8', 0, start)}}`);
  if (about === null) return null;
  const rows: KeptRow[] = [];
  let listed = 0;
  for (let at = start + opening.length + 1; at < end; listed++) {
    const newline = bytes.indexOf('\n', at);
    const isLast = newline === end;
    const line = bytes.toString('utf8', at + indent.length, newline);
    const text = isLast ? line : line.slice(0, -1);
    const own = asLeft ? asKept(text) : null;
    const row = own === null && (isLast || line.endsWith(',')) ? fromJson(text) : null;
    if (own === null && row === null) return null;
    const read = own === null ? entry.safeParse(row) : null;
    if (own !== null) rows.push(own);
    else if (read?.success) rows.push(kept(read.data));
    at = newline + 1;
  }
  return { head: head.parse(about), rows, listed };
}

/** The fields of a row that we wrote. Inside a text no quotation mark stands bare, so none can pass for these. */
const firstFields = /^\{"key":"([^"\\]+)","target":"([^"\\]+)","status":"(delivered|held|rejected|failed)",/;
const linkField = /,"linkPath":(?:null|"([^"\\]*)")[,}]/;

/** A row without a look at the rest of it; null where it has to be looked at. */
function asKept(text: string): KeptRow | null {
  const first = firstFields.exec(text);
  const link = linkField.exec(text);
  if (first === null || link === null || !text.endsWith('}')) return null;
  const [, key = '', target = '', status] = first;
  return { key, target, status: status as Status, linkPath: link[1] ?? null, text };
}

/** @throws where it is no manifest */
function readWhole(bytes: Buffer): ManifestText {
  const { posts, ...about } = document.parse(JSON.parse(bytes.toString()));
  const rows = posts.flatMap((row) => {
    const { data } = entry.safeParse(row);
    return data ? [kept(data)] : [];
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
