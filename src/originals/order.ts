import type { Link, Post } from '../model/post.ts';

/**
 * The order in which to fetch: whose link dies first goes first, then links that do not say, then posts without a link
 * that could be followed, last those whose links are all dead (nobody asks for them). Equals stay in their order.
 * @param now unix seconds
 */
export function byExpiry(posts: readonly Post[], now: number): readonly Post[] {
  const ranked = posts.map((post) => ({ post, rank: rankOf(post, now) }));
  return ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]).map(({ post }) => post);
}

function rankOf({ links }: Post, now: number): readonly [group: number, expiry: number] {
  const media = links.filter(({ kind }) => kind === 'media');
  if (media.length === 0) return [2, 0];
  const living = media.filter((link) => isUnexpired(link, now));
  if (living.length === 0) return [3, 0];
  const expiries = living.flatMap(({ expiresAt }) => expiresAt ?? []);
  return expiries.length > 0 ? [0, Math.min(...expiries)] : [1, 0];
}

/** A signed address that may still be answered. */
export function isUnexpired({ kind, expiresAt }: Link, now: number): boolean {
  return kind === 'media' && (expiresAt === null || expiresAt > now);
}
