import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { IncompleteError, OutputError } from '../errors.ts';
import type { Locks } from './tools.ts';

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
  let brokeDead = false;
  for (;;) {
    const age = await create(path, own);
    if (age === null) break;
    const other = await read(path);
    if (other !== null && age < deadMilliseconds && isAlive(other)) throw new OutputError(sentence(path, other));
    brokeDead = (await breakLock(path, other)) || brokeDead;
  }
  held.add(own.id);
  await sweep(path);
  const lost = new AbortController();
  const stop = await keepFresh(path, own, beatMilliseconds, lost);
  const release = async () => {
    await stop();
    held.delete(own.id);
    if ((await read(path))?.id === own.id) await rm(path, { force: true });
  };
  return { release, brokeDead, lost: lost.signal };
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
    const other = await read(path);
    if (other !== null && other.id !== own.id) lost.abort(new IncompleteError(takenOver));
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
 * Creates the lock, which the system lets only one process do.
 * @returns null if it is ours; else the age in milliseconds of the one that is there
 */
async function create(path: string, own: Holder): Promise<number | null> {
  // Written aside and linked into place, so that nobody ever reads half a lock.
  const draft = `${path}.${own.id}`;
  const file = await open(draft, 'wx');
  let written = 0;
  try {
    await file.writeFile(JSON.stringify(own));
    written = (await file.stat()).mtimeMs;
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // Both times are of the disk's own clock: on a share that is another machine's. What is gone by now is not old.
    // Who holds the lock by now has swept the draft away.
    if (code === 'ENOENT') return 0;
    if (code === 'EEXIST') return written - ((await stat(path).catch(() => null))?.mtimeMs ?? written);
    // No hard links on this disk: less sure, and better than no lock.
    await rename(draft, path);
    return null;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Takes away what runs left beside the lock that were killed while they took it. Done by the holder alone. */
async function sweep(path: string): Promise<void> {
  const name = basename(path);
  for (const each of await readdir(dirname(path))) {
    if (!each.startsWith(name) || !/^\.(?:[0-9a-f]{16}|[0-9a-f]{8}\.dead)$/.test(each.slice(name.length))) continue;
    const aside = join(dirname(path), each);
    // A living lock that was moved aside by mistake is on its way back.
    const other = each.endsWith('.dead') ? await read(aside) : null;
    if (other === null || !isAlive(other)) await rm(aside, { force: true });
  }
}

/** null where there is none, or something that no run of ours wrote. */
async function read(path: string): Promise<Holder | null> {
  try {
    return holder.parse(JSON.parse(await readFile(path, 'utf8')));
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

/** Moves a dead lock out of the way; another run may have done so just before, and its new lock is put back. */
async function breakLock(path: string, dead: Holder | null): Promise<boolean> {
  const aside = `${path}.${randomBytes(4).toString('hex')}.dead`;
  try {
    await rename(path, aside);
  } catch {
    return false;
  }
  const moved = await read(aside);
  if (moved?.id !== dead?.id) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
  return moved?.id === dead?.id;
}

function sentence(path: string, { pid, host }: Holder): string {
  const where = host === hostname() ? '' : ` on ${host}`;
  return `Another port is at work in this folder (process ${pid}${where}). Wait for it, or end it; if there is none, delete ${path}.`;
}
