import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Link, Post } from '../../src/model/post.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { noVerdict } from '../../src/originals/source.ts';
import { type Behaviour, serve, startServer, status } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { get } from './looks.ts';
import { key, link, never, now, photos, video, world } from './world.ts';

const mp4 = fakeMedia('mp4', 5000);
const [first, second] = [fakeMedia('jpg', 700, 1), fakeMedia('jpg', 800, 2)];

/** What comes of a post whose links are made for this server, and which paths were requested. */
async function fetched(
  behaviours: Readonly<Record<string, Behaviour>>,
  made: (url: (path: string) => string) => Post,
  options: Partial<OriginalsOptions> = {},
) {
  const server = await startServer(behaviours);
  const place = world();
  const { original, issues, isNew } = await get(made(server.url), options, place);
  return {
    sizes: original?.files.map(({ bytes }) => bytes) ?? null,
    issues: issues.map(({ code, actual }) => (actual === null ? code : `${code} ${actual}`)),
    asked: server.asked.map(({ path }) => path).sort(),
    isNew,
    files: place.files(),
  };
}

describe('the links of a video', () => {
  it('are copies of one file: only the first is requested', async () => {
    const post = (url: (path: string) => string) => video({ links: [link(url('/1')), link(url('/2'))] });
    const both = { '/1': serve(mp4), '/2': serve(mp4) };
    expect(await fetched(both, post)).toMatchObject({ sizes: [5000], issues: [], asked: ['/1'] });
    expect(await fetched({ '/2': serve(mp4) }, post)).toMatchObject({
      ...{ sizes: null, issues: ['link-refused HTTP 404'], asked: ['/1'] },
    });
  });

  it.each<[string, Partial<Link>, boolean, string]>([
    ['that needs a login and has expired', { kind: 'login', expiresAt: now - 1 }, true, 'link-login 127.0.0.1'],
    ['that has expired, offline', { expiresAt: now - 1 }, true, 'link-expired 2025-03-03'],
    ['that expires now', { expiresAt: now }, false, 'link-expired 2025-03-03'],
    ['without an expiry, offline', { expiresAt: null }, true, 'offline'],
  ])('one %s is not requested, and the reason is what lasts', async (_what, odd, offline, issue) => {
    const post = (url: (path: string) => string) => video({ links: [link(url('/1'), odd)] });
    expect(await fetched({ '/1': serve(mp4) }, post, { offline })).toMatchObject({ issues: [issue], asked: [] });
  });

  it('one without an expiry, or that expires in a second, is requested', async () => {
    for (const expiresAt of [null, now + 1]) {
      const post = (url: (path: string) => string) => video({ links: [link(url('/1'), { expiresAt })] });
      expect(await fetched({ '/1': serve(mp4) }, post)).toMatchObject({ sizes: [5000], isNew: true });
    }
  });

  it.each([403, 404])('one that the server refuses with %i before it expires is refused, not expired', async (code) => {
    const post = (url: (path: string) => string) => video({ links: [link(url('/1'))] });
    expect((await fetched({ '/1': status(code) }, post)).issues).toEqual([`link-refused HTTP ${code}`]);
  });

  it('one without an expiry that the server refuses is refused', async () => {
    const post = (url: (path: string) => string) => video({ links: [link(url('/1'), { expiresAt: null })] });
    expect((await fetched({ '/1': status(403) }, post)).issues).toEqual(['link-refused HTTP 403']);
  });
});

it('an unreadable file whose link is now only a page is told as a file that is not used', async () => {
  const server = await startServer({ '/1': serve(mp4) });
  const place = world();
  const inspectFile = async () => ({ ...noVerdict, why: 'It is cut off.' });
  await get(video({ links: [link(server.url('/1'))] }), { inspectFile }, place);
  const page = link(server.url('/1'), { kind: 'page', expiresAt: null });
  const { issues } = await get(video({ links: [page] }), { inspectFile, offline: true }, place);
  expect(issues.map(({ code }) => code)).toEqual(['passed-over', 'offline']);
});

it('a link whose server fails, and that expires meanwhile, has failed', async () => {
  let clock = now;
  const server = await startServer({
    '/1': (_request, response) => {
      clock += 7200;
      response.writeHead(503).end();
    },
  });
  const post = video({ links: [link(server.url('/1'))] });
  const originals = await world().open({ posts: [post] }, { now: () => clock });
  expect((await originals.get(post, never)).issues.map(({ code }) => code)).toEqual(['link-failed']);
});

describe('the links of a photo post', () => {
  it('that bring videos or pages: each is reported, and nothing is stored', async () => {
    const made = (url: (path: string) => string) => photos(['/1', '/2'].map((path) => link(url(path))));
    const found = await fetched({ '/1': serve(mp4), '/2': serve(Buffer.from('<html>')) }, made);
    expect(found).toMatchObject({ sizes: null, files: [] });
    expect(found.issues).toEqual(['link-not-media a video', 'link-not-media a page of text']);
  });

  it('keep their places where one of them is a page, or needs a login', async () => {
    const made = (url: (path: string) => string) =>
      photos([
        link(url('/page'), { kind: 'page', expiresAt: null }),
        link(url('/1')),
        link(url('/login'), { kind: 'login' }),
        link(url('/2')),
      ]);
    expect(await fetched({ '/1': serve(first), '/2': serve(second) }, made)).toEqual({
      sizes: [700, 800],
      issues: ['link-login 127.0.0.1', 'photo-missing 1', 'photo-missing 3'],
      asked: ['/1', '/2'],
      isNew: true,
      files: [`originals/${key}/02.jpg`, `originals/${key}/04.jpg`],
    });
  });

  it('where a photo is unreadable: it is kept, told in each run, and not requested again by another signature', async () => {
    const server = await startServer({ '/1': serve(first), '/2': serve(second) });
    const place = world();
    const why = 'It is cut off.';
    const inspectFile: OriginalsOptions['inspectFile'] = async (_kind, path) => ({
      ...noVerdict,
      why: readFileSync(path).length === first.length ? why : null,
    });
    for (const signature of ['a', 'b']) {
      const post = photos(['/1', '/2'].map((path) => link(`${server.url(path)}?x-signature=${signature}`)));
      const { original, issues } = await get(post, { inspectFile }, place);
      expect(original?.files.map(({ bytes }) => bytes)).toEqual([800]);
      expect(issues.map(({ code, severity, actual }) => [code, severity, actual])).toEqual([
        ['unreadable', 'warning', why],
        ['photo-missing', 'warning', 1],
      ]);
    }
    expect(server.asked).toHaveLength(2);
    expect(place.files()).toEqual([`originals/${key}/01.jpg`, `originals/${key}/02.jpg`]);
  });
});

describe('without links', () => {
  it('a post has no link; one with a page alone has another reason', async () => {
    expect((await get(video(), {})).issues.map(({ code }) => code)).toEqual(['no-link']);
    const page = link('https://www.tiktok.com/@a/video/1', { kind: 'page', expiresAt: null });
    expect((await get(video({ links: [page] }), {})).issues.map(({ code }) => code)).toEqual(['yt-dlp-missing']);
  });
});
