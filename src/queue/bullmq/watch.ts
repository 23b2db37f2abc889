import { QueueEvents } from 'bullmq';
import { closedOrTimeout } from './close-timeout.ts';
import type { QueueListener } from './contract.ts';
import { isMalformed } from './foreign.ts';
import { connectionOptions, postsName, splitJobId } from './names.ts';
import type { RedisClient } from './redis.ts';

/** Milliseconds. */
const restartDelay = 200;

/**
 * Passes events of posts to `listener`.
 * @returns a function that stops watching
 */
export async function watch(connection: RedisClient, listener: QueueListener): Promise<() => Promise<void>> {
  const events = new QueueEvents(postsName, connectionOptions(connection));
  let isClosed = false;
  // BullMQ stops reading at an event that it cannot parse. After a restart it reads new ones; polls find what was missed.
  events.on('error', (error) => {
    if (!isMalformed(error)) return;
    setTimeout(() => {
      if (!isClosed) events.run().catch((again) => events.emit('error', again));
    }, restartDelay).unref();
  });
  events.on('progress', ({ jobId, data }) => listener.progress(...splitJobId(jobId), data));
  events.on('completed', ({ jobId }) => listener.ended(...splitJobId(jobId), null));
  events.on('failed', ({ jobId, failedReason }) => listener.ended(...splitJobId(jobId), failedReason));
  await events.waitUntilReady();
  return async () => {
    isClosed = true;
    await closedOrTimeout(events.close());
  };
}
