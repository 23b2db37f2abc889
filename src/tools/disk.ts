import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** Free bytes at this folder or its nearest existing parent; Infinity if unknown. */
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
    // If the free space is unknown, the run must not stop.
    return absent && dirname(folder) !== folder ? await free(dirname(folder)) : Number.POSITIVE_INFINITY;
  }
}
