import { describe, expect, it } from 'vitest';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis } from './redis.ts';

describe.skipIf(!hasRedis)('open posts that no worker would find', patience, () => {
  const at = emptyQueue('lost');
  const list = (name: string) => `{port}:posts:${name}`;

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['as it was added', async () => {}],
    ['in the list of those without priority', async (id) => at.client.lpush(list('wait'), id)],
    ['in a queue that somebody paused', async (id) => at.client.lpush(list('paused'), id)],
    ['under way', async (id) => at.client.lpush(list('active'), id)],
    ['put off', async (id) => at.client.zadd(list('delayed'), 1, id)],
    ['held by a worker that lost its place', async (id) => at.client.set(`${list(id)}:lock`, 'x')],
  ])('are none of those %s', async (name, put) => {
    const queue = await at.open();
    await addRun(queue, 'a', 3);
    if (name !== 'as it was added') await at.client.zrem(list('prioritized'), 'a-2');
    await put('a-2');
    expect(await queue.dropLost('a')).toEqual([]);
    expect((await queue.find('a'))?.counts.open).toBe(3);
    expect(await at.client.exists(list('a-2'))).toBe(1);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['in no list', async () => {}],
    ['without a job', async () => at.client.del(list('a-2'))],
    ['among the failed', async () => at.client.zadd(list('failed'), 1, 'a-2')],
  ])('are those %s: nothing is left of them, and they can be added again', async (_, put) => {
    const queue = await at.open();
    await addRun(queue, 'a', 3);
    await addRun(queue, 'b', 1);
    await at.client.zrem(list('prioritized'), 'a-2', 'b-1');
    await put();
    expect(await queue.dropLost('a')).toEqual(['2']);
    expect(await at.client.exists(list('a-2'), list('failed'))).toBe(0);
    expect((await queue.find('a'))?.counts.open).toBe(2);
    // The other run's is its own matter.
    expect((await queue.find('b'))?.counts.open).toBe(1);
    await addRun(queue, 'a', 3);
    expect((await queue.find('a'))?.counts.open).toBe(3);
    expect(await queue.dropLost('a')).toEqual([]);
    expect(await queue.dropLost('nobody')).toEqual([]);
  });

  it('are those whose job was deleted while it waited, once a worker has taken what was left of it', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    await at.client.del(list('a-1'));
    expect(await queue.dropLost('a')).toEqual([]);
    startWork(queue, () => ({ kind: 'done', tally: {} }));
    await until(async () => (await queue.dropLost('a')).join() === '1');
    await untilOpen(queue, 'a', 0);
  });

  it('are names of something else that a run is said to wait for, which stays', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    await addRun(queue, 'b', 1);
    await at.client.sadd('{port}:exports:a:dependencies', list('prioritized'), list('b-1'), 'x');
    expect((await queue.dropLost('a')).length).toBe(3);
    expect((await queue.find('a'))?.counts.open).toBe(2);
    expect(await at.client.zcard(list('prioritized'))).toBe(3);
    expect(await at.client.exists(list('b-1'))).toBe(1);
  });

  it('of very many, a thousand are dropped at a time', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1200);
    await at.client.del(list('prioritized'));
    expect(await queue.dropLost('a')).toHaveLength(1000);
    expect(await queue.dropLost('a')).toHaveLength(200);
    expect((await queue.find('a'))?.counts.open).toBe(0);
  });
});
