import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, ToolMissingError, UsageError } from '../../src/errors.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { startCoordinator, startInWorker } from './in-process.ts';
import { emptyQueue, patience, until } from './only-queue.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis } from './redis.ts';

const posts = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'post' ? [event] : []));

describe.skipIf(!hasRedis)('trouble with a post on a worker', { timeout: 3 * patience.timeout }, () => {
  const at = emptyQueue('trouble');
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'port-trouble-')));
    out = join(folder, 'out');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  const start = async (posts: number, flags: object = {}) =>
    startCoordinator(at.redis, folder, [await photoExport(folder, 'ana', posts)], { to: 'rednote', out, ...flags });
  /** A worker whose pictures are made by `render`. */
  const work = (render: () => Promise<never>) =>
    startInWorker(at.redis, folder, {
      changed: (tools): Tools => ({ ...tools, images: { ...tools.images, render, strip: render } }),
    });

  it('an error of one post fails that post, with the reason here and in Redis; the worker continues', async () => {
    let count = 0;
    const run = await start(2);
    const worker = work(async () => {
      count++;
      throw new Error(`no luck ${count}`);
    });
    expect(await run.ended).toMatchObject({ exitCode: 1 });
    const said = posts(run.events).map(({ status, issues }) => [status, issues[0]?.message]);
    expect(said).toEqual(Array(2).fill(['failed', expect.stringContaining('no luck')]));
    expect(posts(worker.events).map(({ status }) => status)).toEqual(['failed', 'failed']);
    await expectConsistentFolder(join(out, 'ana'));
    worker.stop();
    await worker.ended;
  });

  it('what Redis has of a failed post is its reason', async () => {
    const run = await start(1);
    await until(async () => (await at.client.zcard('{port}:posts:prioritized')) === 1);
    run.stop();
    await run.ended;
    work(async () => Promise.reject(new Error('no luck')));
    const queue = await at.open();
    const [{ id = '' } = {}] = await queue.runs();
    await until(async () => (await queue.failures(id)).size === 1);
    expect([...(await queue.failures(id))]).toEqual([[keyOf(0), expect.stringContaining('no luck')]]);
  });

  it('what this machine cannot do at all ends the worker, and the post goes back', async () => {
    const run = await start(1);
    const worker = work(async () => Promise.reject(new UsageError('This machine is not fit.')));
    await expect(worker.ended).rejects.toThrow('This machine is not fit.');
    const queue = await at.open();
    expect((await queue.runs()).map(({ counts }) => counts)).toEqual([{ open: 1, done: 0, failed: 0 }]);
    expect(await queue.underWay()).toEqual([]);
    run.stop();
    await run.ended;
  });

  it('a missing program fails the post with the sentence', async () => {
    const run = await start(1);
    work(async () => Promise.reject(new ToolMissingError('There is no such program.')));
    expect(await run.ended).toMatchObject({ exitCode: 1 });
    expect(posts(run.events).map(({ issues }) => issues[0]?.message)).toEqual([
      expect.stringContaining('There is no such program.'),
    ]);
  });

  it('a worker that is stopped in the middle of a post puts it back, and the next one has it', async () => {
    const run = await start(1);
    let isAtIt = false;
    let fail = (_: Error) => {};
    const worker = work(async () => {
      isAtIt = true;
      return await new Promise<never>((_, reject) => {
        fail = reject;
      });
    });
    await until(() => isAtIt);
    worker.stop();
    fail(new InterruptedError('stopped'));
    await worker.ended;
    const queue = await at.open();
    expect((await queue.runs()).map(({ counts }) => counts)).toEqual([{ open: 1, done: 0, failed: 0 }]);
    expect(posts(worker.events)).toEqual([]);
    startInWorker(at.redis, folder);
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    expect(posts(run.events).map(({ status }) => status)).toEqual(['delivered']);
  });

  it('a post that a rule holds, and one that is out, stay so on a worker', async () => {
    const path = await photoExport(folder, 'ana', 3);
    const document = join(path, 'user_data_tiktok.json');
    const hidden = (await readFile(document, 'utf8')).replace('"WhoCanView":"Everyone"', '"WhoCanView":"Only me"');
    await writeFile(document, hidden);
    const flags = { to: 'rednote,lemon8', out };
    startInWorker(at.redis, folder);
    const first = startCoordinator(at.redis, folder, [path], flags);
    expect(await first.ended).toMatchObject({ accounts: { ana: { rednote: { delivered: 2, held: 1 } } } });
    const held = posts(first.events).filter(({ key }) => key === keyOf(0));
    expect(held.map(({ status, original }) => [status, original?.path])).toEqual(
      Array(2).fill(['held', `originals/${keyOf(0)}/01.jpg`]),
    );
    await writeFile(join(out, 'ana/posting.csv'), `key,target,posted\r\n${keyOf(1)},rednote,x\r\n`);
    const second = startCoordinator(at.redis, folder, [path], { ...flags, tags: 'again' });
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    const frozen = posts(second.events).filter(({ issues }) => issues.some(({ code }) => code === 'posted-frozen'));
    expect(frozen.map(({ key, target }) => [key, target])).toEqual([[keyOf(1), 'rednote']]);
    const words = async (target: string, index: number) =>
      readFile(join(out, 'ana', target, keyOf(index), 'caption.txt'), 'utf8');
    expect(await words('rednote', 1)).not.toContain('#again');
    expect(await words('lemon8', 1)).toContain('#again');
    await expectConsistentFolder(join(out, 'ana'));
  });
});
