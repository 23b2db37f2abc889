import { setTimeout as wait } from 'node:timers/promises';
import {
  FlowProducer,
  Job,
  type JobsOptions,
  Queue,
  QueueEvents,
  UnrecoverableError,
  WaitingError,
  Worker,
} from 'bullmq';
import { inSlot } from './host-slots.ts';
import type { RedisClient } from './redis.ts';

/** A run of one account: the parent of its posts, which wait below it. */
export interface QueuedRun {
  /** Letters and digits: one for each account's folder. */
  readonly id: string;
  readonly data: unknown;
  readonly counts: RunCounts;
}

export interface RunCounts {
  /** Posts that wait or are under way. */
  readonly open: number;
  readonly done: number;
  readonly failed: number;
}

/** A post for the queue. */
export interface QueuedPost {
  readonly key: string;
  readonly data: object;
  /** 1 is done first; at most 2,097,151. */
  readonly priority: number;
}

/** A post that this worker was given. */
export interface TakenPost {
  readonly data: unknown;
  /** 1 the first time; more where a worker was lost with it, or it was put back. */
  readonly attempt: number;
  readonly priority: number;
  /** Another worker has it by now, or it was given up: what is made of it here counts no more. */
  readonly lost: AbortSignal;
  tellProgress(progress: object): void;
}

/** How the work on a post ended. */
export type PostEnd =
  | { readonly kind: 'done'; readonly tally: object }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Somebody else shall do it. */
  | { readonly kind: 'put-back' };

/** Hears of posts, by their run and key; `reason` is null for a post that did not fail. */
export interface QueueListener {
  progress(run: string, key: string, progress: unknown): void;
  ended(run: string, key: string, reason: string | null): void;
}

export interface QueueSettings {
  /** Milliseconds: a worker that was not heard of for so long has lost its post. */
  readonly lostAfter: number;
  /** So often lost posts are looked for. */
  readonly lookEvery: number;
  /** A post that took its worker with it so often is given up. */
  readonly tries: number;
}

const postsName = 'posts';
const runsName = 'exports';
/** One slot of a Redis cluster. */
const prefix = '{port}';
/** So many posts go to Redis at a time: thousands in one transaction would hold up everybody else. */
const addedAtOnce = 500;
const readAtOnce = 1000;
const minutesOfRate = 15;
const workerSeconds = 30;

export type PostQueue = ReturnType<typeof createQueue>;

