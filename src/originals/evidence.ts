import { timeOfId } from '../captions/tiktok-id.ts';
import { lastSecondOfMinute, type TimedItem, tolerance } from '../captions/time-pairs.ts';
import type { MatchedBy } from '../model/original.ts';
import type { PostKind } from '../model/post.ts';

/** The facts about a post that matching uses. */
export interface PostToMatch {
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly kind: PostKind;
  /** null if unknown. */
  readonly tiktokId: string | null;
}

/** A video, or the photos of one post, with everything that identifies the post. */
export interface Candidate {
  readonly kind: PostKind;
  /** The post's key, if the name is one, as in the store. */
  readonly key: string | null;
  /**
   * The key is unambiguous: it ends in `-1`, or `port` gave the name. Otherwise the key of the first of several posts of
   * one second may be just a time.
   */
  readonly isUniqueKey?: boolean;
  /** The name has the form of a key but was not given by port: it may be a local time that equals another post's key. */
  readonly isKeyForm?: boolean;
  readonly sidecar: {
    readonly tiktokId: string | null;
    readonly time: number | null;
    readonly hasSound?: boolean;
  } | null;
  readonly tiktokIds: readonly string[];
  readonly nameTimes: readonly number[];
  /** Times without seconds in names: each means any second of its minute. */
  readonly nameMinutes?: readonly number[];
  /** A camera or messenger gave the name: its time is that of recording or sending, not of posting. */
  readonly isCamera?: boolean;
  readonly fileTime: number | null;
}

/** Seconds by which a phone's clock may be ahead of TikTok's servers. */
const clockSkew = 2;

export type Evidence = Exclude<MatchedBy, 'key' | 'link' | 'page'>;
/** From strongest to weakest. */
export const evidence: readonly Evidence[] = ['sidecar', 'id', 'name-time', 'file-time'];

/** A post and a candidate that match by some evidence. */
export interface Pair<C> {
  readonly post: PostToMatch;
  readonly candidate: C;
  readonly seconds: number | null;
  readonly exact: boolean;
  /** Seconds from posting to recording if it was recorded after the post, so it cannot be the original; else 0. */
  readonly after: number;
}

/**
 * Pairs whose candidate is named by the post's key. The key of the first of several posts of one second is a time, which
 * other programs write as well: it counts only if it is unambiguous, or if each of those posts has a file with its key.
 */
export function pairsByKey<C extends Candidate>(posts: readonly PostToMatch[], candidates: readonly C[]): Pair<C>[] {
  const byKey = new Map<string | null, PostToMatch>(posts.map((post) => [post.key, post]));
  const named = new Set(candidates.map(({ key, kind }) => `${kind} ${key}`));
  const isPlain = ({ key, kind }: PostToMatch) => {
    for (let number = 2; ; number++) {
      const other = byKey.get(`${key}-${number}`);
      if (other === undefined) return true;
      if (other.kind === kind && !named.has(`${kind} ${other.key}`)) return false;
    }
  };
  return candidates.flatMap((candidate) => {
    const post = byKey.get(candidate.key);
    if (post?.kind !== candidate.kind || !(candidate.isUniqueKey || isPlain(post))) return [];
    // A sidecar is better evidence than a name that may be a local time.
    if (candidate.isKeyForm && contradicts(post, candidate)) return [];
    return [{ post, candidate, seconds: null, exact: true, after: 0 }];
  });
}

/** All posts and candidates that match by this evidence. Uses indexes, so it does not compare all with all. */
export function pairsBy<C extends Candidate>(
  by: Evidence,
  posts: readonly PostToMatch[],
  candidates: readonly C[],
): Pair<C>[] {
  const byTime = new Map<number, readonly PostToMatch[]>();
  const postsAt = (second: number) => byTime.get(second) ?? none;
  const byId = new Map<string | null, PostToMatch>();
  for (const post of posts) {
    byTime.set(post.time, [...postsAt(post.time), post]);
    byId.set(post.tiktokId, post);
  }
  return candidates.flatMap((candidate) => {
    const { ids, times, minutes, exactTimes } = factsBy(by, candidate);
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
    for (const minute of minutes) {
      // All seconds of the minute are equally near, so two posts of one minute are ambiguous.
      for (let at = minute; at <= minute + lastSecondOfMinute; at++)
        for (const post of postsAt(at)) add(post, 0, false);
    }
    for (const time of times) {
      for (let at = Math.floor(time) - tolerance; at <= time + tolerance; at++) {
        for (const post of postsAt(at))
          add(post, Math.abs(time - at), exactTimes && time === at, isRecordingTime ? lateBy(time - at) : 0);
      }
    }
    return [...found.values()];
  });
}

/** The times that may be local ones, in the form that `findShift` takes. */
export function timesBy(by: 'name-time' | 'file-time', candidate: Candidate): Omit<TimedItem, 'kind'> {
  const { nameTimes, nameMinutes = none, fileTime } = candidate;
  if (by === 'file-time') return { times: present(fileTime).map(Math.floor), toMinute: false };
  return nameTimes.length > 0 ? { times: nameTimes, toMinute: false } : { times: nameMinutes, toMinute: true };
}

/** Whether neither an id nor a sidecar gives the post's time in UTC. */
export function hasOnlyTimes({ sidecar, tiktokIds }: Candidate): boolean {
  return tiktokIds.length === 0 && sidecar?.tiktokId == null && sidecar?.time == null;
}

const none: readonly never[] = [];

interface Facts {
  readonly ids: readonly string[];
  readonly times: readonly number[];
  /** The first seconds of minutes. */
  readonly minutes: readonly number[];
  /** Whether the times are those of posts. An id's time is some seconds before the post. */
  readonly exactTimes: boolean;
}

/** What a candidate says by this evidence. */
function factsBy(by: Evidence, { sidecar, tiktokIds, nameTimes, nameMinutes = none, fileTime }: Candidate): Facts {
  if (by === 'name-time') return { ids: none, times: nameTimes, minutes: nameMinutes, exactTimes: true };
  if (by === 'file-time') return { ids: none, times: present(fileTime), minutes: none, exactTimes: true };
  if (by === 'id') return { ids: tiktokIds, times: timesOf(tiktokIds), minutes: none, exactTimes: false };
  const ids = present(sidecar?.tiktokId);
  const times = present(sidecar?.time);
  if (times.length > 0) return { ids, times, minutes: none, exactTimes: true };
  return { ids, times: timesOf(ids), minutes: none, exactTimes: false };
}

function timesOf(ids: readonly string[]): readonly number[] {
  return ids.flatMap((id) => present(timeOfId(id)));
}

function present<T>(value: T | null | undefined): readonly T[] {
  return value == null ? none : [value];
}

/** Whether id or sidecar show that it belongs to another post: then times in names do not count. */
function contradicts(post: PostToMatch, { sidecar, tiktokIds }: Candidate): boolean {
  const ids = [...tiktokIds, ...present(sidecar?.tiktokId)];
  if (post.tiktokId !== null && ids.length > 0) return !ids.includes(post.tiktokId);
  const isNear = (time: number) => Math.abs(time - post.time) <= tolerance;
  if (sidecar?.time != null) return !isNear(sidecar.time);
  return ids.length > 0 && !timesOf(ids).some(isNear);
}

/** Seconds by which a recording is too late for a post; 0 if it is not, or within the tolerance of clocks. */
function lateBy(seconds: number): number {
  return seconds > clockSkew ? Math.floor(seconds) : 0;
}

export function distance(seconds: number | null): number {
  return seconds ?? 0;
}
