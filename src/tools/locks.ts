import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { OutputError } from '../errors.ts';
import type { Locks } from './tools.ts';

const holder = z.object({ pid: z.number().int().positive(), host: z.string(), id: z.string() });
type Holder = z.infer<typeof holder>;

/** One run on a folder at a time, across processes: a file that names who holds it. */
export function createLocks(): Locks {
  return { take };
}

async function take(path: string): Promise<{ readonly release: () => Promise<void>; readonly brokeDead: boolean }> {
  const own: Holder = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  await mkdir(dirname(path), { recursive: true });
  let brokeDead = false;
  while (!(await create(path, own))) {
    const other = await read(path);
    if (other !== null && isAlive(other)) throw new OutputError(sentence(path, other));
    brokeDead = (await breakLock(path, other)) || brokeDead;
  }
  const release = async () => {
    if ((await read(path))?.id === own.id) await rm(path, { force: true });
  };
  return { release, brokeDead };
}

/** False where there is a lock already: the system lets only one process create a file. */
async function create(path: string, own: Holder): Promise<boolean> {
  // Written aside and linked into place, so that nobody ever reads half a lock.
  const draft = `${path}.${own.id}`;
  const file = await open(draft, 'wx');
  try {
    await file.writeFile(JSON.stringify(own));
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return false;
    // No hard links on this disk: less sure, and better than no lock.
    await rename(draft, path);
    return true;
  } finally {
    await rm(draft, { force: true });
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

/** Of another machine nothing is known: it is taken for alive. */
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
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
