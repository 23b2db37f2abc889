import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { damagedExport, damagedKey } from '../damaged-export.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { eventsOf, startPort, startWorker } from './fleet.ts';
import { hasRedis, redisAndFolder } from './redis.ts';

describe.skipIf(!hasRedis)('over the queue', { timeout: 240_000 }, () => {
  const at = redisAndFolder('fallback');

  it('what a worker copies and finds wrong it encodes, and the next run has nothing to do', async () => {
    const { json, media } = await damagedExport(at.folder);
    const worker = startWorker(at.redis.address, at.folder);
    const args = [json, '--media', media, '--to', 'rednote,shorts', '--offline', '--no-listing', '--out', 'out'];
    const run = async () => {
      const started = startPort([...args, '--queue', at.redis.address, '--json'], at.folder);
      expect(await started.ended, started.said().stderr).toBe(0);
      const posts = eventsOf(started).filter(({ type }) => type === 'post');
      return posts.map(({ key, target, status, actions, unchanged }) => ({ key, target, status, actions, unchanged }));
    };
    const made = (target: string, unchanged: boolean) => ({
      ...{ key: damagedKey, target, status: 'delivered', actions: ['transcode'], unchanged },
    });
    const first = await run();
    expect(first).toHaveLength(2);
    expect(first).toEqual(expect.arrayContaining([made('rednote', false), made('shorts', false)]));
    await expectConsistentFolder(join(at.folder, 'out', 'maya'));
    const second = await run();
    expect(second).toHaveLength(2);
    expect(second).toEqual(expect.arrayContaining([made('rednote', true), made('shorts', true)]));
    worker.kill('SIGINT');
    expect(await worker.ended, worker.said().stderr).toBe(0);
  });
});
