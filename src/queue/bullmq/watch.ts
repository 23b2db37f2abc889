import { QueueEvents } from 'bullmq';
import { closed } from './closing.ts';
import type { QueueListener } from './contract.ts';
import { isMalformed } from './foreign.ts';
import { commonOf, partsOf, postsName } from './names.ts';
import type { RedisClient } from './redis.ts';

/** Milliseconds. */
const beforeReading = 200;

/** @returns how to stop */
export async function watch(connection: RedisClient, listener: QueueListener): Promise<() => Promise<void>> {
  const events = new QueueEvents(postsName, commonOf(connection));
  let isClosed = false;
  // Reading ends at an event that BullMQ cannot parse: it goes on behind that one.
  events.on('error', (error) => {
    if (!isMalformed(error)) return;
    setTimeout(() => {
      if (!isClosed) events.run().catch((again) => events.emit('error', again));
    }, beforeReading).unref();
  });
  events.on('progress', ({ jobId, data }) => listener.progress(...partsOf(jobId), data));
  events.on('completed', ({ jobId }) => listener.ended(...partsOf(jobId), null));
  events.on('failed', ({ jobId, failedReason }) => listener.ended(...partsOf(jobId), failedReason));
  await events.waitUntilReady();
  return async () => {
    isClosed = true;
    await closed(events.close());
  };
}
