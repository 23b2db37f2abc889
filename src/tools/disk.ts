import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** Bytes that may still be written at this folder or, where it is not there yet, above it; Infinity if unknown. */
  free(folder: string): Promise<number>;
}

export function createDisk(): Disk {
  return { free };
}

async function free(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    // A disk that does not tell must not stop a run that would have had room.
    return absent && dirname(folder) !== folder ? await free(dirname(folder)) : Number.POSITIVE_INFINITY;
  }
}
