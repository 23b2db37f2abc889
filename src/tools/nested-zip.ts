import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExportError } from '../errors.ts';
import { openZip, type Zip, type ZipEntry } from './zip.ts';

/** A ZIP hardly shrinks when it is zipped again: one that unpacks to more than this is not what it says. */
const MAX_UNPACKED = 16 * 1024 ** 3;

/**
 * Opens a ZIP that lies in the ZIP at `path`. Where it is stored as it is, it is read in place; a compressed one is
 * unpacked into the system's temporary folder until it is closed.
 * @throws ExportError as `openZip`
 */
export async function openNestedZip(path: string, entry: ZipEntry, label: string): Promise<Zip> {
  const range = await entry.storedAt();
  if (range !== null) return openZip(path, label, range);
  if (entry.bytes > MAX_UNPACKED)
    throw new ExportError(
      `${label} is too large to be unpacked: take it out of the outer archive, and give port the inner one.`,
    );

  const folder = await mkdtemp(join(tmpdir(), 'content-port-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    // A name of our own: an entry's name is never used as a path.
    const file = join(folder, 'inner.zip');
    await pipeline(entry.stream(), createWriteStream(file, { mode: 0o600 }));
    const zip = await openZip(file, label);
    return {
      ...zip,
      async close() {
        await zip.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
