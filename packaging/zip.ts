import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface Entry {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly executable: boolean;
}

/**
 * Writes the same ZIP for the same files, given the same zlib: entries in their order, one time, two modes.
 * @param prefix the folder that it unpacks to
 * @param time a whole even second, since ZIP counts in twos
 */
export async function writeZip(
  path: string,
  { folder, entries, prefix, time }: { folder: string; entries: readonly Entry[]; prefix: string; time: Date },
): Promise<void> {
  const zip = new ZipFile();
  // yazl writes the local time of day, beside the time in UTC.
  const mtime = new Date(time.getTime() + time.getTimezoneOffset() * 60_000);
  for (const entry of entries) {
    const mode = entry.executable ? 0o100755 : 0o100644;
    zip.addFile(join(folder, entry.path), `${prefix}/${entry.path}`, { mtime, mode, forceDosTimestamp: true });
  }
  const written = pipeline(zip.outputStream, createWriteStream(path));
  zip.end();
  await written;
}
