import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../src/errors.ts';
import type { Issue } from '../../src/model/issue.ts';
import { failPost, failWith, holdPost, markInterrupted, processPost } from '../../src/pipeline/process-post.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { temporaryFolder } from '../media.ts';
import { type OpenedRun, openAccountRun, realTools } from './account-run.ts';
import { type Change, changed, ended, posted, sheet, withFile } from './changes.ts';
import { makeSmallPosts, smallPosts } from './small-posts.ts';
import { watched } from './watched-tools.ts';

const { video, photos, gone, secret } = smallPosts;

let input: Awaited<ReturnType<typeof makeSmallPosts>>;
/** `--out` after `video` and `photos` were delivered to RedNote. */
let delivered = '';
beforeAll(async () => {
  input = await makeSmallPosts(await temporaryFolder());
  delivered = await temporaryFolder();
  const opened = await open({ out: delivered, to: 'rednote' });
  for (const key of [video, photos]) await processPost(...(await opened.locate(key)), opened.run);
  await opened.save();
});

interface Given {
  readonly out?: string;
  readonly to?: string;
  readonly tools?: Tools;
  readonly signal?: AbortSignal;
  readonly strict?: boolean;
  /** The folder with the originals is gone. */
  readonly lost?: boolean;
}

async function open({
  out,
  to = 'rednote,reels',
  tools,
  signal,
  strict = false,
  lost = false,
}: Given = {}): Promise<OpenedRun> {
  const opening = { ...input, ...(out !== undefined && { out }), ...(tools && { tools }), ...(signal && { signal }) };
  return await openAccountRun(opening, { to, media: lost ? [] : [input.media], strict });
}

async function processed(key: string, given: Given = {}) {
  const opened = await open(given);
  const inputHashes = await processPost(...(await opened.locate(key)), opened.run);
  return { opened, recorded: [...inputHashes.keys()] };
}

/** What was reported, by platform, with the number of files that the row in the manifest lists. */
function reported({ events, run }: OpenedRun): string[] {
  const posts = events.filter((event) => event.type === 'post');
  const lines = posts.map(({ key, target, status, unchanged, issues }) => {
    const [row] = run.manifest.rowsOf(key, [target]);
    expect(row?.status).toBe(status);
    return `${ended(target, unchanged ? `${status}, unchanged` : status, issues)} (${row?.files.length})`;
  });
  return lines.sort();
}

/** The rows of a post in the manifest, in the same words. */
function rows({ run }: OpenedRun, key: string): string[] {
  const found = run.manifest.rowsOf(key);
  return found.map((row) => `${ended(row.target, row.status, row.issues)} (${row.files.length})`).sort();
}

const packageOf = async ({ run }: OpenedRun, target: string, key: string) =>
  (await readdir(join(run.folder, target, key)).catch(() => [])).sort();

const leftOut = sheet('targets', `${photos},,reels`);
/** @param path of a file that becomes an empty folder */
const asFolder =
  (path: string): Change =>
  async (account) => {
    await rm(join(account, path), { force: true });
    await mkdir(join(account, path), { recursive: true });
  };

