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
   * Takes the lock file `path` for this process; one that a dead run left is broken.
   * @returns how to give it back, and whether a run had died with it; `lost` is aborted with an IncompleteError where this
   * process stood still (Ctrl-Z, a machine asleep) until another run took the lock for dead: nothing may be written then
   * @throws OutputError where another living run holds it
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
  /** So often who holds a lock writes it anew. */
  readonly beatMilliseconds: number;
  /** A lock that was not written for so long is nobody's: its process, or its machine, is gone. */
  readonly deadMilliseconds: number;
}

const usual: LockTimes = { beatMilliseconds: 5000, deadMilliseconds: 90_000 };

const takenOver =
  'This run stood still for so long that another port took its folder over, so it stops here. What it finished stays; run the same command again when the other one is through.';

/** Locks that this process holds. Its number alone proves nothing: in a container it is the same in every run. */
const held = new Set<string>();

/** One run on a folder at a time, across processes: a file that names who holds it, and that its holder keeps fresh. */
export function createLocks(times: LockTimes = usual): Locks {
  return { take: async (path) => take(path, times) };
}

async function take(path: string, { beatMilliseconds, deadMilliseconds }: LockTimes): ReturnType<Locks['take']> {
  const own: Holder = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  await mkdir(dirname(path), { recursive: true });
  held.add(own.id);
  try {
    const brokeDead = await win(path, own, deadMilliseconds);
    await sweep(path);
    const lost = new AbortController();
    const stop = await keepFresh(path, own, beatMilliseconds, lost);
    const release = async () => {
      await stop();
      held.delete(own.id);
      if ((await look(path))?.holder?.id === own.id) await rm(path, { force: true });
    };
    return { release, brokeDead, lost: lost.signal };
  } catch (error) {
    held.delete(own.id);
    throw error;
  }
}

/**
 * Tries until the lock is ours.
 * @returns whether a dead one was in the way
 * @throws OutputError where a living run has it
 */
async function win(path: string, own: Holder, deadMilliseconds: number): Promise<boolean> {
  let brokeDead = false;
  for (;;) {
    const { draft, written } = await write(path, own);
    try {
      if (await place(draft, path)) return brokeDead;
      const other = await look(path);
      if (other === null) continue;
      if (other.isFolder) throw new OutputError(`${path} is a folder, where port keeps its lock: delete it.`);
      // Both times are of the disk's own clock: on a share that is another machine's.
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
 * Writes the same again and again, through a handle: a lock that was taken away meanwhile is not brought back.
 * @param lost is told where another has it
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
    // A disk that refuses it costs this run its freshness, not its work.
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
 * Writes the lock aside, to be linked into place: nobody ever reads half a lock.
 * @returns where, and when by the clock of the disk (Unix milliseconds)
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

/** Gives the draft its name, which the system lets only one process do. @returns whether it was this one */
async function place(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // ENOENT: who holds the lock by now has swept the draft away.
    if (code === 'ENOENT' || code === 'EEXIST') return false;
    // No hard links on this disk: less sure, and better than no lock.
    if ((await look(path)) !== null) return false;
    await rename(draft, path);
    return true;
  }
}

/** Takes away what runs left beside the lock that were killed while they took it. Done by the holder alone. */
async function sweep(path: string): Promise<void> {
  const name = basename(path);
  for (const each of await readdir(dirname(path))) {
    if (!each.startsWith(name) || !/^\.(?:[0-9a-f]{16}|[0-9a-f]{8}\.dead)$/.test(each.slice(name.length))) continue;
    const aside = join(dirname(path), each);
    // Who lives takes its own claim away.
    const other = each.endsWith('.dead') ? ((await look(aside))?.holder ?? null) : null;
    if (other === null || !isAlive(other)) await rm(aside, { force: true });
  }
}

/** A lock as it lies there. */
interface Seen {
  readonly text: string;
  /** null: no run of ours wrote this. */
  readonly holder: Holder | null;
  /** Unix milliseconds, by the clock of the disk. */
  readonly changed: number;
  /** A lock is a file: this cannot be one, and is not taken away, since something may lie in it. */
  readonly isFolder: boolean;
}

/** Bytes: ours has a hundred. */
const longestLock = 10_000;

/** null where there is none. */
async function look(path: string): Promise<Seen | null> {
  try {
    const stat = await lstat(path);
    // Somebody planted it: a pipe is not even opened, for that would wait for ever.
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

/** Whether the holder of a fresh lock may live. Of another machine nothing more is known. */
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
 * Takes a dead lock away. Several runs may have seen that it is dead, and the first of them may hold a new one by now:
 * so each claims this very lock first, which only one can, and then looks whether it still is there.
 * @param draft becomes the claim
 * @param alive of a claim: one whose run was killed counts no more
 * @returns whether this run took it away
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
