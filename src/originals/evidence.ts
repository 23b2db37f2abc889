import { timeOfId } from '../captions/tiktok-id.ts';
import { lastSecondOfMinute, type TimedItem, tolerance } from '../captions/time-pairs.ts';
import type { MatchedBy } from '../model/original.ts';
import type { PostKind } from '../model/post.ts';

/** A post, as far as matching looks at it. */
export interface PostToMatch {
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly kind: PostKind;
  /** Where it is known. */
  readonly tiktokId: string | null;
}

/** A video, or the photos of one post, with all that tells whose it is. */
export interface Candidate {
  readonly kind: PostKind;
  /** It has the name that the store would give it: a post's key. */
  readonly key: string | null;
  /** That name can mean no other post: it ends in `-1`, or `port` gave it. Else the name of the first of several posts of one second
   * is no more than a time. */
  readonly isUniqueKey?: boolean;
  /** Its name is a date and time as keys are written, and a person's: it may be a local time that is another post's key. */
  readonly isKeyForm?: boolean;
  readonly sidecar: {
    readonly tiktokId: string | null;
    readonly time: number | null;
    readonly hasSound?: boolean;
  } | null;
  readonly tiktokIds: readonly string[];
  readonly nameTimes: readonly number[];
  /** Times in names that have no seconds: each stands for its whole minute. */
  readonly nameMinutes?: readonly number[];
  /** It is named as cameras and messengers do: its time says when it was recorded or sent, not when it was posted. */
  readonly isCamera?: boolean;
  readonly fileTime: number | null;
}

/** Seconds by which the clock of a phone may go before that of TikTok's servers. */
const clockSkew = 2;

export type Evidence = Exclude<MatchedBy, 'key' | 'link' | 'page'>;
/** The strongest first. */
export const evidence: readonly Evidence[] = ['sidecar', 'id', 'name-time', 'file-time'];

/** A post and a candidate that agree. */
export interface Pair<C> {
  readonly post: PostToMatch;
  readonly candidate: C;
  readonly seconds: number | null;
  readonly exact: boolean;
  /** It was recorded so many seconds after the post went out, so it cannot be its original; 0: nothing says so. */
  readonly after: number;
}

/**
 * Candidates that are named by a post's key. The key of the first of several posts of one second is a time that any program may
 * write: such a name counts where it is meant for one post, or where each of those posts has a file that bears its key.
 */
export function pairsByKey<C extends Candidate>(posts: readonly PostToMatch[], candidates: readonly C[]): Pair<C>[] {
  const byKey = new Map(posts.map((post) => [post.key, post]));
  const named = new Set(candidates.map(({ key, kind }) => `${kind} ${key}`));
  const isPlain = ({ key, kind }: PostToMatch) => {
    for (let number = 2; ; number++) {
      const other = byKey.get(`${key}-${number}`);
      if (other === undefined) return true;
      if (other.kind === kind && !named.has(`${kind} ${other.key}`)) return false;
    }
  };
  return candidates.flatMap((candidate) => {
    const post = byKey.get(candidate.key ?? '');
    if (post?.kind !== candidate.kind || !(candidate.isUniqueKey || isPlain(post))) return [];
    // What lies beside a file says more than a name that may be a local time.
    if (candidate.isKeyForm && contradicts(post, candidate)) return [];
    return [{ post, candidate, seconds: null, exact: true, after: 0 }];
  });
}

