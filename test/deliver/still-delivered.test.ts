import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectPackage } from '../../src/deliver/package-media.ts';
import { sha256 } from '../../src/deliver/package-words.ts';
import { type PresenceCheck, presentFiles, stillDelivered } from '../../src/deliver/present.ts';
import { InterruptedError } from '../../src/errors.ts';
import type { Issue } from '../../src/model/issue.ts';
import { type Entry, type FileRow, fromJson, postDocument } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { caption, entry, file, issue } from './contact-sheet/entries.ts';

const { key, time } = post();
const pathOf = (name: string) => `rednote/${key}/${name}`;
/** A file that port wrote; its content is its name. */
const ours = (name: string, odd: Partial<FileRow> = {}): FileRow => {
  const role = name.endsWith('.txt') ? 'caption' : name.endsWith('.jpg') ? 'cover' : 'video';
  const rendition = role === 'caption' ? null : 'r';
  return file(pathOf(name), role, { bytes: name.length, sha256: sha256(name), rendition, ...odd });
};
const media = [ours('video.mp4'), ours('cover.jpg')];
const whole = [...media, ours('caption.txt')];
const noted = (code: string, actual: string | null = null): Issue =>
  ({ code, severity: 'warning', actual, limit: null }) as unknown as Issue;

/** The folder of a delivered post. @param onDisk names of its files; the content of each is its name, if it has none */
function delivered(onDisk: Readonly<Record<string, string | null>> = {}) {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, pathOf(name));
  const there: Readonly<Record<string, string | null>> = {
    ...{ 'video.mp4': 'video.mp4', 'cover.jpg': 'cover.jpg', 'caption.txt': 'caption.txt' },
    ...onDisk,
  };
  for (const [name, content] of Object.entries(there)) {
    if (content === null) continue;
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    utimesSync(at(name), time, time);
  }
  const written: string[] = [];
  const disk = createFiles();
  const files: PresenceCheck['files'] = {
    ...disk,
    async write(path, data) {
      written.push(path.slice(folder.length + 1).replaceAll('\\', '/'));
      await disk.write(path, data);
    },
  };
  const looking: PresenceCheck = {
    ...{ folder, files, verify: false, signal: new AbortController().signal },
    hashOf: async (path) => sha256(readFileSync(path, 'utf8')),
  };
  const look = async (row: Entry, { writes = true, issues = [] as readonly Issue[] } = {}) =>
    stillDelivered(
      row,
      post(),
      await inspectPackage('rednote', post(), row.files, looking),
      issues,
      {
        ...{ hasTitle: true, hasThreads: true, pickedTags: false },
        judge: ({ body }) => [noted('own-contact', body)],
        describe: ({ code }) => `said: ${code}`,
      },
      looking,
      { writes },
    );
  return { at, written, looking, look };
}