/** Posts in BullMQ: each a child of its export's job, which is done when all of them are. */
export function createQueue(connection: RedisClient, { lostAfter, lookEvery, tries }: QueueSettings) {
  const common = { connection, prefix };
  const posts = new Queue(postsName, { ...common, defaultJobOptions: { stackTraceLimit: 1 } });
  const runs = new Queue(runsName, common);
  const flows = new FlowProducer(common);
  // Each reports on its own that the connection is gone; one voice is enough (redis.ts).
  const unheard = () => {};
  posts.on('error', unheard);
  runs.on('error', unheard);
  flows.on('error', unheard);

  const jobOf = async (id: string) => Job.fromId(runs, id);
  const idOf = (run: string, key: string) => `${run}-${key}`;
  const partsOf = (id: string) => [id.slice(0, id.indexOf('-')), id.slice(id.indexOf('-') + 1)] as const;
  const countsOf = async (job: Job): Promise<RunCounts> => {
    const { processed = 0, unprocessed = 0, ignored = 0 } = await job.getDependenciesCount();
    return { open: unprocessed, done: processed, failed: ignored };
  };
  const runOf = async (job: Job): Promise<QueuedRun> => ({
    id: job.id ?? '',
    data: job.data,
    counts: await countsOf(job),
  });
  const key = (name: string) => `${prefix}:${name}`;

  return {
    /** Puts posts into the queue, below their run; what is there already stays as it is. */
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
        await posts.addBulk(some.map(({ name, data, opts }) => ({ name, data, opts: { ...opts, parent } })));
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

    /** What the done posts of a run told in the end, a part at a time. */
    async *tallies(id: string): AsyncGenerator<unknown> {
      const job = await jobOf(id);
      if (!job) return;
      for (let cursor: number | undefined = 0; cursor !== undefined; ) {
        const part: Awaited<ReturnType<Job['getDependencies']>> = await job.getDependencies({
          processed: { cursor, count: readAtOnce },
        });
        yield* Object.values(part.processed ?? {});
        cursor = part.nextProcessedCursor || undefined;
      }
    },

    /** Why posts of a run failed, by their keys. */
    async failures(id: string): Promise<ReadonlyMap<string, string>> {
      const job = await jobOf(id);
      const failed = Object.entries((await job?.getIgnoredChildrenFailures()) ?? {});
      return new Map(failed.map(([name, reason]) => [partsOf(name.slice(name.lastIndexOf(':') + 1))[1], reason]));
    },

    /** The posts that are under way, as their run and key. */
    async underWay(): Promise<readonly (readonly [run: string, key: string])[]> {
      return (await posts.getActive()).flatMap((job) => (job?.id === undefined ? [] : [partsOf(job.id)]));
    },

    /** Takes away what waits of a run. */
    async dropWaiting(id: string): Promise<void> {
      await (await jobOf(id))?.removeUnprocessedChildren();
    },

    /** Forgets a run and its posts. */
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

    /** Posts that ended in each of the last minutes, the latest first; empty where nothing was counted yet. */
    async perMinute(): Promise<readonly number[]> {
      const [done, failed] = await Promise.all([
        posts.getMetrics('completed', 0, minutesOfRate - 1),
        posts.getMetrics('failed', 0, minutesOfRate - 1),
      ]);
      return done.data.map((count, minute) => Number(count) + Number(failed.data[minute] ?? 0));
    },

    /** How many wait or are under way, of all runs. */
    async open(): Promise<number> {
      const { active = 0, prioritized = 0, waiting = 0, delayed = 0 } = await posts.getJobCounts();
      return active + prioritized + waiting + delayed;
    },

    /** A number that all share. */
    async turn(): Promise<number> {
      return Number((await connection.get(key('turn'))) ?? 0);
    },
    async setTurn(turn: number): Promise<void> {
      await connection.set(key('turn'), turn);
    },

    /** @returns how to stop */
    async watch(listener: QueueListener): Promise<() => Promise<void>> {
      const events = new QueueEvents(postsName, common);
      events.on('error', unheard);
      events.on('progress', ({ jobId, data }) => listener.progress(...partsOf(jobId), data));
      events.on('completed', ({ jobId }) => listener.ended(...partsOf(jobId), null));
      events.on('failed', ({ jobId, failedReason }) => listener.ended(...partsOf(jobId), failedReason));
      await events.waitUntilReady();
      return async () => events.close();
    },

    /** Takes posts and does them, so many at a time, until the signal comes; those that are under way come to an end. */
    async work(
      atOnce: number,
      name: string,
      doPost: (post: TakenPost) => Promise<PostEnd>,
      signal: AbortSignal,
    ): Promise<void> {
      const worker = new Worker(
        postsName,
        async (job, token, lost) => {
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
        },
        {
          ...{ ...common, name, concurrency: atOnce, runRetryDelay: 1000, metrics: { maxDataPoints: minutesOfRate } },
          ...{ lockDuration: lostAfter, stalledInterval: lookEvery, maxStalledCount: tries - 1 },
        },
      );
      worker.on('error', unheard);
      worker.on('lockRenewalFailed', (ids) => {
        for (const id of ids) worker.cancelJob(id);
      });
      if (!signal.aborted) {
        await new Promise<void>((stop) => signal.addEventListener('abort', () => stop(), { once: true }));
      }
      await worker.close();
    },

    /** Lets `task` run when fewer than `atOnce` run for the host, over all workers. */
    async run<T>(host: string, atOnce: number, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
      const runScript = async (script: string, name: string, ...values: (string | number)[]) =>
        connection.eval(script, 1, name, ...values);
      return await inSlot(runScript, key(`host:${host}`), atOnce, signal, task);
    },

    /** Says that a worker lives. To be said again before half a minute is over. */
    async announce(id: string, about: object): Promise<void> {
      await connection.set(key(`worker:${id}`), JSON.stringify(about), 'EX', workerSeconds);
      await connection.sadd(key('workers'), id);
    },
    async leave(id: string): Promise<void> {
      await connection.del(key(`worker:${id}`));
      await connection.srem(key('workers'), id);
    },
    /** What the workers that live say of themselves. */
    async workers(): Promise<readonly string[]> {
      const ids = await connection.smembers(key('workers'));
      const said = await Promise.all(ids.map(async (id) => connection.get(key(`worker:${id}`))));
      const gone = ids.filter((_, index) => said[index] === null);
      if (gone.length > 0) await connection.srem(key('workers'), ...gone);
      return said.flatMap((text) => text ?? []);
    },

    async close(): Promise<void> {
      // A server that is gone is not waited for.
      const closed = Promise.all([posts.close(), runs.close(), flows.close()]);
      await Promise.race([closed, wait(2000, undefined, { ref: false })]);
      connection.disconnect();
    },
  };
}
