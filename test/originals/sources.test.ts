import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/model/post.ts';
import type { Archive, PortFolder } from '../../src/tools/archive.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { get, seeing, told } from './looks.ts';
import { folderOf, key, link, never, now, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const fromLink = fakeMedia('mp4', 7000, 3);
const jpg = [1, 2, 3].map((seed) => fakeMedia('jpg', 700, seed));
const id = String((BigInt(video().time - 4) << 32n) | 77n);
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const silent = (...names: string[]) => seeing(Object.fromEntries(names.map((name) => [name, { hasSound: false }])));

/** A store that has these files, as if a person had put them there. */
function stored(...names: readonly string[]) {
  const place = world();
  for (const name of names) {
    mkdirSync(dirname(join(place.folder, name)), { recursive: true });
    writeFileSync(join(place.folder, name), name.endsWith('mp4') ? mp4 : (jpg[0] ?? ''));
  }
  return place;
}

async function living(...contents: readonly Uint8Array[]) {
  const server = await startServer(Object.fromEntries(contents.map((content, index) => [`/${index}`, serve(content)])));
  return { server, links: contents.map((_, index) => link(server.url(`/${index}`))) };
}

describe('room on the disk', () => {
  const reserved = 256 * 1024 * 1024;
  it('a download needs its own size besides 256 MB', async () => {
    const { links } = await living(mp4);
    const codes = async (free: number) => {
      const originals = await world().open({ posts: [video({ links })] }, { disk: { free: async () => free } });
      return told((await originals.get(video({ links }), never)).issues);
    };
    expect(await codes(reserved + mp4.length)).toEqual(['error disk-full']);
    expect(await codes(reserved + mp4.length + 1)).toEqual([]);
  });

  it('a file of a ZIP needs its own size besides', async () => {
    const bundled = [zip({ [`${key}.mp4`]: mp4 })];
    const codes = async (free: number) => {
      const originals = await world().open({ posts: [video()], bundled }, { disk: { free: async () => free } });
      return told((await originals.get(video(), never)).issues);
    };
    expect(await codes(reserved + mp4.length)).toEqual(['error disk-full', 'error no-link']);
    expect(await codes(reserved + mp4.length + 1)).toEqual([]);
  });
});

describe('what port made', () => {
  const made = async (content: Uint8Array, of: 'media' | 'bundled', hashes: readonly Uint8Array[]) => {
    const folder = { account: 'maya', renditions: async () => new Set(hashes.map(sha256)) } as unknown as PortFolder;
    const archive: Archive = { ...zip({ [`${key}.mp4`]: content }), portFolders: [folder] };
    const { original, issues } = await get(video(), { [of]: [archive] });
    return [original?.source ?? null, ...told(issues)];
  };

  it.each(['media', 'bundled'] as const)('is known by the folders of port in %s, and is no original', async (of) => {
    expect(await made(mp4, of, [fromLink, mp4])).toEqual([null, 'warning passed-over', 'error no-link']);
    expect(await made(mp4, of, [fromLink])).toEqual([of]);
  });

  it('is known by what this account has delivered of the same post', async () => {
    const asked: string[] = [];
    const isRendition = (post: string, hash: string) => {
      asked.push(`${post} ${hash}`);
      return false;
    };
    expect(
      (await get(video(), { media: [await folderOf({ [`${key}.mp4`]: mp4 })], isRendition })).original,
    ).not.toBeNull();
    expect(asked).toEqual([`${key} ${sha256(mp4)}`]);
  });
});

describe('the id of a post', () => {
  const found = async (post: Post, ids: ReadonlyMap<string, string>, named: string) => {
    const media = [await folderOf({ [`${named}.mp4`]: mp4 })];
    return (await get(post, { media, tiktokIds: ids, offline: true })).original?.matchedBy ?? null;
  };
  const own = '7400000000000000001';
  const other = '7400000000000000002';
  const withId = (tiktokId: string | null) => link('https://v.example/x', { tiktokId });

  it('is the one of captions, else the one in its links', async () => {
    expect(await found(video(), new Map([[key, own]]), own)).toBe('id');
    expect(await found(video({ links: [withId(null), withId(own)] }), new Map(), own)).toBe('id');
    expect(await found(video({ links: [withId(other)] }), new Map([[key, own]]), own)).toBe('id');
    expect(await found(video({ links: [withId(other)] }), new Map([[key, own]]), other)).toBeNull();
    expect(await found(video({ links: [withId(null)] }), new Map(), own)).toBeNull();
  });
});

describe('what the store has', () => {
  it('is available without network: a video, or all photos', async () => {
    const place = stored(`originals/${key}.mp4`, `originals/${key}/01.jpg`);
    const isAvailable = async (post: Post) => (await place.open({ posts: [post] })).isAvailable(post);
    const two = [1, 2].map((number) => link(`https://v.example/${number}`));
    expect(await isAvailable(video())).toBe(true);
    expect(await isAvailable(photos(two.slice(1)))).toBe(true);
    expect(await isAvailable(photos(two))).toBe(false);
    expect(await isAvailable(video({ key: `${key}-2` }))).toBe(false);
  });

  it('is not new, nor is what is used in place; what is fetched is', async () => {
    const { links } = await living(mp4);
    const isNew = async (place: ReturnType<typeof world>, post: Post, odd: object = {}) =>
      (await get(post, odd, place)).isNew;
    const place = world();
    expect([await isNew(place, video({ links })), await isNew(place, video({ links }))]).toEqual([true, false]);
    expect(await isNew(world(), video(), { media: [await folderOf({ [`${key}.mp4`]: mp4 })] })).toBe(false);
    expect(await isNew(world(), video())).toBe(false);
    const odd = { inspectFile: silent(key), offline: true };
    expect(await isNew(stored(`originals/${key}.mp4`), video({ sound: 'x' }), odd)).toBe(false);
  });

  it('of a person, without the sound that the post has, is replaced by a link, and else used with a warning', async () => {
    const name = `originals/${key}.mp4`;
    const { links } = await living(fromLink);
    const inspectFile = silent(key);
    const alone = await get(video({ sound: 'x' }), { inspectFile }, stored(name));
    expect(alone.original?.files).toMatchObject([{ bytes: 5000 }]);
    expect(alone.issues).toMatchObject([{ code: 'sound-lost', actual: name }]);
    const both = await get(video({ sound: 'x', links }), { inspectFile: silent(`${key}.mp4`) }, stored(name));
    expect(both.original?.files).toMatchObject([{ bytes: 7000 }]);
    expect(both.issues).toMatchObject([{ code: 'passed-over', actual: name, severity: 'warning' }]);
    const quiet = await get(video({ sound: null, links }), { inspectFile }, stored(name));
    expect([quiet.original?.files[0]?.bytes, quiet.issues]).toEqual([5000, []]);
  });

  it('of a person, with its sound or if that is unknown, is used as it is', async () => {
    for (const hasSound of [true, null]) {
      const inspectFile = seeing({ [key]: { hasSound } });
      const found = await get(video({ sound: 'x' }), { inspectFile }, stored(`originals/${key}.mp4`));
      expect([found.original?.files[0]?.bytes, found.issues]).toEqual([5000, []]);
    }
  });

  it('without sound, and not readable either, is not used', async () => {
    const inspectFile = seeing({ [key]: { hasSound: false, why: 'It is cut off.' } });
    const found = await get(video({ sound: 'x' }), { inspectFile }, stored(`originals/${key}.mp4`));
    expect([found.original, ...told(found.issues)]).toEqual([null, 'warning passed-over', 'error no-link']);
  });

  it('of an export is used rather than --media, without the export as well', async () => {
    const place = world();
    await get(video(), { bundled: [zip({ [`${key}.mp4`]: mp4 })] }, place);
    const media = [await folderOf({ [`${key}.mp4`]: fromLink })];
    expect((await get(video(), { media }, place)).original).toMatchObject({
      source: 'bundled',
      files: [{ bytes: 5000 }],
    });
  });

  it('from the page of the post has all the sound that there is', async () => {
    const ytDlp = {
      download: async (_page: string, folder: string) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'video.mp4'), mp4);
        return join(folder, 'video.mp4');
      },
      list: async () => ({ lines: '', failure: null }),
    };
    const post = video({
      sound: 'x',
      links: [link('https://www.tiktok.com/@a/video/1', { kind: 'page', tiktokId: id })],
    });
    const place = world();
    await (await place.open({ posts: [post] }, { ytDlp })).get(post, never);
    const again = await get(post, { inspectFile: silent(key), offline: true }, place);
    expect([again.original?.source, again.issues]).toEqual(['page', []]);
  });

  it('from TikTok itself has all the sound that there is', async () => {
    const { server, links } = await living(mp4);
    const place = world();
    await get(video({ sound: 'x', links }), {}, place);
    const again = await get(video({ sound: 'x', links }), { inspectFile: silent(key) }, place);
    expect([again.original?.source, again.issues, server.asked.length]).toEqual(['link', [], 1]);
  });

  it('and cannot be read is told by its path in the account', async () => {
    const inspectFile = seeing({ '01': { why: 'It is cut off.' } });
    const { original, issues } = await get(
      photos([]),
      { inspectFile },
      stored(`originals/${key}/01.jpg`, `originals/${key}/02.jpg`),
    );
    expect(original?.files).toHaveLength(1);
    expect(issues).toMatchObject([
      { code: 'passed-over', actual: `originals/${key}/01.jpg`, limit: 'It is cut off.' },
      { code: 'no-link' },
      { code: 'photo-missing', actual: 1 },
    ]);
  });
});

