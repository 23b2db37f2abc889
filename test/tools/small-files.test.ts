import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDisk } from '../../src/tools/disk.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { nullIfAbsent } from '../../src/tools/disk-stat.ts';
import { findFiles } from '../../src/tools/folder-walk.ts';
import { GzippedFile, isGzip } from '../../src/tools/gzip-file.ts';
import { imageFailure, reasonOf } from '../../src/tools/image-failure.ts';
import { kindThatIsNotRead, readHead } from '../../src/tools/image-head.ts';
import { codeOf, isUnsupported, syncFile } from '../../src/tools/refusals.ts';
import { programCache } from '../../src/tools/user-cache.ts';
import { yieldAll } from '../../src/tools/yield-all.ts';
import { temporaryFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
const at = (...names: string[]) => join(folder, ...names);

describe('the files below a folder', () => {
  it('are found by name, without hidden ones, and what is passed over is reported', async () => {
    for (const name of ['b/2.json', 'b/1.json', 'a.json', '.hidden/x.json', '.x.json', '__MACOSX/a.json']) {
      await fs.mkdir(join(at(name), '..'), { recursive: true });
      await fs.writeFile(at(name), 'x');
    }
    await fs.symlink(at('a.json'), at('link.json'));
    const { files, skipped } = await findFiles(folder);
    expect(files).toEqual(['a.json', 'b/1.json', 'b/2.json'].map((name) => ({ path: at(name), name })));
    expect(skipped).toEqual(['"link.json": it is a symbolic link']);
  });

  it('are found in sixteen folders one in another, and not in seventeen', async () => {
    const deep = Array.from({ length: 17 }, () => 'd');
    await fs.mkdir(at(...deep), { recursive: true });
    await fs.writeFile(at(...deep.slice(1), 'a.json'), 'x');
    await fs.writeFile(at(...deep, 'b.json'), 'x');
    const { files, skipped } = await findFiles(folder);
    expect(files.map(({ name }) => name)).toEqual([`${'d/'.repeat(16)}a.json`]);
    expect(skipped).toEqual([`"${deep.join('/')}": it lies too deep`]);
  });

  it('a folder that is none is an error', async () => {
    await expect(findFiles(at('none'))).rejects.toThrow('none" cannot be opened (ENOENT).');
  });
});

describe('a file that is packed with gzip', () => {
  it.each<[number[], boolean]>([
    [[0x1f, 0x8b, 8, 0], true],
    [[0x1f, 0x8b, 7], false],
    [[0x1f, 0x8a, 8], false],
    [[0x1e, 0x8b, 8], false],
    [[], false],
  ])('%j are its first bytes: %s', (bytes, expected) => {
    expect(isGzip(Uint8Array.from(bytes))).toBe(expected);
  });

  const packed = async (content: Buffer, cut = 0) => {
    const bytes = gzipSync(content);
    await fs.writeFile(at('a.json.gz'), bytes.subarray(0, bytes.length - cut));
    return new GzippedFile(at('a.json.gz'), 'a.json', bytes.length);
  };
  const mixed = (bytes: number) => Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7919) % 251));

  it('is read whole, or its beginning, within a limit', async () => {
    const content = mixed(300_000);
    const file = await packed(content);
    expect(Buffer.from(await file.read(300_000)).equals(content)).toBe(true);
    expect((await file.start(1000)).equals(content.subarray(0, 1000))).toBe(true);
    await expect(file.read(299_999)).rejects.toThrow(
      '"a.json" is larger than the 0 MB that port reads of such a file.',
    );
  });

  it('that is cut off or a bomb is refused', async () => {
    await expect((await packed(mixed(300_000), 40)).read(1e9)).rejects.toThrow(
      '"a.json.gz" cannot be unpacked: it is damaged or cut off',
    );
    await expect((await packed(Buffer.alloc(18_000_000))).read(1e9)).rejects.toThrow('takes it for a compression bomb');
    expect((await (await packed(Buffer.alloc(16_000_000))).read(1e9)).length).toBe(16_000_000);
  });

  it('is not read any further when that is aborted', async () => {
    const file = await packed(mixed(300_000));
    await expect(async () => {
      for await (const chunk of file.stream(AbortSignal.abort())) expect(chunk).toBeNull();
    }).rejects.toThrow(/abort/i);
  });
});

