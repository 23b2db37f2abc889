import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { IncompleteError, OutputError } from '../../src/errors.ts';
import { createLocks } from '../../src/tools/locks.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-locks-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));
const locks = createLocks();
const at = (name: string) => join(folder, name, 'lock');

/** A process that has been and is no more. */
const dead = spawnSync(process.execPath, ['-e', '']).pid;

async function heldBy(name: string, text: string): Promise<string> {
  const { release } = await locks.take(at(name));
  await release();
  await writeFile(at(name), text);
  return at(name);
}

describe('locks', () => {
  it('one holder at a time; a released lock can be taken again', async () => {
    const first = await locks.take(at('one'));
    await expect(locks.take(at('one'))).rejects.toThrow(OutputError);
    await expect(locks.take(at('one'))).rejects.toThrow(`process ${process.pid}`);
    await first.release();
    expect((await locks.take(at('one'))).brokeDead).toBe(false);
    expect(await readdir(join(folder, 'one'))).toEqual(['lock']);
  });

  it('of many concurrent attempts one succeeds', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, async () => locks.take(at('many'))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['of a dead run', JSON.stringify({ pid: dead, host: hostname(), id: 'x' })],
    ['that is no lock', 'garbage'],
    ['that is empty', ''],
    // A container that is started anew has the name and the process numbers of the one before.
    ['of an earlier process of this number', JSON.stringify({ pid: process.pid, host: hostname(), id: 'x' })],
  ])('one %s is broken by exactly one of many', async (name, text) => {
    const path = await heldBy(name, text);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, async () => locks.take(path)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it.skipIf(process.platform === 'win32')('a pipe or huge file in place of the lock is removed unread', async () => {
    const path = await heldBy('pipe', '');
    await rm(path);
    spawnSync('mkfifo', [path]);
    await (await locks.take(path)).release();
    await writeFile(path, '');
    await truncate(path, 3_000_000_000);
    await (await locks.take(path)).release();
    expect(await readdir(join(folder, 'pipe'))).toEqual([]);
  });

  it('many that take turns in one process never hold it at the same time, and none is taken for dead', async () => {
    let [holding, most, broken, taken] = [0, 0, 0, 0];
    const takeTurns = async () => {
      while (taken < 80) {
        const lock = await locks.take(at('turns')).catch(() => null);
        await setImmediate();
        if (lock === null) continue;
        taken++;
        holding++;
        most = Math.max(most, holding);
        if (lock.brokeDead) broken++;
        await setImmediate();
        holding--;
        await lock.release();
      }
    };
    await Promise.all(Array.from({ length: 8 }, takeTurns));
    expect({ most, broken }).toEqual({ most: 1, broken: 0 });
  });

  it('a folder in place of the lock gives an error, and its content stays', async () => {
    const path = await heldBy('folder', '');
    await rm(path);
    await mkdir(path);
    await writeFile(join(path, 'mine'), 'x');
    await expect(locks.take(path)).rejects.toThrow('is a folder, where port keeps its lock: delete it.');
    expect(await readdir(path)).toEqual(['mine']);
  });

  it('a dead lock is broken by exactly one, whenever the others come', async () => {
    for (let round = 0; round < 20; round += 1) {
      const path = await heldBy(`late ${round}`, '');
      const take = async (_: unknown, turn: number) => {
        // Over the few milliseconds that breaking takes: some see the dead lock, and act when a new one is there.
        await setTimeout(turn / 4);
        return locks.take(path);
      };
      const tries = await Promise.allSettled(Array.from({ length: 20 }, take));
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(join(folder, `late ${round}`))).toEqual(['lock']);
    }
  });

  it('a run killed while breaking a dead lock blocks nobody', async () => {
    const path = await heldBy('claimed', '');
    const claim = `${path}.${createHash('sha256').update('').digest('hex').slice(0, 8)}.dead`;
    await writeFile(claim, JSON.stringify({ pid: dead, host: hostname(), id: 'x' }));
    const lock = await locks.take(path);
    expect(lock.brokeDead).toBe(true);
    expect(await readdir(join(folder, 'claimed'))).toEqual(['lock']);
    await lock.release();
  });

  it('drafts of killed runs are deleted, but no living lock', async () => {
    const path = await heldBy('swept', '');
    const about = (pid: number | undefined, id: string) => JSON.stringify({ pid, host: hostname(), id });
    await writeFile(`${path}.00112233aabbccdd`, '');
    await writeFile(`${path}.8899aabb.dead`, about(dead, 'x'));
    await writeFile(`${path}.ccddeeff.dead`, JSON.stringify({ pid: 1, host: 'another-machine', id: 'y' }));
    const { release } = await locks.take(path);
    expect((await readdir(join(folder, 'swept'))).sort()).toEqual(['lock', 'lock.ccddeeff.dead']);
    await release();
  });

  it.each([
    ['lives here', process.ppid],
    ['is dead here', dead],
    ['is our own here', process.pid],
  ])('a lock of another machine whose process id %s stays, and the error says what to do', async (name, pid) => {
    const text = JSON.stringify({ pid, host: 'another-machine', id: 'x' });
    const path = await heldBy(`far ${name}`, text);
    await expect(locks.take(path)).rejects.toThrow(OutputError);
    await expect(locks.take(path)).rejects.toThrow(/another-machine.*delete/);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('a dead lock that another run has broken and taken meanwhile stays with that run', async () => {
    const path = await heldBy('replaced', '');
    const living = JSON.stringify({ pid: process.ppid, host: hostname(), id: 'of another run' });
    const taking = locks.take(path).catch((error: unknown) => error);
    // The claim is made by a thread of its own. It is waited for without letting the run go on, so that the lock is another
    // one by the time the run hears that the claim is its own.
    const isClaimed = () => readdirSync(join(folder, 'replaced')).some((name) => name.endsWith('.dead'));
    for (let turn = 0; turn < 1000 && !isClaimed(); turn++) {
      for (const until = performance.now() + 5; performance.now() < until && !isClaimed(); );
      if (!isClaimed()) await setImmediate();
    }
    expect(isClaimed()).toBe(true);
    writeFileSync(`${path}.new`, living);
    renameSync(`${path}.new`, path);
    expect(await taking).toBeInstanceOf(OutputError);
    expect(await readFile(path, 'utf8')).toBe(living);
    expect(await readdir(join(folder, 'replaced'))).toEqual(['lock']);
  });

  it.each([
    ['another machine', 'another-machine'],
    ['a living process that has got the number of a dead run', hostname()],
  ])('a stale lock of %s is broken', async (name, host) => {
    const path = await heldBy(`stale ${name}`, JSON.stringify({ pid: process.ppid, host, id: 'x' }));
    await expect(locks.take(path)).rejects.toThrow(OutputError);
    const longAgo = Date.now() / 1000 - 600;
    await utimes(path, longAgo, longAgo);
    const lock = await locks.take(path);
    expect(lock.brokeDead).toBe(true);
    await lock.release();
  });

  it('is kept fresh while held, and not recreated after it was taken away', async () => {
    const quick = createLocks({ beatMilliseconds: 10, deadMilliseconds: 60_000 });
    const path = at('beat');
    const lock = await quick.take(path);
    const longAgo = Date.now() / 1000 - 600;
    await utimes(path, longAgo, longAgo);
    await vi.waitFor(async () => expect((await stat(path)).mtimeMs / 1000).toBeGreaterThan(longAgo + 500));
    await expect(quick.take(path)).rejects.toThrow(OutputError);
    await rename(path, `${path}.gone`);
    expect(lock.lost.aborted).toBe(false);
    const other = await quick.take(path);
    // What stood still hears of it as soon as it goes on.
    await vi.waitFor(() => expect(lock.lost.reason).toBeInstanceOf(IncompleteError));
    expect(other.lost.aborted).toBe(false);
    await lock.release();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await other.release();
    expect(await readdir(join(folder, 'beat'))).toEqual(['lock.gone']);
  });
});