describe('a delivered post whose original is gone', () => {
  it('stays as it is recorded, and post.json says so once', async () => {
    const { look, written, at } = delivered();
    const row = entry({ files: whole, issues: [issue('watermark', 'warning', 'w')] });
    expect(await look(row)).toEqual(row);
    expect(fromJson(readFileSync(at('post.json'), 'utf8'), postDocument)).toEqual(row);
    expect(await look(row)).toEqual(row);
    expect(written).toEqual([pathOf('post.json')]);
  });

  it.each<[string, Readonly<Record<string, string | null>>, Partial<Entry>, boolean]>([
    ['whose video was deleted', { 'video.mp4': null }, {}, false],
    ['whose cover was deleted', { 'cover.jpg': null }, {}, false],
    ['whose video a person replaced', { 'video.mp4': 'my own' }, {}, true],
    ['that was held', {}, { status: 'held' }, false],
    ['of which only texts were delivered', {}, { files: [ours('caption.txt')] }, false],
    [
      'from which a person took their own additional video',
      {},
      { files: [...whole, ours('b.mp4', { action: 'own', rendition: null })] },
      true,
    ],
    [
      'from which a person took their own video that had replaced port’s',
      { 'video.mp4': null },
      { files: [ours('video.mp4', { action: 'own', rendition: null, ours: 'r' }), ours('cover.jpg')] },
      false,
    ],
    ['from which a person took the text', { 'caption.txt': null }, {}, true],
  ])('%s', async (_name, onDisk, odd, isStill) => {
    const { look, written } = delivered(onDisk);
    expect((await look(entry({ files: whole, ...odd }))) !== null).toBe(isStill);
    if (!isStill) expect(written).toEqual([]);
  });

  it('has the words that a person wrote into caption.txt since, with what is to say of them', async () => {
    const { look, at } = delivered({
      'caption.txt': 'My title\n\nMy words\n\n#mine\n\n--- reply: 2 of 2 ---\n\nMore\n',
    });
    const row = entry({
      files: whole,
      issues: [issue('title-cut', 'info', ''), issue('own-file-damaged', 'error', '')],
    });
    const now = await look(row, { issues: [noted('own-file-unfit', 'b.mp4')] });
    expect(now?.caption).toEqual({
      ...{ title: 'My title', body: 'My words', hashtags: ['mine'], thread: ['More'] },
      ...{ source: 'edited', matchedBy: null, seconds: null, removed: [] },
    });
    expect(now?.issues.map(({ code, message }) => [code, message])).toEqual([
      ['own-file-unfit', 'said: own-file-unfit'],
      ['own-contact', 'said: own-contact'],
      ['caption-edited', 'said: caption-edited'],
    ]);
    expect(now?.files.find(({ role }) => role === 'caption')?.edited).toBe(true);
    expect(readFileSync(at('caption.txt'), 'utf8')).toContain('My words');
  });

  it('gets a deleted text again with the time of the post, and in a forecast nothing', async () => {
    const { look, at, written } = delivered({ 'caption.txt': null });
    const words = caption({ title: 'T', body: 'B', hashtags: ['h'] });
    const row = entry({ files: whole, caption: words });
    expect((await look(row, { writes: false }))?.caption).toEqual(words);
    expect(written).toEqual([]);
    expect(existsSync(at('caption.txt'))).toBe(false);
    expect((await look(row))?.caption).toEqual(words);
    expect(readFileSync(at('caption.txt'), 'utf8')).toBe('T\n\nB\n\n#h\n');
    expect(statSync(at('caption.txt')).mtimeMs).toBe(time * 1000);
  });

  it('in parts: an edited text of one is that of this part', async () => {
    const texts = { 'part-1/caption.txt': 'part-1/caption.txt', 'part-2/caption.txt': 'My words' };
    const { look } = delivered({ ...texts, 'caption.txt': null });
    const parts = ['part-1', 'part-2'].map((part) => ({
      caption: caption({ title: null, body: part, hashtags: [] }),
      files: [pathOf(`${part}/caption.txt`)],
    }));
    const files = [...media, ...Object.keys(texts).map((name) => ours(name))];
    const now = await look(entry({ files, parts, caption: parts[0]?.caption ?? null }));
    expect(now?.parts?.map((part) => part.caption.title ?? part.caption.body)).toEqual(['part-1', 'My words']);
    expect(now?.caption?.body).toBe('part-1');
    expect(now?.issues.map(({ code, actual }) => `${code} ${actual}`)).toEqual([
      ...['own-contact part-1', 'own-contact ', 'caption-edited null'],
    ]);
  });

  it('without a caption has none', async () => {
    const { look } = delivered();
    expect(await look(entry({ files: media, caption: null }))).toMatchObject({
      caption: null,
      issues: [],
      files: media,
    });
  });
});

describe('files of a delivery that cannot be looked at', () => {
  const present = async (thrown: Error) => {
    const { looking } = delivered();
    const facts = async () => Promise.reject(thrown);
    const nothing = { own: [], whole: new Set<string>() };
    return presentFiles(whole, nothing, post(), { ...looking, files: { ...looking.files, facts } });
  };

  it('are not listed after an error of the disk', async () => {
    expect(await present(Object.assign(new Error('EIO'), { syscall: 'lstat' }))).toEqual([]);
  });

  it('end the run if it was interrupted', async () => {
    await expect(present(new InterruptedError('stopped'))).rejects.toThrow('stopped');
  });
});

it('with --verify a file with other bytes of the same size and time is not as it was delivered', async () => {
  const { looking, at } = delivered();
  const nothing = { own: [], whole: new Set<string>() };
  const list = async () => presentFiles(media, nothing, post(), { ...looking, verify: true });
  expect(await list()).toEqual(media);
  writeFileSync(at('video.mp4'), 'video.mpx');
  utimesSync(at('video.mp4'), time, time);
  expect(await list()).toEqual([ours('video.mp4', { sha256: sha256('video.mpx') }), ours('cover.jpg')]);
  rmSync(at('cover.jpg'));
  expect((await list()).map(({ path }) => path)).toEqual([pathOf('video.mp4')]);
});
