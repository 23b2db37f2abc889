import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { PostEnd, TakenPost } from '../../src/queue/bullmq/contract.ts';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis } from './redis.ts';

const keyOf = ({ data }: TakenPost) => (data as { key: string }).key;
const done: PostEnd = { kind: 'done', tally: {} };

/** A promise, and what resolves it. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

describe.skipIf(!hasRedis)('a worker of the queue', patience, () => {
  const at = emptyQueue('work');

  it('gets what the post has, its attempt and its priority', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    const taken: unknown[] = [];
    startWork(queue, ({ data, attempt, priority, lost }) => {
      taken.push({ data, attempt, priority, isLost: lost.aborted });
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect(taken).toEqual([
      { data: { key: '1', of: 'a' }, attempt: 1, priority: 1, isLost: false },
      { data: { key: '2', of: 'a' }, attempt: 1, priority: 2, isLost: false },
    ]);
  });

  it.each(['-7', '-1', '1.5'])('takes a post whose counts are %s as one at its first attempt', async (count) => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    // BullMQ counts up by one.
    await at.client.hset('{port}:posts:a-1', 'priority', count, ...(count === '1.5' ? [] : ['ats', count]));
    const taken: unknown[] = [];
    startWork(queue, ({ attempt, priority }) => {
      taken.push([attempt, priority]);
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect(taken).toEqual([[1, 1]]);
  });

  it('does so many posts at a time', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 4);
    const { open, opened } = gate();
    const under: string[] = [];
    startWork(
      queue,
      async (post) => {
        under.push(keyOf(post));
        await opened;
        return done;
      },
      { atOnce: 3 },
    );
    await until(() => under.length === 3);
    await wait(50);
    expect(under).toHaveLength(3);
    open();
    await untilOpen(queue, 'a', 0);
    expect(under).toHaveLength(4);
  });

  it('puts a post back at once, or for later, and the next one has a higher attempt', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    const attempts: number[] = [];
    let startedAt = 0;
    let lateBy = 0;
    startWork(queue, ({ attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) return { kind: 'put-back' };
      if (attempt === 2) {
        startedAt = Date.now();
        return { kind: 'later', milliseconds: 300 };
      }
      lateBy = Date.now() - startedAt;
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect(attempts).toEqual([1, 2, 3]);
    expect(lateBy).toBeGreaterThanOrEqual(290);
    expect((await queue.find('a'))?.counts).toEqual({ open: 0, done: 1, failed: 0 });
  });

  it('lets a post fail that it broke at, with the error as reason', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    const { said } = startWork(queue, () => {
      throw new Error('no such thing');
    });
    await untilOpen(queue, 'a', 0);
    expect([...(await queue.failures('a'))]).toEqual([['1', 'no such thing']]);
    expect(said).toEqual([]);
  });

  it('waits for what it is at when it is stopped, and takes nothing more', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 2);
    const { open, opened } = gate();
    const worker = startWork(queue, async () => {
      await opened;
      return done;
    });
    await until(async () => (await queue.underWay()).length === 1);
    let isOver = false;
    void worker.ended.then(() => {
      isOver = true;
    });
    worker.stop();
    await wait(100);
    expect(isOver).toBe(false);
    open();
    await worker.ended;
    expect((await queue.find('a'))?.counts).toEqual({ open: 1, done: 1, failed: 0 });
    expect(await queue.underWay()).toEqual([]);
  });

  it('that is stopped before it begins takes nothing', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1);
    await queue.work(
      1,
      'test',
      async () => expect.unreachable(),
      () => {},
      AbortSignal.abort(),
    );
    expect((await queue.find('a'))?.counts.open).toBe(1);
  });

  it('hears that a post is lost to another worker', async () => {
    const queue = await at.open({ lostAfter: 300 });
    await addRun(queue, 'a', 1);
    let isLost = false;
    let count = 0;
    startWork(queue, async ({ lost }) => {
      if (++count > 1) return done;
      // Somebody else holds it now.
      await at.client.set('{port}:posts:a-1:lock', 'another');
      await until(() => lost.aborted);
      isLost = true;
      await at.client.del('{port}:posts:a-1:lock');
      return done;
    });
    await until(() => isLost);
  });

  it('posts of lost workers go to others, and are given up after so many of them', async () => {
    const queue = await at.open({ maxAttempts: 2 });
    await addRun(queue, 'a', 2);
    // Under way, with nobody who holds them.
    await at.client.del('{port}:posts:prioritized');
    await at.client.lpush('{port}:posts:active', 'a-1', 'a-2');
    await at.client.hset('{port}:posts:a-1', 'stc', 1);
    const taken: string[] = [];
    startWork(queue, (post) => {
      taken.push(keyOf(post));
      return done;
    });
    await untilOpen(queue, 'a', 0);
    expect(taken).toEqual(['2']);
    expect([...(await queue.failures('a'))]).toEqual([['1', expect.stringContaining('stalled')]]);
  });

  it('tells of progress, of ends and of reasons to who watches', async () => {
    const queue = await at.open();
    const heard: unknown[] = [];
    const stop = await queue.watch({
      progress: (...what) => heard.push(['progress', ...what]),
      ended: (...what) => heard.push(['ended', ...what]),
    });
    await addRun(queue, 'a', 2);
    startWork(queue, async (post) => {
      if (keyOf(post) === '3') return done;
      post.updateProgress({ share: 0.5 });
      await until(() => heard.length % 2 === 1);
      return keyOf(post) === '1' ? done : { kind: 'failed', reason: 'It broke.' };
    });
    await until(() => heard.length === 4);
    expect(heard).toEqual([
      ['progress', 'a', '1', { share: 0.5 }],
      ['ended', 'a', '1', null],
      ['progress', 'a', '2', { share: 0.5 }],
      ['ended', 'a', '2', 'It broke.'],
    ]);
    await stop();
    await queue.add({ id: 'b', data: {} }, [{ key: '3', data: { key: '3' }, priority: 1 }]);
    await untilOpen(queue, 'b', 0);
    expect(heard).toHaveLength(4);
  });

  it.each<[string, readonly string[]]>([
    ['progress that is no JSON', ['event', 'progress', 'jobId', 'a-1', 'data', '{"share":']],
    ['a result that is no JSON', ['event', 'completed', 'jobId', 'a-1', 'returnvalue', 'nonsense']],
    ['no name', ['x', 'y']],
    ['the name of an error', ['event', 'error']],
  ])('continues to hear after an event with %s', async (_, fields) => {
    const queue = await at.open();
    const ended = vi.fn();
    const progress = vi.fn();
    await queue.watch({ progress, ended });
    const tell = async (...fields: readonly string[]) => at.client.xadd('{port}:posts:events', '*', ...fields);
    const hears = async (key: string) =>
      until(async () => {
        await tell('event', 'failed', 'jobId', `a-${key}`, 'failedReason', 'It broke.');
        return ended.mock.calls.some((call) => call[1] === key);
      });
    await hears('before');
    await tell(...fields);
    await hears('after');
    expect(ended.mock.calls.at(-1)).toEqual(['a', 'after', 'It broke.']);
    expect(progress).not.toHaveBeenCalled();
  });

  it('events without a post, or with one of nobody, have neither run nor key', async () => {
    const queue = await at.open();
    const ended = vi.fn();
    await queue.watch({ progress: () => {}, ended });
    const tell = async (...fields: string[]) =>
      at.client.xadd('{port}:posts:events', '*', 'event', 'failed', ...fields);
    await until(async () => {
      await tell('failedReason', 'x');
      await tell('jobId', 'nobody', 'failedReason', 'y');
      return ended.mock.calls.length >= 2;
    });
    expect(ended.mock.calls).toEqual(
      expect.arrayContaining([
        ['', '', 'x'],
        ['', '', 'y'],
      ]),
    );
  });
});
