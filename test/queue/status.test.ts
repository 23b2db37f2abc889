import { describe, expect, it } from 'vitest';
import type { PostQueue } from '../../src/queue/bullmq/index.ts';
import type { ExportJob } from '../../src/queue/documents.ts';
import { dropClient } from '../../src/queue/drop-client.ts';
import { queueStatus, workerOf } from '../../src/queue/status.ts';
import { addRun, emptyQueue, patience, startWork, until, untilOpen } from './only-queue.ts';
import { hasRedis } from './redis.ts';

const about = (odd: Partial<ExportJob> = {}): ExportJob => ({
  ...{ schemaVersion: 1, out: 'ported', outId: '0123456789abcdef', folder: 'maya', run: 'fedcba9876543210' },
  ...{ account: 'maya', posts: 3, startedAt: 1_800_000_000, version: '1.0.0', libavcodec: 60 },
  ...odd,
});

const none = { delivered: 0, held: 0, rejected: 0 };

describe.skipIf(!hasRedis)('what is in the queue', patience, () => {
  const at = emptyQueue('status');

  it('nothing', async () => {
    expect(await queueStatus(await at.open())).toEqual({
      ...{ schemaVersion: 1, workers: [], clients: [], postsPerMinute: null, secondsLeft: null },
    });
  });

  it('clients by name with their posts, and workers', async () => {
    const queue = await at.open();
    await addRun(queue, 'b', 2, about({ account: 'zoe', folder: 'zoe' }));
    await addRun(queue, 'a', 4, about());
    await addRun(queue, 'c', 1, about({ account: 'bo', out: '.' }));
    const worker = { host: 'studio', version: '1.0.0', libavcodec: 60, jobs: 2 };
    await queue.announce('1', worker);
    let go = () => {};
    const open = new Promise<void>((resolve) => {
      go = resolve;
    });
    const work = startWork(queue, async ({ data }) => {
      const { key, of } = data as { key: string; of: string };
      if (of !== 'a') return { kind: 'done', tally: { delivered: 2, held: 1, rejected: 0 } };
      if (key === '1') return { kind: 'done', tally: { delivered: 1, held: 0, rejected: 3 } };
      if (key === '2') return { kind: 'failed', reason: 'no' };
      if (key === '3') await open;
      return { kind: 'done', tally: {} };
    });
    await until(async () => (await queue.find('c'))?.counts.done === 1 && (await queue.find('b'))?.counts.done === 2);
    await until(async () => (await queue.find('a'))?.counts.failed === 1 && (await queue.underWay()).length === 1);
    const { clients, workers, postsPerMinute, secondsLeft } = await queueStatus(queue);
    expect(workers).toEqual([worker]);
    expect(clients).toEqual([
      {
        ...{ account: 'bo', out: '.', folder: 'maya', posts: 3, waiting: 0, running: 0, done: 1, failed: 0 },
        ended: { delivered: 2, held: 1, rejected: 0 },
      },
      {
        ...{ account: 'maya', out: 'ported', folder: 'maya', posts: 3, waiting: 1, running: 1, done: 1, failed: 1 },
        ended: { delivered: 1, held: 0, rejected: 3 },
      },
      {
        ...{ account: 'zoe', out: 'ported', folder: 'zoe', posts: 3, waiting: 0, running: 0, done: 2, failed: 0 },
        ended: { delivered: 4, held: 2, rejected: 0 },
      },
    ]);
    // Five posts ended in at most a minute and a half, two are left.
    expect(postsPerMinute).toBeGreaterThan(2);
    expect(postsPerMinute).toBeLessThanOrEqual(30);
    expect(secondsLeft).toBeCloseTo(120 / (postsPerMinute ?? 0), -0.5);
    go();
    await untilOpen(queue, 'a', 0);
    work.stop();
  });

  it('jobs of nobody, and runs that cannot be read, are @foreign', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, { account: 5 });
    await at.client.rpush('{port}:posts:wait', 'w1', 'w2');
    await at.client.rpush('{port}:posts:active', 'r');
    await at.client.zadd('{port}:posts:failed', 1, 'f1', 2, 'f2', 3, 'f3');
    expect((await queueStatus(queue)).clients).toEqual([
      {
        ...{ account: '@foreign', out: '', folder: '', posts: 7, waiting: 3, running: 1, done: 0, failed: 3 },
        ended: none,
      },
    ]);
  });

  it('tallies that are none count as nothing; more under way than open is not believed', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about());
    const values = [
      'nonsense',
      '5',
      '{"delivered":"many","held":0,"rejected":0}',
      '{"delivered":-1,"held":0,"rejected":0}',
    ];
    const tallies = values.slice(1).flatMap((value, index) => [`{port}:posts:a-x${index}`, value]);
    await at.client.hset('{port}:exports:a:processed', ...tallies, 'y', '{"delivered":1,"held":2,"rejected":3}');
    await at.client.rpush('{port}:posts:active', 'a-1', 'a-2', 'a-3');
    const { clients } = await queueStatus(queue);
    expect(clients.find(({ account }) => account === 'maya')).toMatchObject({
      ...{ waiting: 0, running: 1, done: 4, ended: { delivered: 1, held: 2, rejected: 3 } },
    });
  });
});

