import PQueue from 'p-queue';
import { stopsRun } from '../errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched, FetchedSummary } from '../originals/index.ts';
import type { OpenAccount } from './context.ts';

/** The originals of a run, some of which are on their way. */
export interface Fetching {
  /** Whether it is fetched ahead; else it is located when somebody asks for it. */
  isAhead(post: Post): boolean;
  /** Located once for each post, however often it is asked for. @throws the signal's reason; whatever a program or the system throws at this post */
  get(post: Post): Promise<Fetched>;
  /** Resolves when nothing is on its way any more, whatever came of it. */
  readonly ended: () => Promise<void>;
}

/** So many posts are looked after at a time; how many downloads that makes is the originals' own business. */
const fetchedAtOnce = 12;

/**
 * Begins to fetch what has to come from the network, soonest to die first, and goes on with it whatever else the run is
 * at. Ctrl-C: nothing new is started.
 * @param hurried posts whose originals are wanted at once
 * @param others posts whose originals can wait for their turn where they lie on this machine
 * @param onFetched after each original, whatever came of it
 */
export async function prefetch(
  { hurried, others }: { readonly hurried: readonly Post[]; readonly others: readonly Post[] },
  { originals, signal }: Pick<OpenAccount, 'originals' | 'signal'>,
  onFetched: (post: Post, fetched: FetchedSummary) => void,
): Promise<Fetching> {
  const queue = new PQueue({ concurrency: fetchedAtOnce });
  const get = async (post: Post, onSlow?: () => void): Promise<Fetched> => {
    signal.throwIfAborted();
    const fetched = await originals.get(post, signal, onSlow);
    onFetched(post, fetched);
    return fetched;
  };
  /** Where the look itself fails, its trouble is told when the post is asked for. */
  const isAtHand = async (post: Post): Promise<boolean> => {
    try {
      return await originals.isAtHand(post);
    } catch (error) {
      if (stopsRun(error)) throw error;
      return true;
    }
  };
  /** Whoever waits for yt-dlp leaves its place to those whose links still live. */
  const getAhead = async (post: Post): Promise<Fetched> => {
    const { got } = await queue.add(async () => {
      let leave = () => {};
      const left = new Promise<null>((resolve) => {
        leave = () => resolve(null);
      });
      const got = get(post, leave);
      await Promise.race([got, left]);
      return { got };
    });
    return await got;
  };
  const far = await Promise.all(others.map(async (post) => ((await isAtHand(post)) ? [] : [post])));
  const ahead = new Map(
    originals.order([...hurried, ...far.flat()]).map((post): [Post, Promise<Fetched>] => [post, getAhead(post)]),
  );
  const located = new Map<Post, Promise<Fetched>>();
  // Whoever asks for it hears of its trouble; until then it must not count as unheard.
  for (const got of ahead.values()) got.catch(() => {});
  return {
    isAhead: (post) => ahead.has(post),
    async get(post) {
      const fetched = ahead.get(post) ?? located.get(post) ?? get(post);
      if (!ahead.has(post)) located.set(post, fetched);
      return await fetched;
    },
    async ended() {
      await Promise.allSettled(ahead.values());
    },
  };
}
