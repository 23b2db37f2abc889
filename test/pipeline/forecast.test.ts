import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import { type ForecastOptions, forecast } from '../../src/pipeline/forecast.ts';
import { processPost } from '../../src/pipeline/process-post.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun, realTools } from './account-run.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';
import { tinyVideo } from './tiny-media.ts';
import { watched } from './watched-tools.ts';

const { video, photos, gone } = smallPosts;
/** A video that every platform has encoded, and one with a link that works. */
const [old, linked] = ['2025-06-05_10-00-00', '2025-06-06_10-00-00'];
let input: { readonly export: string; readonly media: string };

beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder(), [
    { Date: '2025-06-05 10:00:00' },
    { Date: '2025-06-06 10:00:00', Link: 'https://video.tiktokv.com/a' },
  ]);
  await tinyVideo(input.media, 'old.mp4', `${old}.mp4`);
});

const open = async (out: string, to = 'rednote,lemon8', tools?: Tools) =>
  openAccountRun(
    { export: input.export, out, ...(tools && { tools }) },
    { to, media: [input.media], encoder: 'software' },
  );

async function forecasted(opened: OpenedRun, keys: readonly string[], more: Partial<ForecastOptions> = {}) {
  const { run, postOf } = opened;
  const ended: string[] = [];
  const found = await forecast(keys.map(postOf), await run.loadedCaptions.all(), run, {
    ...{ jobs: 1, maxSeconds: 60, locate: async (post) => run.originals.get(post, run.signal) },
    onPost: ({ key }, { rows }) => ended.push(`${key} ${rows.map(({ expected }) => expected.status).join()}`),
    ...more,
  });
  return { ...found, ended };
}

describe('the posts that a forecast counts', () => {
  it.each<[string, readonly string[], object]>([
    [
      'at hand are looked at',
      [video, photos],
      { posts: 2, lookedAt: 2, toFetch: 0, withoutOriginal: 0, withoutWords: 1 },
    ],
    ['with a link that works are to be fetched', [linked], { posts: 1, lookedAt: 0, toFetch: 1, withoutOriginal: 0 }],
    ['together', [video, linked, old], { posts: 3, lookedAt: 2, toFetch: 1, unchanged: 0 }],
  ])('%s', async (_name, keys, counts) =>
    expect(await forecasted(await open(await temporaryFolder()), keys)).toMatchObject(counts),
  );

  it('that are delivered are unchanged, and nothing is made of them again', async () => {
    const out = await temporaryFolder();
    const { run, locate, save } = await open(out);
    await processPost(...(await locate(old)), run);
    await save();
    const nothing = { works: { transcode: 0, image: 0, copy: 0 }, perPlatform: { encoded: 0, others: 0 } };
    expect(await forecasted(await open(out), [old])).toMatchObject({ lookedAt: 1, unchanged: 1, ...nothing });
  });

  it('that a caller knows to be unchanged are counted without a look', async () => {
    const starts: string[] = [];
    const opened = await open(
      await temporaryFolder(),
      'rednote',
      watched(await realTools(), (what) => starts.push(what)),
    );
    const unchanged = new Set([opened.postOf(old)]);
    expect(await forecasted(opened, [old], { unchanged })).toMatchObject({
      posts: 1,
      lookedAt: 1,
      unchanged: 1,
      ended: [],
    });
    expect(starts).toEqual([]);
  });

  it('are no longer looked at when the time is used up', async () => {
    const found = await forecasted(await open(await temporaryFolder()), [video, old], { maxSeconds: -1 });
    expect(found).toMatchObject({ posts: 2, lookedAt: 0, withoutOriginal: 0, ended: [] });
  });
});

describe('the work that a forecast counts', () => {
  it('is an encoding once, though two platforms share it, and once for each platform in their events', async () => {
    const { works, perPlatform, estimate } = await forecasted(await open(await temporaryFolder()), [old]);
    expect([works.transcode, perPlatform]).toEqual([1, { encoded: 2, others: 0 }]);
    expect([estimate.seconds > 0, estimate.bytes > 0]).toEqual([true, true]);
  });

  it('is a copy of what a platform takes as it is', async () => {
    const { works, perPlatform } = await forecasted(await open(await temporaryFolder()), [video]);
    expect([works.copy, works.transcode, perPlatform]).toEqual([1, 0, { encoded: 0, others: 2 }]);
  });

  it('leaves nothing behind but the cache, and the original as it is', async () => {
    const out = await temporaryFolder();
    const opened = await open(out);
    await forecasted(opened, [old]);
    const { files } = opened.run.tools;
    expect((await files.list(join(out, 'maya'))).map(({ name }) => name)).not.toContain('rednote');
    expect((await files.facts(join(input.media, `${old}.mp4`)))?.bytes).toBeGreaterThan(0);
  });
});

describe('what is thrown at a post', () => {
  const locate = (thrown: unknown) => async () => Promise.reject(thrown);

  it.each<[string, unknown]>([
    ['an error', Object.assign(new Error('EIO: read'), { code: 'EIO', syscall: 'read', path: 'a' })],
    ['a string', 'oops'],
    ['nothing', null],
  ])('%s is the failure of that post, and the forecast goes on', async (_name, thrown) => {
    const opened = await open(await temporaryFolder());
    const { run, postOf } = opened;
    const { ended } = await forecasted(opened, [old, video], {
      locate: async (post) => (post === postOf(old) ? locate(thrown)() : run.originals.get(post, run.signal)),
    });
    expect(ended).toEqual([`${old} failed,failed`, `${video} delivered,delivered`]);
  });

  it('an interruption ends it', async () => {
    const stopped = new InterruptedError('Interrupted');
    const opened = await open(await temporaryFolder());
    await expect(forecasted(opened, [old], { locate: locate(stopped) })).rejects.toBe(stopped);
  });
});

it('a post whose original is nowhere is counted as such, and fails', async () => {
  const found = await forecasted(await open(await temporaryFolder(), 'rednote'), [gone]);
  expect(found).toMatchObject({ posts: 1, lookedAt: 0, toFetch: 0, withoutOriginal: 1, ended: [`${gone} failed`] });
});
