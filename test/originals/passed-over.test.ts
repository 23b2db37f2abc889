import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import type { Post } from '../../src/model/post.ts';
import type { Fetched, OriginalsOptions } from '../../src/originals/index.ts';
import { type FileVerdict, noVerdict } from '../../src/originals/source.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { folderOf, key, link, never, now, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const another = fakeMedia('mp4', 6000, 2);
const fromLink = fakeMedia('mp4', 7000, 3);
const jpg = fakeMedia('jpg', 700);
const id = String((BigInt(video().time - 4) << 32n) | 77n);
const sidecar = (odd = {}) =>
  JSON.stringify({ id, timestamp: video().time, extractor: 'TikTok', uploader: 'maya', vcodec: 'h264', ...odd });
const noPicture = 'It has sound but no picture.';

/** Looks at files by the beginnings of their names. */
const seeing =
  (seen: Readonly<Record<string, Partial<FileVerdict>>>): NonNullable<OriginalsOptions['inspectFile']> =>
  async (_kind, path) => {
    const found = Object.keys(seen).find((name) => basename(path).startsWith(name));
    return { why: null, hasSound: null, size: null, ...(found === undefined ? {} : seen[found]) };
  };
const told = (issues: readonly Issue[]) => issues.map(({ code, severity }) => `${severity} ${code}`);
const nameOf = ({ original }: Fetched) => (original === null ? null : basename(original.files[0]?.path ?? ''));

async function get(post: Post, options: Partial<OriginalsOptions>, in_ = world()): Promise<Fetched> {
  return await (await in_.open({ posts: [post], ...options })).get(post, never);
}

describe('a local file that cannot be read as the post', () => {
  it('does not prevent a good link, which is requested once; the next run reports the same', async () => {
    const server = await startServer({ '/v': serve(fromLink) });
    const post = video({ links: [link(server.url('/v'))] });
    for (const media of [
      [await folderOf({ 'bad.mp4': mp4, [`bad ${id}.mp4`]: mp4 })],
      [zip({ [`${key}.mp4`]: mp4 })],
    ]) {
      const [asked, place] = [server.asked.length, world()];
      const inspectFile = seeing({ bad: { why: noPicture }, [`${key}_1.local`]: { why: noPicture } });
      for (let run = 0; run < 2; run++) {
        const { original, issues } = await get(post, { media, inspectFile }, place);
        expect(original?.source).toBe('link');
        // What lies in a ZIP is not written out again where the store has the post.
        const again = run > 0 && media[0]?.path === '/export.zip';
        expect(told(issues)).toEqual(again ? [] : ['warning passed-over']);
        if (!again) expect(issues[0]?.limit).toBe(noPicture);
      }
      expect(server.asked.length).toBe(asked + 1);
      expect(place.files()).toEqual([`originals/${key}.mp4`]);
    }
  });

  it.each<[string, Partial<Post>, string]>([
    ['offline', { links: [link('https://v.example/a')] }, 'error offline'],
    ['an expired link', { links: [link('https://v.example/a', { expiresAt: now - 1 })] }, 'error link-expired'],
    ['no link', {}, 'error no-link'],
  ])('%s: the post fails, with both reasons', async (_name, odd, code) => {
    const media = [await folderOf({ [`bad ${id}.mp4`]: mp4 })];
    const { original, issues } = await get(video(odd), {
      media,
      offline: true,
      inspectFile: seeing({ bad: { why: noPicture } }),
    });
    expect(original).toBeNull();
    expect(told(issues)).toEqual(['warning passed-over', code]);
  });

  it('does not prevent a match with weaker evidence', async () => {
    const media = [await folderOf({ [`${key}.mp4`]: mp4, [`x ${id}.mp4`]: another })];
    const place = world();
    const originals = await place.open({ posts: [video()], media, inspectFile: seeing({ [key]: { why: noPicture } }) });
    const fetched = await originals.get(video(), never);
    expect(nameOf(fetched)).toBe(`x ${id}.mp4`);
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
    expect(originals.unusedFiles()).toEqual([]);
  });

  it('a file made by port is not used as an original, whatever its name', async () => {
    const media = [await folderOf({ [`${key}.mp4`]: mp4 })];
    const { original, issues } = await get(video(), { media, isRendition: () => true });
    expect(original).toBeNull();
    expect(issues[0]).toMatchObject({ code: 'passed-over', actual: `${key}.mp4`, limit: /what port made/ });
  });
});

