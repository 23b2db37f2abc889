import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { titleName } from '../../../src/deliver/folder-name.ts';
import { uploadFiles, writeUploadFolders } from '../../../src/deliver/upload-folders.ts';
import type { Entry } from '../../../src/state/documents.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { temporaryFolder } from '../../media.ts';
import { caption, entry, file } from './entries.ts';

const key = (number: number) => `2025-03-02_09-15-${String(number).padStart(2, '0')}`;
const row = (number: number, title: string | null, odd: Partial<Entry> = {}) =>
  entry({
    key: key(number),
    target: 'shorts',
    caption: caption({ title }),
    files: [file(`shorts/${key(number)}/video.mp4`, 'video', { bytes: 5 })],
    ...odd,
  });

const hashOf = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

describe('names', () => {
  it.each([
    ['plain', 'Three days', 'Three days'],
    ['a question', 'What? Why: "this"', 'What？ Why： ＂this＂'],
    ['a path', 'a/b\\c', 'a⧸b⧹c'],
    ['a device', 'CON', '_CON'],
    ['a dot at the end', 'And then...', 'And then'],
    ['a line break', 'a\nb', 'a b'],
    ['control characters and marks', 'a\u0000\u202eb', 'ab'],
    ['nothing that can be in a name', '...', ''],
    ['100 characters', 'x'.repeat(120), 'x'.repeat(100)],
    ['a family is one character', '👨‍👩‍👧‍👦', '👨👩👧👦'],
  ])('%s', (_odd, title, name) => expect(titleName(title)).toBe(name));

  it('emoji by the hundred fit a disk’s 255 bytes', () => {
    expect(Buffer.byteLength(titleName('🏔️'.repeat(100)))).toBeLessThanOrEqual(240);
  });
});

describe('which file goes where', () => {
  it('15 in a folder, oldest first, so that new ones come last', () => {
    const names = uploadFiles(Array.from({ length: 17 }, (_, index) => row(index, `T${index}`)).reverse(), 15).map(
      ({ name }) => name,
    );
    expect(names[0]).toBe('01/T0.mp4');
    expect(names.filter((name) => name.startsWith('01/'))).toHaveLength(15);
    expect(names.slice(15)).toEqual(['02/T15.mp4', '02/T16.mp4']);
  });

  it('a title that is only the day says that it needs one; the same day by hand stays', () => {
    const made = { code: 'title-made', severity: 'info', actual: '2025-03-02', limit: null, message: '' } as const;
    const rows = [row(1, '2025-03-02', { issues: [made] }), row(2, '2025-03-02')];
    expect(uploadFiles(rows, 15).map(({ name }) => name)).toEqual([
      '01/Needs a title - 2025-03-02.mp4',
      '01/2025-03-02.mp4',
    ]);
  });

  it('equal titles, also by case, get a number; none gets the key', () => {
    const rows = [row(1, 'Same'), row(2, 'same'), row(3, 'SAME'), row(4, null), row(5, '?'), row(6, '...')];
    expect(uploadFiles(rows, 15).map(({ name }) => name)).toEqual([
      '01/Same.mp4',
      '01/same (2).mp4',
      '01/SAME (3).mp4',
      `01/${key(4)}.mp4`,
      '01/？.mp4',
      `01/${key(6)}.mp4`,
    ]);
  });

  it('parts tell which they are; what was not delivered is not there', () => {
    const parts = ['part-1', 'part-2'].map((part) => `shorts/${key(1)}/${part}/video.mp4`);
    const split = row(1, 'Long', {
      files: parts.map((path) => file(path, 'video')),
      parts: parts.map((path, index) => ({
        caption: caption({ title: index === 0 ? 'Long' : 'Long (2/2)' }),
        files: [path],
      })),
    });
    const names = uploadFiles([split, row(2, 'No', { status: 'held' })], 15).map(({ name }) => name);
    expect(names).toEqual(['01/Long (1⧸2).mp4', '01/Long (2⧸2).mp4']);
  });
});

describe('which videos are taken', () => {
  const names = (...rows: Entry[]) => uploadFiles(rows, 15).map(({ from, name, own }) => [from, name, own]);
  const path = (name: string) => `shorts/${key(1)}/${name}`;

  it('the video of the post, with its ending, and whether it is a person’s own; no other medium there', () => {
    const files = [
      ...[file(path('video.mov'), 'video', { action: 'own' }), file(path('b-roll.mp4'), 'video')],
      ...[file(path('video.jpg'), 'photo'), file(path('video.mp4.old'), 'video')],
    ];
    expect(names(row(1, 'Tides', { files }))).toEqual([[path('video.mov'), '01/Tides.mov', true]]);
    expect(names(row(1, 'Tides'))).toEqual([[path('video.mp4'), '01/Tides.mp4', false]]);
  });

  it('with the time of its post; of a key without one, none', () => {
    const odd = row(1, 'A', { key: 'odd' });
    expect(uploadFiles([row(1, 'B'), odd], 15).map(({ time }) => time)).toEqual([1_740_906_901, 0]);
  });

  it('a title without words says that it needs one only where port made it', () => {
    const made = { code: 'title-made', severity: 'info', actual: '🌅', limit: null, message: '' } as const;
    const rows = [row(1, '🌅', { issues: [made] }), row(2, '🌊', { issues: [made] }), row(3, null, { caption: null })];
    expect(names(...rows).map(([, name]) => name)).toEqual([
      ...['01/Needs a title - 🌅.mp4', '01/🌊.mp4', `01/${key(3)}.mp4`],
    ]);
  });
});

