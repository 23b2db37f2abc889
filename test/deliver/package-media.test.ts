import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectPackage, nameInPackage } from '../../src/deliver/package-media.ts';
import { isIntact, type PresenceCheck, presentFiles } from '../../src/deliver/present.ts';
import type { FileRow } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { file } from './contact-sheet/entries.ts';

const { key, time } = post();
const pathOf = (name: string) => `rednote/${key}/${name}`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** A row of a file that port wrote with this content. */
function rowOf(name: string, content: string, odd: Partial<FileRow> = {}): FileRow {
  const role = name.endsWith('.txt') ? 'caption' : name.includes('cover') ? 'cover' : 'video';
  return file(pathOf(name), role, { bytes: Buffer.byteLength(content), sha256: hash(content), rendition: 'r', ...odd });
}

/** A folder with the package of a delivered video, and what an earlier run wrote down of it. */
function delivered(verify = false) {
  const folder = temporaryFolder();
  const read: string[] = [];
  const at = (name: string) => join(folder, pathOf(name));
  const put = (name: string, content: string, modified: number = time) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    utimesSync(at(name), modified, modified);
  };
  put('video.mp4', 'ours');
  put('cover.jpg', 'cover');
  const rows = [rowOf('video.mp4', 'ours'), rowOf('cover.jpg', 'cover')];
  const files = createFiles();
  const looking: PresenceCheck = {
    ...{ folder, files, verify, signal: new AbortController().signal },
    hashOf: async (path) => {
      read.push(path);
      return hash(readFileSync(path, 'utf8'));
    },
  };
  const inspect = async (listed: readonly FileRow[] = rows) => {
    const { own, whole } = await inspectPackage('rednote', post(), listed, looking);
    return { own, whole: [...whole] };
  };
  return { folder, rows, read, at, put, looking, inspect };
}
const both = [pathOf('cover.jpg'), pathOf('video.mp4')];

describe('the media in the folder of a post', () => {
  it('as port wrote them are known by size and time, without reading them', async () => {
    const { inspect, read } = delivered();
    expect([await inspect(), read]).toEqual([{ own: [], whole: both }, []]);
  });

  it.each([
    ['a day later', 86_400],
    ['three seconds earlier', -3],
  ])('with a time %s are known by their bytes, and get the time of the post again', async (_name, seconds) => {
    const { inspect, put, at, read } = delivered();
    put('video.mp4', 'ours', time + seconds);
    expect([await inspect(), read]).toEqual([{ own: [], whole: both }, [at('video.mp4')]]);
    expect(statSync(at('video.mp4')).mtimeMs).toBe(time * 1000);
  });

  it('with times two seconds off are known without reading them: some file systems keep no more', async () => {
    const { inspect, put, read } = delivered();
    put('video.mp4', 'ours', time + 2);
    put('cover.jpg', 'cover', time - 2);
    expect([await inspect(), read]).toEqual([{ own: [], whole: both }, []]);
  });

  it.each<[string, string, string, number, Partial<FileRow>]>([
    ['a video of another size in place of port’s', 'video.mp4', 'mine!', time, { role: 'video', ours: hash('ours') }],
    ['a video of the same size, saved later', 'video.mp4', 'mine', time + 9, { role: 'video', ours: hash('ours') }],
    ['a cover', 'cover.jpg', 'mine', time + 9, { role: 'cover', ours: hash('cover') }],
    ['another video', 'b-roll.MOV', 'mine', time, { role: 'video' }],
    ['a photo', '01.HEIC', 'mine', time, { role: 'photo' }],
    ['a cover of another kind', 'Cover.png', 'mine', time, { role: 'cover' }],
    ['a video in a part', 'part-2/video.mp4', 'mine', time, { role: 'video' }],
    ['a video in a part with two digits', 'part-12/video.mp4', 'mine', time, { role: 'video' }],
    ['a photo that is not the cover', 'cover.jpg.png', 'mine', time, { role: 'photo' }],
    ['a photo with a similar name', 'discover.png', 'mine', time, { role: 'photo' }],
    ['a file of subtitles', 'video.srt', 'mine', time, { role: 'subtitles' }],
  ])('%s is the person’s own', async (_name, name, content, modified, odd) => {
    const { inspect, put } = delivered();
    put(name, content, modified);
    const row = { path: pathOf(name), bytes: content.length, sha256: hash(content) };
    expect((await inspect()).own).toEqual([{ ...row, action: 'own', why: [], rendition: null, ...odd }]);
  });

  it.each([
    'notes.txt',
    '.hidden.mp4',
    'drafts/a.mp4',
    'project.prproj',
    'part-x/a.mp4',
    'part-1-old/a.mp4',
    'my-part-1/a.mp4',
    'a.mp4.txt',
    'video.srt.bak',
    '1.jpg_',
    'b.mp4/x',
    'part-1/c.mp4/x',
  ])('a file %s of a person is no medium of the post', async (name) => {
    const { inspect, put } = delivered();
    put(name, 'mine');
    expect(await inspect()).toEqual({ own: [], whole: both });
  });

  it('several files of a person are listed by name', async () => {
    const { inspect, put } = delivered();
    for (const name of ['c.mp4', 'a.mpg', 'd.ts', 'b.tif', '0.jpg']) put(name, name);
    const names = (await inspect()).own.map(({ path, role }) => `${path.split('/').at(-1)} ${role}`);
    expect(names).toEqual(['0.jpg photo', 'a.mpg video', 'b.tif photo', 'c.mp4 video', 'd.ts video']);
  });

  it('a person’s own file stays theirs, though it has the time of the post', async () => {
    const { inspect, put } = delivered();
    const own = rowOf('video.mp4', 'mine', { action: 'own', rendition: null, ours: hash('ours') });
    put('video.mp4', 'mine');
    expect((await inspect([own, rowOf('cover.jpg', 'cover')])).own).toEqual([own]);
  });

  it.skipIf(process.platform === 'win32')('a link to a video elsewhere is not followed', async () => {
    const { inspect, at, folder } = delivered();
    writeFileSync(join(folder, 'mine.mp4'), 'mine');
    symlinkSync(join(folder, 'mine.mp4'), at('linked.mp4'));
    expect(await inspect()).toEqual({ own: [], whole: both });
  });

  it.each(['files', 'before'])('what a killed run wrote is port’s by its post.json (%s)', async (place) => {
    const { inspect, put, rows } = delivered();
    put('video.mp4', 'newer', time + 60);
    const row = { key, target: 'rednote', status: 'delivered', issues: [], original: null, declarations: [] };
    const document = { ...row, caption: null, files: [rowOf('video.mp4', 'newer')] };
    put('post.json', JSON.stringify(place === 'files' ? document : { ...document, files: [], before: document }));
    // It is not what the manifest lists, so it is made again, and is no file of the person.
    expect(await inspect(rows)).toEqual({ own: [], whole: [pathOf('cover.jpg')] });
  });

  it('a person’s own file that was replaced by port’s again is no longer theirs', async () => {
    const { inspect, put } = delivered();
    const own = rowOf('video.mp4', 'mine', { action: 'own', rendition: null, ours: hash('ours') });
    put('video.mp4', 'ours', time + 9);
    expect((await inspect([own])).own.map(({ path }) => path)).toEqual([pathOf('cover.jpg')]);
    put('video.mp4', 'mine', time + 9);
    expect((await inspect([own])).own).toContainEqual(own);
  });

  it('other bytes with the size and time of port’s come from a failing disk: not the person’s, and not intact', async () => {
    const { inspect, put } = delivered(true);
    put('video.mp4', 'ourz');
    expect(await inspect()).toEqual({ own: [], whole: [pathOf('cover.jpg')] });
  });

  it('of a post that was never delivered are none', async () => {
    const { looking } = delivered();
    const { own, whole } = await inspectPackage('reels', post(), [], looking);
    expect([own, whole.size]).toEqual([[], 0]);
  });
});

