import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFiles } from '../../src/tools/disk-files.ts';
import { dryFiles } from '../../src/tools/dry-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { temporaryFolder } from './folder.ts';

const files = createFiles();
const never = new AbortController().signal;
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const windows = process.platform === 'win32';
let root: string;
let folder: string;
let elsewhere: string;
beforeEach(async () => {
  root = temporaryFolder();
  [folder, elsewhere] = [join(root, 'inside'), join(root, 'elsewhere')];
  for (const each of [folder, elsewhere]) await fs.mkdir(each);
  await fs.writeFile(join(elsewhere, 'a'), 'abc');
});

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Everything that can be done in a folder. */
async function useAll(own: Files): Promise<void> {
  const at = (...names: string[]) => join(folder, ...names);
  await own.makeFolder(at('sub'));
  await own.write(at('sub', 'a'), 'abc');
  await own.append(at('log'), 'one');
  await own.append(at('log'), ', two');
  expect(await own.writeStream(at('stream'), chunks('abc'), 3, never)).toEqual({ bytes: 3, sha256: abc });
  await own.link(at('sub', 'a'), at('linked'));
  await own.copy(join(elsewhere, 'a'), at('copied'));
  await own.move(at('copied'), at('deep', 'moved'));
  await own.setModified(at('deep', 'moved'), 1_740_906_904);
  await own.protect(at('stream'));
  expect(await own.readText(at('log'), 99)).toBe('one, two');
  expect(await own.same(at('sub', 'a'), at('linked'))).toBe(true);
  expect(await own.facts(at('deep', 'moved'))).toEqual({ bytes: 3, modified: 1_740_906_904 });
  if (!windows) expect((await fs.stat(at('stream'))).mode & 0o777).toBe(0o444);
  await own.remove(at('deep'));
  expect((await own.list(folder)).map(({ name }) => name).sort()).toEqual(['linked', 'log', 'stream', 'sub']);
  expect(await own.links(folder)).toEqual([]);
  expect((await own.factsOf([at('log'), at('none')])).map((each) => each?.bytes)).toEqual([8, undefined]);
  expect((await own.foldersOf([at('sub'), at('log')])).map((each) => each?.bytes)).toEqual([0, undefined]);
  expect(await own.real(at('log'))).toBe(await fs.realpath(at('log')));
  expect(await own.pathInside(folder, at('sub', 'a'))).toBe('sub/a');
}

/** Everything that can be read, of a file that holds "abc". */
async function readAll(own: Files, path: string): Promise<void> {
  expect(Buffer.from((await own.read(path, 9)) ?? []).toString()).toBe('abc');
  expect(await own.readText(path, 9)).toBe('abc');
  expect(Buffer.from(await own.readStart(path, 2)).toString()).toBe('ab');
  expect(Buffer.from(await own.readAt(path, 1, 9)).toString()).toBe('bc');
  expect(await own.sha256(path, never)).toBe(abc);
}

describe('files of one folder', () => {
  it('can be used in every way inside of it, and be read elsewhere', async () => {
    const own = files.confined(folder);
    await useAll(own);
    await readAll(own, join(elsewhere, 'a'));
    await readAll(own, join(folder, 'sub', 'a'));
  });

  it('the folder itself may be removed, what stands above it may not', async () => {
    await files
      .confined(folder)
      .move(folder, join(folder, '..', 'inside', 'own'))
      .catch(() => {});
    const refused = { code: 'ELOOP', syscall: 'open' };
    await expect(files.confined(folder).remove(root)).rejects.toMatchObject({ ...refused, path: root });
    await files.confined(folder).remove(folder);
    expect(await fs.readdir(root)).toEqual(['elsewhere']);
  });

  it('a way out is refused by its place, with what to do', async () => {
    const path = join(elsewhere, 'b');
    await expect(files.confined(folder).write(path, 'x')).rejects.toThrow(
      `${path} lies outside ${folder}, or a symbolic link stands on the way: port writes nowhere else. Take the link away`,
    );
  });

  it.skipIf(windows)('nothing is read through a link inside of it', async () => {
    await fs.symlink(elsewhere, join(folder, 'link'));
    const own = files.confined(folder);
    const path = join(folder, 'link', 'a');
    const to = join(folder, 'b');
    const asked = [own.read(path, 9), own.readText(path, 9), own.readStart(path, 9), own.readAt(path, 0, 9)];
    const ended = await Promise.allSettled([...asked, own.sha256(path, never), own.link(path, to), own.copy(path, to)]);
    expect(ended.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(Array(7).fill('ELOOP'));
    await fs.symlink(join(elsewhere, 'a'), join(folder, 'c'));
    await expect(own.readAt(join(folder, 'c'), 0, 9)).rejects.toMatchObject({ code: 'ELOOP' });
    expect(await own.readText(join(folder, 'c'), 9)).toBeNull();
  });

  it('of a folder and others may be moved between them', async () => {
    const own = files.confined(folder, [elsewhere]);
    await own.move(join(elsewhere, 'a'), join(folder, 'a'));
    await own.protect(join(folder, 'a'));
    await expect(own.confined(folder).write(join(elsewhere, 'b'), 'x')).rejects.toMatchObject({ code: 'ELOOP' });
    expect(await fs.readdir(elsewhere)).toEqual([]);
  });
});

describe('files of a dry run', () => {
  it('can be used in every way in the scratch folder, and be read elsewhere', async () => {
    const dry = dryFiles(files, folder);
    await useAll(dry);
    await readAll(dry, join(elsewhere, 'a'));
  });

  it('elsewhere nothing is done, and nothing is said', async () => {
    const dry = dryFiles(files, folder);
    const path = join(elsewhere, 'a');
    const before = await fs.stat(path);
    await dry.makeFolder(join(elsewhere, 'sub'));
    await dry.setModified(path, 1);
    await dry.protect(path);
    await dry.append(path, 'x');
    await dry.move(join(folder, 'none'), join(elsewhere, 'b'));
    await dry.move(path, join(folder, 'b'));
    await dry.link(path, join(elsewhere, 'c'));
    const after = await fs.stat(path);
    expect([after.mode, after.mtimeMs, after.size]).toEqual([before.mode, before.mtimeMs, before.size]);
    expect([await fs.readdir(elsewhere), await fs.readdir(folder)]).toEqual([['a'], []]);
  });

  it('confined to a folder elsewhere may still be written to the scratch folder', async () => {
    const dry = dryFiles(files, folder).confined(elsewhere);
    await dry.write(join(folder, 'a'), 'x');
    await dry.write(join(elsewhere, 'b'), 'x');
    expect([await fs.readdir(folder), await fs.readdir(elsewhere)]).toEqual([['a'], ['a']]);
    await expect(dry.write(join(root, 'b'), 'x')).rejects.toMatchObject({ code: 'ELOOP' });
  });
});
