import { describe, expect, it } from 'vitest';
import { emptyQueue, patience } from './only-queue.ts';
import { hasRedis } from './redis.ts';

describe.skipIf(!hasRedis)('posts that ended by the minute', patience, () => {
  const at = emptyQueue('minutes');

  /** What BullMQ wrote: the minute of its last post, how many ended since the list began, and the minutes before it. */
  async function metrics(kind: string, ago: number, current: number, before: readonly number[]): Promise<void> {
    const total = 1000 + current;
    const at60 = Math.floor(Date.now() / 60_000 - ago) * 60_000;
    await at.client.hset(`{port}:posts:metrics:${kind}`, { count: total, prevCount: 1000, prevTS: at60 + 500 });
    if (before.length > 0) await at.client.rpush(`{port}:posts:metrics:${kind}:data`, ...before);
  }

  const zeros = (count: number) => Array<number>(count).fill(0);

  it('are none in an empty queue', async () => {
    const { ended, second } = await (await at.open()).perMinute();
    expect(ended).toEqual(zeros(16));
    expect(second).toBeGreaterThanOrEqual(0);
    expect(second).toBeLessThan(60);
  });

  it.each<[string, number, readonly number[]]>([
    ['in this minute and before', 0, [4, 3, 2, ...zeros(13)]],
    ['two minutes ago and before', 2, [0, 0, 4, 3, 2, ...zeros(11)]],
    ['longer ago than is counted, the last of them', 15, [...zeros(15), 4]],
    ['far longer ago', 90, zeros(16)],
    ['in a minute that is still to come, by the clock of another machine', -1, [3, 2, ...zeros(14)]],
  ])('%s', async (_, ago, expected) => {
    // At the end of a minute the next one might begin meanwhile.
    if (Date.now() % 60_000 > 58_000) await new Promise((done) => setTimeout(done, 2500));
    await metrics('completed', ago, 4, [3, 2]);
    const queue = await at.open();
    expect((await queue.perMinute()).ended).toEqual(expected);
  });

  it('done and failed ones are added up', async () => {
    if (Date.now() % 60_000 > 58_000) await new Promise((done) => setTimeout(done, 2500));
    await metrics('completed', 0, 4, [3, 2]);
    await metrics('failed', 1, 10, [20]);
    const queue = await at.open();
    expect((await queue.perMinute()).ended.slice(0, 4)).toEqual([4, 13, 22, 0]);
  });
});
