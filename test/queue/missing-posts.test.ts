import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { QueuedRun } from '../../src/queue/bullmq/contract.ts';
import { startCoordinator, startInWorker } from './in-process.ts';
import { addRun, emptyQueue, patience, until } from './only-queue.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis } from './redis.ts';

const posts = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'post' ? [event] : []));
const told = (events: readonly RunEvent[]) =>
  posts(events).map(({ key, target, status, unchanged }) => [`${key} ${target}`, status, unchanged].join());

/** Without what is told after five seconds: that there is no worker. */
const lossesTold = (warnings: readonly string[]) => warnings.filter((each) => !each.startsWith('No worker is there'));

describe.skipIf(!hasRedis)('posts that are missing in Redis', { timeout: 3 * patience.timeout }, () => {
  const at = emptyQueue('missing');
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'port-missing-'));
    out = join(folder, 'out');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  const start = (...paths: string[]) => startCoordinator(at.redis, folder, paths, { to: 'rednote', out });
  const work = () => startInWorker(at.redis, folder);
  const untilWaiting = async (count: number) =>
    until(async () => (await at.client.zcard('{port}:posts:prioritized')) === count);

  it('posts that Redis has lost are put in again, which is reported once for all accounts', async () => {
    const paths = [await photoExport(folder, 'ana', 2), await photoExport(folder, 'bo', 1)];
    const run = start(...paths);
    await untilWaiting(3);
    await at.client.flushall();
    await untilWaiting(3);
    work();
    expect(await run.ended).toMatchObject({ exitCode: 0 });
    expect(lossesTold(run.warnings())).toEqual([
      'Posts are gone from Redis: they are put into the queue again. With appendonly yes Redis would keep them.',
    ]);
    expect(told(run.events)).toHaveLength(3);
  });

  it('posts that a killed coordinator had not put in yet are put in by the next one', async () => {
    const path = await photoExport(folder, 'ana', 2);
    const first = start(path);
    await untilWaiting(2);
    first.stop();
    await first.ended;
    const queue = await at.open();
    const [{ id }] = (await queue.runs()) as [QueuedRun];
    const missing = `{port}:posts:${id}-${keyOf(0)}`;
    await at.client.del(missing);
    await at.client.zrem('{port}:posts:prioritized', `${id}-${keyOf(0)}`);
    await at.client.srem(`{port}:exports:${id}:dependencies`, missing);
    const second = start(path);
    await untilWaiting(2);
    work();
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    expect(told(second.events).sort()).toEqual([0, 1].map((index) => `${keyOf(index)} rednote,delivered,false`));
    expect(lossesTold(second.warnings())).toEqual([]);
  });

  it('a post whose job is gone does not keep the run waiting, and its outcome counts', async () => {
    const path = await photoExport(folder, 'ana', 1);
    const run = start(path);
    await untilWaiting(1);
    const document = join(out, 'ana/.port/queue/run.json');
    const { run: hash } = JSON.parse(await readFile(document, 'utf8')) as { run: string };
    const issue = { code: 'render-failed', severity: 'error', actual: 'x', limit: null, message: 'It broke.' };
    const row = {
      ...{ key: keyOf(0), target: 'rednote', status: 'failed', issues: [issue], original: null, declarations: [] },
      ...{ toDeclare: [], linkPath: null, caption: null, files: [] },
    };
    const outcome = {
      ...{ schemaVersion: 1, run: hash, key: keyOf(0), attempt: 1, plans: [], rows: [{ row, unchanged: false }] },
      fetched: { isNew: false, hasOriginal: false, issues: [] },
    };
    await writeFile(join(out, 'ana/.port/queue', `${keyOf(0)}.json`), JSON.stringify(outcome));
    await at.client.del(...(await at.client.keys('{port}:posts:*-2025-*')), '{port}:posts:prioritized');
    expect(await run.ended).toMatchObject({ exitCode: 1 });
    expect(posts(run.events).map(({ issues }) => issues[0]?.message)).toEqual(['It broke.']);
    expect(lossesTold(run.warnings())).toEqual([]);
  });

  it('a post in none of the lists is put in again while others wait; one that is lost again fails', async () => {
    const path = await photoExport(folder, 'ana', 2);
    const queue = await at.open();
    await addRun(queue, 'other', 2);
    const run = start(path);
    await untilWaiting(4);
    const id = (await queue.runs()).find((each) => each.id !== 'other')?.id ?? '';
    const lose = async (...indices: number[]) =>
      at.client.zrem('{port}:posts:prioritized', ...indices.map((index) => `${id}-${keyOf(index)}`));
    await lose(0, 1);
    await untilWaiting(4);
    await lose(1);
    await until(async () => (await queue.find(id))?.counts.open === 1);
    await queue.forget('other');
    work();
    expect(await run.ended).toMatchObject({ exitCode: 1 });
    expect(told(run.events)).toEqual([`${keyOf(0)} rednote,delivered,false`, `${keyOf(1)} rednote,failed,false`]);
    expect(posts(run.events).at(-1)?.issues[0]?.message).toContain('its worker left no word of it');
    expect(lossesTold(run.warnings())).toEqual([expect.stringMatching(/^Posts are gone from Redis/)]);
    expect(await at.client.keys('{port}:posts:*-2025-*')).toEqual([]);
  });
});
