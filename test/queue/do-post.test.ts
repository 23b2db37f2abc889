import { mkdtemp, readFile, realpath, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { PostRun } from '../../src/pipeline/context.ts';
import { recordDelivered } from '../../src/pipeline/up-to-date.ts';
import { doPost } from '../../src/queue/do-post.ts';
import type { Outcome } from '../../src/queue/documents.ts';
import type { OpenRun } from '../../src/queue/open-runs.ts';
import { openEncoders } from '../../src/render/encoders.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { realTools } from './in-process.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { aPost, openedRuns, queueRun, type WrittenRun } from './queued-run.ts';

const issue = { code: 'not-selected', severity: 'info', actual: null, limit: null } as const;
const caption = { text: 'Mine', title: null, hashtags: null, source: 'csv', matchedBy: 'key', seconds: null } as const;
const key = keyOf(0);

describe('a post that a worker does', () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'port-do-post-')));
    await photoExport(root, 'ana', 2);
  });
  afterEach(async () => rm(root, { recursive: true, maxRetries: 3 }));

  const open = async (odd: Partial<WrittenRun> = {}): Promise<OpenRun> => {
    const opened = await (await openedRuns(root)).use(await queueRun(root, 'ana', odd));
    if (typeof opened === 'string') throw new Error(opened);
    return opened;
  };
  /** Does a post of an opened run, with what it told. */
  const done = async (
    run: OpenRun,
    { of = key, changed = (tools: Tools) => tools, signal = new AbortController().signal } = {},
  ) => {
    const tools = changed(await realTools());
    const events: RunEvent[] = [];
    const tell = (event: RunEvent) => void events.push(event);
    const worker = { tools, encoders: openEncoders(tools, () => {}), threads: 1, tell };
    const outcome = await doPost(of, { root }, run, worker, () => {}, signal);
    return { outcome, events };
  };
  const madeOf = (outcome: Awaited<ReturnType<typeof doPost>>) =>
    typeof outcome === 'string'
      ? outcome
      : outcome.rows.map(({ row, unchanged }) => [row.target, row.status, unchanged]);

  it('is delivered with the words of the run; its outcome has rows, plans and hashes of each platform', async () => {
    const run = await open({ posts: { [key]: { ...aPost, caption } } });
    const { outcome, events } = await done(run);
    expect(madeOf(outcome)).toEqual([
      ['rednote', 'delivered', false],
      ['lemon8', 'delivered', false],
    ]);
    expect(outcome).toMatchObject({
      ...{ schemaVersion: 1, run: run.about.run, key, fetched: { isNew: true, hasOriginal: true, issues: [] } },
      plans: ['rednote', 'lemon8'].map((target) => ({ target, actions: ['copy', 'image'] })),
      inputHashes: { rednote: expect.any(String), lemon8: expect.any(String) },
    });
    expect(await readFile(join(root, 'out/ana/lemon8', key, 'caption.txt'), 'utf8')).toContain('Mine');
    expect(events.filter(({ type }) => type === 'post')).toHaveLength(2);
    expect(run.manifest.rowsOf(key, ['rednote', 'lemon8'])).toHaveLength(2);
  });

  it('that was delivered before is reported as it was, with its rows', async () => {
    const run = await open();
    const first = (await done(run)).outcome;
    const post = run.posts.get(key);
    if (typeof first === 'string' || !post) return expect.unreachable('not done');
    const { signal } = new AbortController();
    // As the coordinator does.
    await recordDelivered(post, new Map(Object.entries(first.inputHashes)), { ...run, signal } as unknown as PostRun);
    const { outcome, events } = await done(run);
    expect((outcome as Outcome).rows).toEqual(first.rows.map(({ row }) => ({ row, unchanged: true })));
    expect(outcome).toMatchObject({ inputHashes: {}, fetched: { isNew: false, hasOriginal: true } });
    expect(events.filter((event) => event.type === 'post' && event.unchanged)).toHaveLength(2);
  });

  it.each<[string, string, Partial<WrittenRun>]>([
    ['that the export does not have', keyOf(7), { posts: { [keyOf(7)]: aPost } }],
    ['that the run does not have', keyOf(1), {}],
    ['whose link is another one', key, { posts: { [key]: { ...aPost, linkPath: '/video/7' } } }],
  ])('%s is not done', async (_, of, odd) => {
    const { outcome, events } = await done(await open(odd), { of });
    expect(outcome).toBe(`The export does not have the post ${of} any more.`);
    expect(events).toEqual([]);
  });

  it('that a rule holds is held with its original', async () => {
    const { outcome } = await done(await open({ posts: { [key]: { ...aPost, held: issue } } }));
    expect(madeOf(outcome)).toEqual([
      ['rednote', 'held', false],
      ['lemon8', 'held', false],
    ]);
    expect(outcome).toMatchObject({ inputHashes: {}, plans: [], fetched: { hasOriginal: true } });
    expect((outcome as Outcome).rows.map(({ row }) => row.issues.map(({ code }) => code))).toEqual(
      Array(2).fill(['not-selected']),
    );
  });

  const breaking = (error: Error) => ({
    changed: (tools: Tools): Tools => {
      const render = async () => Promise.reject(error);
      return { ...tools, images: { ...tools.images, render, strip: render } };
    },
  });

  it('that breaks fails on each platform with the reason', async () => {
    const { outcome } = await done(await open(), breaking(new Error('no luck')));
    expect(madeOf(outcome)).toEqual([
      ['rednote', 'failed', false],
      ['lemon8', 'failed', false],
    ]);
    expect((outcome as Outcome).rows[0]?.row.issues.at(-1)?.message).toContain('no luck');
    expect(outcome).toMatchObject({ inputHashes: {}, fetched: { hasOriginal: true } });
  });

  it('is not done where the machine cannot do any, or the worker is stopped', async () => {
    await expect(done(await open(), breaking(new UsageError('This machine is not fit.')))).rejects.toThrow('not fit');
    const stop = new AbortController();
    stop.abort(new Error('Ctrl-C'));
    await expect(done(await open(), { ...breaking(new Error('x')), signal: stop.signal })).rejects.toThrow('Ctrl-C');
  });

  it('of a run of another machine: paths are recorded as they are there', async () => {
    await rename(join(root, 'ana/media'), join(root, 'media'));
    const { outcome } = await done(await open({ root: '/mnt/shared', media: ['media'] }));
    expect((outcome as Outcome).rows.map(({ row }) => row.original?.path)).toEqual(
      Array(2).fill(`/mnt/shared/media/${key}/01.jpg`),
    );
  });
});
