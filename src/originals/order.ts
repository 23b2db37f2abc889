import type { Link, Post } from '../model/post.ts';

/**
 * The order in which to fetch: posts with the earliest expiry first, then links without an expiry, then posts without
 * media links, then posts with only expired links, which are not requested. The sort is stable.
 * @param now unix seconds
 */
export function byExpiry(posts: readonly Post[], now: number): readonly Post[] {
  const ranked = posts.map((post) => ({ post, rank: rankOf(post, now) }));
  return ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]).map(({ post }) => post);
}

function rankOf({ links }: Post, now: number): readonly [group: number, expiry: number] {
  const media = links.filter(({ kind }) => kind === 'media');
  if (media.length === 0) return [1, 0];
  const living = media.filter((link) => isUnexpired(link, now));
  if (living.length === 0) return [2, 0];
  return [0, Math.min(...living.map(({ expiresAt }) => expiresAt ?? Number.MAX_VALUE))];
}

/** Whether it is a media link that has not expired. */
export function isUnexpired({ kind, expiresAt }: Link, now: number): boolean {
  return kind === 'media' && (expiresAt === null || expiresAt > now);
}
