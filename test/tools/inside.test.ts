import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../media.ts';

const files = createFiles();
const never = new AbortController().signal;
let root: string;
let folder: string;
let outside: string;

beforeEach(async () => {
  root = await temporaryFolder();
  folder = join(root, 'maya');
  outside = join(root, 'elsewhere');
  for (const each of [join(folder, 'rednote'), outside]) await fs.mkdir(each, { recursive: true });
  await fs.writeFile(join(outside, 'notes.txt'), 'mine');
  await fs.writeFile(join(folder, 'own.txt'), 'own');
});

describe('pathInside', () => {
  test.each<[string, string, string | null]>([
    ['the folder itself', '', '.'],
    ['a file', 'own.txt', 'own.txt'],
    ['a file that is not there yet', 'rednote/new/a.txt', 'rednote/new/a.txt'],
    ['a name that begins with two dots', '..a/b', '..a/b'],
    ['the folder above', '..', null],
    ['a neighbour whose name begins like it', '../maya2/a', null],
    ['a way that goes up and comes back', '../maya/own.txt', 'own.txt'],
    ['another root', '/etc/passwd', null],
  ])('%s', async (_odd, path, way) => {
    expect(await files.pathInside(folder, path.startsWith('/') ? path : join(folder, path))).toBe(way);
  });

  test.skipIf(process.platform === 'win32')(
    'a symbolic link on the way or at the end leads out; above it does not',
    async () => {
      await fs.symlink(outside, join(folder, 'linked'));
      await fs.symlink(join(folder, 'own.txt'), join(folder, 'link.txt'));
      await fs.symlink(folder, join(root, 'way'));
      expect(await files.pathInside(folder, join(folder, 'linked', 'notes.txt'))).toBeNull();
      expect(await files.pathInside(folder, join(folder, 'link.txt'))).toBeNull();
      expect(await files.pathInside(join(root, 'way'), join(root, 'way', 'own.txt'))).toBe('own.txt');
    },
  );
});

describe.skipIf(process.platform === 'win32')('confined files', () => {
  const refused = { code: 'ELOOP' };

  test('refuses every write outside the folder and through a link', async () => {
    const confined = files.confined(folder);
    await fs.symlink(outside, join(folder, 'linked'));
    for (const path of [
      join(outside, 'notes.txt'),
      join(folder, 'linked', 'notes.txt'),
      join(folder, '../elsewhere/notes.txt'),
    ]) {
      const own = join(folder, 'own.txt');
      const chunks = (async function* () {
        yield Buffer.from('x');
      })();
      for (const attempt of [
        confined.write(path, 'x'),
        confined.append(path, 'x'),
        confined.writeStream(path, chunks, 9, never),
        confined.link(own, path),
        confined.copy(own, path),
        confined.move(own, path),
        confined.move(path, join(folder, 'taken')),
        confined.remove(path),
        confined.makeFolder(path),
        confined.setModified(path, 0),
        confined.protect(path),
      ])
        await expect(attempt).rejects.toMatchObject(refused);
    }
    expect(await fs.readFile(join(outside, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await fs.readFile(join(folder, 'own.txt'), 'utf8')).toBe('own');
    expect(await fs.readdir(outside)).toEqual(['notes.txt']);
  });

  test('reads files elsewhere, but not through links inside the folder', async () => {
    const confined = files.confined(folder);
    await fs.symlink(outside, join(folder, 'linked'));
    expect(await confined.readText(join(outside, 'notes.txt'), 99)).toBe('mine');
    await confined.copy(join(outside, 'notes.txt'), join(folder, 'copy.txt'));
    expect(await fs.readFile(join(folder, 'copy.txt'), 'utf8')).toBe('mine');
    const path = join(folder, 'linked', 'notes.txt');
    for (const attempt of [
      confined.read(path, 99),
      confined.readText(path, 99),
      confined.readStart(path, 9),
      confined.sha256(path, never),
      confined.link(path, join(folder, 'a')),
      confined.copy(path, join(folder, 'a')),
    ])
      await expect(attempt).rejects.toMatchObject(refused);
  });

  test('replaces or removes a link in place of a file itself', async () => {
    const confined = files.confined(folder);
    const link = join(folder, 'link.txt');
    await fs.symlink(join(outside, 'notes.txt'), link);
    await confined.write(link, 'new');
    expect((await fs.lstat(link)).isFile()).toBe(true);
    await fs.rm(link);
    await fs.symlink(join(outside, 'notes.txt'), link);
    await confined.remove(link);
    expect(await fs.readFile(join(outside, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await fs.readdir(folder)).toEqual(['own.txt', 'rednote']);
    await fs.symlink(join(outside, 'notes.txt'), link);
    expect(await confined.readText(link, 99)).toBeNull();
  });

  test('allows writes to another named folder', async () => {
    const confined = files.confined(folder, [outside]);
    await confined.write(join(outside, 'new.txt'), 'x');
    expect(await fs.readFile(join(outside, 'new.txt'), 'utf8')).toBe('x');
  });
});
