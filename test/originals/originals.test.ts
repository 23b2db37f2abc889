import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/model/issue.ts';
import type { VideoProbe } from '../../src/model/probe.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { noVerdict } from '../../src/originals/source.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import {
  type Behaviour,
  cutAfter,
  inTurn,
  redirect,
  serve,
  stallAfter,
  startServer,
  status,
} from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { clockwork, folderOf, key, link, never, now, photos, video, world, zip } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const better = fakeMedia('mp4', 9000, 2);
const jpg = [1, 2, 3, 4].map((seed) => fakeMedia('jpg', 700, seed));
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const codes = (issues: readonly Issue[]) => issues.map(({ code, severity }) => `${severity} ${code}`);
const idAt = (time: number) => String((BigInt(time) << 32n) | 77n);

describe('media in the export', () => {
  it('is written to the store with the time of the post, and found there by the next run', async () => {
    const { open, files, folder } = world();
    const post = video();
    const one = await open({ posts: [post], bundled: [zip({ 'media/2025-03-02 09.15.04.mp4': mp4 })] });
    const first = await one.get(post, never);
    const path = join(folder, 'originals', `${key}.mp4`);
    expect(first).toEqual({
      original: {
        files: [{ path, bytes: mp4.length, sha256: sha256(mp4) }],
        source: 'bundled',
        matchedBy: 'name-time',
        seconds: 0,
        cover: null,
      },
      isNew: true,
      issues: [],
    });
    expect(readFileSync(path).equals(mp4)).toBe(true);
    expect(statSync(path).mtimeMs / 1000).toBe(post.time);
    const two = await open({ posts: [post], offline: true });
    expect(await two.get(post, never)).toMatchObject({ original: { files: first.original?.files }, isNew: false });
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it('in a folder is copied into the store, since the folder of an export may be deleted', async () => {
    const { open, files, folder } = world();
    const bundled = await folderOf({ [`videos/${key}.mp4`]: mp4 });
    const { original } = await (await open({ posts: [video()], bundled: [bundled] })).get(video(), never);
    expect(original).toMatchObject({ source: 'bundled', files: [{ path: join(folder, 'originals', `${key}.mp4`) }] });
    expect(files()).toEqual([`originals/${key}.mp4`]);
    expect(readFileSync(join(bundled.path, 'videos', `${key}.mp4`)).equals(mp4)).toBe(true);
  });

  it('gets the extension of its type; an unknown type keeps its own', async () => {
    const { open, files } = world();
    const [one, two] = [video(), video({ key: '2025-03-02_09-20-04', time: video().time + 300 })];
    const unknown = Buffer.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const bundled = [zip({ [`${one.key}.mp4`]: fakeMedia('mov'), [`${two.key}.WMV`]: unknown })];
    const originals = await open({ posts: [one, two], bundled });
    for (const post of [one, two]) expect((await originals.get(post, never)).original).not.toBeNull();
    expect(files()).toEqual([`originals/${one.key}.mov`, `originals/${two.key}.wmv`]);
  });

  it.each<[string, string | Uint8Array | Error]>([
    ['empty', ''],
    ['a page', '<html>Log in</html>'],
    ['of another kind', fakeMedia('jpg')],
    ['broken in the archive', new Error('invalid stored block lengths')],
  ])('%s: damaged, and the link is asked instead', async (_name, content) => {
    const server = await startServer({ '/v': serve(mp4) });
    const { open, files } = world();
    const post = video({ links: [link(server.url('/v'))] });
    const bundled = [zip({ [`${key}.mp4`]: content })];
    const { original, issues } = await (await open({ posts: [post], bundled })).get(post, never);
    expect(original).toMatchObject({ source: 'link', matchedBy: 'link' });
    expect(codes(issues)).toEqual(['warning damaged']);
    expect(files()).toEqual([`originals/${key}.mp4`]);
    const alone = world();
    const none = await (await alone.open({ posts: [video()], bundled })).get(video(), never);
    expect(none.original).toBeNull();
    expect(codes(none.issues)).toEqual(['warning damaged', 'error no-link']);
  });

  it('a slideshow without links after a killed run: the next run adds the rest', async () => {
    const { open, folder } = world();
    const post = photos([]);
    mkdirSync(join(folder, 'originals', key), { recursive: true });
    writeFileSync(join(folder, 'originals', key, '01.jpg'), jpg[0] ?? '');
    writeFileSync(join(folder, 'originals', '.x.mp4.00ff00ff.part'), 'half');
    const inside = Object.fromEntries(jpg.map((content, index) => [`${key}/0${index + 1}.jpg`, content]));
    const { original, issues } = await (await open({ posts: [post], bundled: [zip(inside)] })).get(post, never);
    expect(original?.files.map(({ sha256: hash }) => hash)).toEqual(jpg.map(sha256));
    expect(issues).toEqual([]);
  });
});

describe('--media', () => {
  it('is used in place and not changed', async () => {
    const { open, folder } = world();
    const media = await folderOf({ 'maya 20250302_091504.mp4': mp4 });
    const path = join(media.path, 'maya 20250302_091504.mp4');
    chmodSync(path, 0o444);
    const before = statSync(path);
    const post = video();
    const { original } = await (await open({ posts: [post], media: [media] })).get(post, never);
    expect(original).toEqual({
      files: [{ path, bytes: mp4.length, sha256: sha256(mp4) }],
      source: 'media',
      matchedBy: 'name-time',
      seconds: 0,
      cover: null,
    });
    const { mtimeMs, nlink, mode, ino } = statSync(path);
    expect({ mtimeMs, nlink, mode, ino }).toEqual({
      mtimeMs: before.mtimeMs,
      nlink: 1,
      mode: before.mode,
      ino: before.ino,
    });
    const names = createFiles().list(join(folder, 'originals'));
    expect(await names).toEqual([]);
  });

  it('in a ZIP is extracted into the store', async () => {
    const { open, files } = world();
    const post = video();
    const { original } = await (await open({ posts: [post], media: [zip({ [`x/${key}.mp4`]: mp4 })] })).get(
      post,
      never,
    );
    expect(original).toMatchObject({ source: 'media', matchedBy: 'key', seconds: null });
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it('is preferred to files of an earlier run, but not to files in the export', async () => {
    const server = await startServer({ '/v': serve(mp4) });
    const { open, folder } = world();
    const post = video({ links: [link(server.url('/v'))] });
    expect((await (await open({ posts: [post] })).get(post, never)).original?.source).toBe('link');
    const media = [await folderOf({ [`${key}.mp4`]: better })];
    const again = await (await open({ posts: [post], media })).get(post, never);
    expect(again.original).toMatchObject({ source: 'media', files: [{ sha256: sha256(better) }] });
    const kept = join(folder, 'originals', `${key}.mp4`);
    expect(readFileSync(kept).equals(mp4)).toBe(true);

    const other = world();
    const bundled = [zip({ [`${key}.mp4`]: mp4 })];
    const both = await (await other.open({ posts: [post], media, bundled })).get(post, never);
    expect(both.original?.source).toBe('bundled');
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, Record<string, string | Buffer>, object]>([
    [
      'a sidecar',
      {
        'clip.mp4': mp4,
        'clip.info.json': JSON.stringify({ id: idAt(video().time - 4), timestamp: video().time, uploader: 'Maya' }),
      },
      { matchedBy: 'sidecar', seconds: 0 },
    ],
    ['an id in the name', { [`Harbour [${idAt(video().time - 6)}].mp4`]: mp4 }, { matchedBy: 'id', seconds: 6 }],
    ['the time in the file', { 'IMG_4711.mov': mp4 }, { matchedBy: 'file-time', seconds: 2 }],
  ])('is found by %s', async (_name, files, expected) => {
    const { open } = world();
    const post = video();
    const ffprobe = clockwork({ 'IMG_4711.mov': post.time + 2 });
    const originals = await open({ posts: [post], media: [await folderOf(files)] }, { ffprobe });
    expect((await originals.get(post, never)).original).toMatchObject({ source: 'media', ...expected });
  });

  it('is matched by the creation time of a file in a ZIP, which is probed once', async () => {
    const { open, files } = world();
    const post = video();
    let looked = 0;
    const probe = async (path: string) => {
      looked++;
      return { createdAt: readFileSync(path).equals(mp4) ? post.time + 2 : null } as VideoProbe;
    };
    const ffprobe = { probe, packets: async () => [] };
    const path = join(temporaryFolder(), 'media.zip');
    writeFileSync(path, 'stands for the ZIP');
    const media = [{ ...zip({ 'IMG_1.mov': mp4, 'IMG_2.mov': better, 'IMG_3.mov': new Error('damaged') }), path }];
    const probeCache = await openProbeCache(temporaryFolder(), createFiles());
    const found = await (await open({ posts: [post], media, probeCache }, { ffprobe })).get(post, never);
    expect(found.original).toMatchObject({ source: 'media', matchedBy: 'file-time', seconds: 2 });
    expect(files()).toEqual([`originals/${key}.mp4`]);
    await (await open({ posts: [post], media, probeCache }, { ffprobe })).get(post, never);
    expect(looked).toBe(2);
  });

  it('of another uploader is ignored', async () => {
    const { open } = world();
    const sidecar = JSON.stringify({ timestamp: video().time, uploader: 'leo' });
    const media = [await folderOf({ [`${key}.mp4`]: mp4, [`${key}.info.json`]: sidecar })];
    const { original } = await (await open({ posts: [video()], media })).get(video(), never);
    expect(original).toBeNull();
  });

  it("of several accounts: the account's own folder is preferred, and other accounts' folders are not used", async () => {
    const post = video();
    const scheduled = { 'leo/20250302_091504.mp4': better };
    const own = { 'Maya/20250302_091504.mp4': mp4, 'Maya/x.mp4': better };
    const found = await (await world().open({ posts: [post], media: [await folderOf({ ...scheduled, ...own })] })).get(
      post,
      never,
    );
    expect(found.original?.files[0]?.sha256).toBe(sha256(mp4));
    const media = [await folderOf({ ...scheduled, 'maya/x.mp4': better })];
    const none = await (await world().open({ posts: [post], media }, { ffprobe: clockwork({}) })).get(post, never);
    expect(none.original).toBeNull();
  });

  it('that matches twice is refused with an issue', async () => {
    const { open } = world();
    const media = [await folderOf({ 'a/20250302_091504.mp4': mp4, 'b/2025-03-02 09.15.04.mp4': better })];
    const { original, issues } = await (await open({ posts: [video()], media }, { ffprobe: clockwork({}) })).get(
      video(),
      never,
    );
    expect(original).toBeNull();
    const files = ['a/20250302_091504.mp4', 'b/2025-03-02 09.15.04.mp4'];
    const actual = `2 files (${files.join(', ')})`;
    expect(issues[0]).toEqual({ code: 'several-files-fit', severity: 'warning', actual, limit: key, files });
  });

  it("that already has the post's key: the issue does not suggest renaming", async () => {
    const media = [await folderOf({ [`${key}.mp4`]: mp4, [`b/${key}.mp4`]: better })];
    const originals = await world().open({ posts: [video()], media }, { ffprobe: clockwork({}) });
    const { issues } = await originals.get(video(), never);
    expect(issues[0]).toMatchObject({ code: 'several-files-fit', limit: null });
  });

  it('the first --media folder with a match is used', async () => {
    const { open } = world();
    const media = [
      await folderOf({ 'x.mp4': mp4 }),
      await folderOf({ [`${key}.mp4`]: better }),
      await folderOf({ [`${key}.mp4`]: mp4 }),
    ];
    const { original } = await (await open({ posts: [video()], media })).get(video(), never);
    expect(original?.files[0]?.sha256).toBe(sha256(better));
  });

  it('with a watermark in its name is used with a warning', async () => {
    const { open } = world();
    const media = [await folderOf({ '20250302_091504_watermark.mp4': mp4 })];
    const { original, issues } = await (await open({ posts: [video()], media })).get(video(), never);
    expect(original).not.toBeNull();
    expect(codes(issues)).toEqual(['warning watermark']);
  });

  it.each([1, 2, 3])(
    'of three photos, with the watermark in the name of photo %i, is used with a warning',
    async (odd) => {
      const names = [1, 2, 3].map((number) => `${key}/0${number}${number === odd ? '_watermark' : ''}.jpg`);
      const media = [await folderOf(Object.fromEntries(names.map((name, index) => [name, jpg[index] ?? ''])))];
      const { original, issues } = await (await world().open({ posts: [photos([])], media })).get(photos([]), never);
      expect(original?.files.map(({ sha256: hash }) => hash)).toEqual(jpg.slice(0, 3).map(sha256));
      expect(codes(issues)).toEqual(['warning watermark']);
    },
  );
});

describe('the signed link', () => {
  it('is fetched once; another export with new signatures fetches nothing', async () => {
    const server = await startServer({ '/old': serve(mp4), '/new': serve(better) });
    const { open, files, folder } = world();
    const old = video({ links: [link(`${server.url('/old')}?x-signature=SECRET`)] });
    const probeCache = await openProbeCache(folder, createFiles());
    const { original, issues } = await (await open({ posts: [old], probeCache })).get(old, never);
    expect(original).toMatchObject({
      source: 'link',
      matchedBy: 'link',
      seconds: null,
      files: [{ sha256: sha256(mp4) }],
    });
    expect(issues).toEqual([]);
    expect(statSync(join(folder, 'originals', `${key}.mp4`)).mtimeMs / 1000).toBe(old.time);
    const renewed = video({ links: [link(server.url('/new'))] });
    expect((await (await open({ posts: [renewed], probeCache })).get(renewed, never)).original).toEqual(original);
    rmSync(join(folder, '.port'), { recursive: true });
    expect((await (await open({ posts: [renewed] })).get(renewed, never)).original).toEqual(original);
    // Without the list of sources nobody knows how it came; the file itself is found all the same.
    rmSync(join(folder, 'originals/sources.jsonl'));
    const bare = await (await open({ posts: [renewed] })).get(renewed, never);
    expect(bare.original).toEqual({ ...original, source: 'media', matchedBy: 'key' });
    expect(server.asked).toHaveLength(1);
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it.each<[string, object, boolean, Issue]>([
    [
      'dead',
      { expiresAt: now - 1 },
      false,
      { code: 'link-expired', severity: 'error', actual: '2025-03-03', limit: null },
    ],
    [
      'that requires a login',
      { kind: 'login' },
      false,
      { code: 'link-login', severity: 'error', actual: '127.0.0.1', limit: null },
    ],
    ['with --offline', {}, true, { code: 'offline', severity: 'error', actual: null, limit: null }],
  ])('%s: not asked', async (_name, odd, offline, expected) => {
    const server = await startServer({ '/v': serve(mp4) });
    const post = video({ links: [link(server.url('/v'), odd)] });
    const { original, issues } = await (await world().open({ posts: [post], offline })).get(post, never);
    expect(original).toBeNull();
    expect(issues).toEqual([expected]);
    expect(server.connections()).toBe(0);
  });

  it('refused because it has expired meanwhile: reports when', async () => {
    let clock = now;
    const server = await startServer({
      '/v': (_request, response) => {
        clock += 7200;
        response.writeHead(403).end();
      },
    });
    const post = video({ links: [link(server.url('/v'))] });
    const { issues } = await (await world().open({ posts: [post] }, { now: () => clock })).get(post, never);
    expect(issues).toMatchObject([{ code: 'link-expired', actual: '2025-03-03' }]);
  });

  it.each<[string, Uint8Array, string]>([
    ['a page with status 200 and type video/mp4', Buffer.from('<!doctype html>Sorry'), 'a page of text'],
    ['JSON', Buffer.from('{"statusCode":10204}'), 'a page of text'],
    ['XML', Buffer.from('\ufeff<?xml version="1.0"?><Error/>'), 'a page of text'],
    ['a playlist', Buffer.from('#EXTM3U\n#EXT-X-VERSION:3\nfile:///etc/passwd'), 'a page of text'],
    ['nothing', Buffer.alloc(0), 'nothing'],
    ['an image', fakeMedia('jpg'), 'an image'],
    ['an unknown type', Buffer.from([0, 1, 2, 3, 0, 0, 0, 0]), 'something else'],
  ])('that brings %s is never saved', async (_name, content, actual) => {
    const server = await startServer({ '/v': serve(content) });
    const { open, files } = world();
    const post = video({ links: [link(server.url('/v'))] });
    const { original, issues } = await (await open({ posts: [post] })).get(post, never);
    expect(original).toBeNull();
    expect(issues).toEqual([{ code: 'link-not-media', severity: 'error', actual, limit: null }]);
    expect(files()).toEqual([]);
  });

  it('after any failure, no file has its final name, and no message contains a signature', async () => {
    const server = await startServer({
      '/cut': cutAfter(900, mp4, { etag: '"1"' }),
      '/404': status(404),
      '/503': status(503),
      '/away': redirect('https://127.0.0.2/x?x-signature=SECRET'),
      '/stall': stallAfter(100, mp4),
    });
    for (const path of ['/cut', '/404', '/503', '/away', '/stall']) {
      const { open, files } = world();
      const post = video({ links: [link(`${server.url(path)}?x-signature=SECRET`)] });
      const probeCache = await openProbeCache(world().folder, createFiles());
      const { original, issues } = await (await open({ posts: [post], probeCache })).get(post, never);
      expect(original).toBeNull();
      expect(JSON.stringify(issues)).not.toContain('SECRET');
      expect(
        files().filter((name) => !/^\.port\/incoming\/\..*\.part/.test(name)),
        path,
      ).toEqual([]);
    }
  });

  it('interrupted by Ctrl-C is resumed in the next run', async () => {
    const server = await startServer({
      '/v': inTurn(stallAfter(3000, mp4, { etag: '"1"' }), serve(mp4, { etag: '"1"' })),
    });
    const { open, files } = world();
    const post = video({ links: [link(server.url('/v'))] });
    const controller = new AbortController();
    const pending = (await open({ posts: [post] })).get(post, controller.signal);
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 100);
    await expect(pending).rejects.toThrow('Ctrl-C');
    expect(files().every((name) => name.startsWith('.port/incoming/.'))).toBe(true);
    const { original } = await (await open({ posts: [post] })).get(post, never);
    expect(original?.files[0]?.sha256).toBe(sha256(mp4));
    expect(server.asked.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=3000-']);
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it('a partial download is deleted when another source has the post, and kept until then', async () => {
    const server = await startServer({ '/v': stallAfter(3000, mp4, { etag: '"1"' }) });
    const { open, files } = world();
    const links = [link(server.url('/v'))];
    const posts = [video({ links }), video({ links, key: `${key}-2`, time: video().time + 60 })];
    for (const each of posts) await (await open({ posts })).get(each, never);
    const parts = (of: string) => [`.port/incoming/.${of}.part`, `.port/incoming/.${of}.part.json`];
    expect(files()).toEqual([...parts(`${key}-2`), ...parts(key)].sort());
    const media = [await folderOf({ [`${key}.mp4`]: mp4 })];
    const served = await open({ posts, media, offline: true });
    for (const each of posts) await served.get(each, never);
    expect(files()).toEqual(parts(`${key}-2`));
  });

  it.each([
    ['video', key, `${key}-2`],
    ['video', `${key}-2`, key],
    ['photos', key, `${key}-2`],
    ['photos', `${key}-2`, key],
  ] as const)('what is left of %s goes with post %s that came, and not with %s', async (kind, came, missing) => {
    const { open, files, folder } = world();
    const partsOf = (name: string) =>
      (kind === 'video' ? [''] : ['_1', '_12']).flatMap((of) => [`.${name}${of}.part`, `.${name}${of}.part.json`]);
    mkdirSync(join(folder, '.port/incoming'), { recursive: true });
    for (const name of [came, missing].flatMap(partsOf)) writeFileSync(join(folder, '.port/incoming', name), 'half');
    const posts = [came, missing].map((name, index) => video({ kind, key: name, time: video().time + index * 60 }));
    const media = [await folderOf(kind === 'video' ? { [`${came}.mp4`]: mp4 } : { [`${came}/1.jpg`]: jpg[0] ?? '' })];
    const originals = await open({ posts, media, offline: true });
    for (const each of posts) await originals.get(each, never);
    const left = files().filter((name) => name.startsWith('.port/incoming/'));
    expect(left).toEqual(partsOf(missing).map((name) => `.port/incoming/${name}`));
  });

  it('an empty file in the store is ignored: the link is requested, and without a link the post has no original', async () => {
    const server = await startServer({ '/v': serve(mp4) });
    const { open, folder } = world();
    const posts = [key, `${key}-2`].map((name) => video({ key: name, links: [link(server.url('/v'))] }));
    mkdirSync(join(folder, 'originals'), { recursive: true });
    for (const each of posts) writeFileSync(join(folder, 'originals', `${each.key}.mp4`), '');
    for (const each of posts) {
      const none = await (await open({ posts, offline: true })).get(each, never);
      expect([none.original, codes(none.issues)]).toEqual([null, ['error offline']]);
      const { original } = await (await open({ posts })).get(each, never);
      expect(original?.files).toMatchObject([{ bytes: mp4.length, sha256: sha256(mp4) }]);
    }
  });

  it('only a few downloads run at a time for one host', async () => {
    const slow = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `/${index}`,
        (_request: unknown, response: import('node:http').ServerResponse) =>
          void setTimeout(() => response.end(mp4), 200),
      ]),
    );
    const server = await startServer(slow);
    const posts = Object.keys(slow).map((path, index) =>
      video({ key: `k${index}`, time: now + index * 100, links: [link(server.url(path))] }),
    );
    const originals = await world().open({ posts });
    const all = await Promise.all(posts.map(async (post) => originals.get(post, never)));
    expect(all.every(({ original }) => original !== null)).toBe(true);
    expect(Math.max(...server.asked.map(({ atOnce }) => atOnce))).toBe(3);
  });

  it('is not requested if the disk is full', async () => {
    const server = await startServer({ '/v': serve(mp4) });
    const post = video({ links: [link(server.url('/v'))] });
    const disk = { free: async () => 1000 };
    const { open, files } = world();
    const { issues } = await (await open({ posts: [post] }, { disk })).get(post, never);
    expect(codes(issues)).toEqual(['error disk-full']);
    expect(server.connections()).toBe(0);
    const bundled = await (
      await open({ posts: [post], bundled: [zip({ [`${key}.mp4`]: mp4 })], offline: true }, { disk })
    ).get(post, never);
    expect(codes(bundled.issues)).toEqual(['error disk-full', 'error offline']);
    expect(files()).toEqual([]);
  });
});

describe('a slideshow', () => {
  it('has every photo in order, each with the extension of its type', async () => {
    const server = await startServer({
      '/1': (_request, response) => void setTimeout(() => response.end(jpg[0]), 60),
      '/2': serve(fakeMedia('webp'), { type: 'image/jpeg' }),
      '/3': serve(jpg[2] ?? Buffer.alloc(0)),
    });
    const { open, files } = world();
    const post = photos(['/1', '/2', '/3'].map((path) => link(server.url(path))));
    const { original, issues } = await (await open({ posts: [post] })).get(post, never);
    expect(original?.files.map(({ path }) => path.split(/[\\/]/).at(-1))).toEqual(['01.jpg', '02.webp', '03.jpg']);
    expect(issues).toEqual([]);
    expect(files()).toEqual([`originals/${key}/01.jpg`, `originals/${key}/02.webp`, `originals/${key}/03.jpg`]);
  });

  it('with a missing photo is delivered, and the next run requests that photo again', async () => {
    const server = await startServer({
      '/1': serve(jpg[0] ?? Buffer.alloc(0)),
      '/2': inTurn(status(404), serve(jpg[1] ?? Buffer.alloc(0))),
      '/3': serve(jpg[2] ?? Buffer.alloc(0)),
    });
    const { open } = world();
    const post = photos(['/1', '/2', '/3'].map((path) => link(server.url(path))));
    const first = await (await open({ posts: [post] })).get(post, never);
    expect(first.original?.files).toHaveLength(2);
    expect(first.issues).toEqual([
      { code: 'link-refused', severity: 'warning', actual: 'HTTP 404', limit: null },
      { code: 'photo-missing', severity: 'warning', actual: 2, limit: 3 },
    ]);
    const second = await (await open({ posts: [post] })).get(post, never);
    expect(second.original?.files.map(({ sha256: hash }) => hash)).toEqual(jpg.slice(0, 3).map(sha256));
    expect(second.issues).toEqual([]);
    expect(server.asked).toHaveLength(4);
  });

  it('with some local photos is completed from the links', async () => {
    const server = await startServer({ '/2': serve(jpg[1] ?? Buffer.alloc(0)) });
    const { open } = world();
    const dead = { expiresAt: now - 5 };
    const post = photos([
      link(server.url('/1'), dead),
      link(server.url('/2')),
      link(server.url('/3'), dead),
      link(server.url('/4'), dead),
    ]);
    const media = [await folderOf({ [`${key}/01.jpg`]: jpg[0] ?? '', [`${key}/3.jpg`]: jpg[2] ?? '' })];
    const { original, issues } = await (await open({ posts: [post], media })).get(post, never);
    expect(original?.files.map(({ sha256: hash }) => hash)).toEqual(jpg.slice(0, 3).map(sha256));
    expect(original).toMatchObject({ source: 'media', matchedBy: 'key' });
    expect(codes(issues)).toEqual(['warning link-expired', 'warning photo-missing']);
  });

  it('without any photo fails with one reason', async () => {
    const server = await startServer({});
    const post = photos(['/1', '/2', '/3'].map((path) => link(server.url(path), { expiresAt: now - 5 })));
    const { original, issues } = await (await world().open({ posts: [post] })).get(post, never);
    expect(original).toBeNull();
    expect(codes(issues)).toEqual(['error link-expired']);
  });
});

describe('the cover', () => {
  const still = fakeMedia('webp', 900, 7);

  it('is fetched together with the original, stored next to it, and requested once', async () => {
    const server = await startServer({ '/v': serve(mp4), '/c': serve(still, { type: 'image/jpeg' }) });
    const { open, files, folder } = world();
    const post = video({ links: [link(server.url('/v'))], coverLink: link(server.url('/c')) });
    const { original, issues } = await (await open({ posts: [post] })).get(post, never);
    const path = join(folder, 'originals', `${key}.cover.webp`);
    expect(original?.cover).toEqual({ path, bytes: still.length, sha256: sha256(still) });
    expect(statSync(path).mtimeMs / 1000).toBe(post.time);
    expect(issues).toEqual([]);
    const later = await (await open({ posts: [post], offline: true })).get(post, never);
    expect(later.original).toMatchObject({ cover: original?.cover, files: [{ sha256: sha256(mp4) }] });
    expect(files()).toEqual([`originals/${key}.cover.webp`, `originals/${key}.mp4`]);
    expect(server.asked).toHaveLength(2);
  });

  it.each<[string, Behaviour, object]>([
    ['is gone', status(404), {}],
    ['has expired', serve(still), { expiresAt: now - 1 }],
    ['is a page', serve(Buffer.from('<html>')), {}],
    ['is a video', serve(mp4), {}],
    ['redirects to another host', redirect('https://127.0.0.2/'), {}],
    ['wants a login', serve(still), { kind: 'login' }],
  ])('that %s is missed by nobody', async (_name, behaviour, odd) => {
    const server = await startServer({ '/v': serve(mp4), '/c': behaviour });
    const { open, files } = world();
    const post = video({ links: [link(server.url('/v'))], coverLink: link(server.url('/c'), odd) });
    const { original, issues } = await (await open({ posts: [post] })).get(post, never);
    expect(original).toMatchObject({ source: 'link', cover: null });
    expect(issues).toEqual([]);
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it('is not used as a photo if the store is given as --media', async () => {
    const media = [await folderOf({ [`${key}.cover.jpg`]: jpg[0] ?? '', [`${key}/01.jpg`]: jpg[1] ?? '' })];
    const { original } = await (await world().open({ posts: [photos([])], media })).get(photos([]), never);
    expect(original?.files.map(({ sha256: hash }) => hash)).toEqual([sha256(jpg[1] ?? Buffer.alloc(0))]);
  });
});

describe('the order of requests', () => {
  it('earliest expiry first, then links without an expiry, then posts without links, then expired links', async () => {
    const at = (name: string, ...expiries: (number | null)[]) =>
      photos(
        expiries.map((expiresAt) => link('https://a.example/x', { expiresAt })),
        { key: name },
      );
    const posts = [
      at('dead', now - 1),
      at('none'),
      at('unknown', null),
      at('late', now + 900),
      at('mixed', now - 9, now + 5, now + 9000),
      at('soon', now + 9),
    ];
    const originals = await world().open({ posts });
    expect(originals.order(posts).map((each) => each.key)).toEqual([
      'mixed',
      'soon',
      'late',
      'unknown',
      'none',
      'dead',
    ]);
  });
});

describe('which posts are available without network', () => {
  it.each<[string, boolean, Parameters<typeof video>[0], string[]]>([
    ['a link that has not expired', false, { links: [link('https://v.example/x')] }, []],
    ['no source', false, {}, []],
    ['a link, and a file of the user', true, { links: [link('https://v.example/x')] }, [`${key}.mp4`]],
    ['a cover that can be fetched', false, { coverLink: link('https://v.example/c') }, [`${key}.mp4`]],
    [
      'a cover whose link has expired',
      true,
      { coverLink: link('https://v.example/c', { expiresAt: now }) },
      [`${key}.mp4`],
    ],
    [
      'photos, one of them available',
      false,
      photos([1, 2].map((n) => link(`https://v.example/${n}`))),
      [`${key}/1.jpg`],
    ],
    [
      'photos, all available',
      true,
      photos([1, 2].map((n) => link(`https://v.example/${n}`))),
      [`${key}/1.jpg`, `${key}/2.jpg`],
    ],
  ])('%s', async (_name, expected, odd, names) => {
    const post = video(odd);
    const media = [await folderOf(Object.fromEntries(names.map((name) => [name, 'x'])))];
    expect(await (await world().open({ posts: [post], media })).isAvailable(post)).toBe(expected);
    expect(await (await world().open({ posts: [post], media, offline: true })).isAvailable(post)).toBe(true);
  });
});

describe('a dry run', () => {
  it('extracts media of the export into a temporary folder, and does not change the store', async () => {
    const { open, folder } = world();
    const scratch = join(dirname(folder), 'scratch');
    const post = video();
    const bundled = [zip({ [`${key}.mp4`]: mp4 })];
    const { original } = await (await open({ posts: [post], bundled, scratch, offline: true })).get(post, never);
    expect(original?.files[0]?.path).toBe(join(scratch, `${key}.mp4`));
    expect(await createFiles().list(folder)).toEqual([]);
  });

  it('keeps partial downloads and unreadable files in the store', async () => {
    const { open, folder, files } = world();
    const scratch = join(dirname(folder), 'scratch');
    const there = {
      [`originals/.${key}.mp4.00ff00ff.part`]: 'half',
      [`originals/${key}.mp4`]: 'unreadable',
      [`.port/incoming/.${key}.part`]: 'half',
      [`.port/incoming/.${key}.part.json`]: '{"validator":"\\"1\\""}',
      [`.port/incoming/${key}.page/video.mp4.part`]: 'half',
    };
    for (const [name, content] of Object.entries(there)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...{ hasSound: null, size: null },
      why: path.startsWith(join(folder, 'originals')) ? 'It cannot be read.' : null,
    });
    const bundled = [zip({ [`${key}.mp4`]: mp4 })];
    const originals = await open({ posts: [video()], bundled, scratch, inspectFile, offline: true });
    const { original } = await originals.get(video(), never);
    expect(original?.files).toMatchObject([{ path: join(scratch, `${key}.mp4`), sha256: sha256(mp4) }]);
    expect(Object.fromEntries(files().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))).toEqual(there);
    // The run itself does all of it.
    await (await open({ posts: [video()], bundled, inspectFile: async () => noVerdict, offline: true })).get(
      video(),
      never,
    );
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });
});
