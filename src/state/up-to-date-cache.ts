import { hash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import type { FileFacts, Files } from '../tools/files.ts';
import { cacheText } from './cache-text.ts';
import { fromJson } from './documents.ts';

/**
 * A disposable cache with one input fingerprint for each post and platform and for each contact sheet, and the stats of
 * the documents that were written. If neither has changed, nothing has to be planned or drawn again. Without the cache a
 * run only takes longer.
 */
export interface UpToDateCache {
  /** Whether there is a record of this name. */
  has(name: string): boolean;
  /**
   * Whether the input is the same, and the documents are unchanged since they were recorded.
   * @param documents stats of the documents and then of the folders, in the order of `record`
   */
  matches(name: string, fingerprint: string, documents: readonly (FileFacts | null)[]): boolean;
  /**
   * Records the input.
   * @param fingerprint digest of all input
   * @param documents paths of the documents
   * @param folders paths of folders whose time counts too, because it changes when an entry is added or removed
   */
  record(name: string, fingerprint: string, documents: readonly string[], folders?: readonly string[]): Promise<void>;
  /** @throws a SystemError if the cache cannot be written */
  save(): Promise<void>;
}

const maxBytes = 120_000_000;
/**
 * A record is one string, because tens of thousands are read at each start. Records of earlier versions (`seals`, one per
 * post for all platforms) never match.
 */
const document = z.object({ schemaVersion: z.literal(1), records: z.record(z.string(), z.string()) });

/** @param folder the account's folder */
export async function openUpToDateCache(folder: string, files: Files): Promise<UpToDateCache> {
  const path = join(folder, '.port', 'settled.json');
  const records = new Map(Object.entries(await load(path, files)));
  let changed = false;
  return {
    has: (name) => records.has(name),
    matches(name, fingerprint, documents) {
      return recordOf(fingerprint, documents) === records.get(name);
    },
    async record(name, fingerprint, documents, folders = []) {
      const stats = [...(await files.factsOf(documents)), ...(await files.foldersOf(folders))];
      const now = recordOf(fingerprint, stats);
      if (now === records.get(name)) return;
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

/** A digest that is equal for equal values. @param values JSON-serialisable values */
export function digest(...values: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(values), 'base64url').slice(0, 22);
}

/** null if one of the documents is missing. */
function recordOf(fingerprint: string, documents: readonly (FileFacts | null)[]): string | null {
  let record = `${fingerprint} `;
  for (const each of documents) {
    if (each === null) return null;
    record += `${each.bytes}/${each.modified};`;
  }
  return record;
}

/** @returns an empty object if there is no cache, or it cannot be read */
async function load(path: string, files: Files): Promise<Record<string, string>> {
  const text = await files.readText(path, maxBytes).catch(() => null);
  return fromJson(text, document)?.records ?? {};
}
