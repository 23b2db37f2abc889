import type { MissingOriginals } from '../model/event.ts';
import type { Issue, IssueCode } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { FetchedSummary } from './index.ts';
import { isUnexpired } from './order.ts';

/** Counts the originals that a run could not get. */
export interface MissingCount {
  record(post: Post, fetched: FetchedSummary): void;
  /** null if no missing original could come from a link. */
  result(now: number): MissingOriginals | null;
}

/** Why a post is incomplete. `open`: another request may succeed. */
type FetchState = 'ended' | 'refused' | 'blocked' | 'open';

/** @param wanted posts whose originals are needed; those that are never recorded count as not requested yet */
export function countMissing(wanted: readonly Post[]): MissingCount {
  const states = new Map<Post, FetchState>(wanted.map((post) => [post, 'open']));
  const days: string[] = [];
  let offline = false;
  const those = (state: FetchState) => [...states].flatMap(([post, each]) => (each === state ? [post] : []));
  return {
    record(post, { original, issues }) {
      states.delete(post);
      if (original !== null && !issues.some(({ code }) => code === 'photo-missing')) return;
      const state = stateOf(issues);
      // A later export does not contain deleted posts.
      if (post.visibility === 'deleted' && (state === 'ended' || state === 'refused')) return;
      states.set(post, state);
      days.push(...issues.flatMap(dayOf));
      offline ||= issues.some(({ code }) => code === 'offline');
    },
    result(now) {
      const [ended, refused, blocked] = [those('ended'), those('refused'), those('blocked')];
      const living = those('open')
        .map(({ links }) => links.filter((link) => isUnexpired(link, now)))
        .filter((links) => links.length > 0);
      if ([ended, refused, blocked, living].every((each) => each.length === 0)) return null;
      const [first = null, last = first] = [[...days].sort()[0], [...days].sort().at(-1)];
      return {
        ended: ended.length === 0 ? null : { ...byKind(ended), first, last },
        refused: refused.length === 0 ? null : byKind(refused),
        blocked: blocked.length === 0 ? null : { posts: blocked.length },
        living: livingOf(living, offline),
      };
    },
  };
}

/** The worst of a post's links decides, because the post stays incomplete without it. */
function stateOf(issues: readonly Issue[]): FetchState {
  const has = (...codes: readonly IssueCode[]) => issues.some(({ code }) => codes.includes(code));
  if (has('link-expired')) return 'ended';
  if (has('link-refused', 'link-not-media')) return 'refused';
  return has('link-private', 'link-insecure') ? 'blocked' : 'open';
}

function byKind(posts: readonly Post[]): { readonly videos: number; readonly photoPosts: number } {
  const videos = posts.filter(({ kind }) => kind === 'video').length;
  return { videos, photoPosts: posts.length - videos };
}

function livingOf(living: readonly Post['links'][], offline: boolean): MissingOriginals['living'] {
  if (living.length === 0) return null;
  const ends = living.flatMap((links) => links.flatMap(({ expiresAt }) => expiresAt ?? []));
  const first = ends.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const firstEnds = ends.length > 0 ? new Date(first * 1000).toISOString().slice(0, 10) : null;
  return { posts: living.length, firstEnds, offline };
}

function dayOf({ code, actual }: Issue): string[] {
  return code === 'link-expired' && typeof actual === 'string' ? [actual] : [];
}
