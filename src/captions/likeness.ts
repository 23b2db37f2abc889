import type { PostKind } from '../model/post.ts';

/** Properties besides time that distinguish posts; null if unknown. */
export interface Features {
  readonly kind: PostKind | null;
  readonly seconds: number | null;
  readonly likes: number | null;
  readonly sound: string | null;
}

/**
 * The distance of two sets of features: 0 if all agree. Each feature weighs more than all after it together, and more
 * than the time differences within one post. An unknown feature counts half.
 */
export function featureDistance(a: Features, b: Features): number {
  return (
    weighed(40, a.seconds, b.seconds, (one, other) => Math.abs(one - other) <= 1) +
    // Likes keep growing after the export was made.
    weighed(20, a.likes, b.likes, (one, other) => Math.abs(one - other) <= Math.max(2, 0.1 * Math.max(one, other))) +
    weighed(10, a.sound, b.sound, isSameSound)
  );
}

/** Whether the kinds are known and differ: the caption of a video never belongs to a photo post. */
export function isOtherKind(a: Features, b: Features): boolean {
  return a.kind !== null && b.kind !== null && a.kind !== b.kind;
}

function weighed<T>(weight: number, a: T | null, b: T | null, agree: (one: T, other: T) => boolean): number {
  if (a === null || b === null) return weight / 2;
  return agree(a, b) ? 0 : weight;
}

/** Sources contain different parts of `title - author`. */
function isSameSound(a: string, b: string): boolean {
  const [one, other] = [plain(a), plain(b)];
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}

function plain(sound: string): string {
  return sound
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
