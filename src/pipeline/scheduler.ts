import PQueue from 'p-queue';
import { asError, stopsRun } from '../errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { yieldToEventLoop } from '../tools/yield-to-event-loop.ts';
import type { Gate } from './gate.ts';
import type { Fetching } from './prefetch.ts';

/** A post with the work that it needs. */
export interface PostWork {
  readonly post: Post;
  /** Whether its original is needed. */
  readonly fetch: boolean;
  /** Whether it is scheduled among the renders; otherwise it is finished as soon as its original is fetched. */
  readonly makes: boolean;
  /**
   * Compares the post with the record of the last run, outside the schedule of renders. Resolves to a function that reports
   * it if it is unchanged, else to null. Missing if there is no record.
   */
  readonly checkUnchanged?: (fetched: Fetched) => Promise<(() => void | Promise<void>) | null>;
  /**
   * Whether the post needs something slow before its turn, such as a translation: resolves to a function that gets it, else
   * to null. Several posts are prepared at a time.
   */
  readonly prepare?: (fetched: Fetched) => Promise<(() => Promise<void>) | null>;
  readonly work: (fetched: Fetched) => Promise<void>;
  /** Records that the post failed with an error of the system or of a program. */
  readonly fail: (error: Error) => void | Promise<void>;
}

const alwaysOpen: Gate = { enter: async () => () => {} };

const nothing: Fetched = { original: null, isNew: false, issues: [] };

/** The posts whose originals are needed; immediately for those for which nothing is rendered. */
export function originalsToFetch(all: readonly PostWork[]): { readonly hurried: Post[]; readonly others: Post[] } {
  const wanted = all.filter(({ fetch }) => fetch);
  return {
    hurried: wanted.filter(({ makes }) => !makes).map(({ post }) => post),
    others: wanted.filter(({ makes }) => makes).map(({ post }) => post),
  };
}

/**
 * Reports unchanged posts before any render begins. Checks only posts with a record and an original on this machine, so
 * that a first run unpacks and hashes nothing here.
 * @returns the other posts
 */
export async function skipUnchanged(
  all: readonly PostWork[],
  fetching: Fetching,
  signal: AbortSignal,
): Promise<PostWork[]> {
  const left: PostWork[] = [];
  for (const each of all) {
    const report = isAtHand(each, fetching) && !signal.aborted ? await reportOf(each, fetching, signal) : null;
    if (report === null) left.push(each);
    else await report();
  }
  return left;
}

/** An error here occurs again during processing, where it is reported. */
async function reportOf(
  { post, checkUnchanged }: PostWork,
  fetching: Fetching,
  signal: AbortSignal,
): Promise<(() => void | Promise<void>) | null> {
  if (checkUnchanged === undefined) return null;
  await yieldToEventLoop();
  if (signal.aborted) return null;
  try {
    return await checkUnchanged(await fetching.get(post));
  } catch (error) {
    if (stopsRun(error) && !signal.aborted) throw error;
    return null;
  }
}

function isAtHand({ makes, post }: PostWork, fetching: Fetching): boolean {
  return makes && !fetching.isAhead(post);
}

/** Prepares the posts whose originals are on this machine, together. An error here occurs again in their turn. */
export async function prepareAtHand(all: readonly PostWork[], fetching: Fetching, signal: AbortSignal): Promise<void> {
  const wanted: (() => Promise<void>)[] = [];
  for (const each of all) {
    if (each.prepare === undefined || !isAtHand(each, fetching)) continue;
    signal.throwIfAborted();
    try {
      const get = await each.prepare(each.fetch ? await fetching.get(each.post) : nothing);
      if (get !== null) wanted.push(get);
    } catch (error) {
      if (stopsRun(error) || signal.aborted) throw error;
    }
  }
  await Promise.all(wanted.map(async (get) => get()));
}

/**
 * Processes posts as their originals become available: next is the first in the order of `all` whose original is fetched.
 * Fetching continues during renders. After Ctrl-C nothing new is started.
 * @param renders the number of renders at a time
 * @param gate where posts wait while the run is paused
 */
export async function runScheduled(
  all: readonly PostWork[],
  renders: number,
  fetching: Fetching,
  signal: AbortSignal,
  gate: Gate = alwaysOpen,
): Promise<void> {
  const making = new PQueue({ concurrency: renders });

  /** null if the task failed or was interrupted. */
  const guarded = async <T>({ fail }: PostWork, task: () => Promise<T>): Promise<T | null> => {
    if (signal.aborted) return null;
    try {
      return await task();
    } catch (error) {
      if (signal.aborted) return null;
      if (stopsRun(error)) throw error;
      await fail(asError(error));
      return null;
    }
  };
  const get = async (each: PostWork): Promise<Fetched | null> =>
    each.fetch ? guarded(each, async () => fetching.get(each.post)) : nothing;
  const finish = async (each: PostWork, fetched: Fetched | null) => {
    if (fetched) await guarded(each, async () => each.work(fetched));
  };
  const inTurn = async (place: number, task: () => Promise<void>) =>
    making.add(async () => throughGate(gate, signal, task), { priority: -place });

  const other = async (each: PostWork, place: number) => {
    const fetched = await get(each);
    if (fetched && each.prepare) await guarded(each, async () => (await each.prepare?.(fetched))?.());
    if (fetched && each.makes) await inTurn(place, async () => finish(each, fetched));
    else await finish(each, fetched);
  };
  const others = [...all.entries()].flatMap(([place, each]) => (isAtHand(each, fetching) ? [] : other(each, place)));
  const atHand = async () => {
    // Only the next few are queued, because tens of thousands of promises would take much memory.
    const next = new Set<Promise<void>>();
    for (const [place, each] of all.entries()) {
      if (!isAtHand(each, fetching)) continue;
      if (signal.aborted) break;
      const made = inTurn(place, async () => finish(each, await get(each))).then(() => void next.delete(made));
      next.add(made);
      if (next.size >= 2 * renders) await Promise.race(next);
    }
    await Promise.all(next);
  };
  await Promise.all([...others, atHand()]);
}

async function throughGate(gate: Gate, signal: AbortSignal, task: () => Promise<void>): Promise<void> {
  const leave = await gate.enter(signal);
  try {
    await task();
  } finally {
    leave();
  }
}
