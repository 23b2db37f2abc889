import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { statOf } from './disk-stat.ts';

/**
 * Operations that some file systems do not support, and their replacements. Error codes as Linux, macOS and Windows
 * return them for NTFS, exFAT, FAT, SMB, FUSE and overlay (man 2 utimensat, fsync, link, rename; measured with ntfs-3g
 * and tmpfs, 2026-11).
 */

/** A feature that a file system lacks: setting `times` or `modes`, creating `links`, fsync (`sync`). */
export type UnsupportedFeature = 'times' | 'modes' | 'links' | 'sync';
export type OnUnsupported = (what: UnsupportedFeature) => void;

/** Not supported, or not permitted to anybody, so not the problem of one file. */
const unsupported = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'ENOTTY'];

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : '';
}

/** Whether an error means that the file system does not support the operation at all. */
export function isUnsupported(error: unknown): boolean {
  return unsupported.includes(codeOf(error));
}

/** Syncs a file. On a file system without fsync nothing more can be done. */
export async function syncFile(handle: { sync(): Promise<void> }, onLacking: OnUnsupported): Promise<void> {
  try {
    await handle.sync();
  } catch (error) {
    // EPERM and EACCES are not about fsync support.
    if (!isUnsupported(error) || /^E(?:PERM|ACCES)$/.test(codeOf(error))) throw error;
    onLacking('sync');
  }
}

/** Codes for a file that is locked for a moment by a virus scanner, sync client, backup or indexer. */
const held = ['EBUSY', 'EACCES', 'EPERM'];
const timeoutMilliseconds = 2000;
const pauseMilliseconds = 50;

/** The number of unsuccessful waits: if nothing is released, thousands of posts must not wait two seconds each. */
let inVain = 0;
const maxInVain = 3;

/**
 * Renames a file or folder. A locked one is retried for two seconds; across mounts (EXDEV, also on overlays) it is
 * copied with its times and removed. A file that cannot replace an equal one is only removed.
 * @throws the system's error
 */
export async function rename(from: string, to: string): Promise<void> {
  const until = Date.now() + timeoutMilliseconds;
  for (let pause = pauseMilliseconds; ; pause = Math.min(400, pause * 2)) {
    try {
      renameSync(from, to);
      inVain = 0;
      return;
    } catch (error) {
      if (codeOf(error) === 'EXDEV') return await moveAcross(from, to);
      if (!held.includes(codeOf(error))) throw error;
      if (codeOf(error) === 'EPERM' && madeWritable(to)) continue;
      if (inVain < maxInVain && Date.now() < until) {
        await wait(pause);
        continue;
      }
      inVain++;
      if (!(await isEqual(from, to))) throw error;
      await fs.rm(from, { force: true });
      return;
    }
  }
}

/**
 * Windows refuses to replace a read-only file with ERROR_ACCESS_DENIED, which Node calls EPERM
 * (https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-movefileexw, 2026-11).
 * @returns whether the file was read-only and no longer is
 */
function madeWritable(path: string): boolean {
  const stat = statOf(path);
  return stat?.isFile() === true && (stat.mode & 0o222) === 0 && setMode(path, 0o644);
}

async function moveAcross(from: string, to: string): Promise<void> {
  const aside = join(dirname(to), `.${[...basename(to)].slice(0, 50).join('')}.${process.pid}.${Date.now()}.part`);
  try {
    copyTree(from, aside);
    renameSync(aside, to);
  } catch (error) {
    await fs.rm(aside, { recursive: true, force: true });
    throw error;
  }
  await fs.rm(from, { recursive: true, force: true });
}

function copyTree(from: string, to: string): void {
  const stat = lstatSync(from);
  if (stat.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  if (stat.isDirectory()) {
    mkdirSync(to);
    for (const name of readdirSync(from)) copyTree(join(from, name), join(to, name));
  } else copyFileSync(from, to);
  keepTimes(to, stat.mtimeMs / 1000);
}

/** Gives a copy the time of its source, if the file system allows it. */
export function keepTimes(path: string, unixSeconds: number): void {
  try {
    utimesSync(path, unixSeconds, unixSeconds);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

/** Whether two files have the same bytes. */
async function isEqual(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map(async (path) => fs.open(path).catch(() => null)));
  try {
    if (!first || !second) return false;
    const [a, b] = [await first.stat(), await second.stat()];
    if (!a.isFile() || !b.isFile() || a.size !== b.size) return false;
    const [left, right] = [Buffer.alloc(1 << 16), Buffer.alloc(1 << 16)];
    for (let at = 0; at < a.size; ) {
      const { bytesRead } = await first.read(left, 0, left.length, at);
      await second.read(right, 0, right.length, at);
      if (bytesRead === 0 || left.compare(right, 0, bytesRead, 0, bytesRead) !== 0) return false;
      at += bytesRead;
    }
    return true;
  } finally {
    await first?.close();
    await second?.close();
  }
}

export async function setModified(path: string, unixSeconds: number, onLacking: OnUnsupported): Promise<void> {
  try {
    utimesSync(path, unixSeconds, unixSeconds);
  } catch (error) {
    // If times cannot be set, files are recognised by hash.
    if (!isUnsupported(error)) throw error;
    onLacking('times');
  }
}

export async function protect(path: string, onLacking: OnUnsupported): Promise<void> {
  // On Windows the flag also prevents deleting the folder, which does more harm than good.
  if (process.platform !== 'win32' && !setMode(path, 0o444)) onLacking('modes');
}

/**
 * Sets the mode.
 * @returns false if the file system has no modes, or does not allow setting them
 */
export function setMode(path: string, mode: number): boolean {
  try {
    chmodSync(path, mode);
    return true;
  } catch (error) {
    if (!isUnsupported(error)) throw error;
    return false;
  }
}
