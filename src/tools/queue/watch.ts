import { QueueEvents } from 'bullmq';
import type { RedisClient } from '../redis.ts';
import { closed } from './closing.ts';
import type { QueueListener } from './contract.ts';
import { commonOf, partsOf, postsName, unheard } from './names.ts';

/** @returns how to stop */
export async function watch(connection: RedisClient, listener: QueueListener): Promise<() => Promise<void>> {
  const events = new QueueEvents(postsName, commonOf(connection));
  events.on('error', unheard);
  events.on('progress', ({ jobId, data }) => listener.progress(...partsOf(jobId), data));
  events.on('completed', ({ jobId }) => listener.ended(...partsOf(jobId), null));
  events.on('failed', ({ jobId, failedReason }) => listener.ended(...partsOf(jobId), failedReason));
  await events.waitUntilReady();
  return async () => closed(events.close());
}
