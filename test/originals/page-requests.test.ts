import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProgramError } from '../../src/errors.ts';
import type { Post } from '../../src/model/post.ts';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { noVerdict } from '../../src/originals/source.ts';
import type { YtDlp } from '../../src/tools/yt-dlp.ts';
import { fakeMedia } from '../servers/media.ts';
import { key, link, never, now, photos, video, world } from './world.ts';

const mp4 = fakeMedia('mp4', 4000);
const id = '7477122334455667788';
const page = (url: string, tiktokId: string | null = null) => link(url, { kind: 'page', expiresAt: null, tiktokId });

/** One run in which yt-dlp saves these bytes, or throws. */
async function requested(post: Post, odd: Partial<OriginalsOptions> = {}, content: Uint8Array | Error = mp4) {
  const asked: Parameters<YtDlp['download']>[] = [];
  const ytDlp: YtDlp = {
    async download(...args) {
      asked.push(args);
      mkdirSync(args[1], { recursive: true });
      writeFileSync(join(args[1], 'video.mp4'), content instanceof Error ? 'half' : content);
      if (content instanceof Error) throw content;
      return join(args[1], 'video.mp4');
    },
    list: async () => ({ lines: '', failure: null }),
  };
  const place = world();
  const originals = await place.open({ posts: [post], ...odd }, { ytDlp });
  const made = await originals.get(post, never).catch((error: Error) => error);
  const issues = made instanceof Error ? [] : made.issues.map(({ code, actual }) => `${code} ${actual}`);
  const pages = asked.map(([address]) => address);
  return { made, issues, pages, files: place.files(), asked, folder: place.folder };
}

describe('the address that yt-dlp is asked for', () => {
  it.each([
    'https://tiktok.com/@maya/video/1',
    'https://www.tiktok.com/@maya/video/1',
    'https://vm.tiktok.com/ZM1',
    'https://a-b.c_d.tiktok.com/x',
    'https://www.tiktokv.com/share/video/1/',
    'https://www.tiktokv.us/share/video/1/',
    'https://www.tiktokv.eu/share/video/1/',
  ])('is the page in the link, on a host of TikTok: %s', async (url) => {
    expect((await requested(video({ links: [page(url)] }))).pages).toEqual([url]);
  });

  it.each([
    ['https://nottiktok.com/@maya/video/1', 'nottiktok.com'],
    ['https://tiktok.com.example/x', 'tiktok.com.example'],
    ['https://tiktokvv.com/x', 'tiktokvv.com'],
    ['https://tiktok.example/x', 'tiktok.example'],
    ['http://www.tiktok.com/x', 'www.tiktok.com'],
  ])('is none on another host, which is reported: %s', async (url, host) => {
    const { pages, issues } = await requested(video({ links: [page(url)] }));
    expect([pages, issues]).toEqual([[], [`page-refused ${host}`]]);
  });

  it.each<[string, Partial<Post>, Partial<OriginalsOptions>, string[]]>([
    [
      'the page of the id, where the page itself is of another host',
      { links: [page('https://evil.example/x', id)] },
      {},
      [`https://www.tiktok.com/@_/video/${id}`],
    ],
    [
      'that of the id from captions before that of the link',
      { links: [page('https://www.tiktok.com/x', '7000000000000000001')] },
      { tiktokIds: new Map([[key, id]]) },
      [`https://www.tiktok.com/@_/video/${id}`],
    ],
    [
      'the page of an allowed host as it is, though the id is known',
      { links: [page('https://pages.example/x', id)] },
      { allowHosts: ['pages.example'] },
      ['https://pages.example/x'],
    ],
    [
      'none where there is neither page nor id',
      { links: [link('https://a.example/', { expiresAt: now - 5 })] },
      {},
      [],
    ],
  ])('is %s', async (_name, odd, options, pages) => {
    const found = await requested(video(odd), options);
    expect(found.pages).toEqual(pages);
    expect(found.issues.filter((each) => each.startsWith('page'))).toEqual([]);
  });
});

describe('what yt-dlp brings', () => {
  const post = video({ links: [page('https://www.tiktok.com/@a/video/1', id)] });

  it('is asked for into a folder of the post, up to the size of a video, and the folder is deleted', async () => {
    const { asked, files, folder } = await requested(post);
    const [, into, options] = asked[0] ?? [];
    expect([into, options?.maxBytes]).toEqual([join(folder, '.port', 'incoming', `${key}.page`), 20_000_000_000]);
    expect(files).toEqual([`originals/${key}.mp4`]);
  });

  it('is no original if it is a photo, and nothing is left of it', async () => {
    const { issues, files } = await requested(post, {}, fakeMedia('jpg'));
    expect([issues, files]).toEqual([['page-failed no video came'], []]);
  });

  it('is no original if it cannot be read, and nothing is left of it', async () => {
    const inspectFile = async () => ({ ...noVerdict, why: 'It ends at 1.5 s.' });
    const { issues, files } = await requested(post, { inspectFile });
    expect([issues, files]).toEqual([['page-failed It ends at 1.5 s'], []]);
  });

  it('may be begun only: the reason is reported, and what is there is kept for the next run', async () => {
    const { issues, files } = await requested(post, {}, new ProgramError('ERROR: gone', 'yt-dlp', ''));
    expect([issues, files]).toEqual([['page-failed ERROR: gone'], [`.port/incoming/${key}.page/video.mp4`]]);
  });

  it('the machine fails: that is the reason, and the page is not blamed', async () => {
    const full = Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC', syscall: 'write' });
    expect((await requested(post, {}, full)).issues).toEqual(['disk-full null']);
  });

  it('another error is passed on', async () => {
    const bug = new TypeError('x is not a function');
    expect((await requested(post, {}, bug)).made).toBe(bug);
  });

  it('is not asked for a post of photos, also if it has a page', async () => {
    const { pages } = await requested(photos([page('https://www.tiktok.com/@a/photo/1', id)]));
    expect(pages).toEqual([]);
  });
});

it('yt-dlp is asked for one page at a time, on all machines together', async () => {
  let [running, most] = [0, 0];
  const ytDlp: YtDlp = {
    async download(address, folder) {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'video.mp4'), fakeMedia('mp4', 100, address.length));
      return join(folder, 'video.mp4');
    },
    list: async () => ({ lines: '', failure: null }),
  };
  const asked: unknown[] = [];
  const run = async <T>(host: string, atOnce: number, _signal: AbortSignal, task: () => Promise<T>) => {
    asked.push([host, atOnce]);
    return await task();
  };
  const posts = [1, 2, 3].map((number) =>
    video({ key: `k${number}`, time: now + number * 99, links: [page('https://www.tiktok.com/x', `${id}${number}`)] }),
  );
  const originals = await world().open({ posts, limit: { run } }, { ytDlp });
  const made = await Promise.all(posts.map(async (post) => originals.get(post, never)));
  expect([made.filter(({ original }) => original === null), most]).toEqual([[], 1]);
  expect(asked).toEqual(posts.map(() => ['yt-dlp', 1]));
});

it('a run that is stopped while yt-dlp is at work is stopped, with its reason', async () => {
  const stop = new AbortController();
  const ytDlp: YtDlp = {
    async download() {
      stop.abort(new Error('Ctrl-C'));
      throw new ProgramError('killed', '', '');
    },
    list: async () => ({ lines: '', failure: null }),
  };
  const post = video({ links: [page('https://www.tiktok.com/@a/video/1', id)] });
  const originals = await world().open({ posts: [post] }, { ytDlp });
  await expect(originals.get(post, stop.signal)).rejects.toThrow('Ctrl-C');
});
