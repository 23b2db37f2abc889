import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Temporary folders of this process. */
const made = new Set<string>();

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Creates a temporary folder. The code that ends the process deletes remaining ones. */
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

/** Deletes them synchronously, for a process that exits at once. */
export function removeTemporaries(): void {
  for (const path of made) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Nobody can be notified any more, and the system cleans its temporary folder itself.
    }
  }
}
