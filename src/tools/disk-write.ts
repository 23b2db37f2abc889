import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, fsync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { smallBytes, statOf } from './disk-stat.ts';
import { type OnUnsupported, rename, setMode, syncFile } from './refusals.ts';

export async function write(
  path: string,
  data: string | Uint8Array | Iterable<string>,
  onLacking: OnUnsupported,
): Promise<void> {
  const part = await partName(path);
  try {
    const file = openSync(part, 'wx');
    try {
      for (const chunk of chunksOf(data)) writeFileSync(file, chunk);
      await syncFile({ sync: async () => onDisk(file) }, onLacking);
    } finally {
      closeSync(file);
    }
    await rename(part, path);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}

async function onDisk(file: number): Promise<void> {
  await new Promise<void>((resolve, reject) => fsync(file, (error) => (error ? reject(error) : resolve())));
}

/** Joins pieces, to save system calls. */
function* chunksOf(data: string | Uint8Array | Iterable<string>): Generator<string | Uint8Array> {
  if (typeof data === 'string' || data instanceof Uint8Array) {
    yield data;
    return;
  }
  let chunk = '';
  for (const piece of data) {
    chunk += piece;
    if (chunk.length < smallBytes) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

export async function append(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  // Planted by somebody: opening a pipe would wait forever.
  if (statOf(path)?.isFile() === false) await fs.rm(path);
  await fs.appendFile(path, text);
}

export async function writeStream(
  path: string,
  data: AsyncIterable<Uint8Array>,
  maxBytes: number,
  signal: AbortSignal,
  onLacking: OnUnsupported,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const part = await partName(path);
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncIterable<Uint8Array> {
    for await (const chunk of data) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Error(`${basename(path)} is larger than ${maxBytes} bytes`);
      hash.update(chunk);
      yield chunk;
    }
  }
  // Opened first: a stream that fails at once would create the file after it was removed.
  const handle = await fs.open(part, 'wx');
  try {
    await pipeline(counted(), handle.createWriteStream(), { signal });
    // The stream has closed its handle, and its own flush option fails on file systems without fsync.
    const written = await fs.open(part, 'r+');
    try {
      await syncFile(written, onLacking);
    } finally {
      await written.close();
    }
    await rename(part, path);
  } catch (error) {
    await handle.close().catch(() => {});
    await fs.rm(part, { force: true });
    throw error;
  }
  return { bytes, sha256: hash.digest('hex') };
}

export async function copy(from: string, to: string): Promise<void> {
  const part = await partName(to);
  try {
    await fs.copyFile(from, part, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    // A copy of a read-only original must be writable, because the next run has to set its time.
    setMode(part, 0o644);
    await rename(part, to);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw error;
  }
}

export async function makeFolder(path: string): Promise<void> {
  // Usually it exists already, because of an earlier file.
  if (statOf(path)?.isDirectory()) return;
  mkdirSync(path, { recursive: true });
}

async function partName(path: string): Promise<string> {
  await makeFolder(dirname(path));
  // File systems limit a name to 255 bytes, and a character takes up to four.
  const name = [...basename(path)].slice(0, 50).join('');
  return join(dirname(path), `.${name}.${randomBytes(4).toString('hex')}.part`);
}
