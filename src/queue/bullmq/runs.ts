import { FlowProducer, Job, type JobsOptions, type JobType, Queue } from 'bullmq';
import type { ForeignJobs, QueuedPost, QueuedRun, RunCounts } from './contract.ts';
import { isMalformed, maxDataLength } from './foreign.ts';
import { dropLostPosts } from './lost-posts.ts';
import { endedByMinute } from './minutes.ts';
import { connectionOptions, ignoreError, jobId, postsName, redisKey, runsName, splitJobId } from './names.ts';
import type { RedisClient } from './redis.ts';
import { WrongKeysError, wrongKeys } from './wrong-keys.ts';

/** Posts per transaction: thousands at once would block Redis for all other clients. */
const addBatch = 500;
const readBatch = 1000;
const runStates: readonly JobType[] = ['waiting-children', 'waiting', 'prioritized', 'delayed', 'active'];
const waitingStates: readonly JobType[] = ['waiting', 'prioritized', 'delayed'];

/** The queued runs with their posts, which coordinators add, read and remove. */
export function openRuns(connection: RedisClient) {
  const common = connectionOptions(connection);
  const posts = new Queue(postsName, { ...common, defaultJobOptions: { stackTraceLimit: 1 } });
  const runs = new Queue(runsName, common);
  const flows = new FlowProducer(common);
  for (const each of [posts, runs]) each.on('error', ignoreError);
  flows.on('error', ignoreError);

  /** A job that is invalid or far too long is read as a job without data, so that it can be counted and removed. */
  const read = async (queue: Queue, id: string): Promise<Job | undefined> => {
    try {
      if ((await connection.hstrlen(redisKey(`${queue.name}:${id}`), 'data')) > maxDataLength)
        return jobWithoutData(queue, id);
      return await Job.fromId(queue, id);
    } catch (error) {
      if (isMalformed(error)) return jobWithoutData(queue, id);
      throw error;
    }
  };
  const jobOf = async (id: string) => read(runs, id);
  const countsOf = async (job: Job): Promise<RunCounts> => {
    // If the keys are malformed, the counts are 0.
    const {
      processed = 0,
      unprocessed = 0,
      ignored = 0,
    } = (await job.getDependenciesCount().catch(unlessMalformed)) ?? {};
    return { open: unprocessed, done: processed, failed: ignored };
  };
  const runOf = async (job: Job): Promise<QueuedRun> => ({
    id: job.id ?? '',
    data: job.data,
    counts: await countsOf(job),
  });

  /** Whether the job's parent is a run in the queue. Read from Redis each time, because runs come and go. */
  const isPost = async (id: string): Promise<boolean> => {
    const parent = await connection.hget(redisKey(`${postsName}:${id}`), 'parentKey').catch(unlessMalformed);
    if (parent === null || !parent.startsWith(redisKey(`${runsName}:`))) return false;
    return (await connection.exists(parent)) === 1;
  };
  const foreignIds = async (ids: readonly string[]): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let at = 0; at < ids.length; at += readBatch) {
      const some = ids.slice(at, at + readBatch);
      const own = await Promise.all(some.map(isPost));
      found.push(...some.filter((_, index) => !own[index]));
    }
    return found;
  };
  const removeJob = async (id: string) => {
    const key = redisKey(`${postsName}:${id}`);
    if ((await connection.type(key)) === 'hash') await posts.remove(id, { removeChildren: false });
    // An id without a job is only in the lists.
    for (const list of ['wait', 'paused']) await connection.lrem(redisKey(`${postsName}:${list}`), 0, id);
    for (const set of ['prioritized', 'delayed', 'failed']) await connection.zrem(redisKey(`${postsName}:${set}`), id);
  };

  return {
    /**
     * Adds posts as children of their run; existing posts stay unchanged. If Redis loses the run while posts are added,
     * only some of them are in the queue.
     */
    async add(run: { readonly id: string; readonly data: object }, added: readonly QueuedPost[]): Promise<void> {
      const optionsOf = (post: QueuedPost): JobsOptions => ({
        jobId: jobId(run.id, post.key),
        priority: post.priority,
        removeOnComplete: true,
        ignoreDependencyOnFailure: true,
      });
      const jobsOf = (some: readonly QueuedPost[]) =>
        some.map((post) => ({ name: 'post', queueName: postsName, data: post.data, opts: optionsOf(post) }));
      const parent = { id: run.id, queue: runs.qualifiedName };
      const wrong = await wrongKeys(connection);
      if (wrong.length > 0) throw new WrongKeysError(wrong);
      const isThere = (await jobOf(run.id)) !== undefined;
      const start = isThere ? 0 : addBatch;
      if (!isThere) {
        const children = jobsOf(added.slice(0, start));
        await flows.add({ name: 'export', queueName: runsName, data: run.data, opts: { jobId: run.id }, children });
      }
      for (let at = start; at < added.length; at += addBatch) {
        const some = jobsOf(added.slice(at, at + addBatch));
        try {
          await posts.addBulk(some.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, parent } })));
        } catch (error) {
          if (isMissingJob(error)) return;
          throw error;
        }
      }
    },

    /** null if there is none. */
    async find(id: string): Promise<QueuedRun | null> {
      const job = await jobOf(id);
      return job ? await runOf(job) : null;
    },

    /** All runs that no coordinator has completed yet. */
    async runs(): Promise<readonly QueuedRun[]> {
      const ids = await runs.getRanges([...runStates], 0, -1);
      const jobs = await Promise.all(ids.map(jobOf));
      return await Promise.all(jobs.flatMap((job) => job ?? []).map(runOf));
    },

    /** @param each called with the tally of each done post of the run */
    async eachTally(id: string, each: (tally: unknown) => void): Promise<void> {
      const job = await jobOf(id);
      if (!job) return;
      for (let cursor: number | undefined = 0; cursor !== undefined; ) {
        const part: Awaited<ReturnType<Job['getDependencies']>> | null = await job
          .getDependencies({ processed: { cursor, count: readBatch } })
          .catch(unlessMalformed);
        // Malformed results are not counted.
        if (part === null) return;
        Object.values(part.processed ?? {}).forEach(each);
        cursor = part.nextProcessedCursor || undefined;
      }
    },

    /** The reasons why posts of a run failed, by post key. */
    async failures(id: string): Promise<ReadonlyMap<string, string>> {
      const job = await jobOf(id);
      const failed = Object.entries((await job?.getIgnoredChildrenFailures()) ?? {});
      return new Map(failed.map(([name, reason]) => [splitJobId(name)[1], reason]));
    },

    /** The posts that are being processed, each as run and key. */
    async underWay(): Promise<readonly (readonly [run: string, key: string])[]> {
      return (await posts.getRanges(['active'], 0, -1)).map(splitJobId);
    },

    /** Removes the waiting posts of a run. */
    async dropWaiting(id: string): Promise<void> {
      await (await jobOf(id))?.removeUnprocessedChildren().catch(unlessMalformed);
    },

    /**
     * Removes posts of a run that count as open and that no worker would find.
     * @returns their keys
     */
    async dropLost(id: string): Promise<readonly string[]> {
      return await dropLostPosts(connection, id);
    },

    /** Removes a run and its posts, none of which may be active. */
    async forget(id: string): Promise<void> {
      const job = await jobOf(id);
      if (!job) return;
      try {
        await job.remove({ removeChildren: true });
      } catch (error) {
        // BullMQ expects the keys that it wrote; the keys of a malformed run are removed one by one below.
        if (!isMalformed(error) && !isRefusedRemoval(error)) throw error;
      }
      await removeKeys(connection, id);
    },

    /**
     * Deletes keys of the queue that have a wrong type.
     * @returns how many
     */
    async dropWrongKeys(): Promise<number> {
      const wrong = await wrongKeys(connection);
      if (wrong.length > 0) await connection.unlink(wrong.map(({ key }) => key));
      return wrong.length;
    },

    /** Puts failed posts of queued runs back into the queue. */
    async retryFailed(): Promise<number> {
      let count = 0;
      for (const id of await posts.getRanges(['failed'], 0, -1)) {
        const job = await read(posts, id);
        // A job without a run would only fail again.
        if (!job?.parentKey) continue;
        await job.retry('failed', { resetAttemptsMade: true });
        count++;
      }
      return count;
    },

    /** Counts the jobs that do not belong to a run in the queue. */
    async foreign(): Promise<ForeignJobs> {
      const idsIn = async (states: readonly JobType[]) => foreignIds(await posts.getRanges([...states], 0, -1));
      const [waiting, running, failed] = await Promise.all([
        idsIn(waitingStates),
        idsIn(['active']),
        idsIn(['failed']),
      ]);
      return { waiting: waiting.length, running: running.length, failed: failed.length };
    },

    /**
     * Removes the jobs that do not belong to a run in the queue, except active ones.
     * @returns how many
     */
    async dropForeign(): Promise<number> {
      const ids = await foreignIds(await posts.getRanges([...waitingStates, 'failed'], 0, -1));
      for (const id of ids) await removeJob(id);
      return ids.length;
    },

    /** The number of posts that ended in each minute, the current one first, and the seconds of the current minute. */
    async perMinute(): Promise<{ readonly ended: readonly number[]; readonly second: number }> {
      const now = Date.now();
      return { ended: await endedByMinute(posts, now), second: (now / 1000) % 60 };
    },

    /** The number of waiting and active posts of all runs. */
    async open(): Promise<number> {
      const { active = 0, prioritized = 0, waiting = 0, delayed = 0 } = await posts.getJobCounts();
      return active + prioritized + waiting + delayed;
    },

    async close(): Promise<void> {
      await Promise.all([posts.close(), runs.close(), flows.close()]);
    },
  };
}

