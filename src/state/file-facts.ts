import * as z from 'zod';
import type { FileFacts } from '../tools/files.ts';
import type { Memory } from './probe-cache.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The sha256 of a file, lower-case hex: remembered, or made now. */
export async function recallHash(
  memory: Memory,
  path: string,
  make: () => Promise<string>,
  seen?: FileFacts,
): Promise<string> {
  return await memory.recall(path, 'sha256', hash, make, seen);
}

/**
 * `creation_time` of a media file, unix seconds; null where it does not say, or is no media.
 * @param entry its name inside the archive at `path`; null for a file of its own
 */
export async function recallCreation(
  memory: Memory,
  path: string,
  entry: string | null,
  make: () => Promise<number | null>,
): Promise<number | null> {
  const what = entry === null ? 'created-at' : `created-at ${entry}`;
  return await memory.recall(path, what, z.number().nullable(), make);
}
