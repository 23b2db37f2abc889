import PQueue from 'p-queue';
import { asError, stopsRun } from '../errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched } from '../originals/index.ts';
import { yieldToEventLoop } from '../tools/yield-to-event-loop.ts';
import type { Fetching } from './prefetch.ts';

/** A post, and what is to be done with it. */
export interface PostWork {
  readonly post: Post;
  /** Whether its original is wanted. */
  readonly fetch: boolean;
  /** It takes its turn among the renders; else it is done as soon as its original has been seen to. */
  readonly makes: boolean;
  /**
   * Compares it with what the last run recorded, which takes no turn among the renders. Resolves to what reports it where it
   * is unchanged, else to null. Missing where nothing was recorded.
   */
  readonly checkUnchanged?: (fetched: Fetched) => Promise<(() => void) | null>;
  readonly work: (fetched: Fetched) => Promise<void>;
  /** It came to nothing: the system refused something, or a program threw anything at all. */
  readonly fail: (error: Error) => void | Promise<void>;
}

const nothing: Fetched = { original: null, isNew: false, issues: [] };

/** Which originals are to be fetched, and which of them at once: those of posts for which nothing else is made. */
export function originalsToFetch(all: readonly PostWork[]): { readonly hurried: Post[]; readonly others: Post[] } {
  const wanted = all.filter(({ fetch }) => fetch);
  return {
    hurried: wanted.filter(({ makes }) => !makes).map(({ post }) => post),
    others: wanted.filter(({ makes }) => makes).map(({ post }) => post),
  };
}

/**
 * Reports unchanged posts before any render begins. Only those are looked at whose originals are on this machine and that
 * have a record: a first run unpacks and hashes nothing here.
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
    else report();
  }
  return left;
}

/** What goes wrong here goes wrong at the work too, where it is reported. */
async function reportOf(
  { post, checkUnchanged }: PostWork,
  fetching: Fetching,
  signal: AbortSignal,
): Promise<(() => void) | null> {
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

/**
 * Makes the posts as their originals come: of those whose original is there, the first one in the order of `all` is made
 * next. Fetching does not wait for it, however long the renders take. Ctrl-C: nothing new is started.
 * @param renders at a time
 */
export async function runScheduled(
  all: readonly PostWork[],
  renders: number,
  fetching: Fetching,
  signal: AbortSignal,
): Promise<void> {
  const making = new PQueue({ concurrency: renders });

  /** null where it did not come to its end. */
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
  const inTurn = async (place: number, task: () => Promise<void>) => making.add(task, { priority: -place });

  const other = async (each: PostWork, place: number) => {
    const fetched = await get(each);
    if (fetched && each.makes) await inTurn(place, async () => finish(each, fetched));
    else await finish(each, fetched);
  };
  const others = [...all.entries()].flatMap(([place, each]) => (isAtHand(each, fetching) ? [] : other(each, place)));
  const atHand = async () => {
    // As many as can be next wait for their turn: tens of thousands would be much memory.
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
