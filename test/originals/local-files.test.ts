import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import type { VideoProbe } from '../../src/model/probe.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { get, nameOf, seeing } from './looks.ts';
import { clockwork, folderOf, key, link, never, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const jpg = fakeMedia('jpg', 700);
const { time } = video();
const id = String((BigInt(time - 4) << 32n) | 77n);
const said = (issues: readonly Issue[]) => issues.map(({ code, actual, limit }) => `${code} ${actual}: ${limit}`);

describe('a file of --media that changes during a run', () => {
  it.each<[string, (path: string) => void, RegExp]>([
    ['is deleted', (path) => rmSync(path), /ENOENT/],
    [
      'becomes a link to a file elsewhere',
      (path) => {
        const other = join(temporaryFolder(), 'other.mp4');
        writeFileSync(other, mp4);
        rmSync(path);
        symlinkSync(other, path);
      },
      /: it is gone$/,
    ],
  ])('and %s is not used', async (_name, change, why) => {
    const media = await folderOf({ [`${key}.mp4`]: mp4 });
    const originals = await world().open({ posts: [video()], media: [media] });
    change(join(media.path, `${key}.mp4`));
    const { original, issues } = await originals.get(video(), never);
    expect([original, issues[0]?.code]).toEqual([null, 'damaged']);
    expect(issues[0]?.actual).toMatch(why);
  });
});

describe('what is read of a file of --media', () => {
  it('to recognise it: its first 512 bytes, and no more', async () => {
    const media = await folderOf({ [`${key}.mp4`]: mp4 });
    const files = media.files.map((file) => ({
      ...file,
      stream: async function* () {
        yield mp4.subarray(0, 200);
        yield mp4.subarray(200, 512);
        throw new Error('read on');
      },
    }));
    expect((await get(video(), { media: [{ ...media, files }] })).issues).toEqual([]);
  });

  it('for the time in it: videos only, and none of a post that has its file', async () => {
    const probed: string[] = [];
    const probe = async (path: string) => {
      probed.push(path.slice(path.lastIndexOf('/') + 1));
      return { createdAt: null } as VideoProbe;
    };
    const posts = [video(), video({ key: 'other', time: time + 9000 })];
    const media = [await folderOf({ [`${key}.mp4`]: mp4, 'holiday.mp4': mp4, 'IMG_1.jpg': jpg })];
    const originals = await world().open({ posts, media }, { ffprobe: { probe, packets: async () => [] } });
    await originals.get(posts[1] ?? video(), never);
    expect(probed).toEqual(['holiday.mp4']);
  });
});

describe('files of an unsupported kind are reported', () => {
  it('of photos also where another photo is damaged', async () => {
    const post = photos([1, 2].map((number) => link(`https://p.example/${number}`)));
    const media = [await folderOf({ [`${key}/01.jpg`]: mp4, [`${key}/02.psd`]: 'x' })];
    const { issues } = await get(post, { media, offline: true });
    expect(issues.slice(0, 2).map(({ code, actual }) => `${code} ${actual}`)).toEqual([
      `damaged ${key}/01.jpg: it is something else than its name says`,
      `passed-over ${key}/02.psd`,
    ]);
  });
});

describe('files of an unsupported kind are not reported', () => {
  it('beside a video that is used though it has no sound', async () => {
    const media = [await folderOf({ [`x ${id}.mp4`]: mp4, [`${key}.gif`]: 'x' })];
    const inspectFile = seeing({ x: { hasSound: false } });
    const { issues } = await get(video({ sound: 'x' }), { media, inspectFile });
    expect(said(issues)).toEqual([`sound-lost x ${id}.mp4: null`]);
  });

  it('for a photo that the export has', async () => {
    const post = photos([1, 2].map((number) => link(`https://p.example/${number}`)));
    const bundled = [zip({ [`${key}/01.jpg`]: jpg })];
    const media = [await folderOf({ [`${key}/01.psd`]: 'x', [`${key}/02.psd`]: 'x' })];
    const { issues } = await get(post, { bundled, media, offline: true });
    expect(issues.filter(({ code }) => code === 'passed-over').map(({ actual }) => actual)).toEqual([`${key}/02.psd`]);
  });

  it('by a time that is some seconds off, but by an id they are', async () => {
    const told = async (name: string) => {
      const { issues } = await get(video(), { media: [await folderOf({ [name]: 'x' })] });
      return issues.filter(({ code }) => code === 'passed-over').length;
    };
    expect(await Promise.all(['2025-03-02 09.15.09.swf', '2025-03-02 09.15.04.swf', `${id}.swf`].map(told))).toEqual([
      0, 1, 1,
    ]);
  });
});

describe('the next file of a post whose first one cannot be read', () => {
  it('may be near to another post if that has a file of its own', async () => {
    const posts = [video(), video({ key: 'other', time: time + 3 })];
    const inspectFile = seeing({ [key]: { why: 'It is broken.' } });
    const next = async (...more: readonly string[]) => {
      const names = [`${key}.mp4`, `x ${id}.mp4`, ...more];
      const media = [await folderOf(Object.fromEntries(names.map((name) => [name, mp4])))];
      const originals = await world().open({ posts, media, inspectFile }, { ffprobe: clockwork({}) });
      return nameOf(await originals.get(video(), never));
    };
    expect([await next(), await next('other.mp4')]).toEqual([null, `x ${id}.mp4`]);
  });
});

it.each([true, null])('a video whose sound is %s, of a post with sound: nothing is reported', async (hasSound) => {
  const media = [await folderOf({ [`${key}.mp4`]: mp4 })];
  const { original, issues } = await get(video({ sound: 'x' }), {
    media,
    inspectFile: seeing({ [key]: { hasSound } }),
  });
  expect([original?.source, issues]).toEqual(['media', []]);
});