describe('a file without sound, before the slow sources', () => {
  it('is used where the links have expired: neither the listing nor yt-dlp is asked', async () => {
    const dead = [link('https://v.example/x', { expiresAt: now - 1 })];
    const media = [await folderOf({ [`${id}.mp4`]: mp4 })];
    let slow = 0;
    const laterIds = async () => new Map([[key, id]]);
    const post = video({ sound: 'x', links: dead });
    const originals = await world().open({ posts: [post], media, laterIds, inspectFile: silent(id) });
    const { original, issues } = await originals.get(post, never, () => slow++);
    expect([original?.source, told(issues), slow]).toEqual(['media', ['warning sound-lost'], 0]);
  });
});

describe('a file without sound in the export', () => {
  const fetched = async (odd: Partial<Post>, media: readonly Archive[], silentNames: string[]) => {
    const bundled = [zip({ [`${key}.mp4`]: mp4 })];
    const inspectFile = silent(...silentNames);
    const { original, issues } = await get(video({ sound: 'x', ...odd }), { bundled, media, inspectFile });
    return [original?.source, original?.files[0]?.bytes, ...issues.map(({ code, actual }) => `${code} ${actual}`)];
  };

  it('yields to one of --media with sound, with or without links', async () => {
    const media = [await folderOf({ [`x ${id}.mp4`]: fakeMedia('mp4', 6000, 2) })];
    const { server, links } = await living(fromLink);
    for (const odd of [{}, { links }]) {
      expect(await fetched(odd, media, [key])).toEqual(['media', 6000, `passed-over originals/${key}.mp4`]);
    }
    expect(server.asked).toEqual([]);
  });

  it('is used rather than one of --media without sound', async () => {
    const media = [await folderOf({ [`x ${id}.mp4`]: fakeMedia('mp4', 6000, 2) })];
    expect(await fetched({}, media, [key, 'x'])).toEqual(['bundled', 5000, `sound-lost originals/${key}.mp4`]);
  });
});

