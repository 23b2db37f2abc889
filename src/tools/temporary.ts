import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders of this process in the system's temporary one. */
const made = new Set<string>();

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Makes a folder of our own in the system's temporary one; whoever ends the process removes what is left of them. */
export async function makeTemporary(prefix: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  made.add(path);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      made.delete(path);
    },
  };
}

/** For a process that ends at once, before anybody could wait. */
export function removeTemporaries(): void {
  for (const path of made) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Nobody is left to be told, and the system clears its temporary folder itself.
    }
  }
}
