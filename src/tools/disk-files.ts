import { createHash } from 'node:crypto';
import { linkSync, readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { factsNow, nullIfAbsent, smallBytes, statOf } from './disk-stat.ts';
import { append, copy, makeFolder, write, writeStream } from './disk-write.ts';
import type { FileFacts, Files } from './files.ts';
import { confinedFiles, pathInside } from './inside.ts';
import { codeOf, isUnsupported, keepTimes, type OnUnsupported, protect, rename, setModified } from './refusals.ts';
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
    pathInside: async (folder, path) => pathInside(folder, path),
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

async function readAt(path: string, at: number, bytes: number): Promise<Uint8Array> {
  const handle = await fs.open(path);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
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

async function move(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rename(from, to);
}

async function remove(path: string): Promise<void> {
  // Usually there is nothing, and a run calls this a dozen times for each post.
  if (statOf(path) === null) return;
  await fs.rm(path, { recursive: true, force: true });
}
