import { DelayedError, type Job, type Processor, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { closedOrTimeout } from './close-timeout.ts';
import type { PostEnd, QueueSettings, TakenPost } from './contract.ts';
import { isMalformed, maxDataLength, repairActiveJobs } from './foreign.ts';
import { minutesCounted } from './minutes.ts';
import { connectionOptions, postsName } from './names.ts';
import type { RedisClient } from './redis.ts';
import { wrongKeys } from './wrong-keys.ts';

/**
 * Takes posts and does them, so many at a time, until the signal comes; those that are under way come to an end.
 * @param onTrouble hears what BullMQ could not do, again and again while it lasts
 */
export async function work(
  connection: RedisClient,
  { lostAfter, stalledInterval, maxAttempts }: QueueSettings,
  atOnce: number,
  name: string,
  doPost: (post: TakenPost) => Promise<PostEnd>,
  onTrouble: (error: Error) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const process: Processor = async (job, token, lost) => {
    const updateProgress = (progress: object) => {
      job.updateProgress(progress).catch(() => {});
    };
    const never = new AbortController().signal;
    const attempt = countOf(job.attemptsStarted);
    const priority = countOf(job.priority);
    const end = await doPost({ data: job.data, attempt, priority, lost: lost ?? never, updateProgress });
    switch (end.kind) {
      case 'done':
        return end.tally;
      case 'failed':
        throw new UnrecoverableError(end.reason);
      case 'put-back':
        await job.moveToWait(token);
        throw new WaitingError();
      case 'later':
        await job.moveToDelayed(Date.now() + end.milliseconds, token);
        throw new DelayedError();
    }
  };
  let underWay = 0;
  let onIdle = () => {};
  const worker = new PostWorker(
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
      ...{ ...connectionOptions(connection), name, concurrency: atOnce, runRetryDelay: 1000 },
      ...{ lockDuration: lostAfter, stalledInterval, maxStalledCount: maxAttempts - 1 },
      metrics: { maxDataPoints: minutesCounted },
    },
  );
  let isRepairing = false;
  const repair = async (error: Error) => {
    if (isRepairing) return;
    isRepairing = true;
    // What cannot be mended either is Redis's trouble, and told.
    await repairActiveJobs(connection).catch(onTrouble);
    // No job but a key of the queue itself may be the cause.
    if ((await wrongKeys(connection).catch(() => [])).length > 0) await onTrouble(error);
    isRepairing = false;
  };
  worker.on('error', (error) => void (isMalformed(error) ? repair(error) : onTrouble(error)));
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  if (!signal.aborted) {
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  }
  const closing = worker.close();
  if (underWay > 0) await Promise.race([closing, new Promise<void>((idle) => (onIdle = idle))]);
  // Where Redis is gone, BullMQ waits for it even with nothing under way.
  await closedOrTimeout(closing);
}

/** Jobs whose data is no JSON, or far too long, arrive as jobs without data: they fail as any other that is not port's. */
class PostWorker extends Worker {
  protected override createJob(...[raw, id]: Parameters<Worker['createJob']>): Job {
    if (raw.data.length <= maxDataLength) {
      try {
        return super.createJob(raw, id);
      } catch (error) {
        if (!isMalformed(error)) throw error;
      }
    }
    return super.createJob({ ...raw, data: 'null' }, id);
  }
}

/** 1 where somebody wrote something else. */
function countOf(value: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : 1;
}
