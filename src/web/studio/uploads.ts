import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { folderName } from '../../deliver/folder-name.ts';
import { isSystemError, OutputError } from '../../errors.ts';
import type { Locks } from '../../tools/locks.ts';
import { RefusedError } from './refusal.ts';
import type { StudioEnvironment } from './world.ts';

/** A file that was sent to the studio. */
export interface Upload {
  /** Its name without folders. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * The files of one studio in the user's cache folder, readable by the user only: an export contains messages, addresses and
 * valid links.
 */
export interface Uploads {
  /** Absolute; locked while the studio runs. */
  readonly folder: string;
  /**
   * Streams a file to the disk.
   * @param kind the folder below `folder`
   * @param name as sent by the browser: anything
   * @param declared its size as declared, if it was
   */
  store(
    kind: 'exports' | 'media',
    name: string,
    body: AsyncIterable<Uint8Array>,
    declared: number | null,
  ): Promise<Upload>;
  /** Removes all files. */
  forget(): Promise<void>;
  /** @param keeps whether the files stay for the next studio */
  close(keeps: boolean): Promise<void>;
}

/** Bytes that stay free for the output of a run and for the system. */
export const reserve = 500 << 20;
const maxFiles = 3000;
/** The free space is checked after each of these numbers of bytes. */
const checkInterval = 64 << 20;

/** Opens a folder of uploads that `lockSession` locked. */
export function openUploads(
  folder: string,
  release: () => Promise<void>,
  { disk }: Pick<StudioEnvironment, 'disk'>,
): Uploads {
  let stored = 0;
  return {
    folder,
    async store(kind, name, body, declared) {
      if (++stored > maxFiles) throw new RefusedError(`More than ${maxFiles} files at a time are too many.`);
      const free = await disk.free(folder);
      if ((declared ?? 0) + reserve > free) throw full(declared, free);
      const own = safeName(name, kind);
      // An export gets its own folder, because its file name may be the only name of its account. An own video or photo
      // replaces an earlier one of the same name.
      const isAlone = kind === 'exports' || /\.zip$/i.test(own);
      const place = isAlone ? join(folder, `${kind}-alone`, randomBytes(6).toString('hex')) : join(folder, kind);
      await mkdir(place, { recursive: true, mode: 0o700 });
      const path = join(place, own);
      try {
        const written = await write(path, body, declared, async () => {
          const left = await disk.free(folder);
          if (left < reserve / 2) throw full(null, left);
        });
        return { name: own, path, ...written };
      } catch (error) {
        if (isAlone) await rm(place, { recursive: true, force: true });
        if (isSystemError(error)) throw new RefusedError(`It could not be stored (${error.code}).`, 507);
        throw error;
      }
    },
    async forget() {
      await removeFiles(folder);
    },
    async close(keeps) {
      if (!keeps) await removeFiles(folder);
      await release();
      if (!keeps) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function removeFiles(folder: string): Promise<void> {
  for (const kind of ['exports-alone', 'media', 'media-alone'])
    await rm(join(folder, kind), { recursive: true, force: true });
}

/** Streams a file to the disk. It gets its final name when it is complete. */
export async function write(
  path: string,
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
  look: () => Promise<void>,
): Promise<Pick<Upload, 'bytes' | 'sha256'>> {
  const part = join(dirname(path), `.${randomBytes(6).toString('hex')}.part`);
  const file: FileHandle = await open(part, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let next = checkInterval;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (declared !== null && bytes > declared) throw new RefusedError('More came than was announced.', 400);
      if (bytes > next) {
        await look();
        next = bytes + checkInterval;
      }
      hash.update(chunk);
      await file.write(chunk);
    }
    await file.close();
    if (bytes === 0 && (declared ?? 0) === 0)
      throw new RefusedError('The file is empty: fetch it anew from where it came.', 400);
    if (declared !== null && bytes < declared) throw new RefusedError('It did not arrive in full: send it again.', 400);
    await rename(part, path);
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    await file.close();
    await rm(part, { force: true });
    throw error;
  }
}

/** @param needed its size in bytes; null if it is not known */
export function full(needed: number | null, free: number): RefusedError {
  const size = (bytes: number) =>
    bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${Math.round(bytes / 1e8) / 10} GB`;
  const what = needed === null ? 'It is too large' : `It has ${size(needed)}`;
  return new RefusedError(
    `${what}, and only ${size(free)} are free where port keeps it meanwhile. Make room, or name the file when you start: port studio <file>.`,
    507,
  );
}

/** The last step of a path that a browser or a program sent, as a name that is valid on every system. */
export function safeName(sent: string, kind: 'exports' | 'media'): string {
  const last = sent.split(/[/\\]/).at(-1) ?? '';
  const extension = /^\.\w{1,8}$/.test(extname(last)) ? extname(last) : '';
  const stem = extension === '' ? last : last.slice(0, -extension.length);
  const isEmpty = stem.replace(/[\p{C}\s.]/gu, '') === '';
  return `${isEmpty ? (kind === 'exports' ? 'export' : 'media') : folderName(stem)}${extension}`;
}

/**
 * Removes the files of studios that crashed, and makes a locked folder for this one.
 * @param isKept whether the files of an earlier studio stay; called with its folder, which is locked meanwhile
 */
export async function lockSession(
  { cache, locks }: Pick<StudioEnvironment, 'cache' | 'locks'>,
  isKept: (folder: string) => Promise<'taken over' | 'kept' | 'gone'>,
): Promise<{ readonly folder: string; readonly release: () => Promise<void> }> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  // Only one studio at a time searches the folder, so that none takes another's new folder for an abandoned one.
  const all = await withRetries(async () => locks.take(join(cache, 'lock')));
  try {
    let own: { folder: string; release: () => Promise<void> } | null = null;
    for (const entry of await readdir(cache, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      const folder = join(cache, entry.name);
      const lock = await locks.take(join(folder, 'lock')).catch(ifHeld);
      if (lock === null) continue;
      const fate = own === null ? await isKept(folder) : 'kept';
      if (fate === 'taken over') own = { folder, release: lock.release };
      else {
        await lock.release();
        if (fate === 'gone') await rm(folder, { recursive: true, force: true });
      }
    }
    return own ?? (await newSession(cache, locks));
  } finally {
    await all.release();
  }
}

async function newSession(cache: string, locks: Locks) {
  const folder = join(cache, randomBytes(6).toString('hex'));
  await mkdir(folder, { mode: 0o700 });
  const { release } = await locks.take(join(folder, 'lock'));
  return { folder, release };
}

/** null if another running studio holds the lock. */
function ifHeld(error: unknown): null {
  if (error instanceof OutputError) return null;
  throw error;
}

async function withRetries<T>(take: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof OutputError) || tries > 100) throw error;
      await setTimeout(50);
    }
  }
}
