import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, link, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { IncompleteError, OutputError } from '../errors.ts';
import { rename } from './refusals.ts';

export interface Locks {
  /**
   * Takes the lock file `path` for this process; breaks a lock whose holder is dead.
   * @returns how to release it, and whether a previous run crashed while holding it. `lost` is aborted with an
   * IncompleteError if this process was suspended (Ctrl-Z, sleep) until another run took over the lock: then nothing
   * may be written any more
   * @throws OutputError if another living run holds it
   */
  take(path: string): Promise<{
    readonly release: () => Promise<void>;
    readonly brokeDead: boolean;
    readonly lost: AbortSignal;
  }>;
}

const holder = z.object({ pid: z.number().int().positive(), host: z.string(), id: z.string() });
type Holder = z.infer<typeof holder>;

export interface LockTimes {
  /** How often the holder rewrites its lock. */
  readonly beatMilliseconds: number;
  /** A lock that was not rewritten for this long is dead: its process or machine is gone. */
  readonly deadMilliseconds: number;
}

const usual: LockTimes = { beatMilliseconds: 5000, deadMilliseconds: 90_000 };

const takenOver =
  'This run stood still for so long that another port took its folder over, so it stops here. What it finished stays; run the same command again when the other one is through.';

/** Locks held by this process. The process id alone proves nothing: in containers it is the same in every run. */
const held = new Set<string>();

/** Ensures one run per folder across processes, by a lock file that names its holder and is kept fresh. */
export function createLocks(times: LockTimes = usual): Locks {
  return { take: async (path) => take(path, times) };
}

async function take(path: string, { beatMilliseconds, deadMilliseconds }: LockTimes): ReturnType<Locks['take']> {
  const own: Holder = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  await mkdir(dirname(path), { recursive: true });
  held.add(own.id);
  try {
    const brokeDead = await acquire(path, own, deadMilliseconds);
    await sweep(path);
    const lost = new AbortController();
    const stop = await keepFresh(path, own, beatMilliseconds, lost);
    const release = async () => {
      await stop();
      try {
        if ((await look(path))?.holder?.id === own.id) await rm(path, { force: true });
      } finally {
        // Not before: another one in this process would take the lock for a dead one and break it.
        held.delete(own.id);
      }
    };
    return { release, brokeDead, lost: lost.signal };
  } catch (error) {
    held.delete(own.id);
    throw error;
  }
}

/**
 * Tries until the lock is taken.
 * @returns whether a dead lock was broken
 * @throws OutputError if a living run holds it
 */
async function acquire(path: string, own: Holder, deadMilliseconds: number): Promise<boolean> {
  let brokeDead = false;
  for (;;) {
    const { draft, written } = await write(path, own);
    try {
      if (await place(draft, path)) return brokeDead;
      const other = await look(path);
      if (other === null) continue;
      if (other.isFolder) throw new OutputError(`${path} is a folder, where port keeps its lock: delete it.`);
      // Both times are from the file system's clock, which on a network share is another machine's.
      const alive = ({ holder, changed }: Seen) =>
        holder !== null && written - changed < deadMilliseconds && isAlive(holder);
      if (other.holder && alive(other)) throw new OutputError(sentence(path, other.holder));
      brokeDead = (await breakLock(path, other, draft, alive)) || brokeDead;
    } finally {
      await rm(draft, { force: true });
    }
  }
}

/**
 * Rewrites the lock regularly through an open handle, so that a lock that was taken over is not recreated.
 * @param lost called if another process has the lock
 * @returns how to stop
 */
async function keepFresh(
  path: string,
  own: Holder,
  beatMilliseconds: number,
  lost: AbortController,
): Promise<() => Promise<void>> {
  const file = await open(path, 'r+').catch(() => null);
  let writing = Promise.resolve();
  const beat = async (handle: FileHandle) => {
    // If a write fails, only the freshness of the lock suffers, not the run.
    await handle.write(JSON.stringify(own), 0).catch(() => {});
    const other = (await look(path))?.holder;
    if (other && other.id !== own.id) lost.abort(new IncompleteError(takenOver));
  };
  const timer = setInterval(() => {
    if (file) writing = writing.then(async () => beat(file));
  }, beatMilliseconds);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await writing;
    await file?.close();
  };
}