/** All posts and candidates that agree by this evidence, found through an index: not all times all. */
export function pairsBy<C extends Candidate>(
  by: Evidence,
  posts: readonly PostToMatch[],
  candidates: readonly C[],
): Pair<C>[] {
  const byTime = new Map<number, PostToMatch[]>();
  const byId = new Map<string, PostToMatch>();
  for (const post of posts) {
    byTime.set(post.time, [...(byTime.get(post.time) ?? []), post]);
    if (post.tiktokId !== null) byId.set(post.tiktokId, post);
  }
  return candidates.flatMap((candidate) => {
    const { ids, times, exactTimes } = timesAndIds(by, candidate);
    const isRecordingTime = by === 'file-time' || (by === 'name-time' && candidate.isCamera === true);
    const found = new Map<string, Pair<C>>();
    const add = (post: PostToMatch, seconds: number | null, exact: boolean, after = 0) => {
      const before = found.get(post.key);
      const better =
        !before || (exact && !before.exact) || (!before.exact && distance(seconds) < distance(before.seconds));
      if (better && post.kind === candidate.kind && !contradicts(post, candidate)) {
        found.set(post.key, { post, candidate, seconds, exact, after });
      }
    };
    for (const id of ids) {
      const post = byId.get(id);
      if (post) add(post, null, true);
    }
    for (const minute of by === 'name-time' ? (candidate.nameMinutes ?? []) : []) {
      // No second of it is nearer than another: two posts of one minute are not told apart.
      for (let at = minute; at <= minute + lastSecondOfMinute; at++)
        for (const post of byTime.get(at) ?? []) add(post, 0, false);
    }
    for (const time of times) {
      for (let at = Math.floor(time) - tolerance; at <= time + tolerance; at++) {
        for (const post of byTime.get(at) ?? [])
          add(post, Math.abs(time - at), exactTimes && time === at, isRecordingTime ? lateBy(time - at) : 0);
      }
    }
    return [...found.values()];
  });
}

/** The times that could be local ones, as the search for a shift takes them. */
export function timesBy(by: 'name-time' | 'file-time', candidate: Candidate): Omit<TimedItem, 'kind'> {
  const { nameTimes, nameMinutes = [], fileTime } = candidate;
  if (by === 'file-time') return { times: fileTime === null ? [] : [Math.floor(fileTime)], toMinute: false };
  return nameTimes.length > 0 ? { times: nameTimes, toMinute: false } : { times: nameMinutes, toMinute: true };
}

/** Neither id nor sidecar says when its post was, in UTC. */
export function hasOnlyTimes({ sidecar, tiktokIds }: Candidate): boolean {
  return tiktokIds.length === 0 && sidecar?.tiktokId == null && sidecar?.time == null;
}

/** What a candidate tells by this evidence. An id's time is never exact: it lies some seconds before the post's. */
function timesAndIds(by: Evidence, { sidecar, tiktokIds, nameTimes, fileTime }: Candidate) {
  const ids = by === 'sidecar' ? [sidecar?.tiktokId].filter((id) => id != null) : by === 'id' ? tiktokIds : [];
  if (by === 'name-time') return { ids, times: nameTimes, exactTimes: true };
  if (by === 'file-time') return { ids, times: fileTime === null ? [] : [fileTime], exactTimes: true };
  if (by === 'sidecar' && sidecar?.time != null) return { ids, times: [sidecar.time], exactTimes: true };
  return { ids, times: ids.map(timeOfId).filter((time) => time !== null), exactTimes: false };
}

/** Its id or its sidecar says that it is another post's: then no likeness of times in names counts. */
function contradicts(post: PostToMatch, { sidecar, tiktokIds }: Candidate): boolean {
  const ids = [...tiktokIds, ...(sidecar?.tiktokId ? [sidecar.tiktokId] : [])];
  if (post.tiktokId !== null && ids.length > 0) return !ids.includes(post.tiktokId);
  const near = (time: number | null) => time !== null && Math.abs(time - post.time) <= tolerance;
  if (sidecar?.time != null) return !near(sidecar.time);
  return ids.length > 0 && !ids.some((id) => near(timeOfId(id)));
}

/** Seconds by which a recording is too late for a post; 0: it is not, or clocks may differ by as much. */
function lateBy(seconds: number): number {
  return seconds > clockSkew ? Math.floor(seconds) : 0;
}

export function distance(seconds: number | null): number {
  return seconds ?? 0;
}
