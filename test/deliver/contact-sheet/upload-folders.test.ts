import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
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
});
