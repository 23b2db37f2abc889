import { hash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from '../tools/files.ts';
import { cacheText } from './cache-text.ts';

/**
 * One input fingerprint for each post and platform and for each contact sheet, with the file stats of our own documents at
 * that time: where neither changed since, nothing has to be planned or drawn again. A disposable cache: without it a run
 * only takes longer.
 */
export interface UpToDateCache {
  /** Whether there is a record of this name at all. */
  has(name: string): boolean;
  /**
   * Whether it was made of the same input, and its documents are as they were recorded.
   * @param documents stats of the documents and then of the folders, in the order of `record`
   */
  matches(name: string, fingerprint: string, documents: readonly (FileFacts | null)[]): boolean;
  /**
   * Records what it was made of.
   * @param fingerprint digest of all input
   * @param documents paths
   * @param folders whose own time counts too: nothing was put into them, or taken out, since
   */
  record(name: string, fingerprint: string, documents: readonly string[], folders?: readonly string[]): Promise<void>;
  /** @throws a SystemError where it cannot be written */
  save(): Promise<void>;
}

const maxBytes = 120_000_000;
/**
 * A record is one text: tens of thousands are read at each start. Earlier versions had `seals`, one a post for all platforms
 * together: these match nothing.
 */
const document = z.object({ schemaVersion: z.literal(1), records: z.record(z.string(), z.string()) });

/** @param folder of the account */
export async function openUpToDateCache(folder: string, files: Files): Promise<UpToDateCache> {
  const path = join(folder, '.port', 'settled.json');
  const records = new Map(Object.entries(await load(path, files)));
  let changed = false;
  return {
    has: (name) => records.has(name),
    matches(name, fingerprint, documents) {
      const now = recordOf(fingerprint, documents);
      return now !== null && now === records.get(name);
    },
    async record(name, fingerprint, documents, folders = []) {
      const stats = [...(await files.factsOf(documents)), ...(await files.foldersOf(folders))];
      const now = recordOf(fingerprint, stats);
      if (now === (records.get(name) ?? null)) return;
      changed = true;
      if (now === null) records.delete(name);
      else records.set(name, now);
    },
    async save() {
      if (!changed) return;
      changed = false;
      await files.write(path, cacheText('records', records));
    },
  };
}

/** Equal for equal values. @param values what survives JSON */
export function digest(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22);
}

/** null where one of the documents is gone. */
function recordOf(fingerprint: string, documents: readonly (FileFacts | null)[]): string | null {
  let record = `${fingerprint} `;
  for (const each of documents) {
    if (each === null) return null;
    record += `${each.bytes}/${each.modified};`;
  }
  return record;
}

/** @returns nothing where there is no such cache, or one that cannot be read */
async function load(path: string, files: Files): Promise<Record<string, string>> {
  try {
    return document.parse(JSON.parse((await files.readText(path, maxBytes)) ?? '')).records;
  } catch {
    return {};
  }
}
