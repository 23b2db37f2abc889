import { join } from 'node:path';
import * as z from 'zod';
import { isSystemError } from '../errors.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { holdsMore } from './cache-text.ts';
import { fromJson } from './documents.ts';
import { formerSources } from './former-sources.ts';
import { isQueued } from './queue-paths.ts';

/** Where one file of `originals/` came from, and what it was when it was taken in. */
const sourceRow = z.object({
  source: z.enum(['bundled', 'media', 'link', 'page']),
  matchedBy: z.enum(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page']),
  /** How far the file's time lay from the post's; null where time played no part. */
  seconds: z.number().nullable(),
  /** Host and path of the link that brought it, without its signature. */
  link: z.string().max(4000).optional(),
  /** Lower-case hex: a file with another hash is not the one that came from there. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SourceRow = z.infer<typeof sourceRow>;

const line = sourceRow.extend({ name: z.string().min(1).max(4000) });

/**
 * `originals/sources.jsonl`: one line for each file of the folder. No run can work that out again, so it is a document and
 * no cache. It stands in the folder that it tells of, and not in manifest.json, because a line has to be there before its
 * file has its name, whenever a run is killed, and `port fetch` has no rows.
 */
export interface OriginalSources {
  /** @param name of a file, relative to `originals/` */
  get(name: string): Promise<SourceRow | null>;
  /** Adds a line. A later line for the same name takes the place of an earlier one. */
  record(name: string, row: SourceRow): Promise<void>;
  /** Puts the documents of workers together, once their queue is done. */
  merge(): Promise<void>;
}

const maxBytes = 200_000_000;
/** Ten times the files of the largest archives. */
const mostLines = 500_000;
/** So few lines more than files are not worth writing the document again. */
const spareLines = 16;

/** Whether a file of `originals/` is such a document, by its name without folders. */
export function isSourcesDocument(name: string): boolean {
  return /^sources\.(?:[\w-]+\.)?jsonl$/.test(name);
}

/**
 * It is read when it is first asked. What a version before kept in its cache is taken over once, while there is no such
 * document.
 * @param folder of the account
 * @param writer names a worker of a queue, which has a document of its own: on a shared disk two machines that append to
 * one file can write over each other's lines. A later run that is alone puts them together.
 */
export async function openOriginalSources(folder: string, files: Files, writer = ''): Promise<OriginalSources> {
  const root = join(folder, 'originals');
  const whole = join(root, 'sources.jsonl');
  const own = writer === '' ? whole : join(root, `sources.${writer}.jsonl`);
  const listed = await files.list(root);
  for (const each of listed) {
    // Somebody planted a folder: nothing could be appended, and no original would be taken in.
    if (each.folder && isSourcesDocument(each.name))
      await files.move(join(root, each.name), join(root, `${each.name}.broken`)).catch(ifSystemError);
  }
  const isThere = listed.some((each) => !each.folder && isSourcesDocument(each.name));
  let rows = new Map<string, SourceRow>();
  if (!isThere && listed.length > 0 && writer === '') {
    rows = await formerSources(folder, files, sourceRow);
    if (rows.size > 0) await files.write(whole, linesOf(rows));
  }

  /** The documents as they lay there when they were read. */
  let seen: string | null = null;
  let isCutOff = false;
  const look = async () => {
    const names = (await files.list(root)).filter((each) => !each.folder && isSourcesDocument(each.name));
    const paths = names.map(({ name }) => join(root, name)).sort();
    return { paths, facts: await files.factsOf(paths) };
  };
  const readAll = async (paths: readonly string[]) => {
    const found = new Map<string, SourceRow>();
    let lines = 0;
    for (const path of paths) {
      const text = await textOf(path, files);
      if (path === own) isCutOff = text !== '' && !text.endsWith('\n');
      lines += readInto(found, text);
    }
    return { found, lines };
  };
  const refresh = async () => {
    const { paths, facts } = await look();
    const now = JSON.stringify([paths, facts]);
    if (now === seen) return;
    seen = now;
    const { found, lines } = await readAll(paths);
    rows = new Map([...rows, ...found]);
    const isGrown = lines > 2 * found.size + spareLines || paths.some((path) => path !== whole);
    if (writer === '' && isGrown && !(await isQueued(folder, files))) await putTogether(found, paths, facts);
  };
  const putTogether = async (
    found: ReadonlyMap<string, SourceRow>,
    paths: readonly string[],
    facts: readonly (FileFacts | null)[],
  ) => {
    await files.write(whole, linesOf(found));
    isCutOff = false;
    for (const [index, path] of paths.entries()) {
      // A worker that was taken for dead may have added a line meanwhile.
      if (path !== whole && (await files.facts(path))?.bytes === facts[index]?.bytes) await files.remove(path);
    }
  };
  /** One after the other: a document is read once, and a line never stands inside another one. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return await next;
  };
  return {
    async get(name) {
      // Another worker may have had the post before this one; a run that is alone reads once.
      if (!rows.has(name) && (seen === null || writer !== '')) await inTurn(refresh);
      return rows.get(name) ?? null;
    },
    merge: async () => inTurn(refresh),
    async record(name, row) {
      await inTurn(async () => {
        if (seen === null) await refresh();
        await files.append(own, `${isCutOff ? '\n' : ''}${lineOf(name, row)}`);
        isCutOff = false;
        rows.set(name, row);
      });
    },
  };
}

function lineOf(name: string, row: SourceRow): string {
  return `${JSON.stringify({ name, ...row })}\n`;
}

function* linesOf(rows: ReadonlyMap<string, SourceRow>): Generator<string> {
  for (const name of [...rows.keys()].sort()) {
    const row = rows.get(name);
    if (row) yield lineOf(name, row);
  }
}

/** Empty where it cannot be read, or was made to exhaust the memory. */
async function textOf(path: string, files: Files): Promise<string> {
  try {
    const text = (await files.readText(path, maxBytes)) ?? '';
    return holdsMore(text, '\n', mostLines) ? '' : text;
  } catch {
    return '';
  }
}

/** @returns how many lines there are; one that is cut off, or none of ours, is passed over */
function readInto(rows: Map<string, SourceRow>, text: string): number {
  let lines = 0;
  for (const each of text.split('\n')) {
    if (each === '') continue;
    lines++;
    const read = fromJson(each, line);
    if (read === null) continue;
    const { name, ...row } = read;
    rows.set(name, row);
  }
  return lines;
}

/** @throws all others */
function ifSystemError(error: unknown): void {
  if (!isSystemError(error)) throw error;
}
