import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rename } from '../../src/tools/refusals.ts';
import { temporaryFolder } from './folder.ts';

const memory = '/dev/shm';
const hasOtherDisk = existsSync(memory) && statSync(memory).dev !== statSync(tmpdir()).dev;

describe.skipIf(!hasOtherDisk)('moved to another disk', () => {
  const otherDisk = () => {
    const folder = mkdtempSync(join(memory, 'port-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  it('a file replaces the one there, keeps its time, and is gone here', async () => {
    const [here, there] = [join(temporaryFolder(), 'a.mp4'), join(otherDisk(), 'b.mp4')];
    writeFileSync(here, 'new');
    utimesSync(here, 1_740_906_904, 1_740_906_904);
    writeFileSync(there, 'old');
    await rename(here, there);
    expect([readFileSync(there, 'utf8'), statSync(there).mtimeMs]).toEqual(['new', 1_740_906_904_000]);
    expect(existsSync(here)).toBe(false);
    expect(readdirSync(join(there, '..'))).toEqual(['b.mp4']);
  });

  it('a folder has all of its files, with their times, and its links as links', async () => {
    const [here, there] = [join(temporaryFolder(), 'post'), join(otherDisk(), 'post')];
    mkdirSync(join(here, 'part-1'), { recursive: true });
    writeFileSync(join(here, 'part-1', 'video.mp4'), 'one');
    utimesSync(join(here, 'part-1', 'video.mp4'), 1_740_906_904, 1_740_906_904);
    symlinkSync('part-1', join(here, 'link'));
    await rename(here, there);
    expect(readFileSync(join(there, 'part-1', 'video.mp4'), 'utf8')).toBe('one');
    expect(statSync(join(there, 'part-1', 'video.mp4')).mtimeMs).toBe(1_740_906_904_000);
    expect(lstatSync(join(there, 'link')).isSymbolicLink() && readlinkSync(join(there, 'link'))).toBe('part-1');
    expect(existsSync(here)).toBe(false);
  });

  it('a folder that cannot be moved stays here whole, and leaves nothing there', async () => {
    const [here, there] = [join(temporaryFolder(), 'post'), join(otherDisk(), 'post')];
    mkdirSync(here);
    writeFileSync(join(here, 'video.mp4'), 'one');
    writeFileSync(there, 'a file in its place');
    await expect(rename(here, there)).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(readFileSync(join(here, 'video.mp4'), 'utf8')).toBe('one');
    expect(readdirSync(join(there, '..'))).toEqual(['post']);
  });
});

/** Makes a file one that nobody can replace, or takes that back: root can, on some file systems of Linux. */
const freeze = (path: string, how: '+i' | '-i') => spawnSync('chattr', [how, path]).status === 0;

function canFreeze(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'port-freeze-'));
  const file = join(folder, 'a');
  writeFileSync(file, '');
  const can = freeze(file, '+i') && freeze(file, '-i');
  rmSync(folder, { recursive: true });
  return can;
}

describe.skipIf(!canFreeze())('a file that cannot be replaced', () => {
  const texts = (letter: string) => letter.repeat(200_000);
  it.each<[string, string, string, boolean]>([
    ['by an equal one: that is what was wanted', texts('a'), texts('a'), true],
    ['by another: the error, and both stay', texts('a'), `${texts('a').slice(1)}b`, false],
    ['by a longer one: the error, and both stay', texts('a'), texts('aa'), false],
  ])('%s', { timeout: 60_000 }, async (_name, before, after, isDone) => {
    const folder = temporaryFolder();
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    writeFileSync(to, before);
    writeFileSync(from, after);
    onTestFinished(() => void freeze(to, '-i'));
    freeze(to, '+i');
    const moved = rename(from, to);
    if (isDone) await moved;
    else await expect(moved).rejects.toMatchObject({ code: 'EPERM' });
    expect([readFileSync(to, 'utf8') === before, existsSync(from)]).toEqual([true, !isDone]);
  });

  it('because its folder cannot be changed: the error, and the file stays', { timeout: 60_000 }, async () => {
    const [here, there] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(here, 'from'), 'x');
    onTestFinished(() => void freeze(there, '-i'));
    freeze(there, '+i');
    await expect(rename(join(here, 'from'), join(there, 'to'))).rejects.toMatchObject({ code: 'EPERM' });
    expect(existsSync(join(here, 'from'))).toBe(true);
  });
});
