import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFiles } from '../../src/tools/files.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-files-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));
const files = createFiles();
const signal = new AbortController().signal;

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

describe('files', () => {
  it('a stream arrives whole, counted and hashed', async () => {
    const path = join(folder, 'a/b/stream.bin');
    expect(await files.writeStream(path, chunks('one', 'two'), 100, signal)).toEqual({
      bytes: 6,
      sha256: '25b6746d5172ed6352966a013d93ac846e1110d5a25e8f183b5931f4688842a1',
    });
    expect(await files.sha256(path, signal)).toMatch(/^25b6746d/);
  });

  it.each<[string, AsyncIterable<Buffer>, number]>([
    ['too large', chunks('12345', '67890'), 9],
    [
      'broken off',
      (async function* () {
        yield Buffer.from('1');
        throw new Error('cut');
      })(),
      100,
    ],
  ])('a stream that is %s leaves nothing', async (_how, data, max) => {
    const path = join(folder, 'c/never.bin');
    await expect(files.writeStream(path, data, max, signal)).rejects.toThrow();
    expect(await readdir(join(folder, 'c'))).toEqual([]);
  });

  it('a link is the same file, a copy is not', async () => {
    const from = join(folder, 'from');
    await writeFile(from, 'x');
    await files.link(from, join(folder, 'd/link'));
    await files.copy(from, join(folder, 'd/copy'));
    const inode = async (path: string) => (await stat(path)).ino;
    expect(await inode(join(folder, 'd/link'))).toBe(await inode(from));
    expect(await inode(join(folder, 'd/copy'))).not.toBe(await inode(from));
    expect((await readdir(join(folder, 'd'))).sort()).toEqual(['copy', 'link']);
  });

  it.skipIf(process.platform === 'win32')('symbolic links are neither files nor listed', async () => {
    await symlink('/etc/passwd', join(folder, 'secret'));
    expect(await files.facts(join(folder, 'secret'))).toBeNull();
    expect((await files.list(folder)).map(({ name }) => name)).not.toContain('secret');
  });

  it('what is not there is null, and an empty list', async () => {
    expect(await files.readText(join(folder, 'nowhere'), 10)).toBeNull();
    expect(await files.facts(join(folder, 'nowhere/at/all'))).toBeNull();
    expect(await files.list(join(folder, 'nowhere'))).toEqual([]);
  });

  it('a text that is larger than it may be is refused unread', async () => {
    await files.write(join(folder, 'long.txt'), 'x'.repeat(11));
    await expect(files.readText(join(folder, 'long.txt'), 10)).rejects.toThrow('larger than 10 bytes');
    expect(await readFile(join(folder, 'long.txt'), 'utf8')).toHaveLength(11);
  });
});