describe('processPost', () => {
  it('a video that one platform rejects: the other one has its package, the first has no folder', async () => {
    const { opened, recorded } = await processed(video);
    expect(reported(opened)).toEqual(['rednote: delivered no-words title-made (3)', 'reels: rejected duration (0)']);
    expect(await packageOf(opened, 'rednote', video)).toEqual(['caption.txt', 'cover.jpg', 'post.json', 'video.mp4']);
    expect(await packageOf(opened, 'reels', video)).toEqual([]);
    expect(recorded).toEqual(['rednote', 'reels']);
    const plans = opened.events.flatMap((each) => (each.type === 'plan' ? [[each.target, ...each.actions]] : []));
    expect(plans).toEqual([['rednote', 'copy', 'image'], ['reels']]);
  });

  it.each<[string, string, readonly Change[], Given, string[]]>([
    ['nothing changed', photos, [], { to: 'rednote' }, ['rednote: delivered, unchanged (4)']],
    ['one more platform', photos, [], {}, ['rednote: delivered, unchanged (4)', 'reels: delivered (4)']],
    ['no original', gone, [], {}, ['rednote: failed no-link (0)', 'reels: failed no-link (0)']],
    [
      'original lost',
      ...([photos, [], { lost: true }] as const),
      ['rednote: delivered, unchanged (4)', 'reels: failed no-link (0)'],
    ],
    ['left out of a platform', photos, [leftOut], {}, ['rednote: held target-left-out (4)', 'reels: delivered (4)']],
    [
      'a caption.txt that is a folder',
      ...([photos, [asFolder(`rednote/${photos}/caption.txt`)], {}] as const),
      ['rednote: failed render-failed (3)', 'reels: delivered (4)'],
    ],
    [
      'a platform whose folder is a file',
      ...([photos, [withFile('reels', '')], {}] as const),
      ['rednote: delivered, unchanged (4)', 'reels: failed render-failed (0)'],
    ],
  ])('%s (%s)', async (_, key, changes, given, expected) => {
    const { opened } = await processed(key, { ...given, out: await changed(delivered, ...changes) });
    expect(reported(opened)).toEqual(expected);
  });

  it('other words: they are written, and the media stay as they are', async () => {
    const out = await changed(delivered, sheet('title', `${photos},,Other`));
    const folder = join(out, 'maya/rednote', photos);
    const before = await stat(join(folder, '01.jpg'));
    await processed(photos, { out, to: 'rednote' });
    expect(await readFile(join(folder, 'caption.txt'), 'utf8')).toContain('Other');
    expect((await stat(join(folder, '01.jpg'))).ino).toBe(before.ino);
  });

  it('a post that is unchanged: no program is started, no picture drawn, and no fingerprint recorded', async () => {
    const work: string[] = [];
    const tools = watched(await realTools(), (what) => work.push(what));
    const { recorded } = await processed(photos, { out: await changed(delivered), to: 'rednote', tools });
    expect([work, recorded]).toEqual([[], []]);
    const more = await processed(photos, { out: await changed(delivered), tools });
    expect(work).toContain('image');
    expect(more.recorded).toEqual(['reels']);
  });

  it('pictures that cannot be drawn: the platform that has its package keeps it', async () => {
    const tools = await realTools();
    const render = async () => Promise.reject(new Error('the disk is on fire'));
    const broken = { ...tools, images: { ...tools.images, render } };
    const { opened } = await processed(photos, { out: await changed(delivered), tools: broken });
    const [rednote, reels] = reported(opened);
    expect(rednote).toBe('rednote: delivered, unchanged (4)');
    expect(reels).toMatch(/^reels: failed render-failed/);
  });

  it('a delivered post that fails now: its package stays, and is listed', async () => {
    const { opened } = await processed(video, { out: await changed(delivered), to: 'rednote', strict: true });
    expect(reported(opened)).toEqual(['rednote: failed no-words title-made (3)']);
    expect(await packageOf(opened, 'rednote', video)).toContain('video.mp4');
  });
});

describe('an interrupted run', () => {
  it('the post under way ends with an error, is not reported, and has no row before it is marked', async () => {
    const stop = new AbortController();
    const tools = watched(await realTools(), (what) => {
      if (what === 'image') stop.abort(new InterruptedError('Interrupted'));
    });
    const opened = await open({ tools, signal: stop.signal });
    await expect(processPost(...(await opened.locate(photos)), opened.run)).rejects.toThrow('Interrupted');
    expect(rows(opened, photos)).toEqual([]);
    await markInterrupted(opened.postOf(photos), opened.run);
    expect(rows(opened, photos)).toEqual(['rednote: held interrupted (0)', 'reels: held interrupted (0)']);
    expect(reported(opened)).toEqual([]);
  });

  it('what was delivered keeps its row, and only the other platform of the post is marked', async () => {
    const opened = await open({ out: await changed(delivered) });
    await markInterrupted(opened.postOf(photos), opened.run);
    expect(rows(opened, photos)).toEqual(['rednote: delivered (4)', 'reels: held interrupted (0)']);
  });
});

