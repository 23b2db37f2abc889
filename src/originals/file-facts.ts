import * as z from 'zod';
import type { Memory } from './memory.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** The sha256 of a file, lower-case hex: remembered, or made now. */
export async function recallHash(memory: Memory, path: string, make: () => Promise<string>): Promise<string> {
  return await memory.recall(path, 'sha256', hash, make);
}

/** `creation_time` of a media file, unix seconds; null where it does not say, or is no media. */
export async function recallCreation(
  memory: Memory,
  path: string,
  make: () => Promise<number | null>,
): Promise<number | null> {
  return await memory.recall(path, 'created-at', z.number().nullable(), make);
}
