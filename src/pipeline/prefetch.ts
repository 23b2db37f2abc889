import PQueue from 'p-queue';
import { stopsRun } from '../errors.ts';
import type { Post } from '../model/post.ts';
import type { Fetched, FetchedSummary } from '../originals/index.ts';
import type { OpenAccount } from './context.ts';

/** The originals of a run, some of which are being fetched. */
export interface Fetching {
  /** Whether it is fetched ahead; otherwise it is located by the first `get`. */
  isAhead(post: Post): boolean;
  /** Locates the original of a post, once. @throws the signal's reason, or an error of a program or the system */
  get(post: Post): Promise<Fetched>;
  /** Resolves when all fetching has ended, with or without success. */
  readonly ended: () => Promise<void>;
}

/** Posts fetched at a time. The number of simultaneous downloads is limited in `originals`. */
const fetchedAtOnce = 12;

/**
 * Starts to fetch originals from the network in the background, those that expire first before others. After Ctrl-C
 * nothing new is started.
 * @param hurried posts whose originals are needed immediately
 * @param others posts whose originals are located in their turn if they are on this machine
 * @param onFetched called after each original, with or without success
 */
export async function prefetch(
  { hurried, others }: { readonly hurried: readonly Post[]; readonly others: readonly Post[] },
  { originals, signal, gate }: Pick<OpenAccount, 'originals' | 'signal' | 'gate'>,
  onFetched: (post: Post, fetched: FetchedSummary) => void,
): Promise<Fetching> {
  const queue = new PQueue({ concurrency: fetchedAtOnce });
  const get = async (post: Post, onSlow?: () => void): Promise<Fetched> => {
    signal.throwIfAborted();
    const fetched = await originals.get(post, signal, onSlow);
    onFetched(post, fetched);
    return fetched;
  };
  /** An error of this check is reported when the original is located. */
  const isAtHand = async (post: Post): Promise<boolean> => {
    try {
      return await originals.isAvailable(post);
    } catch (error) {
      if (stopsRun(error)) throw error;
      return true;
    }
  };
  /** A post that waits for yt-dlp gives its place in the queue to posts with valid links. */
  const getAhead = async (post: Post): Promise<Fetched> => {
    const { got } = await queue.add(async () => {
      const end = (await gate?.enter(signal)) ?? (() => {});
      let leave = () => {};
      const left = new Promise<null>((resolve) => {
        leave = () => resolve(null);
      });
      const got = get(post, leave);
      got.then(end, end);
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
  // The error is thrown by `get`; until then it must not become an unhandled rejection.
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