it.each<[string, string, boolean]>([
  ['a worker', '{"host":"a","version":"1","libavcodec":60,"jobs":1}', true],
  ['no JSON', '{"host":', false],
  ['null', 'null', false],
  ['a list', '[]', false],
  ['no host', '{"version":"1","libavcodec":60,"jobs":1}', false],
  ['no jobs', '{"host":"a","version":"1","libavcodec":60,"jobs":0}', false],
  ['half a job', '{"host":"a","version":"1","libavcodec":60,"jobs":1.5}', false],
  ['half a version', '{"host":"a","version":"1","libavcodec":60.5,"jobs":1}', false],
  ['an endless host', `{"host":"${'a'.repeat(301)}","version":"1","libavcodec":60,"jobs":1}`, false],
  ['an endless version', `{"host":"a","version":"${'1'.repeat(101)}","libavcodec":60,"jobs":1}`, false],
])('%s is a worker: %3$s', (_, text, isSo) => {
  expect(workerOf(text) !== null).toBe(isSo);
});

describe.skipIf(!hasRedis)('a client that is dropped', patience, () => {
  const at = emptyQueue('drop');

  const drop = async (queue: PostQueue, client: string) => dropClient(client, queue);

  it.each<[string, string]>([
    ['its name', 'Maya'],
    ['the path of its folder', 'ported/maya'],
    ['that path with a slash behind it', 'ported/maya//'],
  ])('by %s: its posts are out, those of others stay', async (_, name) => {
    const queue = await at.open();
    await addRun(queue, 'a', 2, about({ account: 'Maya' }));
    await addRun(queue, 'b', 1, about({ account: 'bo', folder: 'bo' }));
    expect(await drop(queue, name)).toEqual({ name: 'ported/maya', dropped: 2, running: 0 });
    expect((await queue.runs()).map(({ id }) => id)).toEqual(['b']);
    expect(await queue.open()).toBe(1);
  });

  it('with its folder in the shared folder itself', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about({ out: '.', account: 'Maya' }));
    expect(await drop(queue, 'maya')).toEqual({ name: 'maya', dropped: 1, running: 0 });
  });

  it('by a name as status shows it, if it cannot be typed', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about({ account: 'b\u0007ell', folder: 'b\u0007' }));
    expect(await drop(queue, 'b\ufffdell')).toMatchObject({ dropped: 1 });
  });

  it('while a post is under way: that one is left, and the run with it until it is through', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 3, about());
    await addRun(queue, 'b', 1, about({ account: 'bo', folder: 'bo' }));
    let go = () => {};
    const open = new Promise<void>((resolve) => {
      go = resolve;
    });
    startWork(queue, async () => {
      await open;
      return { kind: 'done', tally: {} };
    });
    await until(async () => (await queue.underWay()).length === 1);
    expect(await drop(queue, 'maya')).toEqual({ name: 'ported/maya', dropped: 2, running: 1 });
    expect((await queue.find('a'))?.counts.open).toBe(1);
    go();
    await untilOpen(queue, 'a', 0);
    expect(await drop(queue, 'maya')).toEqual({ name: 'ported/maya', dropped: 0, running: 0 });
    expect(await queue.find('a')).toBe(null);
  });

  it('that has two runs of one folder, as after it was deleted: both are out', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about());
    await addRun(queue, 'b', 2, about({ outId: 'aaaaaaaaaaaaaaaa' }));
    expect(await drop(queue, 'maya')).toEqual({ name: 'ported/maya', dropped: 3, running: 0 });
    expect(await queue.runs()).toEqual([]);
  });

  it('of a name that several have is not, unless one of them has it as the path of its folder', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about());
    await addRun(queue, 'b', 1, about({ out: 'other' }));
    await expect(drop(queue, 'maya')).rejects.toThrow(
      /^There are several of that name: "(?:ported|other)\/maya", "(?:ported|other)\/maya"\. Name one of these\.$/,
    );
    expect(await queue.open()).toBe(2);
    await addRun(queue, 'c', 1, about({ out: '.', account: 'bo' }));
    expect(await drop(queue, 'maya')).toEqual({ name: 'maya', dropped: 1, running: 0 });
    expect(await drop(queue, 'other/maya')).toEqual({ name: 'other/maya', dropped: 1, running: 0 });
  });

  it.each(['nobody', '', 'ported', 'Maya'])('%j, which nobody has, is refused', async (name) => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about());
    await addRun(queue, 'b', 1, { account: 'nobody' });
    await expect(drop(queue, name)).rejects.toThrow(`The queue has no client "${name}": port queue status names them.`);
    expect(await queue.open()).toBe(2);
  });

  it('@foreign: wrong keys, jobs of nobody and runs that cannot be read are out, clients stay', async () => {
    const queue = await at.open();
    await addRun(queue, 'a', 1, about());
    await addRun(queue, 'b', 1, { account: 5 });
    await addRun(queue, 'c', 1, about({ account: '@foreign', folder: 'x' }));
    await addRun(queue, 'd', 1, about({ account: 'x', folder: '@foreign', out: '.' }));
    await at.client.set('{port}:turn', 'x');
    await at.client.del('{port}:turn');
    await at.client.rpush('{port}:turn', 'x');
    await at.client.rpush('{port}:posts:wait', 'w');
    await at.client.rpush('{port}:posts:active', 'r');
    expect(await drop(queue, '@foreign')).toEqual({ name: '@foreign', dropped: 5, running: 1 });
    expect((await queue.runs()).map(({ id }) => id)).toEqual(['a']);
    expect(await at.client.exists('{port}:turn')).toBe(0);
    expect(await drop(queue, '@foreign')).toEqual({ name: '@foreign', dropped: 0, running: 1 });
  });
});
