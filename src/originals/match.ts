import { findShift, type ShiftFinding } from '../captions/shift.ts';
import type { MatchedBy } from '../model/original.ts';
import {
  type Candidate,
  distance,
  type Evidence,
  evidence,
  hasOnlyTimes,
  type Pair,
  type PostToMatch,
  pairsBy,
  pairsByKey,
  timesBy,
} from './evidence.ts';

export interface Fit<C> {
  readonly candidate: C;
  readonly by: MatchedBy;
  /** The difference between the times of candidate and post; null if it was not matched by time. */
  readonly seconds: number | null;
}

export interface Matching<C> {
  /** By post key; no candidate occurs twice. */
  readonly fits: ReadonlyMap<string, Fit<C>>;
  /** Posts without a match because it is ambiguous: several candidates, or candidates that match other posts as well. */
  readonly refused: ReadonlyMap<string, { readonly candidates: readonly C[]; readonly posts: number }>;
  /** By post key: a camera file that would match but was recorded `seconds` after the post. */
  readonly recordedAfter: ReadonlyMap<string, { readonly candidate: C; readonly seconds: number }>;
  /** Whether the times in names are shifted by a constant. */
  readonly shift: ShiftFinding;
  /** Candidates whose time matches but may be that of another post: they were not matched by it. */
  readonly unclear: readonly C[];
  /** All candidates whose time may be in another zone, even if it matches only a post that already has a file. */
  readonly doubted: ReadonlySet<C>;
}

/**
 * Matches candidates to posts, by the strongest evidence first, and for each evidence exact matches (same second or id)
 * before near ones. Ambiguous candidates are refused, because a wrong file would be published. The order of posts and
 * candidates does not matter.
 * @param given the user gave the shift of times in names (`--media-shift`), and the candidates' times include it
 */
export function match<C extends Candidate>(
  posts: readonly PostToMatch[],
  candidates: readonly C[],
  given = false,
): Matching<C> {
  const fits = new Map<string, Fit<C>>();
  const taken = new Set<C>();
  const refused = new Map<string, { candidates: readonly C[]; posts: number }>();
  const isOpen = ({ post, candidate }: Pair<C>) => !fits.has(post.key) && !taken.has(candidate);
  const accept = (pairs: readonly Pair<C>[], by: MatchedBy) => {
    for (const { post, candidate, seconds } of pairs) {
      fits.set(post.key, { candidate, by, seconds });
      taken.add(candidate);
    }
  };
  const refuse = (group: Group<C>) => {
    for (const post of group.posts) {
      const own = group.pairs.filter((pair) => pair.post === post).map(({ candidate }) => candidate);
      const rivals = group.pairs.filter(({ candidate }) => own.includes(candidate)).map((pair) => pair.post.key);
      refused.set(post.key, { candidates: own, posts: new Set(rivals).size });
    }
  };
  const acceptOrRefuse = (pairs: readonly Pair<C>[], by: MatchedBy) => {
    for (const group of groupsOf(pairs.filter(({ exact }) => exact)))
      if (group.pairs.length === 1) accept(group.pairs, by);
    for (const group of groupsOf(pairs.filter(isOpen))) {
      if (isUnambiguous(group)) accept(nearest(group), by);
      else refuse(group);
    }
  };

  const recordedAfter = new Map<string, { candidate: C; seconds: number }>();
  const unclear = new Set<C>();
  const allDoubted = new Set<C>();
  const excluded = new Set<C>();
  let shift: ShiftFinding = { unsafe: new Set(), shift: null, fitting: 0 };
  /** Candidates that are identified only by a time that may be in another zone. */
  const doubtedBy = (by: Evidence, open: readonly C[]): ReadonlySet<C> => {
    const doubted = new Set<C>();
    if (by !== 'name-time' && by !== 'file-time') return doubted;
    const bare = open.filter(hasOnlyTimes);
    // Cameras use another clock than downloaders.
    const clocks =
      by === 'file-time' ? [bare] : [bare.filter((each) => !each.isCamera), bare.filter((each) => each.isCamera)];
    for (const clock of clocks) {
      const items = clock.map((each) => ({ ...timesBy(by, each), kind: each.kind }));
      const found = findShift(posts, items, { given: given && by === 'name-time' });
      for (const index of found.unsafe) doubted.add(clock[index] as C);
      if (by === 'name-time' && found.fitting > shift.fitting) shift = found;
    }
    return doubted;
  };

  /**
   * Names in the form of keys may be local times, which equal the keys of other posts if posts are published at regular
   * hours. They count as keys unless a shift explains more of them.
   */
  const doubtedKeys = (): ReadonlySet<C> => {
    const those = given ? [] : candidates.filter((each) => each.isKeyForm && hasOnlyTimes(each));
    if (!those.some(({ key }) => key !== null)) return new Set();
    const items = those.map((each) => ({ ...timesBy('name-time', each), kind: each.kind }));
    const found = findShift(posts, items, { given: true });
    if (found.unsafe.size > 0) shift = found;
    return new Set([...found.unsafe].map((index) => those[index] as C));
  };

  const keyed = pairsByKey(posts, candidates);
  const localKeys = doubtedKeys();
  for (const { candidate } of keyed) if (localKeys.has(candidate)) unclear.add(candidate);
  for (const each of localKeys) {
    allDoubted.add(each);
    excluded.add(each);
  }
  acceptOrRefuse(
    keyed.filter(({ candidate }) => !localKeys.has(candidate)),
    'key',
  );
  for (const by of evidence) {
    const openPosts = posts.filter(({ key }) => !fits.has(key));
    const open = candidates.filter((candidate) => !taken.has(candidate) && !excluded.has(candidate));
    const doubted = doubtedBy(by, open);
    for (const each of doubted) allDoubted.add(each);
    const all = pairsBy(by, openPosts, open);
    const pairs = all.filter(({ candidate }) => !doubted.has(candidate));
    for (const { post, candidate, after } of all) {
      if (doubted.has(candidate) && by === 'name-time') unclear.add(candidate);
      else if (after > 0) recordedAfter.set(post.key, { candidate, seconds: after });
      // A name that contradicts is not outweighed by weaker evidence.
      if (doubted.has(candidate) || after > 0) excluded.add(candidate);
    }
    acceptOrRefuse(
      pairs.filter(({ after }) => after === 0),
      by,
    );
  }
  for (const key of fits.keys()) for (const each of [refused, recordedAfter]) each.delete(key);
  return { fits, refused, recordedAfter, shift, unclear: [...unclear], doubted: allDoubted };
}