/** A job of which only the id is used. */
function jobWithoutData(queue: Queue, id: string): Job {
  return new Job(queue, 'foreign', null, {}, id);
}

/** The suffixes of the keys that BullMQ has for a job with children. */
const runKeySuffixes = ['', ':dependencies', ':processed', ':failed', ':unsuccessful', ':lock', ':logs'];

/** Deletes all remaining keys and list entries of a run. */
async function removeKeys(connection: RedisClient, id: string): Promise<void> {
  const key = redisKey(`${runsName}:${id}`);
  await connection.unlink(runKeySuffixes.map((part) => key + part));
  const of = (name: string) => redisKey(`${runsName}:${name}`);
  for (const list of ['wait', 'paused', 'active']) await connection.lrem(of(list), 0, id);
  for (const set of ['waiting-children', 'prioritized', 'delayed', 'completed', 'failed'])
    await connection.zrem(of(set), id);
}

/** Whether BullMQ refused a removal because the job or a child is locked, or because the job does not exist. */
function isRefusedRemoval(error: unknown): boolean {
  return error instanceof Error && /could not be removed|^Missing key for/.test(error.message);
}

function unlessMalformed(error: unknown): null {
  if (isMalformed(error)) return null;
  throw error;
}

/** Whether BullMQ reports that a job does not exist. */
function isMissingJob(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Missing key for');
}
