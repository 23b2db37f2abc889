import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { createYtDlp, findYtDlp } from '../../src/tools/yt-dlp.ts';
import { serve, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { folderOf, key, link, never, now, photos, video, world } from './world.ts';

const mp4 = fakeMedia('mp4', 4000);
const id = '7477122334455667788';
const installed = (await findYtDlp({ PATH: process.env['PATH'] }))?.path ?? null;

/** Writes down what it is asked for, and saves the same bytes each time. */
function saving(content: Uint8Array | Error) {
  const asked: string[] = [];
  const ytDlp: YtDlp = {
    async download(page, folder) {
      asked.push(page);
      if (content instanceof Error) throw content;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'video.mp4'), content);
      return join(folder, 'video.mp4');
    },
    list: async () => ({ lines: '', failure: null }),
  };
  return { asked, ytDlp };
}

const page = (url: string, tiktokId: string | null = null) => link(url, { kind: 'page', expiresAt: null, tiktokId });

describe('the page of a post, through yt-dlp', () => {
  it.each([
    ['whose id is in its link', video({ links: [page(`https://www.tiktokv.com/share/video/${id}/`, id)] }), new Map()],
    [
      'whose signed link has expired, with an id from captions',
      video({ links: [link('https://a.example/', { expiresAt: now - 5 })] }),
      new Map([[key, id]]),
    ],
  ])('serves a post %s', async (_name, post, tiktokIds) => {
    const { open, files } = world();
    const { asked, ytDlp } = saving(mp4);
    let slow = 0;
    const originals = await open({ posts: [post], tiktokIds }, { ytDlp });
    const { original, issues } = await originals.get(post, never, () => slow++);
    expect(slow).toBe(1);
    expect(asked).toEqual([`https://www.tiktok.com/@_/video/${id}`]);
    expect(original).toMatchObject({ source: 'page', matchedBy: 'page', files: [{ bytes: 4000 }] });
    expect(issues.every(({ severity }) => severity === 'info')).toBe(true);
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });

  it('is requested by an id from the listing, and only posts without another source wait for the listing', async () => {
    const server = await startServer({ '/a': serve(mp4) });
    const living = video({ key: 'living', links: [link(server.url('/a'))] });
    const dead = video({ links: [link('https://a.example/', { expiresAt: now - 5 })] });
    let tell = (_ids: ReadonlyMap<string, string>) => {};
    const told = new Promise<ReadonlyMap<string, string>>((resolve) => {
      tell = resolve;
    });
    const { asked, ytDlp } = saving(mp4);
    const originals = await world().open({ posts: [living, dead], laterIds: async () => told }, { ytDlp });
    const waiting = new Promise<void>((slow) => void originals.get(dead, never, slow));
    expect((await originals.get(living, never)).original).toMatchObject({ source: 'link' });
    await waiting;
    expect(asked).toEqual([]);
    tell(new Map([[key, id]]));
    expect((await originals.get(dead, never)).original).toMatchObject({ source: 'page' });
    expect(asked).toEqual([`https://www.tiktok.com/@_/video/${id}`]);
  });

  it('a file of --media with an id that only the listing has is used', async () => {
    const dead = video({ links: [link('https://a.example/', { expiresAt: now - 5 })] });
    const media = [await folderOf({ [`${id}.mp4`]: mp4, 'foreign.mp4': mp4 })];
    const posts = { posts: [dead], media };
    const early = await world().open(posts);
    expect((await early.get(dead, never)).original).toBeNull();
    const originals = await world().open({ ...posts, laterIds: async () => new Map([[key, id]]) });
    expect((await originals.get(dead, never)).original).toMatchObject({ source: 'media', matchedBy: 'id' });
    expect(originals.unusedFiles().map(({ name }) => name)).toEqual(['foreign.mp4']);
  });

  it.each<[string, ReturnType<typeof video>, Uint8Array | Error, string]>([
    [
      'an address of another host',
      video({ links: [page('https://tiktok.com.evil.example/@a/video/1')] }),
      mp4,
      'page-refused',
    ],
    ['an address that is not https', video({ links: [page('http://www.tiktok.com/@a/video/1')] }), mp4, 'page-refused'],
    [
      'an error of yt-dlp',
      video({ links: [page('https://www.tiktok.com/@a/video/1', id)] }),
      new ProgramError('ERROR: Video not available', '', ''),
      'page-failed',
    ],
    [
      'a web page saved by yt-dlp',
      video({ links: [page('https://vm.tiktok.com/x')] }),
      Buffer.from('<html>'),
      'page-failed',
    ],
  ])('%s: an issue, and nothing in the store', async (_name, post, content, code) => {
    const { open, files } = world();
    const { asked, ytDlp } = saving(content);
    const { original, issues } = await (await open({ posts: [post] }, { ytDlp })).get(post, never);
    expect(original).toBeNull();
    expect(issues).toMatchObject([{ code, severity: 'error' }]);
    expect(asked).toHaveLength(code === 'page-refused' ? 0 : 1);
    expect(files()).toEqual([]);
  });

  it('is not requested if the disk is full', async () => {
    const { open, files } = world();
    const { asked, ytDlp } = saving(mp4);
    const post = video({ links: [page('https://www.tiktok.com/@a/video/1', id)] });
    const disk = { free: async () => 1000 };
    const { original, issues } = await (await open({ posts: [post] }, { ytDlp, disk })).get(post, never);
    expect([original, issues.map(({ code }) => code)]).toEqual([null, ['disk-full']]);
    expect([asked, files()]).toEqual([[], []]);
  });

  it('is not requested with --offline, for photos, or without yt-dlp', async () => {
    const { asked, ytDlp } = saving(mp4);
    const links = [page('https://www.tiktok.com/@a/video/1', id)];
    const codes = async (post: ReturnType<typeof video>, offline: boolean, tool: YtDlp | null) =>
      (await (await world().open({ posts: [post], offline }, { ytDlp: tool })).get(post, never)).issues.map(
        ({ code }) => code,
      );
    expect(await codes(video({ links }), true, ytDlp)).toEqual(['offline']);
    expect(await codes(photos(links), false, ytDlp)).toEqual(['no-original']);
    expect(await codes(video({ links }), false, null)).toEqual(['yt-dlp-missing']);
    expect(asked).toEqual([]);
  });

  it.skipIf(installed === null)('of an allowed host is downloaded by the real yt-dlp', async () => {
    const server = await startServer({ '/video/1.mp4': serve(mp4) });
    const { open, files } = world();
    const post = video({ links: [page(server.url('/video/1.mp4'))] });
    const ytDlp = createYtDlp(installed ?? '');
    const { original } = await (await open({ posts: [post] }, { ytDlp })).get(post, never);
    expect(original).toMatchObject({ source: 'page' });
    expect(files()).toEqual([`originals/${key}.mp4`]);
  });
});
