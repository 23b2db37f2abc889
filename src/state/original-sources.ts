import { join } from 'node:path';
import * as z from 'zod';
import { isSystemError } from '../errors.ts';
import type { FileFacts, Files } from '../tools/files.ts';
import { occursMoreThan } from './cache-text.ts';
import { fromJson } from './documents.ts';
import { formerSources } from './former-sources.ts';
import { isQueued } from './queue-paths.ts';

/** The source of one file in `originals/`, and its hash when it was added. */
const sourceRow = z.object({
  source: z.enum(['bundled', 'media', 'link', 'page']),
  matchedBy: z.enum(['key', 'sidecar', 'id', 'name-time', 'file-time', 'link', 'page']),
  /** The difference between the times of file and post; null if it was not matched by time. */
  seconds: z.number().nullable(),
  /** Host and path of the link that it came from, without the signature. */
  link: z.string().max(4000).optional(),
  /** Lower-case hex. A file with another hash has been changed or replaced since. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type SourceRow = z.infer<typeof sourceRow>;

const line = sourceRow.extend({ name: z.string().min(1).max(4000) });

/**
 * `originals/sources.jsonl`: one line for each file of the folder. It is a document and not a cache, because no run can
 * compute it again. It is not part of manifest.json, because a line has to be written before its file gets its final
 * name, even if the run is killed then, and because `port fetch` writes no rows.
 */
export interface OriginalSources {
  /** @param name of a file, relative to `originals/` */
  get(name: string): Promise<SourceRow | null>;
  /** Appends a line. The last line for a name counts. */
  record(name: string, row: SourceRow): Promise<void>;
  /** Merges the documents of workers when their queue is done. */
  merge(): Promise<void>;
}

const maxBytes = 200_000_000;
/** Ten times the files of the largest archives. */
const maxLines = 500_000;
/** The document is rewritten if it has more than twice as many lines as files, plus these. */
const spareLines = 16;

/** Whether a file of `originals/` is such a document, by its name without folders. */
export function isSourcesDocument(name: string): boolean {
  return /^sources\.(?:[\w-]+\.)?jsonl$/.test(name);
}

/**
 * Opens the document, which is read on first use. Sources in the cache of an earlier version are imported if there is no
 * such document.
 * @param folder the account's folder
 * @param writer the name of a queue worker, which has a document of its own: on a shared disk, two machines that append
 * to one file can overwrite each other's lines. A later run that is alone in the folder merges the documents.
 */
export async function openOriginalSources(folder: string, files: Files, writer = ''): Promise<OriginalSources> {
  const root = join(folder, 'originals');
  const whole = join(root, 'sources.jsonl');
  const own = writer === '' ? whole : join(root, `sources.${writer}.jsonl`);
  const listed = await files.list(root);
  for (const each of listed) {
    // A folder in place of the document: appending would fail, and no original could be added.
    if (each.folder && isSourcesDocument(each.name))
      await files.move(join(root, each.name), join(root, `${each.name}.broken`)).catch(ifSystemError);
  }
  const isThere = listed.some((each) => !each.folder && isSourcesDocument(each.name));
  let rows = new Map<string, SourceRow>();
  if (!isThere && listed.length > 0 && writer === '') {
    rows = await formerSources(folder, files, sourceRow);
    if (rows.size > 0) await files.write(whole, linesOf(rows));
  }

  /** The documents that existed when they were read. */
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
    let isComplete = true;
    for (const path of paths) {
      const text = await textOf(path, files);
      if (path === own) isCutOff = text !== null && text !== '' && !text.endsWith('\n');
      lines += readInto(found, text ?? '');
      isComplete &&= text !== null;
    }
    return { found, lines, isComplete };
  };
  const refresh = async () => {
    const { paths, facts } = await look();
    const now = JSON.stringify([paths, facts]);
    if (now === seen) return;
    seen = now;
    const { found, lines, isComplete } = await readAll(paths);
    rows = new Map([...rows, ...found]);
    const isGrown = lines > 2 * found.size + spareLines || paths.some((path) => path !== whole);
    // The lines of a document that cannot be read now may be there the next time.
    if (writer === '' && isGrown && isComplete && !(await isQueued(folder, files)))
      await putTogether(found, paths, facts);
  };
  const putTogether = async (
    found: ReadonlyMap<string, SourceRow>,
    paths: readonly string[],
    facts: readonly (FileFacts | null)[],
  ) => {
    await files.write(whole, linesOf(found));
    isCutOff = false;
    for (const [index, path] of paths.entries()) {
      // A worker that was presumed dead may have added a line meanwhile.
      if (path !== whole && (await files.facts(path))?.bytes === facts[index]?.bytes) await files.remove(path);
    }
  };
  /** Operations run one after the other, so that the document is read once and lines never mix. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => {});
    return await next;
  };
  return {
    async get(name) {
      // Another worker may have processed the post before; a run that is alone reads only once.
      if (!rows.has(name) && (seen === null || writer !== '')) await inTurn(refresh);
      return rows.get(name) ?? null;
    },
    merge: async () => inTurn(refresh),
    async record(name, row) {
      await inTurn(async () => {
        if (seen === null) await refresh();
        const start = isCutOff ? '\n' : '';
        // Until the whole line is written: the disk may be full in the middle of it.
        isCutOff = true;
        await files.append(own, `${start}${lineOf(name, row)}`);
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

/** null if it cannot be read, or was built to exhaust memory. */
async function textOf(path: string, files: Files): Promise<string | null> {
  const text = await files.readText(path, maxBytes).catch(() => null);
  return text !== null && occursMoreThan(text, '\n', maxLines) ? null : text;
}

/** @returns the number of lines; truncated and invalid lines are ignored */
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

/** Ignores system errors. @throws any other error */
function ifSystemError(error: unknown): void {
  if (!isSystemError(error)) throw error;
}
