import { type Processor, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { RedisClient } from '../redis.ts';
import { closed } from './closing.ts';
import type { PostEnd, QueueSettings, TakenPost } from './contract.ts';
import { minutesCounted } from './minutes.ts';
import { commonOf, postsName } from './names.ts';

/**
 * Takes posts and does them, so many at a time, until the signal comes; those that are under way come to an end.
 * @param onTrouble hears what BullMQ could not do, again and again while it lasts
 */
export async function work(
  connection: RedisClient,
  { lostAfter, lookEvery, tries }: QueueSettings,
  atOnce: number,
  name: string,
  doPost: (post: TakenPost) => Promise<PostEnd>,
  onTrouble: (error: Error) => void,
  signal: AbortSignal,
): Promise<void> {
  const process: Processor = async (job, token, lost) => {
    const tellProgress = (progress: object) => {
      job.updateProgress(progress).catch(() => {});
    };
    const never = new AbortController().signal;
    const { data, attemptsStarted: attempt, priority } = job;
    const end = await doPost({ data, attempt, priority, lost: lost ?? never, tellProgress });
    switch (end.kind) {
      case 'done':
        return end.tally;
      case 'failed':
        throw new UnrecoverableError(end.reason);
      case 'put-back':
        await job.moveToWait(token);
        throw new WaitingError();
    }
  };
  let underWay = 0;
  let onIdle = () => {};
  const worker = new Worker(
    postsName,
    async (job, token, lost) => {
      underWay++;
      try {
        return await process(job, token, lost);
      } finally {
        underWay--;
        if (underWay === 0) onIdle();
      }
    },
    {
      ...{ ...commonOf(connection), name, concurrency: atOnce, runRetryDelay: 1000 },
      ...{ lockDuration: lostAfter, stalledInterval: lookEvery, maxStalledCount: tries - 1 },
      metrics: { maxDataPoints: minutesCounted },
    },
  );
  worker.on('error', onTrouble);
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  if (!signal.aborted) {
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  }
  const closing = worker.close();
  if (underWay > 0) await Promise.race([closing, new Promise<void>((idle) => (onIdle = idle))]);
  // Where Redis is gone, BullMQ waits for it even with nothing under way.
  await closed(closing);
}