describe('a post that a rule holds back', () => {
  const rule = (code: Issue['code']): Issue => ({ code, severity: 'info', actual: null, limit: null });
  const held = async (key: string, code: Issue['code'], ...changes: readonly Change[]) => {
    const opened = await open({ out: await changed(delivered, ...changes) });
    const [post, fetched] = await opened.locate(key);
    await holdPost(post, rule(code), fetched, opened.run);
    return opened;
  };

  it.each<[string, string, readonly Change[], string[]]>([
    ['new', secret, [], ['rednote: held visibility (0)', 'reels: held visibility (0)']],
    ['delivered before', photos, [], ['rednote: held visibility (4)', 'reels: held visibility (0)']],
    [
      'out on one platform',
      ...([photos, [posted(photos)]] as const),
      ['rednote: delivered, unchanged posted-frozen (4)', 'reels: held visibility (0)'],
    ],
  ])('%s (%s)', async (_, key, changes, expected) => {
    expect(reported(await held(key, 'visibility', ...changes))).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['new', secret, ['rednote: held not-selected (0)', 'reels: held not-selected (0)']],
    ['delivered before', photos, ['rednote: delivered (4)', 'reels: held not-selected (0)']],
  ])('%s (%s), and not selected: it is in the manifest, and nothing is reported', async (_, key, expected) => {
    const opened = await held(key, 'not-selected');
    expect(rows(opened, key)).toEqual(expected);
    expect(reported(opened)).toEqual([]);
  });

  it('a delivered post that becomes private: its package stays, and post.json says that it is held', async () => {
    const opened = await held(photos, 'visibility');
    expect(await packageOf(opened, 'rednote', photos)).toContain('01.jpg');
    const document = await readFile(join(opened.run.folder, 'rednote', photos, 'post.json'), 'utf8');
    expect(JSON.parse(document)).toMatchObject({ status: 'held' });
  });
});

describe('a post that fails on all platforms for one reason', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });

  it.each<[string, string, readonly Change[], string[]]>([
    ['new', secret, [], ['rednote: failed disk-full (0)', 'reels: failed disk-full (0)']],
    ['delivered before', photos, [], ['rednote: failed disk-full (4)', 'reels: failed disk-full (0)']],
    ['left out of one', photos, [leftOut], ['rednote: held target-left-out (4)', 'reels: failed disk-full (0)']],
    [
      'delivered, with a post.json that is a folder',
      ...([photos, [asFolder(`rednote/${photos}/post.json`)]] as const),
      ['rednote: failed disk-full (4)', 'reels: failed disk-full (0)'],
    ],
  ])('%s (%s)', async (_, key, changes, expected) => {
    const opened = await open({ out: await changed(delivered, ...changes) });
    const [post, , captions] = await opened.locate(key);
    await failPost(post, full, captions, opened.run);
    expect(reported(opened)).toEqual(expected);
  });

  it('a disk that fails while the package is looked at: what it was stays listed', async () => {
    const opened = await open({ out: await changed(delivered), to: 'rednote' });
    const [post, , captions] = await opened.locate(photos);
    const { tools } = opened.run;
    const files = { ...tools.files, list: async () => Promise.reject(full) };
    await failPost(post, full, captions, { ...opened.run, tools: { ...tools, files } });
    expect(reported(opened)).toEqual(['rednote: failed disk-full (4)']);
  });

  it('a reason that is no error of the machine is reported as it is', async () => {
    const opened = await open();
    const [post, , captions] = await opened.locate(video);
    await failWith(post, { code: 'worker-lost', severity: 'error', actual: null, limit: null }, captions, opened.run);
    expect(reported(opened)).toEqual(['rednote: failed worker-lost (0)', 'reels: failed worker-lost (0)']);
  });
});
