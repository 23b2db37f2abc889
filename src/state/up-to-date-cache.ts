import { hash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from '../tools/files.ts';
import { cacheText } from './cache-text.ts';

/**
 * Of what each post and contact sheet was made, and how our own documents lay there then: where neither changed since, it
 * need not be planned or drawn again. A disposable cache: without it a run only takes longer.
 */
export interface UpToDateCache {
  /**
   * Whether what lies under `name` was made of just this, and files of ours are as we left them.
   * @param mark one of those that `note` was told
   * @param documents how they lie there now, and the folders behind them, in the order of `note`
   */
  matches(name: string, mark: string, documents: readonly (FileFacts | null)[]): boolean;
  /**
   * Remembers it.
   * @param marks digests of what it was made of, as many as there are ways to tell
   * @param documents paths
   * @param folders whose own time counts too: nothing was put into them, or taken out, since
   */
  record(
    name: string,
    marks: readonly string[],
    documents: readonly string[],
    folders?: readonly string[],
  ): Promise<void>;
  /** What lies under `name` is still as it was noted, and has these marks from now on. Nothing, where there is no such. */
  rekey(name: string, marks: readonly string[]): void;
  /** @throws a SystemError where it cannot be written */
  save(): Promise<void>;
}

const maxBytes = 120_000_000;
/** A seal is one text: tens of thousands are read at each start. */
const document = z.object({ schemaVersion: z.literal(1), seals: z.record(z.string(), z.string()) });

/** @param folder of the account */
export async function openUpToDateCache(folder: string, files: Files): Promise<UpToDateCache> {
  const path = join(folder, '.port', 'settled.json');
  const seals = new Map(Object.entries(await load(path, files)));
  let changed = false;
  const put = (name: string, now: string | null) => {
    if (now === (seals.get(name) ?? null)) return;
    changed = true;
    if (now === null) seals.delete(name);
    else seals.set(name, now);
  };
  return {
    matches(name, mark, documents) {
      const now = sealOf(documents);
      const [marks = '', noted] = (seals.get(name) ?? '').split(' ');
      return now !== null && now === noted && marks.split(',').includes(mark);
    },
    async record(name, marks, documents, folders = []) {
      const now = sealOf([...(await files.factsOf(documents)), ...(await files.foldersOf(folders))]);
      put(name, now === null ? null : `${marks.join(',')} ${now}`);
    },
    rekey(name, marks) {
      const [, noted] = (seals.get(name) ?? '').split(' ');
      if (noted !== undefined) put(name, `${marks.join(',')} ${noted}`);
    },
    async save() {
      if (!changed) return;
      changed = false;
      await files.write(path, cacheText('seals', seals));
    },
  };
}

/** Equal for equal values. @param values what survives JSON */
export function digest(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22);
}

/** null where one of the documents is gone. */
function sealOf(documents: readonly (FileFacts | null)[]): string | null {
  let seal = '';
  for (const document of documents) {
    if (document === null) return null;
    seal += `${document.bytes}/${document.modified};`;
  }
  return seal;
}

/** @returns nothing where there is no such cache, or none any more */
async function load(path: string, files: Files): Promise<Record<string, string>> {
  try {
    return document.parse(JSON.parse((await files.readText(path, maxBytes)) ?? '')).seals;
  } catch {
    return {};
  }
}
