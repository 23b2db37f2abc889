import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import { judgePackage, namedOwn, packageOf } from '../../src/pipeline/own-media.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import type { FileRow } from '../../src/state/documents.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';
import { openAccountRun, realTools } from './account-run.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';
import { damagedCopy, tinyPhoto, tinyVideo } from './tiny-media.ts';
import { watched } from './watched-tools.ts';

const { video, photos, gone } = smallPosts;
const to = 'rednote,shorts';
let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** A person's own files. */
let mine: string;
/** An output folder in which the video is delivered to both platforms, and the photos to RedNote. */
let delivered: string;

beforeAll(async () => {
  [mine, delivered] = [await temporaryFolder(), await temporaryFolder()];
  input = await makeSmallPosts(await temporaryFolder());
  const at = (name: string) => join(mine, name);
  for (const name of ['whole.mp4', 'old.mp4', 'sound.mp4', 'place.mp4']) await tinyVideo(mine, name);
  for (const name of ['a.jpg', 'a.gif']) await tinyPhoto(mine, name, 90, 90);
  await damagedCopy(at('whole.mp4'), 'half', at('half.mp4'));
  await damagedCopy(at('a.jpg'), 'half', at('half.jpg'));
  await writeFile(at('bitmap.png'), 'BM and more');
  await writeFile(at('said.srt'), '1\n00:00:00,100 --> 00:00:00,900\nHello\n');
  await writeFile(at('notes.srt'), 'call mother');
  // Shorts would have a slideshow made of the photos.
  for (const [key, platforms] of [[video, to] as const, [photos, 'rednote'] as const]) {
    const opened = await openAccountRun({ ...input, out: delivered }, { to: platforms, media: [input.media] });
    await deliver(opened, key);
    await opened.save();
  }
});

type Opened = Awaited<ReturnType<typeof openAccountRun>>;

async function deliver({ run, postOf }: Opened, key: string): Promise<void> {
  const post = postOf(key);
  await processPost(post, await run.originals.get(post, run.signal), await run.loadedCaptions.all(), run);
}

/** The next run over a copy of the folder, after a person put these files of theirs into packages. */
async function nextRun(put: Readonly<Record<string, string>>, tools?: Tools) {
  const out = await temporaryFolder();
  await cp(delivered, out, { recursive: true, preserveTimestamps: true });
  const inside = (path: string) => join(out, 'maya', path);
  for (const [path, name] of Object.entries(put)) {
    await rm(inside(path), { force: true });
    await cp(join(mine, name), inside(path));
  }
  const opened = await openAccountRun({ ...input, out, ...(tools && { tools }) }, { to, media: [input.media] });
  return { opened, inside };
}

/** What is said of the packages of a post on these platforms. */
async function judged({ run, postOf }: Opened, target: string, key: string) {
  const platform = run.options.to.find(({ name }) => name === target);
  if (platform === undefined) throw new Error(target);
  const { media, issues } = await judgePackage(postOf(key), platform, await run.manifest.get(key, target), run);
  return { media, said: issues.map(line), own: media.own.map(({ path, role }) => `${role} ${basename(path)}`) };
}
const line = ({ severity, code, actual, limit }: Issue) => `${severity} ${code} ${actual} ${limit}`;

