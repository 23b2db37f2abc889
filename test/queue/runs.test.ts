import { describe, expect, it } from 'vitest';
import type { PostEnd, TakenPost } from '../../src/queue/bullmq/contract.ts';
import { enqueue } from '../../src/queue/enqueue.ts';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis } from './redis.ts';

const keyOf = ({ data }: TakenPost) => (data as { key: string }).key;
const done: PostEnd = { kind: 'done', tally: { delivered: 1 } };

describe.skipIf(!hasRedis)('runs in the queue', patience, () => {
  const at = emptyQueue('runs');

  it('a run is found with its data and its posts, one that is not there is null', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2, { account: 'maya' });
    const counts = { open: 2, done: 0, failed: 0 };
    expect(await queue.find('a')).toEqual({ id: 'a', data: { account: 'maya' }, counts });
    expect(await queue.runs()).toEqual([{ id: 'a', data: { account: 'maya' }, counts }]);
    expect(await queue.find('b')).toBe(null);
    expect(await queue.open()).toBe(2);
  });

  it('a run with no post for workers is not put in, nor is the turn changed', async () => {
    const queue = await at.open();
    await queue.setTurn(3);
    await enqueue([], { id: 'a', data: {} as never }, {} as never, { run: {} } as never, queue);
    expect([await queue.find('a'), await queue.turn()]).toEqual([null, 3]);
  });

  it('posts are taken by priority, and counted as done or failed, with tallies and reasons', async () => {
    const queue = await at.open();
    await queue.add({ id: 'a', data: {} }, [
      { key: 'late', data: { key: 'late' }, priority: 9 },
      { key: 'first', data: { key: 'first' }, priority: 1 },
      { key: 'bad', data: { key: 'bad' }, priority: 5 },
    ]);
    const order: string[] = [];
    startWork(queue, (post) => {
      order.push(keyOf(post));
      return keyOf(post) === 'bad' ? { kind: 'failed', reason: 'It broke.' } : done;
    });
    await untilOpen(queue, 'a', 0);
    expect(order).toEqual(['first', 'bad', 'late']);
    // Of what is done only the tally is kept.
    expect(await at.client.keys('{port}:posts:a-*')).toEqual(['{port}:posts:a-bad']);
    expect((await queue.find('a'))?.counts).toEqual({ open: 0, done: 2, failed: 1 });
    const tallies: unknown[] = [];
    await queue.eachTally('a', (tally) => tallies.push(tally));
    expect(tallies).toEqual([{ delivered: 1 }, { delivered: 1 }]);
    expect([...(await queue.failures('a'))]).toEqual([['bad', 'It broke.']]);
    expect([...(await queue.failures('b'))]).toEqual([]);
    await queue.eachTally('b', () => expect.unreachable());
    expect(await queue.open()).toBe(0);
  });

  it('posts that are there already stay as they are, and the others join them', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    await queue.add({ id: 'a', data: { other: true } }, [
      { key: '1', data: { key: 'changed' }, priority: 1 },
      { key: '2', data: { key: '2' }, priority: 2 },
    ]);
    expect(await queue.find('a')).toEqual({ id: 'a', data: {}, counts: { open: 2, done: 0, failed: 0 } });
    const taken: string[] = [];
    startWork(queue, (post) => {
      taken.push(keyOf(post));
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect(taken).toEqual(['1', '2']);
  });

  it('more posts than go into one transaction', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 501);
    expect((await queue.find('a'))?.counts.open).toBe(501);
    expect(await queue.open()).toBe(501);
  });

  it('more tallies than are read at a time', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    const names = Array.from({ length: 3000 }, (_, index) => `{port}:posts:a-x${index}`);
    await at.client.hset('{port}:exports:a:processed', ...names.flatMap((name) => [name, '{"delivered":1}']));
    const tallies: unknown[] = [];
    await queue.eachTally('a', (tally) => tallies.push(tally));
    expect(tallies).toEqual(Array(3000).fill({ delivered: 1 }));
  });

  it('posts under way are named by run and key; the waiting ones can be dropped, the run forgotten', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 3);
    await addRun(queue, 'b', 1);
    let go = () => {};
    const open = new Promise<void>((resolve) => {
      go = resolve;
    });
    startWork(queue, async () => {
      await open;
      return done;
    });
    await until(async () => (await queue.underWay()).length === 1);
    expect(await queue.underWay()).toEqual([['a', '1']]);
    expect(await queue.open()).toBe(4);
    await queue.dropWaiting('a');
    await queue.dropWaiting('nobody');
    expect((await queue.find('a'))?.counts).toEqual({ open: 1, done: 0, failed: 0 });
    go();
    await untilOpen(queue, 'a', 0);
    await untilOpen(queue, 'b', 0);
    await queue.forget('a');
    await queue.forget('nobody');
    expect(await queue.find('a')).toBe(null);
    expect((await queue.runs()).map(({ id }) => id)).toEqual(['b']);
    expect(await at.client.keys('{port}:*a-*')).toEqual([]);
    expect(await at.client.keys('{port}:exports:a*')).toEqual([]);
  });

  it('a run is forgotten with its posts, failed ones too, and nothing of another run', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    await addRun(queue, 'b', 1);
    const worker = startWork(queue, () => ({ kind: 'failed', reason: 'no' }));
    await untilOpen(queue, 'a', 0);
    worker.stop();
    await worker.ended;
    await queue.forget('a');
    expect(await at.client.keys('{port}:posts:a-*')).toEqual([]);
    expect(await at.client.zrange('{port}:posts:failed', '0', '-1')).not.toContain('a-1');
    expect((await queue.find('b'))?.id).toBe('b');
  });

  it('failed posts of runs are tried again, with no attempt counted; those without a run are not', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    const first = startWork(queue, () => ({ kind: 'failed', reason: 'no' }));
    await untilOpen(queue, 'a', 0);
    first.stop();
    await first.ended;
    await at.client.zadd('{port}:posts:failed', 1, 'nobody');
    await at.client.hset('{port}:posts:alone', { data: '{}', opts: '{}', name: 'x' });
    await at.client.zadd('{port}:posts:failed', 1, 'alone');
    expect(await queue.retryFailed()).toBe(2);
    expect(await queue.foreign()).toEqual({ waiting: 0, running: 0, failed: 2 });
    const attempts: number[] = [];
    startWork(queue, ({ attempt }) => {
      attempts.push(attempt);
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect((await queue.find('a'))?.counts).toEqual({ open: 0, done: 2, failed: 0 });
    expect(attempts).toHaveLength(2);
    expect(await queue.retryFailed()).toBe(0);
  });
});
