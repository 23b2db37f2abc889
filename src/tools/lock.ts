import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { OutputError } from '../errors.ts';
import type { Locks } from './tools.ts';

/** A living run touches its lock this often; another machine's counts as dead after ten such beats without. */
const beatMilliseconds = 30_000;
const deadAfterMilliseconds = 10 * beatMilliseconds;

const ownerSchema = z.object({ pid: z.number(), host: z.string(), id: z.string() });
type Owner = z.infer<typeof ownerSchema>;

/** Locks of this very process, by their ids: its own pid in a lock says nothing where containers all run as pid 1. */
const held = new Set<string>();

export function createLocks(): Locks {
  return { take };
}

async function take(path: string): Promise<() => Promise<void>> {
  const owner: Owner = { pid: process.pid, host: hostname(), id: randomBytes(8).toString('hex') };
  await mkdir(dirname(path), { recursive: true });
  // A dead run's lock is broken once; whoever is there after that is alive.
  if (!(await claim(path, owner))) {
    await breakIfDead(path);
    if (!(await claim(path, owner))) throw new OutputError(busy(path, await ownerOf(path)));
  }
  held.add(owner.id);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, beatMilliseconds);
  beat.unref();
  return async () => {
    clearInterval(beat);
    held.delete(owner.id);
    if ((await ownerOf(path))?.id === owner.id) await rm(path, { force: true });
  };
}

/** The file appears with its content at once, and only if there is none. */
async function claim(path: string, owner: Owner): Promise<boolean> {
  const text = JSON.stringify(owner);
  const draft = `${path}.${owner.id}`;
  try {
    await writeFile(draft, text);
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP', 'EMLINK')) throw error;
    // A disk without hard links.
    return await writeFile(path, text, { flag: 'wx' }).then(
      () => true,
      (problem: unknown) => {
        if (isCode(problem, 'EEXIST')) return false;
        throw problem;
      },
    );
  } finally {
    await rm(draft, { force: true });
  }
}

async function breakIfDead(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (facts === null) return;
  const owner = await ownerOf(path);
  if (owner !== null && !isDead(owner, facts.mtimeMs)) return;
  // Renamed first: of two that break it at a time only one gets it, and it is the one that was judged.
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  await rename(path, aside).catch(() => {});
  const taken = await ownerOf(aside);
  if (taken?.id === owner?.id) await rm(aside, { force: true });
  else await rename(aside, path).catch(() => {});
}

function isDead(owner: Owner, touched: number): boolean {
  if (held.has(owner.id)) return false;
  if (owner.host !== hostname()) return Date.now() - touched > deadAfterMilliseconds;
  if (owner.pid === process.pid || touched < Date.now() - uptime() * 1000) return true;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return isCode(error, 'ESRCH');
  }
}

/** null: no lock, or one that was cut off while it was written. */
async function ownerOf(path: string): Promise<Owner | null> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

function busy(path: string, owner: Owner | null): string {
  const who = owner === null ? '' : ` (process ${owner.pid} on ${owner.host})`;
  return `Another run${who} is at work in ${dirname(dirname(path))}. Wait for it to end, or choose another --out.`;
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
