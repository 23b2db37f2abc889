import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from './tools/tools.ts';

/**
 * Of what each post and contact sheet was made, and how our own documents lay there then: where neither changed since, it
 * need not be planned or drawn again. A disposable cache: without it a run only takes longer.
 */
export interface Settled {
  /** Whether what lies under `name` was made of just this, and these files of ours are as we left them. */
  holds(name: string, madeOf: string, documents: readonly string[]): Promise<boolean>;
  /** Remembers it. @param documents paths */
  note(name: string, madeOf: string, documents: readonly string[]): Promise<void>;
  /** @throws a SystemError where it cannot be written */
  save(): Promise<void>;
}

const maxBytes = 500_000_000;
const seal = z.object({ madeOf: z.string(), documents: z.array(z.tuple([z.number(), z.number()])) });
const document = z.object({ schemaVersion: z.literal(1), seals: z.record(z.string(), seal) });
type Seal = z.infer<typeof seal>;

/** @param folder of the account */
export async function openSettled(folder: string, files: Files): Promise<Settled> {
  const path = join(folder, '.port', 'settled.json');
  const seals = new Map(Object.entries(await load(path, files)));
  let changed = false;
  const look = async (documents: readonly string[]): Promise<Seal['documents'] | null> => {
    const seen = await Promise.all(documents.map(async (each) => files.facts(each)));
    return seen.some((each) => each === null) ? null : seen.map((each) => both(each as FileFacts));
  };
  return {
    async holds(name, madeOf, documents) {
      const before = seals.get(name);
      if (before?.madeOf !== madeOf) return false;
      return isSame(await look(documents), before.documents);
    },
    async note(name, madeOf, documents) {
      const seen = await look(documents);
      const now = seen && { madeOf, documents: seen };
      if (JSON.stringify(seals.get(name) ?? null) === JSON.stringify(now)) return;
      changed = true;
      if (now === null) seals.delete(name);
      else seals.set(name, now);
    },
    async save() {
      if (!changed) return;
      changed = false;
      await files.write(path, JSON.stringify({ schemaVersion: 1, seals: Object.fromEntries(seals) }));
    },
  };
}

/** Equal for equal values. @param values what survives JSON */
export function digest(...values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}

function isSame(now: Seal['documents'] | null, before: Seal['documents']): boolean {
  if (now?.length !== before.length) return false;
  return now.every(([bytes, modified], index) => bytes === before[index]?.[0] && modified === before[index]?.[1]);
}

function both({ bytes, modified }: FileFacts): [number, number] {
  return [bytes, modified];
}

async function load(path: string, files: Files): Promise<Record<string, Seal>> {
  try {
    return document.parse(JSON.parse((await files.readText(path, maxBytes)) ?? '')).seals;
  } catch {
    return {};
  }
}
