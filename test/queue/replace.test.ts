import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectBooksToBalance } from '../e2e/accounting.ts';
import { type Behaviour, serve, startServer } from '../servers/fault-server.ts';
import { leftovers } from '../torture/tree.ts';
import { startPort, startWorker } from './fleet.ts';
import { keyOf, linkExport, photoBytes } from './photo-export.ts';
import { hasRedis, startRedis, type TestRedis } from './redis.ts';

describe.skipIf(!hasRedis)('a run that takes the place of another', { timeout: 240_000 }, () => {
  let redis: TestRedis;
  let folder: string;
  beforeAll(async () => {
    redis = await startRedis();
    folder = await mkdtemp(join(tmpdir(), 'port-replace-'));
  });
  afterAll(async () => {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('lists what the other one had under way, and does not do what it had waiting', async () => {
    const serving = serve(await photoBytes(), { type: 'image/jpeg', etag: '"p"' });
    let open = () => {};
    const opened = new Promise<void>((done) => {
      open = done;
    });
    const slow: Behaviour = (...asked) => void opened.then(() => serving(...asked));
    const server = await startServer({ '/0': serving, '/1': serving, '/2': slow });
    // The newest post is the first to be done.
    const path = await linkExport(folder, 'hal', ['/0', '/1', '/2'].map(server.url));
    const args = [path, '--to', 'rednote', '--out', 'replaced', '--no-listing', '--allow-host', '127.0.0.1'];
    const queued = [...args, '--queue', redis.address];
    const first = startPort(queued, folder);
    const worker = startWorker(redis.address, folder);
    const isUnderWay = () => server.asked.some(({ path: asked }) => asked.startsWith('/2'));
    while (!isUnderWay()) await wait(20);
    first.kill('SIGINT');
    expect(await first.ended, first.said().stderr).toBe(130);

    const second = startPort([...queued, '--only', keyOf(0), '--tags', 'travel'], folder);
    const waiting = async () => redis.client().zcard('{port}:posts:prioritized');
    while ((await waiting()) > 0) await wait(20);
    open();
    expect(await second.ended, second.said().stderr).toBe(0);
    const { totals } = await expectBooksToBalance(join(folder, 'replaced/hal'));
    expect(totals).toEqual({ rednote: { delivered: 2, held: 1, rejected: 0, failed: 0 } });
    expect(new Set(server.asked.map(({ path: asked }) => asked.slice(0, 2)))).toEqual(new Set(['/0', '/2']));
    expect(await leftovers(join(folder, 'replaced'))).toEqual([]);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });
});
