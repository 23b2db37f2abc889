import { copyFile, mkdtemp, readdir, readFile, readlink, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunDocument } from '../../src/queue/documents.ts';
import type { OpenRun } from '../../src/queue/open-runs.ts';
import { buildZip } from '../tools/zip-builder.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { aPost, openedRuns, queueRun, type WrittenRun } from './queued-run.ts';

const issue = { code: 'not-selected', severity: 'info', actual: null, limit: null } as const;

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'port-open-runs-')));
});
afterEach(async () => rm(root, { recursive: true }));

const queued = async (account: string, odd: Partial<WrittenRun> = {}) => queueRun(root, account, odd);
const opened = async (...most: [{ posts: number; runs: number }?]) => openedRuns(root, ...most);

/** A ZIP of an export without media. */
async function zipped(account: string): Promise<void> {
  const document = 'user_data_tiktok.json';
  const content = await readFile(join(await photoExport(root, account, 1), document));
  await writeFile(join(root, `${account}.zip`), buildZip([{ name: document, content }]));
}

/** The files below the folder that this process has open. */
async function openFiles(): Promise<string[]> {
  const names = process.platform === 'linux' ? await readdir('/proc/self/fd') : [];
  const paths = await Promise.all(names.map(async (name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return paths.filter((path) => path.startsWith(root)).map((path) => path.slice(root.length + 1));
}

describe('the run of a post', () => {
  it('is opened for the first of its posts, and told of then', async () => {
    await photoExport(root, 'ana', 3);
    const job = await queued('ana', {
      exports: ['ana', 'ana'],
      posts: { [keyOf(0)]: aPost, [keyOf(1)]: { ...aPost, held: issue }, [keyOf(2)]: aPost },
    });
    const { use, events } = await opened();
    const run = await use(job);
    expect(run).toMatchObject({ folder: join(root, 'out/ana'), media: [], music: null });
    expect([...(run as OpenRun).posts.keys()].sort()).toEqual([0, 1, 2].map(keyOf));
    expect(await use({ ...job, key: keyOf(1) })).toBe(run);
    expect(events).toEqual([
      {
        ...{ type: 'run', export: 'ana, ana', account: 'ana', folder: join(root, 'out/ana'), posts: 3, selected: 2 },
        ...{ reported: 3, targets: ['rednote', 'lemon8'] },
      },
    ]);
  });

  it('is opened again where another worker may have been at its posts, but not while one is under way', async () => {
    await photoExport(root, 'ana', 1);
    const job = await queued('ana');
    const { cache, use, events } = await opened();
    await cache.withRun(job, true, async (first) => {
      expect(await use(job, true)).toBe(first);
    });
    expect(events).toHaveLength(1);
    await use(job, true);
    expect(events).toHaveLength(2);
    await use(job);
    expect(events).toHaveLength(2);
  });

  it('is not that of a post in the folder of another account, or of a run before', async () => {
    await photoExport(root, 'ana', 1);
    const job = await queued('ana');
    const { use } = await opened();
    await use(job);
    expect(await use({ ...job, folder: 'bo' })).toBe('out/bo/.port/queue/run.json cannot be read.');
    const other = { ...job, run: '0123456789abcdef' };
    expect(await use(other)).toBe('Another run has taken the place of this one.');
  });

  it('that cannot be opened is tried again for the next post; one in which a post broke stays open', async () => {
    await photoExport(root, 'ana', 1);
    const job = await queued('ana');
    const text = await readFile(job.document, 'utf8');
    const { cache, use, events } = await opened();
    await writeFile(job.document, '{');
    expect(await use(job)).toBe('out/ana/.port/queue/run.json cannot be read.');
    await writeFile(job.document, JSON.stringify({ ...(JSON.parse(text) as RunDocument), version: '99.0.0' }));
    await expect(use(job)).rejects.toThrow(/^The run has port 99\.0\.0 and here it is 1\.0\.0/);
    expect(events).toEqual([]);
    await writeFile(job.document, text);
    const broken = cache.withRun(job, false, async () => Promise.reject(new Error('no luck')));
    await expect(broken).rejects.toThrow('no luck');
    await use(job);
    expect(events).toHaveLength(1);
  });

  it.each<[string, Partial<WrittenRun>, string]>([
    ['an export', { exports: ['ana', 'gone'] }, 'A file of the run is not in the shared folder any more.'],
    ['its media', { media: ['gone'] }, 'A file of the run is not in the shared folder any more.'],
    [
      'its music',
      { music: { path: 'gone', bytes: 1, sha256: 'a'.repeat(64) } },
      'A file of the run is not in the shared folder any more.',
    ],
    [
      'all but files of two accounts',
      { exports: ['ana.zip', 'bo.zip'] },
      'ana.zip, bo.zip cannot be read as the export of one account.',
    ],
    [
      'all but a damaged file',
      { exports: ['ana.zip', 'cy'] },
      'ana.zip, cy cannot be read as the export of one account.',
    ],
  ])('is not opened without %s, and no file stays open', async (_, odd, reason) => {
    for (const name of ['ana', 'bo']) await zipped(name);
    await photoExport(root, 'cy', 1);
    await writeFile(join(root, 'cy/user_data_tiktok.json'), '{');
    const { use, events } = await opened();
    expect(await use(await queued('ana', odd))).toBe(reason);
    expect(events).toEqual([]);
    expect(await openFiles()).toEqual([]);
  });

  it('has its media and music as paths of this machine', async () => {
    await photoExport(root, 'ana', 1);
    await rename(join(root, 'ana/media'), join(root, 'media'));
    await copyFile(join(root, 'media', keyOf(0), '01.jpg'), join(root, 'song.mp3'));
    const music = { path: 'song.mp3', bytes: 1, sha256: 'a'.repeat(64), stream: 1 };
    const { use } = await opened();
    expect(await use(await queued('ana', { media: ['media'], music }))).toMatchObject({
      ...{ media: [join(root, 'media')], music: { ...music, path: join(root, 'song.mp3') } },
    });
  });

  it.each<[string, { posts: number; runs: number }, closed: readonly string[]]>([
    ['as many runs as may', { posts: 100, runs: 3 }, []],
    ['more runs than may', { posts: 100, runs: 2 }, ['bo']],
    ['as many posts as may', { posts: 4, runs: 9 }, []],
    ['more posts than may', { posts: 3, runs: 9 }, ['bo']],
    ['fewer posts than the last run alone has', { posts: 1, runs: 9 }, ['ana', 'bo']],
  ])('with %s: of those that no post is at, the first used ones are closed', async (_, most, closed) => {
    for (const [name, posts] of Object.entries({ ana: 1, bo: 1, cy: 2 })) await photoExport(root, name, posts);
    const jobs = { ana: await queued('ana'), bo: await queued('bo'), cy: await queued('cy') };
    const { cache, use, events } = await opened(most);
    await use(jobs.ana);
    await use(jobs.bo);
    await use(jobs.ana);
    // A post of the last run is being done, and another one of it ends.
    await cache.withRun(jobs.cy, false, async () => use(jobs.cy));
    events.length = 0;
    for (const job of [jobs.cy, jobs.ana, jobs.bo]) await use(job);
    expect(events.map((event) => event.type === 'run' && event.account)).toEqual(closed);
  });

  it('stays open while one of its posts is being done, however many are opened meanwhile', async () => {
    for (const name of ['ana', 'bo']) await photoExport(root, name, 1);
    const [ana, bo] = [await queued('ana'), await queued('bo')];
    const { cache, use, events } = await opened({ posts: 1, runs: 1 });
    await cache.withRun(ana, false, async (run) => {
      await use(bo);
      expect(await use(ana)).toBe(run);
    });
    expect(events).toHaveLength(2);
  });

  it.runIf(process.platform === 'linux')('has its files open once, until the worker ends', async () => {
    await zipped('ana');
    const names = ['media-1.zip', 'media-2.zip'];
    for (const name of names) await writeFile(join(root, name), buildZip([{ name: '01.jpg', content: 'x' }]));
    const { cache, use } = await opened();
    const job = await queued('ana', { exports: ['ana.zip'], media: names });
    await use(job);
    await use(job, true);
    expect((await openFiles()).sort()).toEqual(['ana.zip', ...names]);
    await cache.close();
    expect(await openFiles()).toEqual([]);
  });
});