describe('photos of several sources', () => {
  it('are in their order, and the source of the first is reported', async () => {
    const { links } = await living(jpg[0] ?? mp4, jpg[1] ?? mp4, jpg[2] ?? mp4);
    const media = [await folderOf({ [`${key}/2.jpg`]: fakeMedia('jpg', 900, 7) })];
    const { original, issues } = await get(photos(links), { media });
    expect(original).toMatchObject({ source: 'link', matchedBy: 'link', seconds: null });
    expect(original?.files.map(({ bytes }) => bytes)).toEqual([700, 900, 700]);
    expect(issues).toEqual([]);
  });
});

describe('a post that is asked for', () => {
  it('twice at once is fetched once, and again when it is asked for later', async () => {
    const { server, links } = await living(Buffer.from('<html>'));
    const post = video({ links });
    const originals = await world().open({ posts: [post] });
    const both = await Promise.all([originals.get(post, never), originals.get(post, never)]);
    expect(both[0]).toBe(both[1]);
    expect(server.asked).toHaveLength(1);
    await originals.get(post, never);
    expect(server.asked).toHaveLength(2);
  });

  it('after the run was stopped is not begun', async () => {
    const { server, links } = await living(mp4);
    const originals = await world().open({ posts: [video({ links })] });
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(originals.get(video({ links }), stopped)).rejects.toThrow('stopped');
    expect(server.connections()).toBe(0);
  });
});

describe('covers and links', () => {
  it('a post whose cover can be fetched is not available without network, unless the cover is there', async () => {
    const coverLink = link('https://v.example/c');
    const place = stored(`originals/${key}.mp4`, `originals/${key}.cover.jpg`);
    const isAvailable = async (post: Post) => (await place.open({ posts: [post] })).isAvailable(post);
    expect(await isAvailable(video({ coverLink }))).toBe(true);
    expect(await (await stored(`originals/${key}.mp4`).open({})).isAvailable(video({ coverLink }))).toBe(false);
  });

  it('a cover that cannot be written fails the post when the original is there', async () => {
    const server = await startServer({
      '/v': (_request, response) => void setTimeout(() => response.end(mp4), 50),
      '/c': serve(jpg[0] ?? mp4),
    });
    const post = video({ links: [link(server.url('/v'))], coverLink: link(server.url('/c')) });
    const place = stored(`originals/${key}.cover.jpg/in-its-place.jpg`);
    await expect(get(post, {}, place)).rejects.toThrow();
    expect(place.files()).toContain(`originals/${key}.mp4`);
  });
});