describe('the files of a delivery that is not made again', () => {
  const caption = rowOf('caption.txt', 'words', { action: 'text', rendition: null });
  const present = async ({ rows, looking }: ReturnType<typeof delivered>, more: readonly FileRow[] = [caption]) => {
    const listed = [...rows, ...more];
    return presentFiles(listed, await inspectPackage('rednote', post(), listed, looking), post(), looking);
  };

  it('unchanged ones are listed as before, deleted ones are not', async () => {
    const world = delivered();
    expect(await present(world)).toEqual(world.rows);
    world.put('caption.txt', 'words');
    expect(await present(world)).toEqual([...world.rows, caption]);
    expect(existsSync(world.at('caption.txt'))).toBe(true);
  });

  it('a text that a person edited is listed as edited, with its new hash', async () => {
    const world = delivered();
    world.put('caption.txt', 'my words', time + 9);
    const edited = { ...caption, bytes: 8, sha256: hash('my words'), edited: true };
    expect(await present(world)).toEqual([...world.rows, edited]);
  });

  it('a video that a person replaced is listed as theirs, in its place, and an added one at the end', async () => {
    const world = delivered();
    world.put('video.mp4', 'mine', time + 9);
    world.put('a.mp4', 'more');
    const listed = await present(world);
    expect(listed.map(({ path, action }) => [path, action])).toEqual([
      [pathOf('video.mp4'), 'own'],
      [pathOf('cover.jpg'), 'image'],
      [pathOf('a.mp4'), 'own'],
    ]);
  });

  it('a person’s own file in whose place port’s is again is not listed as theirs', async () => {
    const world = delivered();
    const own = rowOf('video.mp4', 'mine', { action: 'own', rendition: null, ours: hash('ours') });
    const [, cover] = world.rows;
    expect(await present({ ...world, rows: [own, cover as FileRow] }, [])).toEqual([cover]);
  });

  it('a person’s own file that they deleted is not listed any more', async () => {
    const world = delivered();
    const own = rowOf('mine.mp4', 'mine', { action: 'own', rendition: null });
    expect(await present(world, [own])).toEqual(world.rows);
  });
});

describe('a delivered file is as it was', () => {
  it.each<[string, string | null, number, boolean, number]>([
    ['by its size and time, without reading it', 'ours', 0, true, 0],
    ['by its bytes if its time differs', 'ours', 60, true, 1],
    ['not with other bytes', 'else', 60, false, 1],
    ['not with another size, without reading it', 'longer', 60, false, 0],
    ['not if it is gone', null, 0, false, 0],
  ])('%s', async (_name, content, seconds, expected, reads) => {
    const { looking, put, at, read } = delivered();
    if (content === null) rmSync(at('video.mp4'));
    else put('video.mp4', content, time + seconds);
    expect(await isIntact(rowOf('video.mp4', 'ours'), post(), looking)).toBe(expected);
    expect(read).toHaveLength(reads);
    if (expected) expect(statSync(at('video.mp4')).mtimeMs).toBe(time * 1000);
  });
});

it.each([
  ['rednote/k/video.mp4', 'video.mp4'],
  ['rednote/k/part-1/cover.jpg', 'part-1/cover.jpg'],
])('%s is %s in its package', (path, name) => expect(nameInPackage({ path })).toBe(name));
