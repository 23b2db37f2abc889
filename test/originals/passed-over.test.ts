import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { get, nameOf, seeing, told } from './looks.ts';
import { folderOf, key, link, never, now, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const another = fakeMedia('mp4', 6000, 2);
const fromLink = fakeMedia('mp4', 7000, 3);
const jpg = fakeMedia('jpg', 700);
const id = String((BigInt(video().time - 4) << 32n) | 77n);
const sidecar = (odd = {}) =>
  JSON.stringify({ id, timestamp: video().time, extractor: 'TikTok', uploader: 'maya', vcodec: 'h264', ...odd });
const noPicture = 'It has sound but no picture.';

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
