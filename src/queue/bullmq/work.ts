import { DelayedError, type Job, type Processor, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import { closedOrTimeout } from './close-timeout.ts';
import type { PostEnd, QueueSettings, TakenPost } from './contract.ts';
import { isMalformed, maxDataLength, repairActiveJobs } from './foreign.ts';
import { minutesCounted } from './minutes.ts';
import { connectionOptions, postsName } from './names.ts';
import type { RedisClient } from './redis.ts';
import { wrongKeys } from './wrong-keys.ts';

/**
 * Processes posts, `atOnce` at a time, until the signal is aborted; then waits for those being processed.
 * @param onError called with each error of BullMQ, repeatedly while it lasts
 */
export async function work(
  connection: RedisClient,
  { lostAfter, stalledInterval, maxAttempts }: QueueSettings,
  atOnce: number,
  name: string,
  doPost: (post: TakenPost) => Promise<PostEnd>,
  onError: (error: Error) => Promise<void>,
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
    // An error during the repair is an error of Redis and is reported.
    await repairActiveJobs(connection).catch(onError);
    // The cause may be a key of the queue itself instead of a job.
    if ((await wrongKeys(connection).catch(() => [])).length > 0) await onError(error);
    isRepairing = false;
  };
  worker.on('error', (error) => void (isMalformed(error) ? repair(error) : onError(error)));
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) worker.cancelJob(id);
  });
  if (!signal.aborted) {
    await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
  }
  const closing = worker.close();
  if (underWay > 0) await Promise.race([closing, new Promise<void>((idle) => (onIdle = idle))]);
  // If Redis is gone, BullMQ would wait for it even without active posts.
  await closedOrTimeout(closing);
}

/** Creates jobs with invalid or far too long data as jobs without data, which then fail like other foreign jobs. */
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

/** 1 if it is not a positive integer. */
function countOf(value: number): number {
  return Number.isSafeInteger(value) && value > 0 ? value : 1;
}