describe('on disk', () => {
  it('links; what is there stays; what no longer belongs goes; what is somebody’s own stays', async () => {
    const folder = await temporaryFolder();
    const files = createFiles();
    const time = Date.parse('2025-03-02T09:15:01Z') / 1000;
    const times = new Set([time, time + 1]);
    for (const number of [1, 2]) {
      await mkdir(join(folder, 'shorts', key(number)), { recursive: true });
      const path = join(folder, 'shorts', key(number), 'video.mp4');
      await writeFile(path, `film${number}`);
      await utimes(path, time + number - 1, time + number - 1);
    }
    const write = async (...rows: Entry[]) =>
      writeUploadFolders(folder, 'shorts', uploadFiles(rows, 15), times, files, hashOf);
    const there = async () => (await readdir(join(folder, 'shorts-upload'), { recursive: true })).sort();

    await write(row(1, 'One'), row(2, 'Two'));
    expect(await there()).toEqual(['01', '01/One.mp4', '01/Two.mp4']);
    const [link, original] = await Promise.all([
      stat(join(folder, 'shorts-upload/01/One.mp4')),
      stat(join(folder, 'shorts', key(1), 'video.mp4')),
    ]);
    expect(link.ino).toBe(original.ino);

    await writeFile(join(folder, 'shorts-upload/01/mine.mp4'), 'my own film');
    await write(row(1, 'Renamed'));
    expect(await there()).toEqual(['01', '01/Renamed.mp4', '01/mine.mp4']);
    expect(await readFile(join(folder, 'shorts-upload/01/Renamed.mp4'), 'utf8')).toBe('film1');

    await write(row(1, 'mine'));
    expect(await readFile(join(folder, 'shorts-upload/01/mine.mp4'), 'utf8')).toBe('my own film');
  });

  it('a copy with new times: ours are known by their hash and get their times, what no longer belongs goes', async () => {
    const folder = await temporaryFolder();
    const time = Date.parse('2025-03-02T09:15:01Z') / 1000;
    const upload = join(folder, 'shorts-upload/01');
    await mkdir(upload, { recursive: true });
    const rows = await Promise.all(
      ['One', 'Two'].map(async (title, index) => {
        const path = join(folder, 'shorts', key(index + 1), 'video.mp4');
        await mkdir(join(path, '..'), { recursive: true });
        await writeFile(path, `film${index}`);
        await writeFile(join(upload, `${title}.mp4`), `film${index}`);
        const sha256 = await hashOf(path);
        const ofRow = [file(`shorts/${key(index + 1)}/video.mp4`, 'video', { bytes: 5, sha256 })];
        return row(index + 1, title === 'Two' ? 'Renamed' : title, { files: ofRow });
      }),
    );
    await writeFile(join(upload, 'theirs.mp4'), 'other');
    const files = createFiles();
    await writeUploadFolders(folder, 'shorts', uploadFiles(rows, 15), new Set([time, time + 1]), files, hashOf);
    expect((await readdir(upload)).sort()).toEqual(['One.mp4', 'Renamed.mp4', 'theirs.mp4']);
    expect((await stat(join(upload, 'One.mp4'))).mtimeMs / 1000).toBe(time);
    expect(await readFile(join(upload, 'Renamed.mp4'), 'utf8')).toBe('film1');
  });

  it('with a file that is not there, and with nothing', async () => {
    const folder = await temporaryFolder();
    await writeUploadFolders(folder, 'shorts', uploadFiles([row(1, 'Gone')], 15), new Set(), createFiles(), hashOf);
    expect(await readdir(folder)).toEqual([]);
  });

  /** The account's folder with a video of the post of each number, and its upload folder. */
  const account = async (...numbers: number[]) => {
    const folder = await temporaryFolder();
    const time = (number: number) => Date.parse(`2025-03-02T09:15:0${number}Z`) / 1000;
    const put = async (path: string, text: string, modified: number) => {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
      await utimes(join(folder, path), modified, modified);
    };
    for (const number of numbers) await put(`shorts/${key(number)}/video.mp4`, `film${number}`, time(number));
    const times = new Set([1, 2, 3].map(time));
    const write = async (...rows: Entry[]) =>
      writeUploadFolders(folder, 'shorts', uploadFiles(rows, 1), times, createFiles(), hashOf);
    const there = async () => (await readdir(join(folder, 'shorts-upload'), { recursive: true })).sort();
    const text = async (path: string) => readFile(join(folder, 'shorts-upload', path), 'utf8');
    return { folder, time, put, write, there, text };
  };

  it.each([
    ['a file in a folder of another name', 'mine/One.mp4'],
    ['a file in a folder with one digit', '1/One.mp4'],
    ['a file in a folder of a number and a word', '01-mine/One.mp4'],
    ['a file in a folder of a word and a number', 'mine-01/One.mp4'],
    ['a video that another program did not finish', '01/One.mp4.part'],
    ['a file that is no video', '01/One.txt'],
    ['a file beside the folders', 'One.mp4'],
    ['a file in a deeper folder', '01/deep/One.mp4'],
  ])('%s is left alone, though it has the time of a post', async (_name, path) => {
    const { put, time, write, there } = await account();
    await put(`shorts-upload/${path}`, 'film1', time(1));
    await write();
    expect(await there()).toContain(path);
  });

  it('videos beyond the hundredth folder are looked after too', async () => {
    const { put, time, write, folder } = await account();
    await put('shorts-upload/100/Old.mp4', 'film1', time(1));
    await write();
    expect(await readdir(join(folder, 'shorts-upload'))).toEqual([]);
  });

  it('a video of another size than any of port’s is not read', async () => {
    const { folder, put, there } = await account(1);
    await put('shorts-upload/01/mine.mp4', 'a long film', 5);
    const read = async () => Promise.reject(new Error('read'));
    await writeUploadFolders(folder, 'shorts', uploadFiles([row(1, 'One')], 1), new Set(), createFiles(), read);
    expect(await there()).toEqual(['01', '01/One.mp4', '01/mine.mp4']);
  });

  it('a folder that is empty goes, and one with something of a person stays', async () => {
    const { put, write, there, time } = await account(1, 2);
    await write(row(1, 'One'), row(2, 'Two'));
    await put('shorts-upload/02/notes.txt', 'mine', time(3) + 9);
    await write();
    expect(await there()).toEqual(['02', '02/notes.txt']);
  });

  const sized = (number: number, title: string, bytes: number, odd: object = {}) =>
    row(number, title, { files: [file(`shorts/${key(number)}/video.mp4`, 'video', { bytes, ...odd })] });

  it('a video that was made again replaces the earlier one', async () => {
    const { folder, put, write, text, time } = await account(1);
    await write(sized(1, 'One', 5));
    await rm(join(folder, `shorts/${key(1)}/video.mp4`));
    await put(`shorts/${key(1)}/video.mp4`, 'longer film', time(1));
    await write(sized(1, 'One', 11));
    expect(await text('01/One.mp4')).toBe('longer film');
  });

  it('a video that another post had under this name gives way', async () => {
    const { write, text } = await account(1, 2);
    await write(sized(1, 'Same', 5));
    expect(await text('01/Same.mp4')).toBe('film1');
    await write(sized(2, 'Same', 5));
    expect(await text('01/Same.mp4')).toBe('film2');
  });

  it('a person’s own video is a copy with the time of its post, so that theirs keeps its own', async () => {
    const { folder, put, write, text, time } = await account();
    await put(`shorts/${key(1)}/video.mp4`, 'mine!', time(1) + 500);
    await write(sized(1, 'One', 5, { action: 'own' }));
    expect(await text('01/One.mp4')).toBe('mine!');
    const [copy, own] = await Promise.all(
      ['shorts-upload/01/One.mp4', `shorts/${key(1)}/video.mp4`].map(async (path) => stat(join(folder, path))),
    );
    expect([copy?.ino === own?.ino, copy?.mtimeMs, own?.mtimeMs]).toEqual([
      false,
      time(1) * 1000,
      (time(1) + 500) * 1000,
    ]);
  });

  it('a name that the disk decomposed is the same, and its video stays', async () => {
    const { folder, write, there } = await account(1);
    await write(sized(1, 'Caf\u00e9', 5));
    const upload = join(folder, 'shorts-upload/01');
    await rename(join(upload, 'Caf\u00e9.mp4'), join(upload, 'Cafe\u0301.mp4'));
    await write(sized(1, 'Caf\u00e9', 5));
    expect(await there()).toEqual(['01', '01/Cafe\u0301.mp4']);
  });

  it('a copy of another video with the time of a post that is no longer wanted goes', async () => {
    const { put, write, there, time } = await account(1);
    await put('shorts-upload/01/Other.mov', 'film9 of another run', time(2));
    await write(sized(1, 'One', 5));
    expect(await there()).toEqual(['01', '01/One.mp4']);
  });
});
