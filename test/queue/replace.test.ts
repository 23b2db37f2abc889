import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { type Behaviour, serve, startServer } from '../servers/fault-server.ts';
import { leftovers } from '../torture/tree.ts';
import { startPort, startWorker } from './fleet.ts';
import { keyOf, linkExport, photoBytes } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('a run that takes the place of another', { timeout: 240_000 }, () => {
  const at = redisAndFolder('replace');

  it('lists what the other one had under way, and does not do what it had waiting', async () => {
    const serving = serve(await photoBytes(), { type: 'image/jpeg', etag: '"p"' });
    let open = () => {};
    const opened = new Promise<void>((done) => {
      open = done;
    });
    const slow: Behaviour = (...asked) => void opened.then(() => serving(...asked));
    const server = await startServer({ '/0': serving, '/1': serving, '/2': slow });
    // The newest post is the first to be done.
    const path = await linkExport(at.folder, 'hal', ['/0', '/1', '/2'].map(server.url));
    const args = [path, '--to', 'rednote', '--out', 'replaced', '--no-listing', '--allow-host', '127.0.0.1'];
    const queued = [...args, '--queue', at.redis.address];
    const first = startPort(queued, at.folder);
    const worker = startWorker(at.redis.address, at.folder);
    const isUnderWay = () => server.asked.some(({ path: asked }) => asked.startsWith('/2'));
    while (!isUnderWay()) await wait(20);
    first.kill('SIGINT');
    expect(await first.ended, first.said().stderr).toBe(130);

    const second = startPort([...queued, '--only', keyOf(0), '--tags', 'travel'], at.folder);
    const waiting = async () => at.redis.client().zcard('{port}:posts:prioritized');
    while ((await waiting()) > 0) await wait(20);
    open();
    expect(await second.ended, second.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(at.folder, 'replaced/hal'));
    expect(totals).toEqual({ rednote: { delivered: 2, held: 1, rejected: 0, failed: 0 } });
    expect(new Set(server.asked.map(({ path: asked }) => asked.slice(0, 2)))).toEqual(new Set(['/0', '/2']));
    expect(await leftovers(join(at.folder, 'replaced'))).toEqual([]);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });
});
