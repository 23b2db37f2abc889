import type { Issue, MissingOriginals, Post } from '../model.ts';
import type { Fetched } from './index.ts';
import { isLiving } from './order.ts';

/** Keeps count of the originals that a run wanted and did not get. */
export interface MissingCount {
  note(post: Post, fetched: Fetched): void;
  /** null if nothing is missing that a link could bring. */
  result(now: number): MissingOriginals | null;
}

/** @param wanted posts whose originals are to be had; those that are never noted count as not asked for yet */
export function countMissing(wanted: readonly Post[]): MissingCount {
  const open = new Set(wanted);
  const dead: { readonly post: Post; readonly days: readonly string[] }[] = [];
  return {
    note(post, { original, issues }) {
      const isWhole = original !== null && !issues.some(({ code }) => code === 'photo-missing');
      const isDead = issues.some(({ code }) => code === 'link-expired' || code === 'link-refused');
      if (isWhole || isDead) open.delete(post);
      // What was deleted on TikTok comes with no later export.
      if (!isWhole && isDead && post.visibility !== 'deleted') dead.push({ post, days: issues.flatMap(dayOf) });
    },
    result(now) {
      const living = [...open].map(({ links }) => links.filter((link) => isLiving(link, now))).filter(hasSome);
      if (dead.length === 0 && living.length === 0) return null;
      return { ended: endedOf(dead), living: livingOf(living) };
    },
  };
}

function endedOf(
  dead: readonly { readonly post: Post; readonly days: readonly string[] }[],
): MissingOriginals['ended'] {
  if (dead.length === 0) return null;
  const videos = dead.filter(({ post }) => post.kind === 'video').length;
  const days = dead.flatMap((each) => each.days).sort();
  return { videos, photoPosts: dead.length - videos, first: days[0] ?? null, last: days.at(-1) ?? null };
}

function livingOf(living: readonly Post['links'][]): MissingOriginals['living'] {
  if (living.length === 0) return null;
  let first = Number.POSITIVE_INFINITY;
  for (const links of living) for (const { expiresAt } of links) first = Math.min(first, expiresAt ?? first);
  const firstEnds = Number.isFinite(first) ? new Date(first * 1000).toISOString().slice(0, 10) : null;
  return { posts: living.length, firstEnds };
}

function dayOf({ code, actual }: Issue): string[] {
  return code === 'link-expired' && typeof actual === 'string' ? [actual] : [];
}

function hasSome(links: readonly unknown[]): boolean {
  return links.length > 0;
}
