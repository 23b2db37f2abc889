import PQueue from 'p-queue';
import type { OpenAccount } from './account-run.ts';
import { isSystemError } from './errors.ts';
import type { Post } from './model.ts';
import type { Fetched } from './originals/index.ts';

/** A post, and what is to be done with it. */
export interface PostWork {
  readonly post: Post;
  /** Whether its original is wanted. */
  readonly fetch: boolean;
  /** It takes its turn among the renders; else it is done as soon as its original has been seen to. */
  readonly makes: boolean;
  readonly work: (fetched: Fetched) => Promise<void>;
  /** The system refused something: no space, no permission, a file that vanished. */
  readonly fail: (error: Error) => void | Promise<void>;
}

/** So many posts are looked after at a time; how many downloads that makes is the originals' own business. */
const fetchedAtOnce = 12;
const nothing: Fetched = { original: null, isNew: false, issues: [] };

/**
 * Originals that have to come from the network are fetched first and in their own order, soonest to die first, however
 * long the renders take. Of the posts whose original is there, the first one in the order of `all` is made next. Ctrl-C:
 * nothing new is started.
 * @param renders at a time
 * @param onFetched after each original, whatever came of it
 */
export async function inStages(
  all: readonly PostWork[],
  renders: number,
  { originals, signal }: Pick<OpenAccount, 'originals' | 'signal'>,
  onFetched: (post: Post, fetched: Fetched) => void,
): Promise<void> {
  const fetching = new PQueue({ concurrency: fetchedAtOnce });
  const making = new PQueue({ concurrency: renders });
  const places = new Map(all.map((each, index) => [each, index]));

  /** null where it did not come to its end. */
  const guarded = async <T>({ fail }: PostWork, task: () => Promise<T>): Promise<T | null> => {
    if (signal.aborted) return null;
    try {
      return await task();
    } catch (error) {
      if (signal.aborted) return null;
      if (!isSystemError(error)) throw error;
      await fail(error);
      return null;
    }
  };
  const get = async (each: PostWork, onSlow?: () => void): Promise<Fetched | null> => {
    if (!each.fetch) return nothing;
    const fetched = await guarded(each, async () => originals.get(each.post, signal, onSlow));
    if (fetched) onFetched(each.post, fetched);
    return fetched;
  };
  const finish = async (each: PostWork, fetched: Fetched | null) => {
    if (fetched) await guarded(each, async () => each.work(fetched));
  };
  /** Whoever waits for yt-dlp leaves its place to those whose links still live. */
  const getAhead = async (each: PostWork): Promise<Fetched | null> => {
    const { got } = await fetching.add(async () => {
      let leave = () => {};
      const left = new Promise<null>((resolve) => {
        leave = () => resolve(null);
      });
      const got = get(each, leave);
      await Promise.race([got, left]);
      return { got };
    });
    return await got;
  };
  const inTurn = async (each: PostWork, task: () => Promise<void>) => {
    await (each.makes ? making.add(task, { priority: -(places.get(each) ?? 0) }) : task());
  };

  const ahead = new Map<Post, PostWork>();
  const atHand: PostWork[] = [];
  for (const each of all) {
    const hurry = each.fetch && (!each.makes || !(await originals.isAtHand(each.post)));
    if (hurry) ahead.set(each.post, each);
    else atHand.push(each);
  }
  const later = atHand.map(async (each) => inTurn(each, async () => finish(each, await get(each))));
  const first = originals.order([...ahead.keys()]).map(async (post) => {
    const each = ahead.get(post);
    const fetched = each && (await getAhead(each));
    if (each && fetched) await inTurn(each, async () => finish(each, fetched));
  });
  await Promise.all([...first, ...later]);
}
