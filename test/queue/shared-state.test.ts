import { describe, expect, it } from 'vitest';
import { emptyQueue, patience } from './only-queue.ts';
import { hasRedis } from './redis.ts';

describe.skipIf(!hasRedis)('what all machines share besides the posts', patience, () => {
  const at = emptyQueue('shared');

  it('the turn is 0 until one is set', async () => {
    const queue = await at.open();
    expect(await queue.turn()).toBe(0);
    await queue.setTurn(7);
    expect(await queue.turn()).toBe(7);
  });

  it.each(['soon', '-1', '1.5', '9'.repeat(40), '', 'Infinity'])(
    'the turn %j of somebody else counts as 0',
    async (turn) => {
      const queue = await at.open();
      await at.client.set('{port}:turn', turn);
      expect(await queue.turn()).toBe(0);
    },
  );

  it('workers are known as they wrote it until they leave, or say nothing for half a minute', async () => {
    const queue = await at.open();
    expect(await queue.workers()).toEqual([]);
    await queue.announce('one', { host: 'a' });
    await queue.announce('two', { host: 'b' });
    expect([...(await queue.workers())].sort()).toEqual(['{"host":"a"}', '{"host":"b"}']);
    const left = await at.client.ttl('{port}:worker:one');
    expect(left).toBeGreaterThan(25);
    expect(left).toBeLessThanOrEqual(30);
    await queue.leave('two');
    expect(await at.client.smembers('{port}:workers')).toEqual(['one']);
    expect(await queue.workers()).toEqual(['{"host":"a"}']);
    expect(await at.client.keys('{port}:worker:*')).toEqual(['{port}:worker:one']);
    expect(await at.client.smembers('{port}:workers')).toEqual(['one']);
    await at.client.del('{port}:worker:one');
    expect(await queue.workers()).toEqual([]);
    expect(await at.client.exists('{port}:workers')).toBe(0);
  });

  it('what stands in place of a description is no worker, and of an endless one only the start is read', async () => {
    const queue = await at.open();
    await at.client.sadd('{port}:workers', 'list', 'long', '__proto__');
    await at.client.rpush('{port}:worker:list', 'x');
    await at.client.set('{port}:worker:long', 'y'.repeat(1_000_000));
    const [only = '', ...others] = await queue.workers();
    expect(others).toEqual([]);
    expect(only).toMatch(/^y+$/);
    expect(only.length).toBeLessThan(20_000);
    expect(await at.client.smembers('{port}:workers')).toEqual(['long']);
  });

  it('no host has more tasks at a time than it may, over all queues', async () => {
    const queues = [await at.open(), await at.open()];
    let running = 0;
    let most = 0;
    const { signal } = new AbortController();
    const task = (name: number) => async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      return name;
    };
    const results = [0, 1, 2, 3].map(async (n) => queues[n % 2]?.run('host', 2, signal, task(n)));
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
    expect(most).toBe(2);
    expect(await at.client.keys('{port}:host*')).toEqual([]);
  });

  it('hosts do not wait for each other; a task that fails leaves its slot', async () => {
    const queue = await at.open();
    const { signal } = new AbortController();
    const broken = queue.run('a', 1, signal, async () => {
      expect(await at.client.zcard('{port}:host:a')).toBe(1);
      expect(await at.client.pttl('{port}:host:a')).toBeGreaterThan(50_000);
      return await queue.run('b', 1, signal, async () => Promise.reject(new Error('no answer')));
    });
    await expect(broken).rejects.toThrow('no answer');
    expect(await queue.run('a', 1, signal, async () => 'free')).toBe('free');
  });

  it('the slots of a machine that died are free after half a minute, by the clock of Redis', async () => {
    const queue = await at.open();
    const [seconds] = await at.client.time();
    const now = Number(seconds) * 1000;
    await at.client.zadd('{port}:host:a', now - 2000, 'dead', now + 25_000, 'alive');
    const { signal } = new AbortController();
    const scores = await queue.run('a', 2, signal, async () =>
      at.client.zrange('{port}:host:a', '0', '-1', 'WITHSCORES'),
    );
    expect(scores).toHaveLength(4);
    expect(scores[0]).toBe('alive');
    expect(Number(scores[3]) - now).toBeGreaterThan(29_000);
    expect(Number(scores[3]) - now).toBeLessThan(35_000);
  });

  it('who waits for a slot stops when told to, and who was reported before does not begin', async () => {
    const queue = await at.open();
    const stop = new AbortController();
    const { signal } = new AbortController();
    await queue.run('a', 1, signal, async () => {
      const waiting = queue.run('a', 1, stop.signal, async () => expect.unreachable());
      stop.abort(new Error('Ctrl-C'));
      await expect(waiting).rejects.toThrow('Ctrl-C');
    });
    await expect(queue.run('a', 1, stop.signal, async () => expect.unreachable())).rejects.toThrow('Ctrl-C');
    expect(await at.client.exists('{port}:host:a')).toBe(0);
  });
});
