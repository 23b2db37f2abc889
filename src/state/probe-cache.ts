import { isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from '../tools/files.ts';
import { cacheText, holdsMore } from './cache-text.ts';
import { fromJson } from './documents.ts';

/**
 * What was found out about files, so that it need not be found out again: a disposable cache. A fact holds as long as
 * the file's size and time do, or its hash where only the time is another (a folder that was copied); without the cache a
 * run only takes longer.
 */
export interface ProbeCache {
  /**
   * The fact `what` about this very file: remembered, or made now. What `make` returns has to survive JSON.
   * @param seen size and time of the file, if the caller has just read them
   */
  get<T>(path: string, what: string, schema: z.ZodType<T>, make: () => Promise<T>, seen?: FileFacts): Promise<T>;
  /** Remembers a fact about a file that is about to get its name, which is all that may still change of it. */
  put(path: string, facts: FileFacts, what: string, value: unknown): Promise<void>;
  /** Copies the facts of a file that was just moved to its new path. */
  move(from: string, to: string, facts: FileFacts): Promise<void>;
  /** What is known of a file is in doubt: it is found out again. */
  invalidate(path: string): Promise<void>;
  /** Writes down what is new since the last time: a run that is killed now loses nothing of it. */
  flush(): Promise<void>;
  /** Writes what is new, and forgets files that are gone. */
  save(): Promise<void>;
}

const maxBytes = 200_000_000;
const known = z.object({ bytes: z.number(), modified: z.number(), facts: z.record(z.string(), z.unknown()) });
/** What is known of each file is one text, read when that file is met: tens of thousands are much as objects. */
const document = z.object({ schemaVersion: z.literal(1), files: z.record(z.string(), z.string()) });
type Known = z.infer<typeof known>;

/** A line of what was kept since the cache was last written: a file's facts, whole. */
const kept = known.extend({ name: z.string() });

/** So many files are looked for at a time when forgetting. */
const lookAtOnce = 64;

/**
 * It is read when something is first asked of it, which nothing does in a run that has nothing to do.
 * @param folder of the account
 * @param writer names the journal of a process that is not alone in the folder: no two write one file
 * @param anew what files hold is found out again (`--verify`)
 */
export async function openProbeCache(folder: string, files: Files, anew = false, writer = ''): Promise<ProbeCache> {
  const path = join(folder, '.port', 'cache.json');
  // Between two writes of the whole, a line for each file: a run of thousands must not write it all each time.
  const journal = join(folder, '.port', writer === '' ? 'cache.jsonl' : `cache.${writer}.jsonl`);
  const journals = await journalsIn(join(folder, '.port'), files);
  let reading: Promise<Map<string, string>> | null = null;
  const whole = async () => (reading ??= readWhole(path, journals, files));
  const used = new Map<string, Known>();
  let changed = journals.length > 0;
  const unkept = new Set<string>();
  /** Relative inside the account's folder, so that the memory moves along with it. */
  const nameOf = (file: string) => {
    const inside = relative(folder, file);
    return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
  };

  const rememberedOf = async (name: string): Promise<Known | undefined> =>
    fromJson((await whole()).get(name) ?? null, known) ?? undefined;
  const isSameFile = async (file: string, { facts }: Known) =>
    typeof facts['sha256'] === 'string' && (await files.sha256(file, neverAborted)) === facts['sha256'];
  /** @param lies whether there is a file of these facts already, to be hashed */
  const readEntry = async (file: string, { bytes, modified }: FileFacts, lies: boolean): Promise<Known> => {
    const name = nameOf(file);
    const before = used.get(name) ?? (await rememberedOf(name));
    // Another question about the file may have been first meanwhile.
    const fresh = { bytes, modified, facts: {} };
    if (before?.bytes !== bytes) return fresh;
    const isMet = used.has(name);
    const holds = (facts: Known['facts']) => (anew && !isMet ? {} : facts);
    if (before.modified === modified) return isMet ? before : { ...before, facts: holds(before.facts) };
    if (!lies || !(await isSameFile(file, before))) return fresh;
    changed = true;
    unkept.add(name);
    return { bytes, modified, facts: { ...holds(before.facts), sha256: before.facts['sha256'] } };
  };
  /** One at a time for each file, so that it is hashed once. */
  const asked = new Map<string, Promise<unknown>>();
  const entryOf = async (file: string, facts: FileFacts, lies = true): Promise<Known> => {
    const name = nameOf(file);
    const now = (asked.get(name) ?? Promise.resolve())
      .then(undefined, () => {})
      .then(async () => readEntry(file, facts, lies));
    const next = now.then((entry) => {
      used.set(name, entry);
      return entry;
    });
    asked.set(name, next);
    try {
      return await next;
    } finally {
      if (asked.get(name) === next) asked.delete(name);
    }
  };
  const put = (name: string, entry: Known, what: string, value: unknown) => {
    entry.facts[what] = value;
    changed = true;
    unkept.add(name);
  };

  const forgetVanished = async (remembered: Map<string, string>) => {
    // What this run did not meet may belong to posts that it did not touch: only what is gone is forgotten.
    // A name of another machine may be planted: a look at it would already ask that machine, so it is forgotten unseen.
    for (const each of remembered.keys()) if (!used.has(each) && namesMachine(each, folder)) remembered.delete(each);
    const unmet = [...remembered.keys()].filter((each) => !used.has(each));
    for (let at = 0; at < unmet.length; at += lookAtOnce) {
      const some = unmet.slice(at, at + lookAtOnce);
      const facts = await Promise.all(some.map(async (each) => files.facts(resolve(folder, each)).catch(() => null)));
      for (const [index, each] of some.entries()) if (facts[index] === null) remembered.delete(each);
    }
  };

  return {
    async get(file, what, schema, make, seen) {
      const facts = seen ?? (await files.facts(file));
      if (facts === null) return await make();
      const name = nameOf(file);
      const current = await entryOf(file, facts);
      const found = schema.safeParse(current.facts[what]);
      if (found.success) return found.data;
      const made = await make();
      put(name, current, what, made);
      return made;
    },
    async put(file, facts, what, value) {
      const name = nameOf(file);
      put(name, await entryOf(file, facts, false), what, value);
    },
    async move(from, to, facts) {
      const [before, name] = [used.get(nameOf(from)), nameOf(to)];
      used.delete(nameOf(from));
      unkept.delete(nameOf(from));
      const entry = await entryOf(to, facts, false);
      for (const [what, value] of Object.entries(before?.facts ?? {})) put(name, entry, what, value);
    },
    async invalidate(file) {
      const name = nameOf(file);
      const before = used.get(name) ?? (await rememberedOf(name));
      if (!before) return;
      used.set(name, { ...before, facts: {} });
      changed = true;
      unkept.add(name);
    },
    async flush() {
      const news = [...unkept].map((name) => `${JSON.stringify({ name, ...used.get(name) })}\n`);
      unkept.clear();
      if (news.length > 0) await files.append(journal, news.join(''));
    },
    async save() {
      if (!changed) return;
      changed = false;
      const remembered = await whole();
      await forgetVanished(remembered);
      for (const [name, entry] of used) remembered.set(name, JSON.stringify(entry));
      await files.write(path, cacheText('files', remembered));
      for (const each of new Set([...journals, journal])) await files.remove(each);
    },
  };
}

/** Whether a name outside the folder may be another machine's: a share of Windows, or a folder that is mounted when looked at. */
function namesMachine(name: string, folder: string): boolean {
  const path = resolve(folder, name);
  return (
    /^[\\/]{2}/.test(name) ||
    ((isAbsolute(relative(folder, path)) || relative(folder, path).startsWith('..')) &&
      /^\/(?:net|Network)\//.test(path))
  );
}

/** It is one file. */
const neverAborted = new AbortController().signal;

/** Ten times the files of the largest archives. Each that a run does not meet is looked for: millions, planted, take minutes. */
const mostFiles = 500_000;

/** First the journals: another process may put them into the whole just now. */
async function readWhole(path: string, journals: readonly string[], files: Files): Promise<Map<string, string>> {
  const lines = (await Promise.all(journals.map(async (each) => loadLines(each, files)))).flat();
  const remembered = new Map(Object.entries(await load(path, files)));
  for (const { name, ...facts } of lines) remembered.set(name, JSON.stringify(facts));
  return remembered;
}

/** What the cache says of all files, by their names relative to the folder, whether or not it still holds. */
export async function readFacts(folder: string, files: Files): Promise<ReadonlyMap<string, Known['facts']>> {
  const inside = join(folder, '.port');
  const all = await readWhole(join(inside, 'cache.json'), await journalsIn(inside, files), files);
  return new Map(
    [...all].flatMap(([name, text]) => {
      const read = fromJson(text, known);
      return read === null ? [] : [[name, read.facts] as const];
    }),
  );
}

/** A cache that cannot be read counts as empty. */
async function load(path: string, files: Files): Promise<Record<string, string>> {
  try {
    const text = (await files.readText(path, maxBytes)) ?? '';
    return holdsMore(text, '","', mostFiles) ? {} : document.parse(JSON.parse(text)).files;
  } catch {
    return {};
  }
}

async function journalsIn(folder: string, files: Files): Promise<string[]> {
  const names = (await files.list(folder).catch(() => [])).map(({ name }) => name);
  return names.filter((name) => /^cache\.(?:[\w-]+\.)?jsonl$/.test(name)).map((name) => join(folder, name));
}

/** What a killed run kept. Its last line may be cut off: that one is not known. */
async function loadLines(path: string, files: Files): Promise<z.infer<typeof kept>[]> {
  try {
    const text = (await files.readText(path, maxBytes)) ?? '';
    const lines = holdsMore(text, '\n', mostFiles) ? [] : text.split('\n');
    return lines.flatMap((line) => fromJson(line, kept) ?? []);
  } catch {
    return [];
  }
}
