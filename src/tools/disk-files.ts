import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileFacts, Files } from './files.ts';
import { confinedFiles, wayInside } from './inside.ts';
import {
  codeOf,
  isUnsupported,
  keepTimes,
  type OnUnsupported,
  protect,
  rename,
  setMode,
  setModified,
  syncFile,
} from './refusals.ts';
import { checkParts, tooLarge } from './text-budget.ts';

/**
 * File access on this machine. A written file appears under its final name completely or not at all.
 *
 * A run needs dozens of small operations for each post: stat, link, rename, small documents. Each takes microseconds,
 * but passing it to a thread and back takes a hundred, so they use synchronous calls. Operations that may take longer
 * (slow disks, media files, folder trees) are asynchronous.
 * @param onLacking called each time the file system does not support something and a replacement was used
 */
export function createFiles(onLacking: OnUnsupported = () => {}): Files {
  const files: Files = {
    wayInside: async (folder, path) => wayInside(folder, path),
    confined: (folder, also = []) => confinedFiles(files, folder, also),
    facts: async (path) => factsNow(path),
    factsOf,
    foldersOf,
    list,
    links,
    real,
    read,
    readText,
    readStart: async (path, bytes) => readAt(path, 0, bytes),
    readAt,
    write: async (path, data) => write(path, data, onLacking),
    append,
    writeStream: async (path, data, maxBytes, signal) => writeStream(path, data, maxBytes, signal, onLacking),
    sha256,
    same,
    link: async (from, to) => link(from, to, onLacking),
    copy,
    move,
    remove,
    makeFolder,
    setModified: async (path, seconds) => setModified(path, seconds, onLacking),
    protect: async (path) => protect(path, onLacking),
  };
  return files;
}

async function factsOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]> {
  return paths.map(factsNow);
}

async function foldersOf(paths: readonly string[]): Promise<readonly (FileFacts | null)[]> {
  return paths.map((path) => {
    const stat = statOf(path);
    return stat?.isDirectory() ? { bytes: 0, modified: stat.mtimeMs / 1000 } : null;
  });
}

function factsNow(path: string): FileFacts | null {
  const stat = statOf(path);
  return stat?.isFile() ? { bytes: stat.size, modified: stat.mtimeMs / 1000 } : null;
}

function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return nullIfAbsent(error);
  }
}

async function list(path: string): Promise<readonly { readonly name: string; readonly folder: boolean }[]> {
  if (statOf(path) === null) return [];
  const entries = await fs.readdir(path, { withFileTypes: true }).catch(nullIfAbsent);
  return (entries ?? [])
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
}

async function links(path: string): Promise<readonly string[]> {
  const entries = await fs.readdir(path, { withFileTypes: true }).catch(nullIfAbsent);
  return (entries ?? []).filter((entry) => entry.isSymbolicLink()).map(({ name }) => name);
}

async function real(path: string): Promise<string | null> {
  return await fs.realpath(path).catch(nullIfAbsent);
}

async function read(path: string, maxBytes: number): Promise<Buffer | null> {
  const found = factsNow(path);
  if (found === null) return null;
  if (found.bytes > maxBytes) throw tooLarge(`${path} is larger than ${maxBytes} bytes`);
  return found.bytes <= smallBytes ? readFileSync(path) : await fs.readFile(path);
}

async function readText(path: string, maxBytes: number): Promise<string | null> {
  const bytes = await read(path, maxBytes);
  if (bytes === null) return null;
  checkParts(bytes, path);
  return bytes.toString();
}

/** Files up to this size are faster to read than to pass to a thread. */
const smallBytes = 1 << 16;

async function readAt(path: string, at: number, bytes: number): Promise<Uint8Array> {
  const handle = await fs.open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function write(
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

async function append(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  // Planted by somebody: opening a pipe would wait forever.
  if (statOf(path)?.isFile() === false) await fs.rm(path);
  await fs.appendFile(path, text);
}

async function writeStream(
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

async function sha256(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const handle = await fs.open(path);
  try {
    // One buffer for all reads: a stream's chunks are garbage that grows with the file.
    const buffer = Buffer.allocUnsafe(hashedAtOnce);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

const hashedAtOnce = 1 << 20;

async function same(a: string, b: string): Promise<boolean> {
  // As bigint: inode numbers on some file systems exceed the integers that a double can hold.
  const [one, other] = await Promise.all([a, b].map(async (path) => fs.stat(path, { bigint: true })));
  return one !== undefined && one.ino !== 0n && one.ino === other?.ino && one.dev === other.dev;
}

async function link(from: string, to: string, onLacking: OnUnsupported): Promise<void> {
  await makeFolder(dirname(to));
  if (statOf(to) !== null) await fs.rm(to, { force: true });
  try {
    linkSync(from, to);
  } catch (error) {
    // The file system has no hard links, or this file has too many: make a copy instead.
    await copy(from, to);
    const stat = statOf(from);
    if (stat) keepTimes(to, stat.mtimeMs / 1000);
    if (isUnsupported(error) && codeOf(error) !== 'EACCES') onLacking('links');
  }
}

async function copy(from: string, to: string): Promise<void> {
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

async function move(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rename(from, to);
}

async function remove(path: string): Promise<void> {
  // Usually there is nothing, and a run calls this a dozen times for each post.
  if (statOf(path) === null) return;
  await fs.rm(path, { recursive: true, force: true });
}

async function makeFolder(path: string): Promise<void> {
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

function nullIfAbsent(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}
