import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { noChoices } from '../../src/captions/choices.ts';
import { foldersOfCovers, openChosenCover, withinVideo, withoutCovers } from '../../src/pipeline/chosen-cover.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import { post, videoProbe } from '../builders.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun } from './account-run.ts';
import { makeSmallPosts, smallPhoto, smallPosts } from './small-posts.ts';

const { video, photos } = smallPosts;

/** A run that delivered `photos` to RedNote, with pictures of a person in and beside the account's folder. */
let opened: OpenedRun;
let media = '';
let outside = '';
beforeAll(async () => {
  const input = await makeSmallPosts(await temporaryFolder());
  ({ media } = input);
  opened = await openAccountRun(input, { media: [media] });
  const { folder } = opened.run;
  await processPost(...(await opened.locate(photos)), opened.run);
  outside = await temporaryFolder();
  await smallPhoto(join(outside, 'far.jpg'), 'red');
  await mkdir(join(folder, 'covers'));
  await smallPhoto(join(folder, 'covers/mine.jpg'), 'red');
  await smallPhoto(join(media, 'beside.jpg'), 'red');
  await writeFile(join(folder, 'empty.jpg'), '');
  await writeFile(join(folder, 'words.jpg'), 'no picture');
  await symlink(join(outside, 'far.jpg'), join(folder, 'link.jpg'));
  await cp(join(folder, 'covers/mine.jpg'), join(folder, 'rednote', photos, 'added.jpg'));
  await processPost(...(await opened.locate(photos)), opened.run);
  const [row] = opened.run.manifest.rowsOf(photos, ['rednote']);
  expect(row?.files.find(({ path }) => path.endsWith('added.jpg'))?.action).toBe('own');
});

const open = async (cell: string, key: string = video) => openChosenCover(opened.postOf(key), cell, opened.run);

describe('a cell that is followed', () => {
  it.each<[string, string]>([
    ['', 'none'],
    ['0.5', 'at 0.5'],
    ['0,5 s', 'at 0.5'],
    ['covers/mine.jpg', 'covers/mine.jpg'],
    [' covers/mine.jpg ', 'covers/mine.jpg'],
    ['covers\\mine.jpg', 'covers/mine.jpg'],
    ['beside.jpg', 'beside.jpg'],
    [`rednote/${photos}/added.jpg`, 'added.jpg'],
  ])('"%s": %s', async (cell, expected) => {
    const { at, picture, issues } = await open(cell);
    expect(issues).toEqual([]);
    if (picture === null) expect(at === null ? 'none' : `at ${at}`).toBe(expected);
    else expect(picture.file.path.endsWith(expected)).toBe(true);
  });

  it('an absolute path in the account’s folder; size and hash of the file are known', async () => {
    const path = join(opened.run.folder, 'covers/mine.jpg');
    const { picture } = await open(path);
    expect(picture?.file).toMatchObject({ path, sha256: await opened.run.tools.files.sha256(path, opened.run.signal) });
    expect(picture?.probe).toMatchObject({ width: 120, height: 160 });
  });

  it('on a worker: the path of the coordinator is that of this machine', async () => {
    const pathHere = (path: string) => path.replace('/coordinator', opened.run.folder);
    const { picture } = await openChosenCover(opened.postOf(video), '/coordinator/covers/mine.jpg', {
      ...opened.run,
      pathHere,
    });
    expect(picture?.file.path).toBe(join(opened.run.folder, 'covers/mine.jpg'));
  });
});

describe('a cell that cannot be followed: a warning with the reason, and the cover of every other post', () => {
  it.each<[string, string, string]>([
    ['covers/none.jpg', video, 'there is no such picture'],
    ['../far.jpg', video, 'has to lie in'],
    ['link.jpg', video, 'has to lie in'],
    ['covers', video, 'there is no such picture'],
    ['empty.jpg', video, 'that is no picture'],
    ['words.jpg', video, 'cannot be opened as a picture'],
    [`rednote/${photos}/cover.jpg`, video, 'port made that file'],
    ['.port/any.jpg', video, 'there is no such picture'],
    ['https://example.com/a.jpg', video, 'not taken from the network'],
    ['1:30', video, 'write the moment in seconds'],
    ['1.5', photos, `originals/${photos}/02.jpg`],
  ])('"%s" (%s): %s', async (cell, key, reason) => {
    const { at, picture, issues } = await open(cell, key);
    expect({ at, picture }).toEqual({ at: null, picture: null });
    expect(issues).toMatchObject([{ code: 'cover-unusable', severity: 'warning', actual: cell }]);
    expect(issues[0]?.limit).toContain(reason);
  });

  it('a picture outside, by its absolute path', async () => {
    expect((await open(join(outside, 'far.jpg'))).issues[0]?.limit).toContain('has to lie in');
  });

  it('a long cell: the warning has the start of it', async () => {
    expect((await open('x'.repeat(900))).issues[0]?.actual).toBe('x'.repeat(200));
  });
});

describe('a moment of a video', () => {
  const material = {
    kind: 'video',
    file: { path: '/a.mp4', bytes: 1, sha256: 'a' },
    probe: videoProbe({ seconds: 2.345 }),
    nearest: null,
  } as never;
  it.each<[number, number | null]>([
    [0, 0],
    [2.3, 2.3],
    [2.4, null],
    [60, null],
  ])('%s s of 2.345 s: %s', (at, expected) => {
    const cover = withinVideo({ cell: String(at), at, picture: null, issues: [] }, material);
    expect(cover.at).toBe(expected);
    const said = cover.issues.map(({ code, limit }) => `${code}: ${limit}`);
    expect(said).toEqual(expected === null ? ['cover-unusable: the video lasts 2.34 s'] : []);
  });
});

describe('files of --media that fit no post', () => {
  const file = (path: string | null) => ({
    path,
    name: 'x',
    bytes: 1,
    read: async () => new Uint8Array(),
    stream: async function* () {},
  });
  it('a picture that is the cover of a post is not among them; entries of a ZIP stay', async () => {
    const files = [file(join(media, 'beside.jpg')), file(join(media, 'other.jpg')), file(null)];
    const captions = { choicesOf: (key: string) => ({ ...noChoices, cover: key === video ? 'beside.jpg' : '' }) };
    const left = await withoutCovers(files, [post({ key: video }), post({ key: photos })], captions, opened.run);
    expect(left).toEqual(files.slice(1));
    expect(await withoutCovers(files, [post({ key: photos })], captions, opened.run)).toEqual(files);
  });

  it('the folders of covers are that of the account, then those of --media', () => {
    expect(foldersOfCovers({ folder: '/out/maya' }, { media: ['/a', '/b'] })).toEqual(['/out/maya', '/a', '/b']);
  });
});