describe('a file of a person in a package', () => {
  it.each<[string, string, string, string, readonly RegExp[]]>([
    ['a video that the platform takes', `rednote/${video}/video.mp4`, 'whole.mp4', 'video video.mp4', []],
    ['another video beside port’s', `rednote/${video}/b-roll.mp4`, 'whole.mp4', 'video b-roll.mp4', []],
    [
      'a video that the platform may refuse is a warning',
      ...([`rednote/${video}/video.mp4`, 'old.mp4', 'video video.mp4'] as const),
      [/^warning own-file-unfit video\.mp4 .*MPEG-4|^warning own-file-unfit video\.mp4 .*mpeg4/],
    ],
    [
      'a video that says where it was made is a warning',
      ...([`rednote/${video}/video.mp4`, 'place.mp4', 'video video.mp4'] as const),
      [/^warning own-file-unfit video\.mp4 .*where it was made/],
    ],
    [
      'a video that breaks off is an error, as it cannot be posted',
      ...([`rednote/${video}/video.mp4`, 'half.mp4', 'video video.mp4'] as const),
      [/^error own-file-damaged video\.mp4 .*ends \d+ bytes early/],
    ],
    [
      'sound without a picture is an error',
      ...([`shorts/${video}/video.mp4`, 'sound.mp4', 'video video.mp4'] as const),
      [/^error own-file-damaged video\.mp4 .*no picture/],
    ],
    ['a cover of any size', `rednote/${video}/cover.jpg`, 'a.jpg', 'cover cover.jpg', []],
    ['a cover of a kind that photos may not have', `rednote/${video}/cover.gif`, 'a.gif', 'cover cover.gif', []],
    [
      'a cover that cannot be opened is an error',
      ...([`rednote/${video}/cover.jpg`, 'half.jpg', 'cover cover.jpg'] as const),
      [/^error own-file-damaged cover\.jpg /],
    ],
    ['a photo that the platform takes', `rednote/${photos}/02.jpg`, 'a.jpg', 'photo 02.jpg', []],
    [
      'a photo of a kind that the platform may refuse is a warning',
      ...([`rednote/${photos}/03.gif`, 'a.gif', 'photo 03.gif'] as const),
      [/^warning own-file-unfit 03\.gif .*gif/i],
    ],
    ['a photo where the platform has no photos', `shorts/${photos}/03.gif`, 'a.gif', 'photo 03.gif', []],
    [
      'a photo of a kind that nobody opens is an error',
      ...([`rednote/${photos}/03.png`, 'bitmap.png', 'photo 03.png'] as const),
      [/^error own-file-damaged 03\.png .*BMP/],
    ],
    ['subtitles', `rednote/${video}/video.srt`, 'said.srt', 'subtitles video.srt', []],
    [
      'a text that is called subtitles is a warning',
      ...([`rednote/${video}/video.srt`, 'notes.srt', 'subtitles video.srt'] as const),
      [/^warning own-file-unfit video\.srt /],
    ],
  ])('%s', async (_name, path, name, row, expected) => {
    const { opened, inside } = await nextRun({ [path]: name });
    const [target = '', key = ''] = path.split('/');
    const { said, own, media } = await judged(opened, target, key);
    expect(own).toEqual([row]);
    const listed = `info own-file ${basename(path)} null`;
    expect(said).toEqual([listed, ...expected.map((each) => expect.stringMatching(each))]);
    // post.json says of each file what is wrong with it.
    expect((media.own[0]?.why.length ?? 0) > 0).toBe(expected.length > 0);
    expect(await readFile(inside(path))).toEqual(await readFile(join(mine, name)));
    // It stands on one platform only.
    expect((await judged(opened, target === 'rednote' ? 'shorts' : 'rednote', key)).said).toEqual([]);
  });

  it('several are listed in one line, and each is judged', async () => {
    const { opened } = await nextRun({
      [`rednote/${video}/video.mp4`]: 'half.mp4',
      [`rednote/${video}/b.mp4`]: 'old.mp4',
    });
    const { said } = await judged(opened, 'rednote', video);
    expect(said.map((each) => each.split(' ').slice(0, 4).join(' '))).toEqual([
      'info own-file b.mp4, video.mp4',
      expect.stringContaining('warning own-file-unfit b.mp4'),
      expect.stringContaining('error own-file-damaged video.mp4'),
    ]);
  });

  it('in a part is listed with its folder', () => {
    const path = `rednote/${video}/part-1/cover.jpg`;
    expect(line(namedOwn([{ path } as FileRow]))).toBe('info own-file part-1/cover.jpg null');
  });

  it.each([
    ['that the platform takes, in a delivered post,', 'whole.mp4', 'delivered'],
    ['that the platform may refuse, in a delivered post,', 'old.mp4', 'delivered'],
    ['that cannot be opened, in a failed post,', 'half.mp4', 'failed'],
  ])('%s is never replaced by a run', async (_name, name, status) => {
    const path = `rednote/${video}/video.mp4`;
    const { opened, inside } = await nextRun({ [path]: name });
    await deliver(opened, video);
    expect(await readFile(inside(path))).toEqual(await readFile(join(mine, name)));
    const rows = ['rednote', 'shorts'].map((target) => opened.run.manifest.rowsOf(video, [target])[0]);
    expect(rows.map((row) => row?.status)).toEqual([status, 'delivered']);
    expect(rows[0]?.files.find((file) => file.path === path)?.action).toBe('own');
  });

  it('that cannot be read now is neither damaged nor replaced, and the post fails', async () => {
    const world = await realTools();
    const probe = async (path: string, signal: AbortSignal) => {
      if (!path.includes('rednote')) return world.ffprobe.probe(path, signal);
      throw Object.assign(new Error('EIO: read'), { code: 'EIO', syscall: 'read', path });
    };
    const path = `rednote/${video}/video.mp4`;
    const { opened, inside } = await nextRun({ [path]: 'old.mp4' }, { ...world, ffprobe: { ...world.ffprobe, probe } });
    await expect(judged(opened, 'rednote', video)).rejects.toThrow('EIO');
    await deliver(opened, video);
    const [row] = opened.run.manifest.rowsOf(video, ['rednote']);
    expect([row?.status, row?.issues.map(({ code }) => code)]).toEqual(['failed', ['disk-error', 'own-file']]);
    expect(await readFile(inside(path))).toEqual(await readFile(join(mine, 'old.mp4')));
  });
});

describe('a package without a file of a person', () => {
  it('has only port’s files, and no program is started for it', async () => {
    const starts: string[] = [];
    const { opened } = await nextRun(
      {},
      watched(await realTools(), (what) => starts.push(what)),
    );
    const { media, said } = await judged(opened, 'rednote', video);
    expect([...media.whole]).toEqual([`rednote/${video}/cover.jpg`, `rednote/${video}/video.mp4`]);
    expect([said, starts]).toEqual([[], []]);
  });

  it('of a post that was never delivered has nothing', async () => {
    const { opened } = await nextRun({});
    const { media, said } = await judged(opened, 'rednote', gone);
    expect([media.own, media.whole.size, said]).toEqual([[], 0, []]);
  });
});

describe('the package of a post that is not delivered', () => {
  it('lists the files of a person without opening them', async () => {
    const starts: string[] = [];
    const tools = watched(await realTools(), (what) => starts.push(what));
    const { opened } = await nextRun({ [`rednote/${video}/video.mp4`]: 'half.mp4' }, tools);
    const { run, postOf } = opened;
    const [rednote] = run.options.to;
    if (rednote === undefined) throw new Error();
    const found = await packageOf(postOf(video), rednote, await run.manifest.get(video, 'rednote'), run);
    expect([found.own.map(({ why }) => why), [...found.whole], starts]).toEqual([
      [[]],
      [`rednote/${video}/cover.jpg`],
      [],
    ]);
    const before = await run.manifest.get(video, 'rednote');
    expect(before).not.toBeNull();
    for (const none of [null, before && { ...before, files: [] }])
      expect((await packageOf(postOf(video), rednote, none, run)).own).toEqual([]);
  });
});
