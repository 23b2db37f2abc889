import { isAbsolute, join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Files } from '../tools/tools.ts';

/**
 * What was found out about files, so that it need not be found out again: a disposable cache. A fact holds as long as
 * the file's size and time do; without the cache a run only takes longer.
 */
export interface Memory {
  /** The fact `what` about this very file: remembered, or made now. What `make` returns has to survive JSON. */
  recall<T>(path: string, what: string, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T>;
  /** Writes what is new, if that is a good part of the whole: for long runs, which may be killed. */
  keep(): Promise<void>;
  /** Writes what is new, and forgets files that are gone. */
  save(): Promise<void>;
}

const maxBytes = 500_000_000;
const known = z.object({ bytes: z.number(), modified: z.number(), facts: z.record(z.string(), z.unknown()) });
const document = z.object({ schemaVersion: z.literal(1), files: z.record(z.string(), known) });
type Known = z.infer<typeof known>;

/** Fewer new facts are not worth a write. */
const leastChanges = 32;

/** So many files are looked for at a time when forgetting. */
const lookAtOnce = 64;

/** @param folder of the account */
export async function openMemory(folder: string, files: Files): Promise<Memory> {
  const path = join(folder, '.port', 'cache.json');
  const remembered = new Map(Object.entries(await load(path, files)));
  const used = new Map<string, Known>();
  let changes = 0;
  let writing: Promise<void> | null = null;
  /** Relative inside the account's folder, so that the memory moves along with it. */
  const nameOf = (file: string) => {
    const inside = relative(folder, file);
    return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
  };

  const write = async () => {
    changes = 0;
    const all = Object.fromEntries([...remembered, ...used]);
    await files.write(path, JSON.stringify({ schemaVersion: 1, files: all }));
  };

  const forgetVanished = async () => {
    // What this run did not meet may belong to posts that it did not touch: only what is gone is forgotten.
    const unmet = [...remembered.keys()].filter((each) => !used.has(each));
    for (let at = 0; at < unmet.length; at += lookAtOnce) {
      const some = unmet.slice(at, at + lookAtOnce);
      const facts = await Promise.all(some.map(async (each) => files.facts(resolve(folder, each)).catch(() => null)));
      for (const [index, each] of some.entries()) if (facts[index] === null) remembered.delete(each);
    }
  };

  return {
    async recall(file, what, schema, make) {
      const facts = await files.facts(file);
      if (facts === null) return await make();
      const { bytes, modified } = facts;
      const name = nameOf(file);
      const before = used.get(name) ?? remembered.get(name);
      const current = before?.bytes === bytes && before.modified === modified ? before : { bytes, modified, facts: {} };
      used.set(name, current);
      const found = schema.safeParse(current.facts[what]);
      if (found.success) return found.data;
      const made = await make();
      changes++;
      current.facts[what] = made;
      return made;
    },
    async keep() {
      // A share, so that all writing together costs a few times the last one, however long the run is.
      if (writing || changes < Math.max(leastChanges, used.size / 4)) return;
      writing = write().finally(() => {
        writing = null;
      });
      await writing;
    },
    async save() {
      await writing;
      if (changes === 0) return;
      await forgetVanished();
      await write();
    },
  };
}

/** A cache that cannot be read is none. */
async function load(path: string, files: Files): Promise<Record<string, Known>> {
  try {
    return document.parse(JSON.parse((await files.readText(path, maxBytes)) ?? '')).files;
  } catch {
    return {};
  }
}
