import { isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from '../tools/files.ts';
import { cacheText, occursMoreThan } from './cache-text.ts';
import { fromJson } from './documents.ts';

/**
 * A disposable cache of facts about files. A fact is valid while the file's size and time are unchanged, or its hash if
 * only the time has changed (a copied folder). Without the cache a run only takes longer.
 */
export interface ProbeCache {
  /**
   * Returns the fact `what` about this file, from the cache or from `make`, whose result must be JSON-serialisable.
   * @param seen size and time of the file, if the caller has just read them
   */
  get<T>(path: string, what: string, schema: z.ZodType<T>, make: () => Promise<T>, seen?: FileFacts): Promise<T>;
  /** Stores a fact about a file that is about to be renamed and does not change otherwise. */
  put(path: string, facts: FileFacts, what: string, value: unknown): Promise<void>;
  /** Copies the facts of a file that was just moved to its new path. */
  move(from: string, to: string, facts: FileFacts): Promise<void>;
  /** Discards the facts about a file. */
  invalidate(path: string): Promise<void>;
  /** Appends new facts to the journal, so that a killed run does not lose them. */
  flush(): Promise<void>;
  /** Writes the cache, without files that no longer exist. */
  save(): Promise<void>;
}

const maxBytes = 200_000_000;
const known = z.object({ bytes: z.number(), modified: z.number(), facts: z.record(z.string(), z.unknown()) });
/** The facts about each file are one string that is parsed on demand, because tens of thousands of objects take memory. */
const document = z.object({ schemaVersion: z.literal(1), files: z.record(z.string(), z.string()) });
type Known = z.infer<typeof known>;

/** A line of the journal: all facts about one file. */
const kept = known.extend({ name: z.string() });

/** The number of files that are checked at a time for existence. */
const lookAtOnce = 64;

/**
 * Opens the cache, which is read on first use: a run with nothing to do does not read it.
 * @param folder the account's folder
 * @param writer the name for the journal of a process that shares the folder, so that no two write to one file
 * @param anew ignores cached facts (`--verify`)
 */
export async function openProbeCache(folder: string, files: Files, anew = false, writer = ''): Promise<ProbeCache> {
  const path = join(folder, '.port', 'cache.json');
  // New facts are appended to a journal, so that the whole cache is not written each time.
  const journal = join(folder, '.port', writer === '' ? 'cache.jsonl' : `cache.${writer}.jsonl`);
  const journals = await journalsIn(join(folder, '.port'), files);
  let reading: Promise<Map<string, string>> | null = null;
  const whole = async () => (reading ??= readWhole(path, journals, files));
  const used = new Map<string, Known>();
  let changed = journals.length > 0;
  const unkept = new Set<string>();
  /** Paths inside the account's folder are relative, so that the cache stays valid if the folder is moved. */
  const nameOf = (file: string) => {
    const inside = relative(folder, file);
    return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
  };

  const rememberedOf = async (name: string): Promise<Known | undefined> =>
    fromJson((await whole()).get(name) ?? null, known) ?? undefined;
  const isSameFile = async (file: string, { facts }: Known) =>
    typeof facts['sha256'] === 'string' && (await files.sha256(file, neverAborted)) === facts['sha256'];
  /** @param lies whether the file exists already, so that it can be hashed */
  const readEntry = async (file: string, { bytes, modified }: FileFacts, lies: boolean): Promise<Known> => {
    const name = nameOf(file);
    const before = used.get(name) ?? (await rememberedOf(name));
    const fresh = { bytes, modified, facts: {} };
    if (before?.bytes !== bytes) return fresh;
    // What this run has found out holds even so.
    const facts = anew && !used.has(name) ? {} : before.facts;
    if (before.modified === modified) return { bytes, modified, facts };
    if (!lies || !(await isSameFile(file, before))) return fresh;
    changed = true;
    unkept.add(name);
    return { bytes, modified, facts: { ...facts, sha256: before.facts['sha256'] } };
  };
  /** Runs one operation at a time for each file, so that it is hashed once. */
  const asked = new Map<string, Promise<unknown>>();
  const entryOf = async (file: string, facts: FileFacts, lies = true): Promise<Known> => {
    const name = nameOf(file);
    const before = asked.get(name) ?? Promise.resolve();
    const now = before.then(async () => {
      const entry = await readEntry(file, facts, lies);
      used.set(name, entry);
      return entry;
    });
    const settled = now.catch(() => {});
    asked.set(name, settled);
    try {
      return await now;
    } finally {
      // A promise for each file of a large archive would take memory until the end of the run.
      if (asked.get(name) === settled) asked.delete(name);
    }
  };
  const put = (name: string, entry: Known, what: string, value: unknown) => {
    entry.facts[what] = value;
    changed = true;
    unkept.add(name);
  };

  const forgetVanished = async (remembered: Map<string, string>) => {
    // Files that this run did not use may belong to other posts, so only facts about missing files are removed. A name
    // on another machine may be forged, and stat would contact that machine, so it is removed without a check.
    const unmet = [...remembered.keys()].filter((each) => !used.has(each));
    const forgetIfGone = async (name: string) => {
      const look = async () => files.facts(resolve(folder, name)).catch(() => null);
      if (namesMachine(name, folder) || (await look()) === null) remembered.delete(name);
    };
    for (let at = 0; at < unmet.length; at += lookAtOnce)
      await Promise.all(unmet.slice(at, at + lookAtOnce).map(forgetIfGone));
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
      // As of a file that had no bytes: whatever is there now is another one.
      used.set(name, { bytes: -1, modified: 0, facts: {} });
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

/** Whether a path outside the folder may be on another machine: a Windows share, or a folder that is mounted on access. */
function namesMachine(name: string, folder: string): boolean {
  const path = resolve(folder, name);
  return (
    /^[\\/]{2}/.test(name) ||
    ((isAbsolute(relative(folder, path)) || relative(folder, path).startsWith('..')) &&
      /^\/(?:net|Network)\//.test(path))
  );
}

/** Hashing one file is not cancelled. */
const neverAborted = new AbortController().signal;

/** Ten times the files of the largest archives. Each unused one costs a stat, so millions of forged ones take minutes. */
const maxFiles = 500_000;

/** Reads the journals first, because another process may be merging them into the cache. */
async function readWhole(path: string, journals: readonly string[], files: Files): Promise<Map<string, string>> {
  const lines = (await Promise.all(journals.map(async (each) => loadLines(each, files)))).flat();
  const remembered = new Map(Object.entries(await load(path, files)));
  for (const { name, ...facts } of lines) remembered.set(name, JSON.stringify(facts));
  return remembered;
}

/** All cached facts by file name relative to the folder, whether or not they are still valid. */
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
  const text = await files.readText(path, maxBytes).catch(() => null);
  if (text === null || occursMoreThan(text, '","', maxFiles)) return {};
  return fromJson(text, document)?.files ?? {};
}

async function journalsIn(folder: string, files: Files): Promise<string[]> {
  const names = (await files.list(folder).catch(() => [])).map(({ name }) => name);
  return names.filter((name) => /^cache\.(?:[\w-]+\.)?jsonl$/.test(name)).map((name) => join(folder, name));
}

/** Reads the journal of a killed run. A truncated last line is ignored. */
async function loadLines(path: string, files: Files): Promise<z.infer<typeof kept>[]> {
  const text = await files.readText(path, maxBytes).catch(() => null);
  if (text === null || occursMoreThan(text, '\n', maxFiles)) return [];
  return text.split('\n').flatMap((line) => fromJson(line, kept) ?? []);
}
