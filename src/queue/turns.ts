import type { Post } from '../model/post.ts';

/** A post for the queue, and whether its original has to come from the network. */
export interface Waiting {
  readonly post: Post;
  readonly toFetch: boolean;
}

/** Links that die within a day may die before their turn comes: a client who waits only waits. */
const hurrySeconds = 24 * 3600;

/** Priorities from here on are turns; below are those that cannot wait for one. */
const firstTurn = 100_000;
/** BullMQ's lowest priority. */
const last = 2_097_151;

/**
 * The order in which the posts of all clients are done, as BullMQ's priorities (1 is first). Clients take turns: the n-th
 * post of each comes before the n+1-th of any. Who comes later begins where the others are (`turnNow`), so that nobody
 * waits for another's ten thousand posts, and nobody is overtaken by a hundred newcomers. Posts whose links die within a
 * day go before all turns, the first to die first.
 * @param posts of one client, in the order in which they are wanted
 * @param turnNow the turn that the queue is at
 * @param now unix seconds
 */
export function priorities(posts: readonly Waiting[], turnNow: number, now: number): ReadonlyMap<Post, number> {
  const expiry = ({ post, toFetch }: Waiting) => (toFetch ? expiryOf(post, now) : Number.POSITIVE_INFINITY);
  const ordered = posts
    .map((each, place) => ({ post: each.post, dies: expiry(each), place }))
    .sort((a, b) => compare(a.dies, b.dies) || a.place - b.place);
  const hurried = ordered.filter(({ dies }) => dies <= now + hurrySeconds);
  return new Map(
    ordered.map(({ post }, index) => {
      const inHurry = index < hurried.length;
      const priority = inHurry ? Math.min(index + 1, firstTurn - 1) : firstTurn + turnNow + index - hurried.length;
      return [post, Math.min(priority, last)];
    }),
  );
}

/** The turn that a priority stands for; null where it stands for a hurry. */
export function turnOf(priority: number): number | null {
  return priority < firstTurn ? null : priority - firstTurn;
}

/** When the first of the links that live dies; infinity where none says, or none lives. */
function expiryOf({ links, coverLink }: Post, now: number): number {
  const all = coverLink === null ? links : [...links, coverLink];
  const ends = all.flatMap(({ kind, expiresAt }) => (kind === 'media' && expiresAt !== null ? [expiresAt] : []));
  return Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => end > now));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