/** A connected component of the graph of posts and candidates. */
interface Group<C> {
  readonly pairs: readonly Pair<C>[];
  readonly posts: readonly PostToMatch[];
  readonly candidates: readonly C[];
}

function groupsOf<C extends Candidate>(pairs: readonly Pair<C>[]): Group<C>[] {
  const around = new Map<PostToMatch | C, Pair<C>[]>();
  for (const pair of pairs) {
    for (const end of [pair.post, pair.candidate]) around.set(end, [...(around.get(end) ?? []), pair]);
  }
  const seen = new Set<Pair<C>>();
  return pairs.flatMap((first) => {
    if (seen.has(first)) return [];
    const group: Pair<C>[] = [];
    const waiting = [first];
    // It grows while it is read, so that the pairs of a post keep the order of their candidates.
    for (const pair of waiting) {
      if (seen.has(pair)) continue;
      seen.add(pair);
      group.push(pair);
      waiting.push(...(around.get(pair.post) ?? []), ...(around.get(pair.candidate) ?? []));
    }
    const posts = [...new Set(group.map(({ post }) => post))];
    return [{ pairs: group, posts, candidates: [...new Set(group.map(({ candidate }) => candidate))] }];
  });
}

/** Whether there are as many candidates as posts, and each candidate is the nearest to a different post. */
function isUnambiguous<C>(group: Group<C>): boolean {
  const { posts, candidates } = group;
  return posts.length === candidates.length && nearest(group).length === posts.length;
}

/** Pairs whose post and candidate are nearer to each other than to any other. */
function nearest<C>({ pairs }: Group<C>): Pair<C>[] {
  return pairs.filter((pair) =>
    pairs.every(
      (other) =>
        other === pair ||
        (other.post !== pair.post && other.candidate !== pair.candidate) ||
        distance(other.seconds) > distance(pair.seconds),
    ),
  );
}
