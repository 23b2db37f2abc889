import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExportError } from '../errors.ts';
import { createDisk } from './disk.ts';
import { makeTemporary } from './temporary.ts';
import { openZip, type Zip, type ZipEntry } from './zip.ts';

/** How many bytes the nested ZIPs of one archive may still unpack to. */
export interface UnpackBudget {
  left: number;
}

/** Shared by all nested ZIPs of an archive. */
export function unpackBudget(): UnpackBudget {
  return { left: 16 * 1024 ** 3 };
}

/** A ZIP barely shrinks when it is compressed again, unless its files are only stored, which is rare for large ones. */
const maxRatio = 4;
const ratioFrom = 64 * 1024 * 1024;
/** Space to leave free in the system's temporary folder for other programs. */
const spareBytes = 512 * 1024 * 1024;

/**
 * Opens a ZIP inside the ZIP at `path`. A stored entry is read in place; a compressed one is unpacked into the system's
 * temporary folder until it is closed.
 * @param budget reduced by what is unpacked
 * @throws ExportError like `openZip`, and if it would exceed the budget
 */
export async function openNestedZip(path: string, entry: ZipEntry, label: string, budget: UnpackBudget): Promise<Zip> {
  const range = await entry.storedAt();
  if (range !== null) return openZip(path, label, range);
  const { bytes, compressed } = entry;
  const instead = 'Take it out of the outer archive, and give port the inner one.';
  const size = `${label} would take ${Math.ceil(bytes / 1024 ** 2)} MB of the temporary folder`;
  if (bytes > budget.left || (bytes > ratioFrom && bytes > compressed * maxRatio)) {
    throw new ExportError(`${size}, far more than a ZIP in a ZIP is made of: it is not unpacked. ${instead}`);
  }
  const free = await createDisk().free(tmpdir());
  if (bytes + spareBytes > free) {
    throw new ExportError(`${size}, which has ${Math.floor(free / 1024 ** 2)} MB left. ${instead}`);
  }
  budget.left -= bytes;
  const folder = await makeTemporary('content-port-');
  try {
    // A fixed name: an entry's name is never used as a path.
    const file = join(folder.path, 'inner.zip');
    await pipeline(entry.stream(), createWriteStream(file, { mode: 0o600 }));
    const zip = await openZip(file, label);
    return {
      ...zip,
      async close() {
        await zip.close();
        await folder.remove();
      },
    };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}
