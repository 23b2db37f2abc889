import { FlowProducer, Job, type JobsOptions, Queue } from 'bullmq';
import type { RedisClient } from '../redis.ts';
import type { QueuedPost, QueuedRun, RunCounts } from './contract.ts';
import { endedByMinute } from './minutes.ts';
import { commonOf, idOf, partsOf, postsName, runsName, unheard } from './names.ts';

/** So many posts go to Redis at a time: thousands in one transaction would hold up everybody else. */
const addedAtOnce = 500;
const readAtOnce = 1000;

/** The runs that are in the queue, with their posts: what coordinators put in, look at, and take out. */
export function openRuns(connection: RedisClient) {
  const common = commonOf(connection);
  const posts = new Queue(postsName, { ...common, defaultJobOptions: { stackTraceLimit: 1 } });
  const runs = new Queue(runsName, common);
  const flows = new FlowProducer(common);
  for (const each of [posts, runs]) each.on('error', unheard);
  flows.on('error', unheard);

  const jobOf = async (id: string) => Job.fromId(runs, id);
  const countsOf = async (job: Job): Promise<RunCounts> => {
    const { processed = 0, unprocessed = 0, ignored = 0 } = await job.getDependenciesCount();
    return { open: unprocessed, done: processed, failed: ignored };
  };
  const runOf = async (job: Job): Promise<QueuedRun> => ({
    id: job.id ?? '',
    data: job.data,
    counts: await countsOf(job),
  });

  return {
    /**
     * Puts posts into the queue, below their run; what is there already stays as it is. Where Redis loses the run
     * meanwhile, only some of them are there.
     */
    async add(run: { readonly id: string; readonly data: object }, added: readonly QueuedPost[]): Promise<void> {
      const optionsOf = (post: QueuedPost): JobsOptions => ({
        jobId: idOf(run.id, post.key),
        priority: post.priority,
        removeOnComplete: true,
        ignoreDependencyOnFailure: true,
      });
      const jobsOf = (some: readonly QueuedPost[]) =>
        some.map((post) => ({ name: 'post', queueName: postsName, data: post.data, opts: optionsOf(post) }));
      const parent = { id: run.id, queue: runs.qualifiedName };
      const isThere = (await jobOf(run.id)) !== undefined;
      const start = isThere ? 0 : addedAtOnce;
      if (!isThere) {
        const children = jobsOf(added.slice(0, start));
        await flows.add({ name: 'export', queueName: runsName, data: run.data, opts: { jobId: run.id }, children });
      }
      for (let at = start; at < added.length; at += addedAtOnce) {
        const some = jobsOf(added.slice(at, at + addedAtOnce));
        try {
          await posts.addBulk(some.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, parent } })));
        } catch (error) {
          if (isLost(error)) return;
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
      const jobs = await runs.getJobs(['waiting-children', 'waiting', 'prioritized', 'delayed', 'active']);
      return await Promise.all(jobs.filter(Boolean).map(runOf));
    },

    /** @param each hears what the done posts of a run told in the end */
    async eachTally(id: string, each: (tally: unknown) => void): Promise<void> {
      const job = await jobOf(id);
      if (!job) return;
      for (let cursor: number | undefined = 0; cursor !== undefined; ) {
        const part: Awaited<ReturnType<Job['getDependencies']>> = await job.getDependencies({
          processed: { cursor, count: readAtOnce },
        });
        Object.values(part.processed ?? {}).forEach(each);
        cursor = part.nextProcessedCursor || undefined;
      }
    },

    /** Why posts of a run failed, by their keys. */
    async failures(id: string): Promise<ReadonlyMap<string, string>> {
      const job = await jobOf(id);
      const failed = Object.entries((await job?.getIgnoredChildrenFailures()) ?? {});
      return new Map(failed.map(([name, reason]) => [partsOf(name)[1], reason]));
    },

    /** The posts that are under way, as their run and key. */
    async underWay(): Promise<readonly (readonly [run: string, key: string])[]> {
      return (await posts.getActive()).flatMap((job) => (job?.id === undefined ? [] : [partsOf(job.id)]));
    },

    /** Takes away what waits of a run. */
    async dropWaiting(id: string): Promise<void> {
      await (await jobOf(id))?.removeUnprocessedChildren();
    },

    /** Forgets a run and its posts, none of which may be under way. */
    async forget(id: string): Promise<void> {
      await (await jobOf(id))?.remove({ removeChildren: true });
    },

    /** Puts failed posts of runs that go on back into the queue. */
    async retryFailed(): Promise<number> {
      let count = 0;
      for (const job of await posts.getFailed()) {
        if (!job?.id) continue;
        await job.retry('failed', { resetAttemptsMade: true });
        count++;
      }
      return count;
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

/** BullMQ's words for a job that is not there. */
function isLost(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Missing key for');
}
