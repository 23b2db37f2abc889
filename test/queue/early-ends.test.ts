import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { RunEvent } from '../../src/model/event.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { startCoordinator, startInWorker } from './in-process.ts';
import { emptyQueue, patience, until } from './only-queue.ts';
import { keyOf, photoExport } from './photo-export.ts';
import { hasRedis, startRedis } from './redis.ts';

const posts = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === 'post' ? [event] : []));

describe.skipIf(!hasRedis)('a run that ends before its posts', { timeout: 3 * patience.timeout }, () => {
  const at = emptyQueue('early');
  let folder: string;
  let out: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'port-early-')));
    out = join(folder, 'out');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  /** A worker that holds its first picture until it may go on. */
  const holding = () => {
    let isHeld = false;
    let go = () => {};
    const opened = new Promise<void>((open) => {
      go = open;
    });
    const worker = startInWorker(at.redis, folder, {
      changed: (tools): Tools => {
        const held =
          <A extends unknown[], T>(make: (...given: A) => Promise<T>) =>
          async (...given: A) => {
            isHeld = true;
            await opened;
            return await make(...given);
          };
        return {
          ...tools,
          images: { ...tools.images, render: held(tools.images.render), strip: held(tools.images.strip) },
        };
      },
    });
    onTestFinished(() => go());
    return { worker, isHeld: () => isHeld, go: () => go() };
  };

  it('lets the next one wait for what is under way, and list it; what was waiting is not done', async () => {
    const path = await photoExport(folder, 'ana', 3);
    const start = (flags: object = {}) => startCoordinator(at.redis, folder, [path], { to: 'rednote', out, ...flags });
    const first = start();
    const { worker, isHeld, go } = holding();
    await until(isHeld);
    first.stop();
    await first.ended;
    // The newest post is done first.
    const impatient = start({ only: [keyOf(0)] });
    await until(async () => (await at.client.zcard('{port}:posts:prioritized')) === 0);
    impatient.stop();
    expect(await impatient.ended).toMatchObject({ exitCode: 130 });
    expect(await at.client.lrange('{port}:posts:active', 0, -1)).toEqual([expect.stringContaining(keyOf(2))]);
    const second = start({ only: [keyOf(0)] });
    go();
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    expect(posts(worker.events).map(({ key }) => key)).toEqual([keyOf(2), keyOf(0)]);
    const { totals } = await expectConsistentFolder(join(out, 'ana'));
    expect(totals).toEqual({ rednote: { delivered: 2, held: 1, rejected: 0, failed: 0 } });
  });

  it('can be stopped while Redis is away', async () => {
    const redis = await startRedis();
    onTestFinished(async () => redis.stop());
    const run = startCoordinator(redis, folder, [await photoExport(folder, 'ana', 1)], { to: 'rednote', out });
    await until(async () => (await redis.client().zcard('{port}:posts:prioritized')) === 1);
    await redis.end();
    await until(() => run.warnings().some((each) => each.includes('does not answer')));
    run.stop();
    expect(await run.ended).toMatchObject({ exitCode: 130 });
    expect(run.warnings()).toContain('The workers go on with what is in the queue.');
  });
});