/**
 * Writes the lock to a draft file that is linked into place, so that nobody can read a partial lock.
 * @returns its path, and its time by the file system's clock (Unix milliseconds)
 */
async function write(path: string, own: Holder): Promise<{ draft: string; written: number }> {
  const draft = `${path}.${own.id}`;
  const file = await open(draft, 'wx');
  try {
    await file.writeFile(JSON.stringify(own));
    return { draft, written: (await file.stat()).mtimeMs };
  } finally {
    await file.close();
  }
}

/**
 * Links the draft to its final name, which succeeds for only one process.
 * @returns whether it was this one
 */
async function place(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // ENOENT: the current holder has deleted the draft.
    if (code === 'ENOENT' || code === 'EEXIST') return false;
    // The file system has no hard links: less safe, but better than no lock.
    if ((await look(path)) !== null) return false;
    await rename(draft, path);
    return true;
  }
}

/** Deletes drafts of runs that were killed while taking the lock. Only the holder does this. */
async function sweep(path: string): Promise<void> {
  const name = basename(path);
  for (const each of await readdir(dirname(path))) {
    if (!each.startsWith(name) || !/^\.(?:[0-9a-f]{16}|[0-9a-f]{8}\.dead)$/.test(each.slice(name.length))) continue;
    const aside = join(dirname(path), each);
    // A living process deletes its own claim.
    const other = each.endsWith('.dead') ? ((await look(aside))?.holder ?? null) : null;
    if (other === null || !isAlive(other)) await rm(aside, { force: true });
  }
}

/** The current state of a lock file. */
interface Seen {
  readonly text: string;
  /** null: not written by port. */
  readonly holder: Holder | null;
  /** Unix milliseconds by the file system's clock. */
  readonly changed: number;
  /** There is a folder in place of the lock. It is not deleted, because it may contain something. */
  readonly isFolder: boolean;
}

/** In bytes; our locks have about a hundred. */
const longestLock = 10_000;

/** null if there is none. */
async function look(path: string): Promise<Seen | null> {
  try {
    const stat = await lstat(path);
    // Planted by somebody. Opening a pipe would wait forever.
    if (!stat.isFile() || stat.size > longestLock)
      return { text: '', holder: null, changed: stat.mtimeMs, isFolder: stat.isDirectory() };
    const file = await open(path, 'r');
    try {
      const { mtimeMs } = await file.stat();
      const text = await file.readFile('utf8');
      return { text, holder: parse(text), changed: mtimeMs, isFolder: false };
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

function parse(text: string): Holder | null {
  try {
    return holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether the holder of a fresh lock may be alive. For another machine this is unknown, so it may be. */
function isAlive({ pid, host, id }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return held.has(id);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Breaks a dead lock. Several runs may have found it dead, and the first of them may hold a new one by now: so each
 * first claims this very lock, which only one can, and then checks that it is still the same.
 * @param draft becomes the claim
 * @param alive tests whether the holder of a claim is alive; the claim of a killed run does not count
 * @returns whether this run broke it
 */
async function breakLock(path: string, dead: Seen, draft: string, alive: (claim: Seen) => boolean): Promise<boolean> {
  const claim = `${path}.${createHash('sha256').update(dead.text).digest('hex').slice(0, 8)}.dead`;
  if (!(await place(draft, claim))) {
    const other = await look(claim);
    if (other !== null && !alive(other)) await rm(claim, { force: true });
    await setTimeout(10);
    return false;
  }
  try {
    const now = await look(path);
    if (now?.text !== dead.text || now.changed !== dead.changed) return false;
    await rm(path, { force: true });
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

function sentence(path: string, { pid, host }: Holder): string {
  const where = host === hostname() ? '' : ` on ${host}`;
  return `Another port is at work in this folder (process ${pid}${where}). Wait for it, or end it; if there is none, delete ${path}.`;
}
