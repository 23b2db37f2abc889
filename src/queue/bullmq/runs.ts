import { FlowProducer, Job, type JobsOptions, type JobType, Queue } from 'bullmq';
import type { ForeignJobs, QueuedPost, QueuedRun, RunCounts } from './contract.ts';
import { isMalformed, maxDataLength } from './foreign.ts';
import { endedByMinute } from './minutes.ts';
import { connectionOptions, ignoreError, jobId, postsName, redisKey, runsName, splitJobId } from './names.ts';
import type { RedisClient } from './redis.ts';
import { WrongKeysError, wrongKeys } from './wrong-keys.ts';

/** So many posts go to Redis at a time: thousands in one transaction would hold up everybody else. */
const addBatch = 500;
const readBatch = 1000;
const runStates: readonly JobType[] = ['waiting-children', 'waiting', 'prioritized', 'delayed', 'active'];
const waitingStates: readonly JobType[] = ['waiting', 'prioritized', 'delayed'];

/** The runs that are in the queue, with their posts: what coordinators put in, look at, and take out. */
export function openRuns(connection: RedisClient) {
  const common = connectionOptions(connection);
  const posts = new Queue(postsName, { ...common, defaultJobOptions: { stackTraceLimit: 1 } });
  const runs = new Queue(runsName, common);
  const flows = new FlowProducer(common);
  for (const each of [posts, runs]) each.on('error', ignoreError);
  flows.on('error', ignoreError);

  /** A job that BullMQ cannot read, or nobody should, is one without data: it can be counted and removed. */
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
    // Somebody else wrote there: none of them is known.
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

  /** Whether the run that it names as its parent is there: asked of Redis, for runs come and go meanwhile. */
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
    // An id without a job: only the lists have it.
    for (const list of ['wait', 'paused']) await connection.lrem(redisKey(`${postsName}:${list}`), 0, id);
    for (const set of ['prioritized', 'delayed', 'failed']) await connection.zrem(redisKey(`${postsName}:${set}`), id);
  };

  return {
    /**
     * Puts posts into the queue, below their run; what is there already stays as it is. Where Redis loses the run
     * meanwhile, only some of them are there.
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

    /** null where there is none. */
    async find(id: string): Promise<QueuedRun | null> {
      const job = await jobOf(id);
      return job ? await runOf(job) : null;
    },

    /** All that are not written down yet. */
    async runs(): Promise<readonly QueuedRun[]> {
      const ids = await runs.getRanges([...runStates], 0, -1);
      const jobs = await Promise.all(ids.map(jobOf));
      return await Promise.all(jobs.flatMap((job) => job ?? []).map(runOf));
    },

    /** @param each hears what the done posts of a run told in the end */
    async eachTally(id: string, each: (tally: unknown) => void): Promise<void> {
      const job = await jobOf(id);
      if (!job) return;
      for (let cursor: number | undefined = 0; cursor !== undefined; ) {
        const part: Awaited<ReturnType<Job['getDependencies']>> | null = await job
          .getDependencies({ processed: { cursor, count: readBatch } })
          .catch(unlessMalformed);
        // Somebody else wrote among them: they are not counted.
        if (part === null) return;
        Object.values(part.processed ?? {}).forEach(each);
        cursor = part.nextProcessedCursor || undefined;
      }
    },

    /** Why posts of a run failed, by their keys. */
    async failures(id: string): Promise<ReadonlyMap<string, string>> {
      const job = await jobOf(id);
      const failed = Object.entries((await job?.getIgnoredChildrenFailures()) ?? {});
      return new Map(failed.map(([name, reason]) => [splitJobId(name)[1], reason]));
    },

    /** The posts that are under way, as their run and key. */
    async underWay(): Promise<readonly (readonly [run: string, key: string])[]> {
      return (await posts.getRanges(['active'], 0, -1)).map(splitJobId);
    },

    /** Takes away what waits of a run. */
    async dropWaiting(id: string): Promise<void> {
      await (await jobOf(id))?.removeUnprocessedChildren().catch(unlessMalformed);
    },

    /** Forgets a run and its posts, none of which may be under way. */
    async forget(id: string): Promise<void> {
      const job = await jobOf(id);
      if (!job) return;
      try {
        await job.remove({ removeChildren: true });
      } catch (error) {
        // BullMQ counts on what it wrote itself: of a run that somebody else wrote the keys are taken out one by one.
        if (!isMalformed(error) && !isRefusedRemoval(error)) throw error;
      }
      await removeKeys(connection, id);
    },

    /**
     * Takes out what stands in place of the lists of the queue.
     * @returns how many keys
     */
    async dropWrongKeys(): Promise<number> {
      const wrong = await wrongKeys(connection);
      if (wrong.length > 0) await connection.unlink(wrong.map(({ key }) => key));
      return wrong.length;
    },

    /** Puts failed posts of runs that go on back into the queue. */
    async retryFailed(): Promise<number> {
      let count = 0;
      for (const id of await posts.getRanges(['failed'], 0, -1)) {
        const job = await read(posts, id);
        // What was never a post of a run only fails again.
        if (!job?.parentKey) continue;
        await job.retry('failed', { resetAttemptsMade: true });
        count++;
      }
      return count;
    },

    /** Counts what is in the queue of posts without being a post of a run that is there. */
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
     * Removes what is in the queue of posts without being a post of a run that is there, unless it is under way.
     * @returns how many jobs
     */
    async dropForeign(): Promise<number> {
      const ids = await foreignIds(await posts.getRanges([...waitingStates, 'failed'], 0, -1));
      for (const id of ids) await removeJob(id);
      return ids.length;
    },

    /** Posts that ended, by the minute: this one, of which so many seconds are over, then those before. */
    async perMinute(): Promise<{ readonly ended: readonly number[]; readonly second: number }> {
      const now = Date.now();
      return { ended: await endedByMinute(posts, now), second: (now / 1000) % 60 };
    },

    /** How many wait or are under way, of all runs. */
    async open(): Promise<number> {
      const { active = 0, prioritized = 0, waiting = 0, delayed = 0 } = await posts.getJobCounts();
      return active + prioritized + waiting + delayed;
    },

    async close(): Promise<void> {
      await Promise.all([posts.close(), runs.close(), flows.close()]);
    },
  };
}

/** A job of which nothing is known but its id. */
function jobWithoutData(queue: Queue, id: string): Job {
  return new Job(queue, 'foreign', null, {}, id);
}

/** What BullMQ keeps of a job that has children, beside the job itself. */
const runKeySuffixes = ['', ':dependencies', ':processed', ':failed', ':unsuccessful', ':lock', ':logs'];

/** Whatever of a run is left. */
async function removeKeys(connection: RedisClient, id: string): Promise<void> {
  const key = redisKey(`${runsName}:${id}`);
  await connection.unlink(runKeySuffixes.map((part) => key + part));
  const of = (name: string) => redisKey(`${runsName}:${name}`);
  for (const list of ['wait', 'paused', 'active']) await connection.lrem(of(list), 0, id);
  for (const set of ['waiting-children', 'prioritized', 'delayed', 'completed', 'failed'])
    await connection.zrem(of(set), id);
}

/** BullMQ's words for a job that is locked, or a child of which is, and for one that is gone. */
function isRefusedRemoval(error: unknown): boolean {
  return error instanceof Error && /could not be removed|^Missing key for/.test(error.message);
}

function unlessMalformed(error: unknown): null {
  if (isMalformed(error)) return null;
  throw error;
}

/** BullMQ's words for a job that is not there. */
function isMissingJob(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Missing key for');
}