describe('files of unsupported kinds', () => {
  it.each<[string, Partial<Post>, readonly string[], readonly string[]]>([
    ['an unsupported container', {}, [`${key}.swf`], [`${key}.swf`]],
    ['by the id in its name', {}, [`clip ${id}.rm`], [`clip ${id}.rm`]],
    ['several files', {}, [`${key}.swf`, `${key}.dv`], [`${key}.dv`, `${key}.swf`]],
    ['a picture for a video post', {}, [`${key}.gif`], [`${key}.gif`]],
    ['a name without an extension', {}, [key], [key]],
    ['a video for a photo post', { kind: 'photos' }, [`${key}.mp4`], [`${key}.mp4`]],
    ['an unsupported photo format', { kind: 'photos' }, [`${key}/01.psd`], [`${key}/01.psd`]],
    ['texts, spreadsheets and sounds', {}, [`${key}.txt`, `${key}.srt`, `${key}.m4a`, `${key}.info.json`], []],
    ['hidden files and covers', {}, [`.${key}.swf`, `${key}/cover.gif`], []],
    ['another post', {}, ['2025-03-02_10-00-00.swf'], []],
    ['a file that is only near in time', {}, [`IMG_20250302_091510.gif`], []],
  ])('%s', async (_name, odd, files, named) => {
    const media = [await folderOf(Object.fromEntries(files.map((name) => [name, mp4])))];
    const { original, issues } = await get(video({ links: [link('https://v.example/a')], ...odd }), {
      media,
      offline: true,
    });
    expect(original).toBeNull();
    const about = issues.filter(({ code }) => code === 'passed-over');
    expect(about.map(({ actual }) => actual).sort()).toEqual(named);
    expect(about.map(({ severity }) => severity)).toEqual(named.map(() => 'warning'));
    const offline = issues.find(({ code }) => code === 'offline');
    expect(offline?.actual).toBe(named.length > 0 ? 'file-unusable' : null);
  });

  it('a picture for a video post is information if the link provides the video', async () => {
    const server = await startServer({ '/v': serve(fromLink) });
    const media = [await folderOf({ [`${key}.gif`]: jpg })];
    const { original, issues } = await get(video({ links: [link(server.url('/v'))] }), { media });
    expect(original?.source).toBe('link');
    expect(told(issues)).toEqual(['info passed-over']);
  });

  it('only photos in missing places are reported', async () => {
    const post = photos(['a', 'b', 'c'].map((name) => link(`https://p.example/${name}`)));
    const media = [await folderOf({ [`${key}/01.jpg`]: jpg, [`${key}/02.psd`]: jpg, [`${key}/01.mp4`]: mp4 })];
    const { issues } = await get(post, { media, offline: true });
    expect(issues.map(({ code, actual }) => `${code} ${actual}`)).toEqual([
      `passed-over ${key}/02.psd`,
      // The third lies nowhere.
      'offline null',
      'photo-missing 2',
      'photo-missing 3',
    ]);
  });
});

