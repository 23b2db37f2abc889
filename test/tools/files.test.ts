import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../media.ts';

const files = createFiles();
const never = new AbortController().signal;
const windows = process.platform === 'win32';
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('write', () => {
  test('creates parent folders, and leaves no other file', async () => {
    const path = join(folder, 'a', 'b', 'c.txt');
    await files.write(path, 'whole');
    expect(await fs.readFile(path, 'utf8')).toBe('whole');
    expect(await fs.readdir(join(folder, 'a', 'b'))).toEqual(['c.txt']);
  });

  test.each<[string, string | Uint8Array | string[], string]>([
    ['a text', 'Möwen', 'Möwen'],
    ['no text', '', ''],
    ['bytes', Buffer.from('Möwen'), 'Möwen'],
    ['pieces of a text', ['Mö', '', 'wen'], 'Möwen'],
    ['no pieces', [], ''],
    [
      'many pieces',
      Array.from({ length: 40_000 }, (_, at) => `row ${at}\n`),
      `${[...Array(40_000).keys()].map((at) => `row ${at}`).join('\n')}\n`,
    ],
  ])('%s: the file has all of it', async (_name, data, expected) => {
    await files.write(join(folder, 'a.txt'), data);
    expect(await fs.readFile(join(folder, 'a.txt'), 'utf8')).toBe(expected);
  });

  test('replaces a file and does not change its other hard links', async () => {
    const path = join(folder, 'a.txt');
    await fs.writeFile(path, 'old');
    await fs.link(path, join(folder, 'other.txt'));
    await files.write(path, Buffer.from('new'));
    expect(await fs.readFile(path, 'utf8')).toBe('new');
    expect(await fs.readFile(join(folder, 'other.txt'), 'utf8')).toBe('old');
  });

  test('fails and leaves no .part if the name is a folder', async () => {
    await fs.mkdir(join(folder, 'taken', 'inside'), { recursive: true });
    await expect(files.write(join(folder, 'taken'), 'text')).rejects.toThrow();
    expect(await fs.readdir(folder)).toEqual(['taken']);
  });

  test('replaces a symbolic link instead of writing through it', async ({ skip }) => {
    skip(windows, 'symbolic links need a privilege there');
    await fs.writeFile(join(folder, 'target'), 'untouched');
    await fs.symlink(join(folder, 'target'), join(folder, 'link'));
    await files.write(join(folder, 'link'), 'text');
    expect(await fs.readFile(join(folder, 'target'), 'utf8')).toBe('untouched');
    expect((await fs.lstat(join(folder, 'link'))).isFile()).toBe(true);
  });

  test('two writers at once: the file is complete and from one of them', async () => {
    const path = join(folder, 'a.txt');
    const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(100_000));
    await Promise.all(texts.map((text) => files.write(path, text)));
    expect(texts).toContain(await fs.readFile(path, 'utf8'));
    expect(await fs.readdir(folder)).toEqual(['a.txt']);
  });

  test('a name of the maximum length', async () => {
    const path = join(folder, `${'n'.repeat(200)}.txt`);
    await files.write(path, 'text');
    expect(await fs.readdir(folder)).toEqual([basename(path)]);
  });

  test('a long name of characters that take several bytes each', async () => {
    const path = join(folder, '字'.repeat(84));
    await files.write(path, 'text');
    expect(await fs.readdir(folder)).toEqual([basename(path)]);
  });
});

describe('writeStream', () => {
  test('returns size and hash', async () => {
    const path = join(folder, 'sub', 'a.bin');
    expect(await files.writeStream(path, chunks('a', '', 'bc'), 3, never)).toEqual({ bytes: 3, sha256: abc });
    expect(await fs.readFile(path, 'utf8')).toBe('abc');
    expect(await fs.readdir(join(folder, 'sub'))).toEqual(['a.bin']);
  });

  test('leaves nothing if the stream is too long', async () => {
    await expect(files.writeStream(join(folder, 'a.bin'), chunks('abc', 'd'), 3, never)).rejects.toThrow(
      'a.bin is larger than 3 bytes',
    );
    expect(await fs.readdir(folder)).toEqual([]);
  });

  test('leaves nothing if the stream fails, and keeps the existing file', async () => {
    const path = join(folder, 'a.bin');
    await fs.writeFile(path, 'old');
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('abc');
      throw new Error('cut off');
    }
    await expect(files.writeStream(path, broken(), 100, never)).rejects.toThrow('cut off');
    expect(await fs.readdir(folder)).toEqual(['a.bin']);
    expect(await fs.readFile(path, 'utf8')).toBe('old');
  });

  test('leaves nothing if it is interrupted', async () => {
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let count = 0; ; count++) {
        if (count === 5) abort.abort();
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield Buffer.alloc(1000);
      }
    }
    await expect(files.writeStream(join(folder, 'a.bin'), endless(), 1e9, abort.signal)).rejects.toThrow();
    expect(await fs.readdir(folder)).toEqual([]);
  });
});

