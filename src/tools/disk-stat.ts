import { lstatSync, type Stats } from 'node:fs';
import type { FileFacts } from './files.ts';

/** null unless there is a file: not for folders and links. */
export function factsNow(path: string): FileFacts | null {
  const stat = statOf(path);
  return stat?.isFile() ? { bytes: stat.size, modified: stat.mtimeMs / 1000 } : null;
}

/** Does not follow links; null if there is nothing. */
export function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return nullIfAbsent(error);
  }
}

/** For `catch`: null if a path does not exist; throws every other error. */
export function nullIfAbsent(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}

/** Files up to this size are faster to read than to pass to a thread. */
export const smallBytes = 1 << 16;
