import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runQueue } from '../../src/cli/commands/queue/run-queue.ts';
import { runPort } from '../e2e/run-port.ts';
import { startPort, startWorker } from './fleet.ts';
import { photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('something else in place of the keys of a queue', { timeout: 240_000 }, () => {
  const at = redisAndFolder('wrong-keys');
  let connection: Redis;
  beforeEach(async () => {
    connection = new Redis(at.redis.port, '127.0.0.1', { maxRetriesPerRequest: null });
    await connection.flushall();
  });
  afterEach(() => connection.disconnect());
  const queue = async (what: string, client?: string) =>
    runQueue(what, client, { queue: at.redis.address }, (sentence) => expect(sentence).toBe(''));

  it.each([
    ['posts:prioritized', 'x', 'a text'],
    ['posts:active', 'x', 'a text'],
    ['posts:events', 'x', 'a text'],
    ['exports:waiting-children', 'x', 'a text'],
    ['posts:metrics:completed', 'x', 'a text'],
    ['workers', 'x', 'a text'],
    ['turn', ['x'], 'a list'],
  ])('%s: a sentence says which key and what to do, drop @foreign takes it out', async (name, value, what) => {
    const key = `{port}:${name}`;
    if (typeof value === 'string') await connection.set(key, value);
    else await connection.rpush(key, ...value);
    const said = await queue('status').catch(({ message }: Error) => message);
    // Not all of them are in the way of a look.
    if (!said.startsWith('Nothing is in the queue.')) {
      expect(said).toMatch(/^Redis at [^\n]*$/);
      expect(said).toContain(`${key} is ${what}`);
      expect(said).toContain('port queue drop @foreign --queue');
    } else expect(['posts:events', 'turn', 'posts:prioritized']).toContain(name);
    expect(await queue('drop', '@foreign')).toContain('is out of the queue');
    expect(await connection.exists(key)).toBe(0);
    expect(await queue('status')).toMatch(/^Nothing is in the queue\.\n/);
  });

  it('a coordinator ends with the sentence; a worker says it once, and continues when the keys are out', async () => {
    await photoExport(at.folder, 'ana', 1);
    const args = ['ana', '--to', 'rednote', '--offline', '--out', 'ported', '--queue', at.redis.address];
    await connection.set('{port}:posts:id', 'many');
    const refused = await runPort(args, at.folder);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('{port}:posts:id is no number');
    await connection.flushall();
    await connection.set('{port}:posts:wait', 'x');
    const worker = startWorker(at.redis.address, at.folder);
    await worker.says(/\{port\}:posts:wait is a text/);
    await connection.del('{port}:posts:wait');
    const run = startPort(args, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
    expect((worker.said().stdout + worker.said().stderr).match(/posts:wait is a text/g)).toHaveLength(1);
  });

  it('a forged run is gone after drop, whatever it claims to wait for', async () => {
    const runs = new Queue('exports', { connection, prefix: '{port}' });
    const about = {
      ...{ schemaVersion: 1, out: 'nowhere', outId: '0123456789abcdef', folder: 'maya', run: 'fedcba9876543210' },
      ...{ account: 'maya', posts: 1, startedAt: 1, version: '99.0.0', libavcodec: 1 },
    };
    await runs.add('export', about, { jobId: 'f0f0f0f0f0f0f0f0' });
    await connection.sadd('{port}:exports:f0f0f0f0f0f0f0f0:dependencies', '{port}:posts:nobody', 'x');
    await runs.add('export', { ...about, folder: 'bo' }, { jobId: 'bo' });
    await connection.set('{port}:exports:bo:lock', 'x');
    await runs.add('export', { ...about, folder: 'cy' }, { jobId: 'cy', delay: 1e6 });
    await connection.set('{port}:exports:cy:dependencies', 'x');
    await runs.add('export', { ...about, account: '@foreign', out: '.', folder: '@foreign' }, { jobId: 'named' });
    await runs.add('export', { ...about, account: 'tab\u0007', folder: 'b\u0007ell' }, { jobId: 'bell' });
    await runs.close();
    expect(await queue('status')).toMatch(/^maya +/m);
    for (const name of ['nowhere/maya', 'nowhere/bo', 'nowhere/cy', 'nowhere/b�ell', '@foreign'])
      expect(await queue('drop', name), name).toContain('out of the queue');
    expect(await queue('status')).toMatch(/^Nothing is in the queue\.\n/);
    expect(
      (await connection.keys('{port}:exports:*')).filter((key) => !/:(?:meta|events|id|marker)$/.test(key)),
    ).toEqual([]);
  });
});
