import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { OutputError } from '../../src/errors.ts';
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
  it('one at a time; given back, it can be had again', async () => {
    const first = await locks.take(at('one'));
    await expect(locks.take(at('one'))).rejects.toThrow(OutputError);
    await expect(locks.take(at('one'))).rejects.toThrow(`process ${process.pid}`);
    await first.release();
    expect((await locks.take(at('one'))).brokeDead).toBe(false);
    expect(await readdir(join(folder, 'one'))).toEqual(['lock']);
  });

  it('of many that try at once, one has it', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, async () => locks.take(at('many'))));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['of a dead run', JSON.stringify({ pid: dead, host: hostname(), id: 'x' })],
    ['that is no lock', 'garbage'],
    ['that is empty', ''],
  ])('one %s is broken, by one of many', async (name, text) => {
    const path = await heldBy(name, text);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, async () => locks.take(path)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('one of another machine stays, and the sentence says what to do', async () => {
    const path = await heldBy('far', JSON.stringify({ pid: 1, host: 'another-machine', id: 'x' }));
    await expect(locks.take(path)).rejects.toThrow(/another-machine.*delete/);
  });
});
