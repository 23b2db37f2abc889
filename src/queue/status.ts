import type { PostQueue } from './bullmq/index.ts';
import { type AboutWorker, aboutWorker, exportJob, type Tally, tally } from './documents.ts';
import { postsPerMinute } from './rate.ts';

/** The name in the list of clients for jobs that `port` did not create, and for posts whose run is gone. */
export const foreignName = '@foreign';

/** The state of one client's posts. */
export interface ClientStatus {
  readonly account: string;
  /** The output folder, relative to the shared folder. */
  readonly out: string;
  /** The account's folder in it. */
  readonly folder: string;
  readonly posts: number;
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  readonly failed: number;
  /** Outcomes of done posts, each counted once for every platform. */
  readonly ended: Tally;
}

/** The document of `port queue status --json`. */
export interface QueueStatus {
  readonly schemaVersion: 1;
  readonly workers: readonly AboutWorker[];
  readonly clients: readonly ClientStatus[];
  /** The average over the last minutes; null if no post ended. */
  readonly postsPerMinute: number | null;
  readonly secondsLeft: number | null;
}

/** Reads the state of the queue without changing it. */
export async function queueStatus(queue: PostQueue): Promise<QueueStatus> {
  const underWay = new Map<string, number>();
  for (const [run] of await queue.underWay()) underWay.set(run, (underWay.get(run) ?? 0) + 1);
  const clients: ClientStatus[] = [];
  let unreadable = 0;
  for (const { id, data, counts } of await queue.runs()) {
    const read = exportJob.safeParse(data);
    if (!read.success) {
      unreadable++;
      continue;
    }
    const { account, out, folder, posts } = read.data;
    const running = Math.min(underWay.get(id) ?? 0, counts.open);
    const ended = { delivered: 0, held: 0, rejected: 0 };
    await queue.eachTally(id, (each) => {
      const { delivered, held, rejected } = tally.safeParse(each).data ?? { delivered: 0, held: 0, rejected: 0 };
      ended.delivered += delivered;
      ended.held += held;
      ended.rejected += rejected;
    });
    const { done, failed } = counts;
    clients.push({ account, out, folder, posts, waiting: counts.open - running, running, done, failed, ended });
  }
  const foreign = await queue.foreign();
  const foreignPosts = foreign.waiting + foreign.running + foreign.failed + unreadable;
  if (foreignPosts > 0) {
    const nothing = { delivered: 0, held: 0, rejected: 0 };
    const waiting = foreign.waiting + unreadable;
    clients.push({
      ...{ account: foreignName, out: '', folder: '', posts: foreignPosts, waiting, running: foreign.running },
      ...{ done: 0, failed: foreign.failed, ended: nothing },
    });
  }
  const { ended, second } = await queue.perMinute();
  const rate = postsPerMinute(ended, second);
  const left = clients.reduce((sum, { waiting, running }) => sum + waiting + running, 0);
  return {
    schemaVersion: 1,
    workers: (await queue.workers()).flatMap((text) => workerOf(text) ?? []),
    clients: clients.sort((a, b) => (a.account < b.account ? -1 : 1)),
    postsPerMinute: rate === null ? null : Math.round(rate * 10) / 10,
    secondsLeft: rate === null || rate === 0 ? null : Math.round((left / rate) * 60),
  };
}

/** null if it is not a worker of port. */
export function workerOf(text: string): AboutWorker | null {
  try {
    return aboutWorker.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
