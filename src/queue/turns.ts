import type { Post } from '../model/post.ts';

/** A post for the queue, and whether its original has to be fetched from the network. */
export interface Waiting {
  readonly post: Post;
  readonly toFetch: boolean;
}

/** Links that expire within a day may expire before their turn, while other clients can wait. */
const urgentSeconds = 24 * 3600;

/** Priorities from here on are turns; lower ones are for urgent posts. */
const firstTurn = 100_000;
/** BullMQ's lowest priority. */
const lowestPriority = 2_097_151;

/**
 * Assigns BullMQ priorities (1 is first) so that clients take turns: the n-th post of each client comes before post n+1
 * of any. A later client starts at the current turn (`turnNow`), so that nobody waits for another's ten thousand posts
 * or is overtaken by a hundred newcomers. Posts whose links expire within a day come before all turns, the first to
 * expire first.
 * @param posts the posts of one client in the wanted order
 * @param turnNow the current turn of the queue
 * @param now Unix seconds
 */
export function priorities(posts: readonly Waiting[], turnNow: number, now: number): ReadonlyMap<Post, number> {
  const expiry = ({ post, toFetch }: Waiting) => (toFetch ? expiryOf(post, now) : Number.POSITIVE_INFINITY);
  const ordered = posts
    .map((each, place) => ({ post: each.post, expiresAt: expiry(each), place }))
    .sort((a, b) => compare(a.expiresAt, b.expiresAt) || a.place - b.place);
  const urgent = ordered.filter(({ expiresAt }) => expiresAt <= now + urgentSeconds);
  return new Map(
    ordered.map(({ post }, index) => {
      const isUrgent = index < urgent.length;
      const priority = isUrgent ? Math.min(index + 1, firstTurn - 1) : firstTurn + turnNow + index - urgent.length;
      return [post, Math.min(priority, lowestPriority)];
    }),
  );
}

/** The turn of a priority; null for an urgent one. */
export function turnOf(priority: number): number | null {
  return priority < firstTurn ? null : priority - firstTurn;
}

/** When the first valid link expires; Infinity if none has an expiry, or none is valid. */
function expiryOf({ links, coverLink }: Post, now: number): number {
  const all = coverLink === null ? links : [...links, coverLink];
  const ends = all.flatMap(({ kind, expiresAt }) => (kind === 'media' && expiresAt !== null ? [expiresAt] : []));
  return Math.min(Number.POSITIVE_INFINITY, ...ends.filter((end) => end > now));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
