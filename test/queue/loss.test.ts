import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { leftovers } from '../torture/tree.ts';
import { startPort, startWorker } from './fleet.ts';
import { photoExport } from './photo-export.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('a Redis that forgets, refuses or stays away', { timeout: 240_000 }, () => {
  const at = redisAndFolder('loss', ['--appendonly', 'no']);

  const queued = (path: string, out: string) => [
    ...[path, '--to', 'rednote', '--out', out, '--offline', '--queue', at.redis.address],
  ];

  it('that comes back empty gets the posts again, and the run ends as if nothing had been', async () => {
    const path = await photoExport(at.folder, 'lea', 4);
    const run = startPort(queued(path, 'lost'), at.folder);
    await run.says(/4 posts by lea/);
    await run.says(/warning: No worker is there, so nothing is done yet/);
    await at.redis.restart(0);
    await run.says(/Posts are gone from Redis: they are put into the queue again/);
    const worker = startWorker(at.redis.address, at.folder);
    expect(await run.ended, run.said().stderr).toBe(0);
    const { totals } = await expectConsistentFolder(join(at.folder, 'lost/lea'));
    expect(totals).toEqual({ rednote: { delivered: 4, held: 0, rejected: 0, failed: 0 } });
    expect(await leftovers(join(at.folder, 'lost'))).toEqual([]);
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });

  it('that refuses is told of in a sentence; what its values hold is not believed', async () => {
    const path = await photoExport(at.folder, 'mia', 1);
    const client = at.redis.client();
    await client.set('{port}:turn', 'soon');
    await client.set('{port}:workers', 'me');
    const seen = await runPort(['queue', 'status', '--queue', at.redis.address], at.folder);
    expect(seen.code).toBe(1);
    expect(seen.stderr).toMatch(
      /^port: Redis at redis:.* has something else where port keeps its queue \(.*workers is a text\)/,
    );
    await client.del('{port}:workers');

    await client.config('SET', 'maxmemory', '100kb');
    const full = await runPort(queued(path, 'refused'), at.folder);
    expect(full.code).toBe(1);
    expect(full.stderr).toMatch(/port: Redis at redis:.* refuses \(OOM .*\)\. Mend that.*\n$/);
    await client.config('SET', 'maxmemory', '0');

    const worker = startWorker(at.redis.address, at.folder);
    const run = await runPort(queued(path, 'refused'), at.folder);
    expect(run.code, run.stderr).toBe(0);
    worker.kill('SIGINT');
    await worker.ended;
  });

  it('that stays away keeps nobody who wants to leave', async () => {
    const path = await photoExport(at.folder, 'nia', 2);
    const run = startPort(queued(path, 'away'), at.folder);
    const worker = startWorker(at.redis.address, at.folder);
    await Promise.all([run.says(/2 posts by nia/), worker.says(/nia/)]);
    await at.redis.end();
    await Promise.all([run.says(/does not answer/), worker.says(/does not answer/)]);
    run.kill('SIGINT');
    worker.kill('SIGINT');
    expect(await run.ended, run.said().stderr).toBe(130);
    expect(await worker.ended, worker.said().stderr).toBe(0);
    await at.redis.restart(0);
  });
});
