import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { fakeMedia } from '../servers/media.ts';
import { get, nameOf, seeing } from './looks.ts';
import { clockwork, folderOf, key, link, never, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const jpg = fakeMedia('jpg', 700);
const { time } = video();
const id = String((BigInt(time - 4) << 32n) | 77n);
const broken = { why: 'It has sound but no picture.' };
const said = (issues: readonly Issue[]) => issues.map(({ code, actual, limit }) => `${code} ${actual}: ${limit}`);
const named = (at: number) => new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
const folder = async (...names: readonly string[]) =>
  folderOf(Object.fromEntries(names.map((name, index) => [name, fakeMedia('mp4', 5000, index + 1)])));
/** Opens files of `--media` for these posts. */
const opened = async (names: readonly string[], posts = [video()], odd: Partial<OriginalsOptions> = {}) =>
  world().open({ posts, media: [await folder(...names)], offline: true, ...odd }, { ffprobe: clockwork({}) });

describe('times in the names of --media that are off by a constant', () => {
  const times = [0, 3600, 9000, 10_800, 16_200, 19_800].map((each) => time + each);
  const posts = times.map((each, index) => video({ key: `k${index}`, time: each }));
  const issuesOf = async (shift: number, used = times, those = posts) =>
    (
      await opened(
        used.map((each) => `${named(each + shift)}.mp4`),
        those,
      )
    ).issues;

  it('are reported with the shift and how many files it explains', async () => {
    expect(await issuesOf(7200)).toEqual([{ code: 'media-shifted', severity: 'warning', actual: -7200, limit: 6 }]);
    expect(await issuesOf(0)).toEqual([]);
  });

  it('are reported with the files if the shift is not known, at most four by name', async () => {
    const hours = (count: number) => Array.from({ length: count }, (_, index) => time + index * 3600);
    const hourly = hours(7).map((each, index) => video({ key: `k${index}`, time: each }));
    const names = (count: number) => hours(count).map((each) => `${named(each + 3600)}.mp4`);
    for (const [count, limit] of [
      [3, names(3).join(', ')],
      [5, `${names(4).join(', ')}, ...`],
    ] as const) {
      const found = await issuesOf(3600, hours(count), hourly);
      expect(found).toEqual([{ code: 'media-unclear', severity: 'warning', actual: count, limit }]);
    }
  });

  it('are taken as they are, or shifted as the person says, and nothing is reported', async () => {
    const hourly = [0, 1, 2, 3].map((each) => video({ key: `k${each}`, time: time + each * 3600 }));
    const names = [1, 2, 3].map((each) => `${named(time + each * 3600)}.mp4`);
    for (const [mediaShift, taken] of [
      [null, [null, null, null, null]],
      [0, [null, ...names]],
      [-3600, [...names, null]],
    ] as const) {
      const originals = await opened(names, hourly, { mediaShift });
      const found = await Promise.all(hourly.map(async (post) => nameOf(await originals.get(post, never))));
      expect([found, originals.issues.length]).toEqual([taken, mediaShift === null ? 1 : 0]);
    }
  });

  it('are not reported where each file has the key of its post', async () => {
    expect((await opened([`${key}.mp4`])).issues).toEqual([]);
  });
});

describe('why no local file is taken for a post', () => {
  it('a camera recorded it after the post: the file and how much later', async () => {
    const { issues } = await get(video(), { media: [await folder(`VID_20250302_091510.mp4`)] });
    expect(issues[0]).toEqual({
      ...{ code: 'recorded-after', severity: 'error' },
      ...{ actual: 'VID_20250302_091510.mp4', limit: 6 },
    });
  });

  it('its download is unfinished: each is reported, at most four', async () => {
    const parts = [1, 2, 3, 4, 5].map((number) => `${number}/${key}.mp4.part`);
    const names = async (count: number) => {
      const { issues } = await get(video(), { media: [await folder(...parts.slice(0, count))] });
      const about = issues.filter(({ code }) => code === 'passed-over');
      for (const { limit } of about) expect(limit).toBe('A downloader left it there: it is not the finished file.');
      return about.map(({ actual }) => actual);
    };
    expect([await names(1), await names(2), await names(5)]).toEqual([
      parts.slice(0, 1),
      parts.slice(0, 2),
      parts.slice(0, 4),
    ]);
  });

  it('it is of an unsupported kind: at most four are reported', async () => {
    const names = ['dv', 'mxf', 'rm', 'swf', 'vob'].map((ending) => `${key}.${ending}`);
    const { issues } = await get(video(), { media: [await folder(...names)] });
    expect(issues.slice(0, -1).map(({ actual }) => actual)).toEqual(names.slice(0, 4));
    expect(issues[0]?.limit).toMatch(/^port does not open \.dv files\./);
  });

  it('it is damaged: then files of an unsupported kind are not told as well', async () => {
    const media = [await folderOf({ [`${key}.mp4`]: jpg, [`${key}.swf`]: 'x' })];
    expect(said((await get(video(), { media })).issues)).toEqual([
      `damaged ${key}.mp4: it is something else than its name says: null`,
      'no-link file-unusable: null',
    ]);
  });

  it.each<[string, Uint8Array | string, string]>([
    ['it is empty', '', 'it is empty'],
    ['it is a page', '<html>', 'it is text'],
    ['it is of another kind', jpg, 'it is something else than its name says'],
  ])('%s', async (_name, content, why) => {
    const { issues } = await get(video(), { media: [await folderOf({ [`${key}.mp4`]: content })] });
    expect(said(issues)[0]).toBe(`damaged ${key}.mp4: ${why}: null`);
  });

  it('it belongs to two posts of one second', async () => {
    const posts = [video(), video({ key: `${key}-2` })];
    const originals = await opened([`${named(time)}.mp4`], posts);
    for (const post of posts) {
      const { issues } = await originals.get(post, never);
      expect(said(issues)[0]).toBe(`several-posts-fit 2: ${post.key}`);
    }
  });
});

describe('the next file of a post whose first one cannot be read', () => {
  const bad: Partial<OriginalsOptions> = { inspectFile: seeing({ [key]: broken }) };

  it('is that of another folder of --media', async () => {
    const media = [await folder(`${key}.mp4`), await folder(`x ${id}.mp4`)];
    expect(nameOf(await get(video(), { media, ...bad }))).toBe(`x ${id}.mp4`);
  });

  it('is one of weaker evidence in the same folder, which then is not unused', async () => {
    const originals = await opened([`${key}.mp4`, `x ${named(time)}.mp4`, 'holiday.mp4'], [video()], bad);
    expect(nameOf(await originals.get(video(), never))).toBe(`x ${named(time)}.mp4`);
    expect(originals.unusedFiles().map(({ name }) => name)).toEqual(['holiday.mp4']);
  });

  it('is unused where the first one can be read', async () => {
    const originals = await opened([`${key}.mp4`, `x ${id}.mp4`]);
    expect(nameOf(await originals.get(video(), never))).toBe(`${key}.mp4`);
    expect(originals.unusedFiles().map(({ name }) => name)).toEqual([`x ${id}.mp4`]);
  });

  it('is not the file of another post', async () => {
    const posts = [video(), video({ key: 'other', time: time + 5 })];
    const originals = await opened([`${key}.mp4`, `x ${named(time + 5)}.mp4`], posts, bad);
    expect(nameOf(await originals.get(video(), never))).toBeNull();
    expect(nameOf(await originals.get(posts[1] ?? video(), never))).toBe(`x ${named(time + 5)}.mp4`);
  });

  it('is not one that may as well belong to another post without a file', async () => {
    const other = video({ key: 'other', time: time + 8 });
    const names = [`${key}.mp4`, `x ${id}.mp4`];
    expect(nameOf(await (await opened(names, [video()], bad)).get(video(), never))).toBe(`x ${id}.mp4`);
    const posts = [video({ time: time + 2 }), video({ key: 'other', time: time - 10 })];
    expect(nameOf(await (await opened(names, [...posts, other], bad)).get(posts[0] ?? other, never))).toBeNull();
  });

  it('is not one whose time may be of another zone', async () => {
    const hourly = [0, 1, 2, 3].map((hour) => video({ key: `k${hour}`, time: time + hour * 3600 }));
    const names = [1, 2, 3].map((hour) => `${named(time + hour * 3600)}.mp4`);
    const inspectFile = seeing({ k1: broken });
    const originals = await opened(['k1.mp4', ...names], hourly, { inspectFile });
    expect(nameOf(await originals.get(hourly[1] ?? video(), never))).toBeNull();
  });
});

describe('files of several folders of --media for one post', () => {
  const two = [`a ${id}.mp4`, `b ${id}.mp4`];

  it('two in the first, one in the second: that one is used, and nothing is reported', async () => {
    const media = [await folder(...two), await folder(`${key}.mp4`)];
    const fetched = await get(video(), { media });
    expect([nameOf(fetched), fetched.issues]).toEqual([`${key}.mp4`, []]);
  });

  it('one of those cannot be read: that is reported, and that the others were several is not', async () => {
    const media = [await folder(...two, `c ${id}.mp4`), await folder(`${key}.mp4`)];
    const fetched = await get(video(), { media, inspectFile: seeing({ c: broken }) });
    expect(nameOf(fetched)).toBe(`${key}.mp4`);
    expect(said(fetched.issues)).toEqual([`passed-over c ${id}.mp4: ${broken.why}`]);
  });

  it('photos of the first are completed by those of the second', async () => {
    const [one, other] = [fakeMedia('jpg', 700, 2), fakeMedia('jpg', 700, 3)];
    const media = [
      await folderOf({ [`${key}/01.jpg`]: jpg }),
      await folderOf({ [`${key}/01.jpg`]: one, [`${key}/02.jpg`]: other }),
    ];
    const { original } = await get(photos([]), { media });
    expect(original?.files.map(({ path }) => media.findIndex((each) => path.startsWith(each.path)))).toEqual([0, 1]);
  });

  it('without sound in both: the first is used, with the name that it has there', async () => {
    const media = [await folder(`x/a ${id}.mp4`), await folder(`b ${id}.mp4`)];
    const inspectFile = seeing({ a: { hasSound: false }, b: { hasSound: false } });
    const fetched = await get(video({ sound: 'x' }), { media, inspectFile });
    expect(nameOf(fetched)).toBe(`a ${id}.mp4`);
    expect(said(fetched.issues)).toEqual([`sound-lost x/a ${id}.mp4: null`]);
  });
});

describe('files that are counted without being read', () => {
  it('photos with a gap in their numbers: the gap is a missing photo', async () => {
    const media = [await folderOf({ [`${key}/01.jpg`]: jpg, [`${key}/03.jpg`]: fakeMedia('jpg', 700, 2) })];
    expect(said((await get(photos([]), { media })).issues)).toContain('photo-missing 2: 3');
  });

  it('a video that is matched by the time in it only is not unused', async () => {
    const media = [await folder('IMG_1.mov', 'IMG_2.mov')];
    const ffprobe = clockwork({ 'IMG_1.mov': time - 1 });
    const originals = await world().open({ posts: [video()], media }, { ffprobe });
    expect((await originals.get(video(), never)).original?.matchedBy).toBe('file-time');
    expect(originals.unusedFiles().map(({ name }) => name)).toEqual(['IMG_2.mov']);
  });
});

describe('a file of a ZIP', () => {
  it('is recognised by bytes that come in several pieces', async () => {
    const stream = Buffer.alloc(188 * 4, 'x');
    for (const at of [0, 188, 376, 564]) stream.write('G', at);
    const place = world();
    expect((await get(video(), { bundled: [zip({ [`${key}.mp4`]: stream })] }, place)).original).not.toBeNull();
    expect(place.files()).toEqual([`originals/${key}.ts`]);
  });

  it('is extracted where the disk has room for it and for renditions, and else not', async () => {
    const room = async (free: number) => {
      const disk = { free: async () => free };
      const originals = await world().open({ posts: [video()], bundled: [zip({ [`${key}.mp4`]: mp4 })] }, { disk });
      const { original, issues } = await originals.get(video(), never);
      return [original !== null, ...issues.map(({ code }) => code)];
    };
    expect(await room((256 << 20) + 5001)).toEqual([true]);
    expect(await room((256 << 20) + 5000)).toEqual([false, 'disk-full', 'no-link']);
  });

  it.each<[string, Partial<OriginalsOptions>, string]>([
    ['cannot be read', { inspectFile: async () => ({ ...broken, hasSound: null, size: null }) }, broken.why],
    ['was made by port', { isRendition: () => true }, 'It is what port made of the original, not the original.'],
  ])('that %s is reported, and leaves nothing in the store', async (_name, odd, why) => {
    const place = world();
    const { issues } = await get(video(), { bundled: [zip({ [`x/${key}.mp4`]: mp4 })], ...odd }, place);
    expect([said(issues)[0], place.files()]).toEqual([`passed-over x/${key}.mp4: ${why}`, []]);
  });
});

describe('a file with a watermark', () => {
  it('is reported where it is used, by its name, and not where the store has the post', async () => {
    const name = `x/${named(time)}_watermark.mp4`;
    const place = world();
    const bundled = [zip({ [name]: mp4 })];
    expect((await get(video(), { bundled }, place)).issues).toEqual([
      { code: 'watermark', severity: 'warning', actual: name, limit: null },
    ]);
    const post = video({ links: [link('https://v.example/x')] });
    expect((await get(post, { bundled, offline: true }, place)).issues).toEqual([]);
  });
});
