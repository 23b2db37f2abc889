import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../../src/errors.ts';
import { findFiles } from '../../src/tools/folder-walk.ts';
import { mapLimit } from '../../src/tools/map-limit.ts';
import { temporaryFolder } from './folder.ts';

function folderOf(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return folder;
}

describe('the files below a folder', () => {
  it('are found in the order of their names, with their paths', async () => {
    const folder = folderOf('b.json', 'a/2.mp4', 'a/1.mp4', 'B.txt');
    const { files, skipped } = await findFiles(folder);
    expect(files.map(({ name }) => name)).toEqual(['B.txt', 'a/1.mp4', 'a/2.mp4', 'b.json']);
    expect(files.map(({ path }) => path)).toEqual(files.map(({ name }) => join(folder, name)));
    expect(skipped).toEqual([]);
  });

  it.each(['.hidden', '.git/config', '__MACOSX/a.json', 'a/.DS_Store'])(
    'are not those of the system: %s',
    async (name) => {
      expect(await findFiles(folderOf(name))).toEqual({ files: [], skipped: [] });
    },
  );

  it.skipIf(process.platform === 'win32')('are not what links lead to, which is reported', async () => {
    const folder = folderOf('a/1.mp4');
    symlinkSync(join(folderOf('mine.mp4'), 'mine.mp4'), join(folder, 'a', 'link.mp4'));
    symlinkSync(folder, join(folder, 'round'));
    const { files, skipped } = await findFiles(folder);
    expect(files.map(({ name }) => name)).toEqual(['a/1.mp4']);
    expect(skipped).toEqual(['"a/link.mp4": it is a symbolic link', '"round": it is a symbolic link']);
  });

  it('are those of sixteen folders in each other; deeper ones are reported', async () => {
    const deep = (count: number) => Array.from({ length: count }, () => 'd').join('/');
    const { files, skipped } = await findFiles(folderOf(`${deep(16)}/a.mp4`, `${deep(17)}/b.mp4`));
    expect(files.map(({ name }) => name)).toEqual([`${deep(16)}/a.mp4`]);
    expect(skipped).toEqual([`"${deep(17)}": it lies too deep`]);
  });

  it('of no folder are an error that names it', async () => {
    const nowhere = join(temporaryFolder(), 'nowhere');
    await expect(findFiles(nowhere)).rejects.toThrow(ExportError);
    await expect(findFiles(nowhere)).rejects.toThrow(/nowhere" cannot be opened \(ENOENT\)/);
  });
});

describe('work on many things, some at a time', () => {
  it('gives the results in the order of the things, and never does more at a time', async () => {
    let [now, most] = [0, 0];
    const results = await mapLimit([30, 1, 20, 2, 3], 2, async (milliseconds) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      now--;
      return milliseconds * 2;
    });
    expect([results, most]).toEqual([[60, 2, 40, 4, 6], 2]);
  });

  it('ends with the first error: what was begun ends, what was not is left', async () => {
    const ended: number[] = [];
    const work = mapLimit([1, 2, 3, 4], 2, async (each) => {
      if (each === 1) throw new Error('no room');
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended.push(each);
    });
    await expect(work).rejects.toThrow('no room');
    expect(ended.filter((each) => each === 4)).toEqual([]);
    expect(ended).toContain(2);
  });
});
