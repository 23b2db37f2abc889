import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { startPort, startWorker } from './fleet.ts';
import { photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

const foreign = {
  ...{ schemaVersion: 1, out: 'nowhere', outId: '0123456789abcdef', folder: 'maya' },
  ...{ run: 'fedcba9876543210', key: '2025-03-02_09-15-04' },
};

/** Jobs that BullMQ reads, and `port` did not write. */
const readable: readonly (readonly [name: string, data: unknown])[] = [
  ['empty', {}],
  ['a text', 'text'],
  ['null', null],
  ['a list', [1, [2, [3]]]],
  ['wrong types', { ...foreign, out: { toString: 1 }, key: 5 }],
  ['a huge string', { ...foreign, out: 'x'.repeat(3_000_000) }],
  ['prototype keys', JSON.parse('{"__proto__":{"out":"x"},"constructor":{"prototype":{}},"toString":1}')],
  ['an unknown place', foreign],
];

/** Fields of a job's hash that nothing can parse. */
const unreadable: readonly (readonly [field: string, value: string])[] = [
  ['data', '{"schemaVersion":'],
  ['opts', 'nonsense'],
  ['opts', 'null'],
  ['progress', '{'],
  ['parent', '}{'],
  ['ats', 'many'],
  ['stc', 'often'],
];

describe.skipIf(!hasRedis)('jobs and events that nobody of port wrote', { timeout: 240_000 }, () => {
  const at = redisAndFolder('foreign');
  let connection: Redis;
  let posts: Queue;
  let runs: Queue;
  beforeEach(async () => {
    connection = new Redis(at.redis.port, '127.0.0.1', { maxRetriesPerRequest: null });
    await connection.flushall();
    posts = new Queue('posts', { connection, prefix: '{port}' });
    runs = new Queue('exports', { connection, prefix: '{port}' });
  });
  afterEach(async () => {
    await posts.close();
    await runs.close();
    connection.disconnect();
  });

  /** In front of all that wait. */
  async function inject(): Promise<number> {
    for (const [index, [, data]] of readable.entries()) await posts.add('post', data, { jobId: `forged-${index}` });
    for (const [index, [field, value]] of unreadable.entries()) {
      const { id } = await posts.add('post', foreign, { jobId: `damaged-${index}`, delay: 1 });
      await connection.hset(`{port}:posts:${id}`, field, value);
    }
    return readable.length + unreadable.length;
  }

  async function failed(count: number): Promise<void> {
    for (let tries = 0; tries < 1200 && (await posts.getJobCounts('failed'))['failed'] !== count; tries++)
      await wait(50);
    expect(await posts.getJobCounts('failed', 'waiting', 'active', 'delayed')).toMatchObject({
      failed: count,
      active: 0,
    });
  }

  const queue = async (...args: string[]) => runPort(['queue', ...args, '--queue', at.redis.address], at.folder);

  it('fail, and a run beside them comes to its end; status lists them, and they can be dropped', async () => {
    const worker = startWorker(at.redis.address, at.folder);
    await worker.says(/Posts of/);
    const count = await inject();
    await photoExport(at.folder, 'ana', 3);
    const args = ['ana', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(at.folder, 'ported/ana'));
    expect(totals).toEqual({ rednote: { delivered: 3, held: 0, rejected: 0, failed: 0 } });
    await failed(count);
    const seen = await queue('status');
    expect(seen).toMatchObject({ code: 0, stderr: '' });
    expect(seen.stdout).toMatch(new RegExp(`^@foreign +0 +0 +0 +${count}$`, 'm'));
    // None of them is a post of a run: nothing is tried again.
    expect((await queue('retry')).stdout).toMatch(/^No post of the queue has failed/);
    expect((await queue('drop', '@foreign')).stdout).toContain(`"@foreign": ${count} posts are out of the queue.`);
    expect((await queue('status')).stdout).toMatch(/^Nothing is in the queue\.\n/);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });

  it('an idle worker continues, and a post whose folder it does not have waits for others before it fails', async () => {
    const worker = startWorker(at.redis.address, at.folder);
    await worker.says(/Posts of/);
    const { id } = await posts.add('post', foreign);
    await worker.says(/shared folder .* is not the one of the run/);
    for (let tries = 0; tries < 100 && (await posts.getDelayedCount()) === 0; tries++) await wait(20);
    expect(await posts.getDelayedCount()).toBe(1);
    expect((await queue('status')).stdout).toMatch(/^@foreign +1 /m);
    // The worker has shown meanwhile that its folder is right.
    await photoExport(at.folder, 'bea', 1);
    const args = ['bea', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    await failed(1);
    expect((await posts.getJob(id ?? ''))?.failedReason).toContain('port queue drop nowhere/maya');
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });

  it('a worker starts beside runs of unknown places and damaged ones, if one is of its place', async () => {
    const about = { ...foreign, account: 'maya', posts: 1, startedAt: 1, version: '99.0.0', libavcodec: 1 };
    await photoExport(at.folder, 'cleo', 1);
    const args = ['cleo', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    await run.says(/1 post by cleo/);
    while ((await runs.getWaitingChildrenCount()) === 0) await wait(20);
    await runs.add('export', about, { jobId: 'f0f0f0f0f0f0f0f0' });
    for (const [index, value] of ['{"', '[]', '5', `"${'y'.repeat(1_000_000)}"`].entries()) {
      await runs.add('export', {}, { jobId: `damaged${index}` });
      await connection.hset(`{port}:exports:damaged${index}`, 'data', value);
    }
    const worker = startWorker(at.redis.address, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
    expect(worker.said().stdout.match(/is not the one of the run/g)).toHaveLength(1);
    const seen = (await queue('status')).stdout;
    expect(seen).toMatch(/^maya +/m);
    expect(seen).toMatch(/^@foreign +4 /m);
    expect(await queue('drop', 'nowhere/maya')).toMatchObject({ code: 0 });
    expect(await queue('drop', '@foreign')).toMatchObject({ code: 0 });
    expect((await queue('status')).stdout).toMatch(/^Nothing is in the queue\.\n/);
  });

  it('a coordinator hears damaged events, unknown posts and forged outcomes, and sees its run through', async () => {
    await photoExport(at.folder, 'dana', 4);
    const args = ['dana', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    const run = startPort(args, at.folder);
    await run.says(/No worker is there/);
    const [id = ''] = await runs.getRanges(['waiting-children'], 0, -1);
    const keys = (await posts.getRanges(['prioritized'], 0, -1)).map((each) => each.slice(id.length + 1));
    const tell = async (...fields: string[]) => connection.xadd('{port}:posts:events', '*', ...fields);
    const events = [
      ['event', 'completed'],
      ['event', 'progress', 'jobId', `${id}-${keys[0]}`, 'data', '{"share":'],
      ['event', 'completed', 'jobId', `${id}-${keys[0]}`, 'returnvalue', 'nonsense'],
      ['event', 'completed', 'jobId', `${id}-${keys[0]}`, 'returnvalue', 'null'],
      ['event', 'failed', 'jobId', `${id}-../../x`, 'failedReason', 'x'],
      ['event', 'failed', 'jobId', 'nobody'],
      ['event', 'error'],
      ['event', '__proto__', 'jobId', 'constructor'],
      ...['5', 'null', '"text"', '[]', '{"share":9}', '{"share":0.5,"plans":[{"target":"x"}]}'].map((data) => [
        ...['event', 'progress', 'jobId', `${id}-${keys[1]}`, 'data', data],
      ]),
    ];
    for (const event of events) {
      await tell(...event);
      await wait(50);
    }
    // What another post's outcome says is no word of this one, and neither is one without rows.
    const folder = join(at.folder, 'ported/dana/.port/queue');
    const hash = (await runs.getJob(id))?.data.run;
    const outcome = { schemaVersion: 1, run: hash, attempt: 9, plans: [], inputHashes: {} };
    const fetched = { isNew: false, hasOriginal: false, issues: [] };
    await writeFile(join(folder, `${keys[0]}.json`), JSON.stringify({ ...outcome, key: keys[1], rows: [], fetched }));
    await writeFile(join(folder, `${keys[2]}.json`), JSON.stringify({ ...outcome, key: keys[2], rows: [], fetched }));
    await connection.sadd('{port}:workers', 'list', 'forged', '__proto__');
    await connection.lpush('{port}:worker:list', 'x');
    await connection.set('{port}:worker:forged', '{"host":5}');
    await connection.set('{port}:worker:__proto__', 'x'.repeat(1_000_000));
    expect(await queue('status')).toMatchObject({ code: 0, stderr: '' });
    const worker = startWorker(at.redis.address, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(at.folder, 'ported/dana'));
    expect(totals).toEqual({ rednote: { delivered: 4, held: 0, rejected: 0, failed: 0 } });
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });
});
