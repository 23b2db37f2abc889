import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { type Behaviour, serve, startServer } from '../servers/fault-server.ts';
import { eventsOf, type Process, startPort, startWorker } from './fleet.ts';
import { linkExport, photoBytes, photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('many clients and many workers', { timeout: 240_000 }, () => {
  const at = redisAndFolder('many');

  /** The accounts of the posts that ended, in their order. */
  const accountsOf = (worker: Process) =>
    eventsOf(worker).flatMap(({ type, account }) => (type === 'post' ? [String(account)] : []));

  async function queueHolds(posts: number): Promise<void> {
    const client = at.redis.client();
    for (let tries = 0; tries < 1000; tries++) {
      if ((await client.zcard('{port}:posts:prioritized')) >= posts) return;
      await wait(20);
    }
    throw new Error(`never ${posts} posts in the queue`);
  }

  it('clients take turns: who has few posts does not wait for who has many, whatever last night’s turn was', async () => {
    await at.redis.client().set('{port}:turn', '1000');
    const [many, few] = [await photoExport(at.folder, 'many', 20), await photoExport(at.folder, 'few', 3)];
    const common = ['--to', 'rednote', '--offline', '--queue', at.redis.address];
    const first = startPort([many, ...common, '--out', 'first'], at.folder);
    await queueHolds(20);
    const second = startPort([few, ...common, '--out', 'second'], at.folder);
    await queueHolds(23);
    const worker = startWorker(at.redis.address, at.folder);
    expect(await second.ended, second.said().stderr).toBe(0);
    expect(await first.ended, first.said().stderr).toBe(0);
    const order = accountsOf(worker);
    expect(order).toHaveLength(23);
    expect(order.slice(0, 6).filter((account) => account === 'few')).toHaveLength(3);
    worker.kill('SIGINT');
    await worker.ended;
  });

  it('no host has more than three downloads at a time, over all workers together', async () => {
    const photo = await photoBytes();
    const slowly: Behaviour = (request, response, count) => {
      setTimeout(() => serve(photo, { type: 'image/jpeg', etag: '"p"' })(request, response, count), 100);
    };
    const paths = Array.from({ length: 12 }, (_, index) => `/${index}`);
    const server = await startServer(Object.fromEntries(paths.map((path) => [path, slowly])));
    const path = await linkExport(at.folder, 'far', paths.map(server.url));
    const workers = [1, 2, 3].map(() => startWorker(at.redis.address, at.folder, { jobs: '4' }));
    const args = [path, '--to', 'rednote', '--out', 'fetched', '--no-listing', '--allow-host', '127.0.0.1'];
    const run = startPort([...args, '--queue', at.redis.address], at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(at.folder, 'fetched/far'));
    expect(totals).toEqual({ rednote: { delivered: 12, held: 0, rejected: 0, failed: 0 } });
    expect(Math.max(...server.asked.map(({ atOnce }) => atOnce))).toBe(3);
    expect(server.asked).toHaveLength(24);
    expect(workers.filter((worker) => accountsOf(worker).length > 0).length).toBeGreaterThan(1);
    for (const worker of workers) worker.kill('SIGINT');
    await Promise.all(workers.map(({ ended }) => ended));
  });
});
