import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { beforeEach, onTestFinished } from 'vitest';
import type { PostEnd, QueueSettings, TakenPost } from '../../src/queue/bullmq/contract.ts';
import { createQueue, type PostQueue } from '../../src/queue/bullmq/index.ts';
import { connectRedis } from '../../src/queue/bullmq/redis.ts';
import { readRedisAddress } from '../../src/queue/bullmq/redis-address.ts';
import { redisAndFolder } from './redis.ts';

/** Little patience, so that a lost worker is noticed at once. */
export const soon: QueueSettings = { lostAfter: 2000, stalledInterval: 200, maxAttempts: 3 };

/** Milliseconds that anything here may take: with a mutant, most of what does not come at once never comes. */
const most = process.env['PORT_MUTATED'] === undefined ? 30_000 : 8000;
/** Of a test. */
export const patience = { timeout: 2 * most };

/** Waits until something is so. @throws where it never is */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + most; performance.now() < end; ) {
    if (await isSo()) return;
    await wait(10);
  }
  throw new Error(`It never came to be: ${isSo}`);
}

/** The queue without runs: one server for the tests of a block, which is empty before each of them. */
export function emptyQueue(name: string) {
  const at = redisAndFolder(name);
  let client: Redis | undefined;
  beforeEach(async () => {
    client ??= at.redis.client();
    await client.flushall();
  });
  return {
    get redis() {
      return at.redis;
    },
    get client(): Redis {
      if (client === undefined) throw new Error('asked for before the first test');
      return client;
    },
    /** A queue of its own connection, which ends with the test. */
    async open(settings: Partial<QueueSettings> = {}): Promise<PostQueue> {
      const address = readRedisAddress(at.redis.address, {});
      const queue = createQueue(await connectRedis(address, () => {}), { ...soon, ...settings }, address.shown);
      onTestFinished(async () => queue.close(), patience.timeout);
      return queue;
    },
  };
}

/** A run of the queue with posts `1`, `2` ..., of which the first comes first. */
export async function addRun(queue: PostQueue, id: string, posts: number, data: object = {}): Promise<void> {
  const keys = Array.from({ length: posts }, (_, index) => String(index + 1));
  const added = keys.map((key, index) => ({ key, data: { key, of: id }, priority: index + 1 }));
  await queue.add({ id, data }, added);
}

/** A worker that does with each post what `doPost` says; it ends with the test. */
export function startWork(
  queue: PostQueue,
  doPost: (post: TakenPost) => PostEnd | Promise<PostEnd>,
  { atOnce = 1 }: { readonly atOnce?: number } = {},
) {
  const stop = new AbortController();
  const said: string[] = [];
  const ended = queue.work(
    atOnce,
    'test',
    async (post) => doPost(post),
    (sentence) => said.push(sentence),
    stop.signal,
  );
  onTestFinished(async () => {
    stop.abort();
    await ended;
  }, patience.timeout);
  return { said, ended, stop: () => stop.abort() };
}

/** Waits until so many posts of a run are open. */
export async function untilOpen(queue: PostQueue, id: string, posts: number): Promise<void> {
  await until(async () => (await queue.find(id))?.counts.open === posts);
}