describe('small facts of disks', () => {
  it('the room of a folder that is not there yet is that of the next one above', async () => {
    const disk = createDisk();
    const [there, below] = [await disk.free(folder), await disk.free(at('x', 'y', 'z'))];
    expect(there).toBeGreaterThan(1_000_000);
    expect(Math.abs(there - below)).toBeLessThan(there / 2);
    expect(await disk.free(`${at('a')}\0`)).toBe(Number.POSITIVE_INFINITY);
  });

  it('absent is null, and any other error is thrown', () => {
    const error = (code: string) => Object.assign(new Error(code), { code });
    expect([nullIfAbsent(error('ENOENT')), nullIfAbsent(error('ENOTDIR'))]).toEqual([null, null]);
    expect(() => nullIfAbsent(error('EACCES'))).toThrow('EACCES');
    expect(() => nullIfAbsent('ENOENT')).toThrow();
  });

  it.each([
    ['EPERM', true],
    ['EACCES', true],
    ['ENOTSUP', true],
    ['EOPNOTSUPP', true],
    ['ENOSYS', true],
    ['EINVAL', true],
    ['ENOTTY', true],
    ['ENOSPC', false],
    ['EIO', false],
  ])('%s means that a file system lacks something: %s', async (code, expected) => {
    const error = Object.assign(new Error(code), { code });
    expect([isUnsupported(error), codeOf(error)]).toEqual([expected, code]);
    const lacking: string[] = [];
    const sync = async () => {
      throw error;
    };
    const synced = syncFile({ sync }, (what) => lacking.push(what));
    if (expected && code !== 'EPERM' && code !== 'EACCES') {
      await synced;
      expect(lacking).toEqual(['sync']);
    } else await expect(synced).rejects.toThrow(code);
  });

  it('the code of what is no system error is empty', () => {
    const others = ['EPERM', null, { code: 'EPERM' }, new Error('EPERM'), Object.assign(new Error(), { code: 7 })];
    expect(others.map(codeOf)).toEqual(others.map(() => ''));
  });

  it('lists files and folders, and links apart; what is not there has none', async () => {
    const files = createFiles();
    await fs.mkdir(at('sub'));
    await fs.writeFile(at('a'), 'abc');
    await fs.symlink(at('a'), at('link'));
    const byName = (await files.list(folder)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(byName).toEqual([
      { name: 'a', folder: false },
      { name: 'sub', folder: true },
    ]);
    expect([await files.links(folder), await files.list(at('none')), await files.links(at('none'))]).toEqual([
      ['link'],
      [],
      [],
    ]);
    expect([await files.real(at('link')), await files.real(at('none'))]).toEqual([await fs.realpath(at('a')), null]);
    expect((await files.factsOf([at('a'), at('sub'), at('link'), at('none')])).map((each) => each?.bytes)).toEqual([
      3,
      undefined,
      undefined,
      undefined,
    ]);
    expect((await files.foldersOf([at('a'), at('sub'), at('link')])).map((each) => each?.bytes)).toEqual([
      undefined,
      0,
      undefined,
    ]);
    expect([await files.readText(at('a'), 3), await files.readText(at('none'), 3)]).toEqual(['abc', null]);
    await expect(files.read(at('a'), 2)).rejects.toMatchObject({ code: 'EFBIG' });
    expect(Buffer.from(await files.readAt(at('a'), 1, 9)).toString()).toBe('bc');
  });

  it('programs are kept in the user’s cache', () => {
    if (process.platform !== 'linux') return;
    expect(programCache({ XDG_CACHE_HOME: '/c' })).toBe('/c/content-port/bin');
    expect(programCache({ XDG_CACHE_HOME: '' })).toMatch(/\/\.cache\/content-port\/bin$/);
  });
});

describe('images that are not read', () => {
  it.each<[string, Buffer, string | null]>([
    ['BMP', Buffer.from('BM\x36\0\0\0'), 'BMP'],
    ['a codestream of JPEG XL', Buffer.from([0xff, 0x0a, 0]), 'JPEG XL'],
    ['a container of JPEG XL', Buffer.from('\0\0\0\x0cJXL \r\n'), 'JPEG XL'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff]), null],
    ['nothing', Buffer.alloc(0), null],
  ])('%s', async (_name, bytes, kind) => {
    await fs.writeFile(at('a'), bytes);
    expect(await kindThatIsNotRead(at('a'))).toBe(kind);
  });

  it('of a file that is not there nothing is known; of a long one sixteen bytes are read', async () => {
    expect(await kindThatIsNotRead(at('none'))).toBeNull();
    await fs.writeFile(at('a'), 'x'.repeat(100));
    expect(await readHead(at('a'))).toBe('x'.repeat(16));
  });

  it('the first line of an error is reported, without the path', () => {
    expect(reasonOf(new Error('/x/a.jpg: bad header\nmore'), '/x/a.jpg')).toBe('bad header');
    expect(reasonOf(new Error('bad header\nmore'))).toBe('bad header');
    expect(reasonOf('words')).toBe('words');
  });

  it('a lack of memory is of the machine, a name that says so is not', () => {
    const machine = imageFailure(new Error('out of memory'), 'sharp');
    expect(machine).toMatchObject({ name: 'MachineError', code: 'memory-short', actual: 'a picture' });
    expect(imageFailure(new Error('/x/out of memory.jpg: bad'), 'sharp', '/x/out of memory.jpg').name).toBe(
      'ProgramError',
    );
  });
});

describe('all chunks of a stream', () => {
  const collect = async (stream: AsyncIterable<Uint8Array>) => {
    const chunks: string[] = [];
    try {
      for await (const chunk of stream) chunks.push(Buffer.from(chunk).toString());
    } catch (error) {
      chunks.push(`error ${(error as Error).message}`);
    }
    return chunks.join(' ');
  };

  it('are passed on, also those before an error', async () => {
    const whole = new PassThrough();
    const reading = yieldAll(whole);
    whole.write('a');
    whole.end('b');
    expect(await collect(reading)).toBe('a b');
    const cut = new PassThrough();
    const before = yieldAll(cut);
    cut.write('a');
    await new Promise((resolve) => setImmediate(resolve));
    cut.destroy(new Error('cut'));
    expect(await collect(before)).toBe('a error cut');
  });

  it('the stream waits while more than a megabyte waits for the reader', async () => {
    const stream = new PassThrough({ highWaterMark: 1 << 16 });
    const reading = yieldAll(stream);
    stream.write(Buffer.alloc(1 << 20));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.isPaused()).toBe(false);
    stream.write(Buffer.alloc(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.isPaused()).toBe(true);
    stream.end();
    let bytes = 0;
    for await (const chunk of reading) bytes += chunk.length;
    expect(bytes).toBe((1 << 20) + 1);
  });
});
