import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { OutputError } from '../../src/errors.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { temporaryFolder } from './folder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'lock');
});
const { take } = createLocks();
const far = { pid: 1, host: 'another-machine', id: 'x' };
const dead = { pid: spawnSync(process.execPath, ['-e', '']).pid, host: hostname(), id: 'x' };
const living = { pid: process.ppid, host: hostname(), id: 'x' };
const put = (name: string, content: string | object) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

describe('a lock', () => {
  it('names its holder, in a folder that is made for it, and is gone after its release', async () => {
    path = join(folder, 'a', 'b', 'lock');
    const { release, brokeDead, lost } = await take(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ...{ pid: process.pid, host: hostname(), id: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect([brokeDead, lost.aborted]).toEqual([false, false]);
    await release();
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual([]);
  });

  it('that is held elsewhere is refused with who holds it, and nothing else is left', async () => {
    put('lock', far);
    await expect(take(path)).rejects.toThrow(
      `Another port is at work in this folder (process 1 on another-machine). Wait for it, or end it; if there is none, delete ${path}.`,
    );
    put('lock', living);
    await expect(take(path)).rejects.toThrow(`(process ${process.ppid}). Wait`);
    expect(readdirSync(folder)).toEqual(['lock']);
  });

  it.each<[string, string | object]>([
    ['of a dead process', dead],
    ['without a process', { host: 'another-machine', id: 'x' }],
    ['of a process that cannot be', { ...far, pid: 0 }],
    ['of half a process', { ...far, pid: 1.5 }],
    ['without a machine', { pid: 1, id: 'x' }],
    ['without a mark', { pid: 1, host: 'another-machine' }],
    ['that is a list', [far]],
    ['that is larger than a lock', JSON.stringify(far).padEnd(10_001)],
  ])('%s is broken, which is reported', async (_odd, content) => {
    put('lock', content);
    const { release, brokeDead } = await take(path);
    expect(brokeDead).toBe(true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    expect(readdirSync(folder)).toEqual(['lock']);
    await release();
  });

  it('as large as one may be is one', async () => {
    put('lock', JSON.stringify(far).padEnd(10_000));
    await expect(take(path)).rejects.toThrow('on another-machine');
  });

  it.each<[string, number, boolean]>([
    ['a minute and a bit', 80, false],
    ['more than a minute and a half', 100, true],
  ])('that was not kept fresh for %s is dead: %s s', async (_odd, seconds, isDead) => {
    put('lock', far);
    const ago = Date.now() / 1000 - seconds;
    utimesSync(path, ago, ago);
    const taking = take(path);
    if (isDead) await (await taking).release();
    else await expect(taking).rejects.toThrow('on another-machine');
  });

  it('that was taken over is not removed at the release', async () => {
    const { release } = await take(path);
    put('lock', far);
    await release();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(far);
  });

  it('that was deleted is released without an error', async () => {
    const { release } = await take(path);
    spawnSync('rm', [path]);
    await release();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a dead lock that changes while it is being broken', () => {
  /** Begins to take the lock, and changes it when this run has claimed the dead one and has not looked again. */
  async function takeWhile(change: () => void): Promise<unknown> {
    const taking = take(path).catch((error: unknown) => error);
    // The claim is made by a thread of its own, which is waited for without letting the run go on.
    const isClaimed = () => readdirSync(folder).some((name) => name.endsWith('.dead'));
    for (let turn = 0; turn < 1000 && !isClaimed(); turn++) {
      for (const until = performance.now() + 5; performance.now() < until && !isClaimed(); );
      if (!isClaimed()) await setImmediate();
    }
    change();
    return await taking;
  }
  const ago = Math.floor(Date.now() / 1000) - 600;

  it('because its holder continues after a pause: it stays with that one', async () => {
    put('lock', living);
    utimesSync(path, ago, ago);
    const refused = await takeWhile(() => utimesSync(path, Date.now() / 1000, Date.now() / 1000));
    expect(refused).toBeInstanceOf(OutputError);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(living);
  });

  it('because another run has taken it, on a disk whose clock stands still: it stays with that one', async () => {
    const now = Math.floor(Date.now() / 1000);
    put('lock', dead);
    put('new', living);
    for (const each of [path, join(folder, 'new')]) utimesSync(each, now, now);
    const refused = await takeWhile(() => renameSync(join(folder, 'new'), path));
    expect(refused).toBeInstanceOf(OutputError);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(living);
    expect(readdirSync(folder)).toEqual(['lock']);
  });
});

it('what killed runs left of taking this lock goes, all else stays', async () => {
  const gone = ['lock.0123456789abcdef', 'lock.01234567.dead'];
  const kept = [
    'other.0123456789abcdef',
    'lock.0123456789abcdef.bak',
    'lock.0123456789ABCDEF',
    'lock.0123',
    'lock.txt',
  ];
  for (const name of [...gone, ...kept]) put(name, '');
  put('lock.89abcdef.dead', far);
  put('lock.99abcdef.dead', dead);
  put('lock.aaabcdef.dead', living);
  put('lock.bbabcdef.dead', { ...living, pid: process.pid });
  mkdirSync(join(folder, 'lock.d'));
  const { release } = await take(path);
  await release();
  expect(readdirSync(folder)).toEqual([...kept, 'lock.89abcdef.dead', 'lock.aaabcdef.dead', 'lock.d'].sort());
});