describe('a local video without sound', () => {
  const silent = seeing({ [key]: { hasSound: false }, [id]: { hasSound: false } });
  const living = async () => {
    const server = await startServer({ '/v': serve(fromLink) });
    return { server, links: [link(server.url('/v'))] };
  };

  it('is replaced by a link if the post has sound', async () => {
    const { server, links } = await living();
    const post = video({ links, sound: 'original sound - maya' });
    const [media, place] = [[await folderOf({ [`${id}.mp4`]: mp4 })], world()];
    for (let run = 0; run < 2; run++) {
      const { original, issues } = await get(post, { media, inspectFile: silent }, place);
      expect(original?.source).toBe('link');
      expect(told(issues)).toEqual(['warning passed-over']);
    }
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Partial<Post>, Record<string, string>, string[]]>([
    ['the export has a sound', { sound: 'x' }, {}, ['warning sound-lost']],
    ['its sidecar has a sound', {}, { [`${id}.info.json`]: sidecar({ acodec: 'aac' }) }, ['warning sound-lost']],
    ['its sidecar has no sound', {}, { [`${id}.info.json`]: sidecar({ acodec: 'none' }) }, []],
    ['neither has a sound', {}, {}, []],
  ])('offline, %s: it is taken', async (_name, odd, beside, codes) => {
    const media = [await folderOf({ [`${id}.mp4`]: mp4, ...beside })];
    const post = video({ links: [link('https://v.example/a')], sound: null, ...odd });
    const { original, issues } = await get(post, { media, offline: true, inspectFile: silent });
    expect(original?.source).toBe('media');
    expect(told(issues)).toEqual(codes);
  });

  it('of the export: the next run finds it in the store and reports the same, and a link is preferred', async () => {
    const { server, links } = await living();
    const [place, bundled] = [world(), [zip({ [`${key}.mp4`]: mp4 })]];
    for (let run = 0; run < 2; run++) {
      const { original, issues } = await get(video({ sound: 'x' }), { bundled, inspectFile: silent }, place);
      expect(original?.source).toBe('bundled');
      expect(issues).toMatchObject([{ code: 'sound-lost', actual: `originals/${key}.mp4`, severity: 'warning' }]);
    }
    const { original } = await get(video({ sound: 'x', links }), { bundled, inspectFile: silent }, place);
    expect(original?.source).toBe('link');
    expect(place.files()).toEqual([`originals/${key}.mp4`, `originals/set-aside/${key}.mp4`]);
    expect(told((await get(video({ sound: 'x', links }), { bundled, inspectFile: silent }, place)).issues)).toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  it('is used if the link fails', async () => {
    const server = await startServer({});
    const post = video({ links: [link(server.url('/gone'))], sound: 'x' });
    const media = [await folderOf({ [`${id}.mp4`]: mp4 })];
    const { original, issues } = await get(post, { media, inspectFile: silent });
    expect(original?.source).toBe('media');
    expect(told(issues)).toEqual(['info link-refused', 'warning sound-lost']);
  });
});

describe('several files for one post', () => {
  const size = (width: number, height: number, seconds = 5) => ({ size: { width, height, seconds } });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['a second download', { [`${id}.mp4`]: mp4, [`${id} (1).mp4`]: mp4 }, `${id}.mp4`],
    ['under three names', { [`x ${id}.mp4`]: mp4, [`copy/${id}.mp4`]: mp4, [`${id} (1).mp4`]: mp4 }, `x ${id}.mp4`],
    [
      'known by their times',
      { '2025-03-02 09.15.04.mp4': mp4, '2025-03-02 09.15.04 (1).mp4': mp4 },
      '2025-03-02 09.15.04.mp4',
    ],
  ])('of the same bytes are one: %s', async (_name, files, taken) => {
    for (const media of [await folderOf(files), zip(files)]) {
      const fetched = await get(video(), { media: [media], offline: true });
      expect(fetched.issues).toEqual([]);
      expect(nameOf(fetched)).toBe(media.path === '/export.zip' ? `${key}.mp4` : taken);
    }
  });

  it('one is unreadable: the other is used', async () => {
    const media = [await folderOf({ [`bad ${id}.mp4`]: another, [`${id}.mp4`]: mp4 })];
    const fetched = await get(video(), { media, inspectFile: seeing({ bad: { why: noPicture } }) });
    expect(nameOf(fetched)).toBe(`${id}.mp4`);
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('a photo of one folder is unreadable: the other folder is used', async () => {
    const other = fakeMedia('jpg', 800, 2);
    const folders = { [`a/${key}/01.jpg`]: jpg, [`a/${key}/02.jpg`]: other, [`b/${key}/01.jpg`]: other };
    const media = [await folderOf({ ...folders, [`b/${key}/02.jpg`]: jpg })];
    const why = 'It is not a picture.';
    const fetched = await get(photos([]), {
      media,
      inspectFile: async (_kind, path) => ({ ...noVerdict, why: path.endsWith(join('a', key, '02.jpg')) ? why : null }),
    });
    expect(fetched.original?.files.map(({ path }) => path)).toEqual(
      ['01.jpg', '02.jpg'].map((name) => join(media[0]?.path ?? '', 'b', key, name)),
    );
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('one was made by port: the other is used', async () => {
    const media = [await folderOf({ 'upload/2025-03-02 09.15.04.mp4': another, '2025-03-02 09.15.04 (1).mp4': mp4 })];
    const made = createHash('sha256').update(another).digest('hex');
    const fetched = await get(video(), { media, isRendition: (_post, sha256) => sha256 === made });
    expect(nameOf(fetched)).toBe('2025-03-02 09.15.04 (1).mp4');
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
  });

  it('none can be used: each is told once, and the post fails', async () => {
    const media = [await folderOf({ [`a ${id}.mp4`]: mp4, [`b ${id}.mp4`]: another })];
    const fetched = await get(video(), {
      media,
      inspectFile: seeing({ a: { why: noPicture }, b: { why: noPicture } }),
    });
    expect(nameOf(fetched)).toBe(null);
    expect(fetched.issues.map(({ code, actual }) => [code, actual])).toEqual([
      ['passed-over', `a ${id}.mp4`],
      ['passed-over', `b ${id}.mp4`],
      ['no-link', 'file-unusable'],
    ]);
  });

  it.each<[string, Record<string, Partial<FileVerdict>>, string | null]>([
    ['the larger of two sizes', { a: size(360, 640), b: size(720, 1280) }, 'b'],
    [
      'the one with sound',
      { a: { ...size(360, 640), hasSound: true }, b: { ...size(720, 1280), hasSound: false } },
      'a',
    ],
    ['none of another length', { a: size(360, 640), b: size(720, 1280, 9) }, null],
    ['none of another shape', { a: size(360, 640), b: size(1280, 720) }, null],
    ['none if they are equal', { a: size(360, 640), b: size(360, 640) }, null],
    ['none if nothing is known', {}, null],
    ['none if nothing is known of one', { a: size(360, 640) }, null],
    ['none if nothing is known of the other', { b: size(360, 640) }, null],
    ['the larger, though a quarter of a second longer', { a: size(360, 640), b: size(720, 1280, 5.25) }, 'b'],
    ['none that is longer than that', { a: size(360, 640), b: size(720, 1280, 5.3) }, null],
    ['the larger, though of nearly the same shape', { a: size(360, 640), b: size(720, 1290) }, 'b'],
    ['none of a shape that differs by more', { a: size(360, 640), b: size(720, 1320) }, null],
  ])('of one id: %s', async (_name, seen, taken) => {
    const media = [await folderOf({ [`a ${id}.mp4`]: mp4, [`b ${id}.mp4`]: another })];
    const fetched = await get(video(), { media, inspectFile: seeing(seen) });
    expect(nameOf(fetched)).toBe(taken === null ? null : `${taken} ${id}.mp4`);
    expect(told(fetched.issues)).toEqual(
      taken === null ? ['warning several-files-fit', 'error no-link'] : ['info passed-over'],
    );
  });

  it('matched by time only: none is used, whatever the sizes', async () => {
    const media = [await folderOf({ 'a 2025-03-02 09.15.04.mp4': mp4, 'b 2025-03-02 09.15.04.mp4': another })];
    const fetched = await get(video(), { media, inspectFile: seeing({ a: size(360, 640), b: size(720, 1280) }) });
    expect(told(fetched.issues)).toEqual(['warning several-files-fit', 'error no-link']);
  });
});

describe('leftovers of downloaders', () => {
  it('next to the complete file are not reported', async () => {
    const [folder, post] = [{ [`${id}.mp4`]: mp4 }, video()];
    const litter = { [`${id}.temp.mp4`]: another, [`${id}.f137.mp4`]: another, [`${id}.mp4.part`]: another };
    const { open } = world();
    const originals = await open({ posts: [post], media: [await folderOf({ ...folder, ...litter })] });
    const fetched = await originals.get(post, never);
    expect(nameOf(fetched)).toBe(`${id}.mp4`);
    expect(fetched.issues).toEqual([]);
    expect(originals.unusedFiles()).toEqual([]);
  });

  it('without the complete file are reported and not used', async () => {
    const media = [await folderOf({ [`${id}.temp.mp4`]: mp4, [`${id}.mp4.crdownload`]: another })];
    const { original, issues } = await get(video(), { media });
    expect(original).toBeNull();
    expect(issues.map(({ code, actual }) => `${code} ${actual}`).sort()).toEqual([
      'no-link file-unusable',
      `passed-over ${id}.mp4.crdownload`,
      `passed-over ${id}.temp.mp4`,
    ]);
  });

  it('a thumbnail of a photo post is not used: the links provide the photos', async () => {
    const server = await startServer({ '/1': serve(fakeMedia('jpg', 900, 7)), '/2': serve(fakeMedia('jpg', 900, 8)) });
    const media = [
      await folderOf({ [`x [${id}].jpg`]: jpg, [`x [${id}].m4a`]: mp4, [`x [${id}].info.json`]: sidecar() }),
    ];
    const post = photos([link(server.url('/1')), link(server.url('/2'))]);
    const fetched = await get(post, { media });
    expect(fetched.original?.files.map(({ path }) => basename(path))).toEqual(['01.jpg', '02.jpg']);
    expect(told(fetched.issues)).toEqual(['warning passed-over']);
    expect(told((await get(post, { media, offline: true })).issues)).toEqual(['warning passed-over', 'error offline']);
  });

  it("a photo named by its post's key is used", async () => {
    const media = [await folderOf({ [`${key}.jpg`]: jpg, [`${key}.mp3`]: mp4 })];
    expect(nameOf(await get(photos([]), { media }))).toBe(`${key}.jpg`);
  });
});

describe('an unreadable file in the store', () => {
  it('of a later run is moved aside beside the one of an earlier run: both may be the only copy', async () => {
    const server = await startServer({ '/v': serve(another), '/w': serve(fromLink) });
    const place = world();
    await get(video(), { bundled: [zip({ [`${key}.mp4`]: mp4 })] }, place);
    const isBad = new Set<number>();
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...noVerdict,
      why: isBad.has(readFileSync(path).length) ? noPicture : null,
    });
    for (const [bad, path] of [
      [mp4, '/v'],
      [another, '/w'],
    ] as const) {
      isBad.add(bad.length);
      const { original } = await get(video({ links: [link(server.url(path))] }), { inspectFile }, place);
      expect(original?.source).toBe('link');
    }
    const aside = (name: string) => readFileSync(join(place.folder, 'originals/set-aside', name));
    expect(aside(`${key}.mp4`).equals(mp4)).toBe(true);
    expect(aside(`${key} (2).mp4`).equals(another)).toBe(true);
    expect(readFileSync(join(place.folder, 'originals', `${key}.mp4`)).equals(fromLink)).toBe(true);
  });

  it('is moved aside when a link provides a good one', async () => {
    const server = await startServer({ '/v': serve(fromLink) });
    const post = video({ links: [link(server.url('/v'))] });
    const place = world();
    await get(post, { bundled: [zip({ [`${key}.mp4`]: mp4 })] }, place);
    const isBad = new Set([mp4.length]);
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...{ hasSound: null, size: null },
      why: isBad.has(readFileSync(path).length) ? noPicture : null,
    });
    const { original, issues } = await get(post, { inspectFile }, place);
    expect(original?.source).toBe('link');
    expect(issues[0]).toMatchObject({ code: 'passed-over', actual: `originals/${key}.mp4` });
    expect(readFileSync(join(place.folder, 'originals/set-aside', `${key}.mp4`)).equals(mp4)).toBe(true);
    expect(told((await get(post, { inspectFile }, place)).issues)).toEqual([]);
  });

  it('from the same link is not requested again, but a new link is', async () => {
    const server = await startServer({ '/v': serve(mp4), '/w': serve(fromLink) });
    const [place, inspectFile] = [
      world(),
      async (_kind: unknown, path: string) => ({
        ...{ hasSound: null, size: null },
        why: readFileSync(path).length === mp4.length ? noPicture : null,
      }),
    ];
    for (let run = 0; run < 2; run++) {
      const { original, issues } = await get(video({ links: [link(server.url('/v'))] }), { inspectFile }, place);
      expect([original, told(issues)]).toEqual([null, ['error unreadable']]);
    }
    expect(server.asked).toHaveLength(1);
    const { original } = await get(video({ links: [link(server.url('/w'))] }), { inspectFile }, place);
    expect(original?.source).toBe('link');
  });
});
