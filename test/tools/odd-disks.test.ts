import { createHash } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFiles } from '../../src/tools/disk-files.ts';
import { keepTimes, rename } from '../../src/tools/refusals.ts';
import { freeze, temporaryFolder } from './folder.ts';

const windows = process.platform === 'win32';
let folder: string;
let lacking: string[];
beforeEach(() => {
  folder = temporaryFolder();
  lacking = [];
});
const files = createFiles((what) => lacking.push(what));
const at = (...names: string[]) => join(folder, ...names);

describe.skipIf(windows)('what is refused to everybody', () => {
  it('times, modes and links: the run continues, with a copy, and is reported', async ({ skip }) => {
    const path = at('a');
    await fs.writeFile(path, 'abc');
    await fs.utimes(path, 1_740_906_904, 1_740_906_904);
    if (!freeze(path)) return skip('this disk has no such files');
    await files.setModified(path, 1);
    expect(lacking).toEqual(['times']);
    await files.protect(path);
    expect(lacking).toEqual(['times', 'modes']);
    await files.link(path, at('sub', 'b'));
    expect(lacking).toEqual(['times', 'modes', 'links']);
    expect(await fs.readFile(at('sub', 'b'), 'utf8')).toBe('abc');
    const [from, to] = [await fs.stat(path), await fs.stat(at('sub', 'b'))];
    expect([to.ino === from.ino, to.mtimeMs]).toEqual([false, 1_740_906_904_000]);
    keepTimes(path, 1);
    expect((await fs.stat(path)).mtimeMs).toBe(1_740_906_904_000);
  });
});

it('a file that is not there is no lack of the disk: the error is thrown', async () => {
  const gone = { code: 'ENOENT' };
  await expect(files.setModified(at('none'), 1)).rejects.toMatchObject(gone);
  if (!windows) await expect(files.protect(at('none'))).rejects.toMatchObject(gone);
  expect(() => keepTimes(at('none'), 1)).toThrow('ENOENT');
  await expect(rename(at('none'), at('to'))).rejects.toMatchObject(gone);
  expect(lacking).toEqual([]);
});

it.skipIf(windows)('a protected file is read-only for all, its copy is not', async () => {
  await fs.writeFile(at('a'), 'abc');
  await files.protect(at('a'));
  await files.copy(at('a'), at('b'));
  const modes = await Promise.all(['a', 'b'].map(async (name) => (await fs.stat(at(name))).mode & 0o777));
  expect(modes).toEqual([0o444, 0o644]);
  expect(lacking).toEqual([]);
});

it.skipIf(windows)(
  'a link to a file of another disk is a copy with its time, of which nothing is told',
  async ({ skip }) => {
    const memory = '/dev/shm';
    const other = await fs.mkdtemp(join(memory, 'port-')).catch(() => null);
    if (other === null || (await fs.stat(other)).dev === (await fs.stat(tmpdir())).dev)
      return skip('there is no other disk');
    onTestFinished(async () => fs.rm(other, { recursive: true }));
    await fs.writeFile(join(other, 'a'), 'abc');
    await fs.utimes(join(other, 'a'), 1_740_906_904, 1_740_906_904);
    await files.link(join(other, 'a'), at('b'));
    expect([await fs.readFile(at('b'), 'utf8'), (await fs.stat(at('b'))).mtimeMs]).toEqual(['abc', 1_740_906_904_000]);
    expect(lacking).toEqual([]);
  },
);

describe('files that are read', () => {
  it('of more than 64 kB are read whole, up to their limit', async () => {
    const text = 'Möwe '.repeat(20_000);
    await fs.writeFile(at('a'), text);
    const bytes = Buffer.byteLength(text);
    expect(await files.readText(at('a'), bytes)).toBe(text);
    await expect(files.read(at('a'), bytes - 1)).rejects.toThrow(`is larger than ${bytes - 1} bytes`);
    expect(Buffer.from(await files.readStart(at('a'), 7)).toString()).toBe('Möwe M');
    expect(Buffer.from(await files.readAt(at('a'), bytes - 3, 9)).toString()).toBe('we ');
    expect(await files.readAt(at('a'), bytes, 9)).toHaveLength(0);
    expect(await files.read(at('none'), 9)).toBeNull();
  });

  it('of brackets alone are not read as text', async () => {
    await fs.writeFile(at('a.json'), '['.repeat(20_000_001));
    await expect(files.readText(at('a.json'), 1e9)).rejects.toThrow('is made of more than 8 million parts');
    expect(await files.read(at('a.json'), 1e9)).toHaveLength(20_000_001);
  });

  it('of several megabytes have one hash over all of it', async () => {
    const content = Buffer.alloc((1 << 21) + 1, 'abc');
    await fs.writeFile(at('a'), content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await files.sha256(at('a'), new AbortController().signal)).toBe(sha256);
  });

  it.skipIf(windows)('below a name that is too long are an error, not absent', async () => {
    const path = at('n'.repeat(300));
    const { facts, factsOf, foldersOf, list, links, real, read, remove } = files;
    const asked = [facts(path), factsOf([path]), foldersOf([path]), list(path), links(path), real(path), read(path, 9)];
    const ended = await Promise.allSettled([...asked, remove(path)]);
    expect(ended.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(Array(8).fill('ENAMETOOLONG'));
  });
});

describe('whether two paths are one file', () => {
  it('a hard link and a symbolic link are, an equal file is not', async () => {
    await fs.writeFile(at('a'), 'abc');
    await fs.link(at('a'), at('hard'));
    await fs.writeFile(at('b'), 'abc');
    if (!windows) await fs.symlink(at('a'), at('soft'));
    const others = ['a', 'hard', ...(windows ? [] : ['soft']), 'b'];
    const found = await Promise.all(others.map(async (name) => files.same(at('a'), at(name))));
    expect(found).toEqual(others.map((name) => name !== 'b'));
    await expect(files.same(at('a'), at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

it('text is added to the end of a file, in a folder that is made for it', async () => {
  await files.append(at('a', 'b', 'log'), 'one\n');
  await files.append(at('a', 'b', 'log'), 'two\n');
  expect(await fs.readFile(at('a', 'b', 'log'), 'utf8')).toBe('one\ntwo\n');
  await fs.mkdir(at('folder'));
  await expect(files.append(at('folder'), 'x')).rejects.toThrow();
  expect((await fs.stat(at('folder'))).isDirectory()).toBe(true);
});

it('a folder is the modification time that it has, a file has none as a folder', async () => {
  await fs.utimes(folder, 1_740_906_904, 1_740_906_904);
  await fs.writeFile(`${folder}.file`, 'x');
  onTestFinished(async () => fs.rm(`${folder}.file`));
  expect(await files.foldersOf([folder, `${folder}.file`, at('none')])).toEqual([
    { bytes: 0, modified: 1_740_906_904 },
    null,
    null,
  ]);
});

it('names of fifty letters of four bytes each can be written, copied and moved', async () => {
  const name = '😀'.repeat(60);
  await files.write(at(name), 'x');
  await files.copy(at(name), at('copy', name));
  await files.move(at(name), at('moved', name));
  expect([await fs.readdir(at('copy')), await fs.readdir(at('moved'))]).toEqual([[name], [name]]);
});