describe('link, copy, move', () => {
  test('link shares the inode', async () => {
    const from = join(folder, 'from');
    const to = join(folder, 'sub', 'to');
    await fs.writeFile(from, 'abc');
    await files.link(from, to);
    expect((await fs.stat(to)).ino).toBe((await fs.stat(from)).ino);
    await files.link(from, to);
    expect(await fs.readdir(join(folder, 'sub'))).toEqual(['to']);
  });

  test('link replaces another file', async () => {
    await fs.writeFile(join(folder, 'from'), 'abc');
    await fs.writeFile(join(folder, 'to'), 'other');
    await files.link(join(folder, 'from'), join(folder, 'to'));
    expect(await fs.readFile(join(folder, 'to'), 'utf8')).toBe('abc');
  });

  test('copy does not share the inode', async () => {
    const from = join(folder, 'from');
    const to = join(folder, 'sub', 'to');
    await fs.writeFile(from, 'abc', { mode: 0o444 });
    await files.copy(from, to);
    expect((await fs.stat(to)).ino).not.toBe((await fs.stat(from)).ino);
    expect(await fs.readFile(to, 'utf8')).toBe('abc');
    await fs.appendFile(to, 'd');
    expect(await fs.readFile(from, 'utf8')).toBe('abc');
    expect(await fs.readdir(join(folder, 'sub'))).toEqual(['to']);
  });

  test.each(['link', 'copy'] as const)('%s of a missing file leaves nothing', async (way) => {
    await expect(files[way](join(folder, 'absent'), join(folder, 'to'))).rejects.toThrow();
    expect(await fs.readdir(folder)).toEqual([]);
  });

  test.each(['link', 'copy'] as const)('%s onto a folder leaves no .part', async (way) => {
    await fs.writeFile(join(folder, 'from'), 'abc');
    await fs.mkdir(join(folder, 'to', 'inside'), { recursive: true });
    await expect(files[way](join(folder, 'from'), join(folder, 'to'))).rejects.toThrow();
    expect((await fs.readdir(folder)).sort()).toEqual(['from', 'to']);
  });

  test('move creates parent folders', async () => {
    await fs.writeFile(join(folder, 'from'), 'abc');
    await files.move(join(folder, 'from'), join(folder, 'a', 'b', 'to'));
    expect(await fs.readFile(join(folder, 'a', 'b', 'to'), 'utf8')).toBe('abc');
    expect(await fs.readdir(folder)).toEqual(['a']);
  });
});

describe('reading', () => {
  test('symbolic links are not listed and not files', async ({ skip }) => {
    skip(windows, 'symbolic links need a privilege there');
    await fs.writeFile(join(folder, 'file'), 'abc');
    await fs.mkdir(join(folder, 'sub'));
    await fs.symlink(join(folder, 'file'), join(folder, 'to a file'));
    await fs.symlink(join(folder, 'sub'), join(folder, 'to a folder'));
    await fs.symlink('/etc/passwd', join(folder, 'out'));
    const found = [...(await files.list(folder))].sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(found).toEqual([
      { name: 'file', folder: false },
      { name: 'sub', folder: true },
    ]);
    expect(await files.facts(join(folder, 'to a file'))).toBeNull();
    expect(await files.readText(join(folder, 'to a file'), 100)).toBeNull();
  });

  test('missing files and folders', async () => {
    expect(await files.facts(join(folder, 'absent'))).toBeNull();
    expect(await files.facts(folder)).toBeNull();
    expect(await files.list(join(folder, 'absent'))).toEqual([]);
    expect(await files.readText(join(folder, 'absent'), 10)).toBeNull();
    await fs.writeFile(join(folder, 'file'), 'abc');
    expect(await files.facts(join(folder, 'file', 'below'))).toBeNull();
    expect(await files.list(join(folder, 'file'))).toEqual([]);
    await files.remove(join(folder, 'absent'));
  });

  test.skipIf(process.platform === 'win32')('a pipe is not read and does not block', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    expect(await files.readText(path, 10)).toBeNull();
    await files.append(path, 'ours');
    expect(await files.readText(path, 10)).toBe('ours');
  });

  test('facts, text, hash, time', async () => {
    const path = join(folder, 'file');
    await fs.writeFile(path, 'abc');
    await files.setModified(path, 1_700_000_000);
    expect(await files.facts(path)).toEqual({ bytes: 3, modified: 1_700_000_000 });
    expect(await files.readText(path, 3)).toBe('abc');
    await expect(files.readText(path, 2)).rejects.toThrow('is larger than 2 bytes');
    expect(await files.sha256(path, never)).toBe(abc);
    await expect(files.sha256(path, AbortSignal.abort())).rejects.toThrow();
  });

  test('remove deletes a folder with its content, but not the targets of links in it', async ({ skip }) => {
    skip(windows, 'symbolic links need a privilege there');
    await fs.mkdir(join(folder, 'kept'));
    await fs.writeFile(join(folder, 'kept', 'file'), 'abc');
    await fs.mkdir(join(folder, 'gone'));
    await fs.symlink(join(folder, 'kept'), join(folder, 'gone', 'link'));
    await files.remove(join(folder, 'gone'));
    expect(await fs.readdir(folder)).toEqual(['kept']);
    expect(await fs.readFile(join(folder, 'kept', 'file'), 'utf8')).toBe('abc');
  });
});
