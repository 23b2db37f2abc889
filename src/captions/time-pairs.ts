import type { PostKind } from '../model.ts';

/** Pairs of posts and items by their times, under the assumption that all items are off by one shift. Pure. */

/** A post, as far as time goes. `time`: unix seconds. */
export interface TimedPost {
  readonly time: number;
  readonly kind: PostKind | null;
}

/** What shall be joined by time: a media file by its name, or a note of a caption. */
export interface TimedItem {
  /** Unix seconds; of several the first that fits counts. */
  readonly times: readonly number[];
  /** The times have no seconds: each stands for its whole minute. */
  readonly toMinute: boolean;
  /** null: not known, fits both. */
  readonly kind: PostKind | null;
}

/** Seconds. TikTok's ids lie 2 to 11 s before a post's time (9 of 9 published cases, 2026-10); downloaders round. */
export const tolerance = 15;
/** A time to the minute fits from its second 0 to this one. */
export const lastSecondOfMinute = 59;
/** A clock's own error is the same for all to the second, or the next. */
export const exact = 1;

export const quarter = 15 * 60;
/** Local times lie at most 14 h from UTC, and many by a quarter of an hour. */
export const furthest = 14 * 4;
const reachOfZones = furthest * quarter + tolerance;
/** Clocks that are wrong are looked for among the differences of so many items, spread over all. */
const sampled = 400;
/** Of one item so many posts are looked at. */
const lookedAt = 2000;
/** So many odd shifts are looked at closely, those that most differences share. */
const oddShifts = 6;

export interface Entry {
  readonly item: number;
  readonly time: number;
  readonly toMinute: boolean;
  readonly kind: PostKind | null;
}

/** Which item would be which post's at a shift. */
export interface Pairing {
  readonly shift: number;
  /** By item, the index of its post; -1: none. */
  readonly postOf: Int32Array;
  /** By item, its distance in seconds from where the pairs of this shift lie on the whole; 0 for times to the minute. */
  readonly off: Float64Array;
  readonly count: number;
  /** Pairs that agree to the second with the most common distance, which is `centre`. */
  readonly strong: number;
  readonly centre: number;
}

export function entriesOf(items: readonly TimedItem[]): readonly Entry[] {
  return items
    .flatMap(({ times, ...rest }, item) => times.map((time): Entry => ({ ...rest, item, time })))
    .sort((a, b) => a.time - b.time || a.item - b.item);
}

/** No more pairs than these can there be at a shift: items that have any post within reach. */
export function mostPairs(postTimes: Float64Array, entries: readonly Entry[], shift: number): number {
  let first = 0;
  let count = 0;
  for (const { time, toMinute } of entries) {
    const at = time + shift;
    while (first < postTimes.length && (postTimes[first] as number) < at - tolerance) first++;
    if (first === postTimes.length) break;
    if ((postTimes[first] as number) <= at + (toMinute ? lastSecondOfMinute : tolerance)) count++;
  }
  return count;
}

/** One to one: each item, in the order of time, takes the nearest post that is free. */
export function pairing(
  posts: readonly TimedPost[],
  postTimes: Float64Array,
  entries: readonly Entry[],
  items: number,
  shift: number,
  reach: number,
): Pairing {
  const postOf = new Int32Array(items).fill(-1);
  const residual = new Float64Array(items).fill(Number.NaN);
  const taken = new Uint8Array(posts.length);
  const histogram = new Int32Array(2 * tolerance + 3);
  let first = 0;
  let count = 0;
  for (const { item, time, toMinute, kind } of entries) {
    if (postOf[item] !== -1) continue;
    const at = time + shift;
    while (first < posts.length && (postTimes[first] as number) < at - tolerance) first++;
    const last = at + (toMinute ? lastSecondOfMinute : reach);
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = first; index < posts.length && index < first + lookedAt; index++) {
      const postTime = postTimes[index] as number;
      if (postTime > last) break;
      const far = Math.abs(postTime - at);
      if (taken[index] || far >= least || (toMinute ? postTime < at : far > reach)) continue;
      if (isOther(kind, (posts[index] as TimedPost).kind)) continue;
      best = index;
      least = far;
    }
    if (best < 0) continue;
    taken[best] = 1;
    postOf[item] = best;
    count++;
    if (toMinute) continue;
    const distance = (postTimes[best] as number) - at;
    residual[item] = distance;
    const bin = Math.round(distance) + tolerance + 1;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const { centre, strong } = commonest(histogram);
  const off = residual.map((each) => (Number.isNaN(each) ? 0 : Math.max(0, Math.abs(each - centre) - exact)));
  return { shift, postOf, off, count, strong, centre };
}

function isOther(one: PostKind | null, other: PostKind | null): boolean {
  return one !== null && other !== null && one !== other;
}

/** The distance that so many pairs share that it is no accident, as two of five do; else 0. */
function commonest(histogram: Int32Array): { readonly centre: number; readonly strong: number } {
  const around = (bin: number) => (histogram[bin - 1] ?? 0) + (histogram[bin] ?? 0) + (histogram[bin + 1] ?? 0);
  const middle = tolerance + 1;
  const all = histogram.reduce((sum, each) => sum + each, 0);
  const rank = (bin: number) => [around(bin), histogram[bin] ?? 0, -Math.abs(bin - middle)] as const;
  let best = middle;
  for (let bin = 1; bin < histogram.length - 1; bin++) {
    const [one, other] = [rank(bin), rank(best)];
    const different = one.findIndex((each, index) => each !== other[index]);
    if (different >= 0 && (one[different] ?? 0) > (other[different] ?? 0)) best = bin;
  }
  const many = around(best);
  const isShared = many >= 2 && many * 5 >= all * 2 && many > around(middle);
  return isShared ? { centre: best - middle, strong: many } : { centre: 0, strong: around(middle) };
}

/** Shifts that are no quarters of an hour, such as those of a clock that is wrong: by how often they occur. */
export function oddCandidates(posts: readonly TimedPost[], entries: readonly Entry[]): number[] {
  const exactly = entries.filter(({ toMinute }) => !toMinute);
  const step = Math.max(1, Math.ceil(exactly.length / sampled));
  const counts = new Map<number, number>();
  let low = 0;
  for (let index = 0; index < exactly.length; index += step) {
    const { time, kind } = exactly[index] as Entry;
    while (low < posts.length && (posts[low] as TimedPost).time < time - reachOfZones) low++;
    for (let at = low; at < posts.length && at < low + lookedAt; at++) {
      const post = posts[at] as TimedPost;
      if (post.time > time + reachOfZones) break;
      if (isOther(kind, post.kind)) continue;
      const difference = Math.round(post.time - time);
      counts.set(difference, (counts.get(difference) ?? 0) + 1);
    }
  }
  const shared = (at: number) => (counts.get(at - 1) ?? 0) + (counts.get(at) ?? 0) + (counts.get(at + 1) ?? 0);
  // What lies nearer than the tolerance is for the join itself to weigh.
  const isOdd = (at: number) => Math.abs(at - Math.round(at / quarter) * quarter) > tolerance;
  const found = [...counts.keys()].filter((at) => isOdd(at) && shared(at) >= 2).map((at) => [at, shared(at)] as const);
  found.sort(
    ([a, many], [b, more]) =>
      more - many || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || Math.abs(a) - Math.abs(b) || a - b,
  );
  return found.slice(0, oddShifts).map(([at]) => at);
}

/** What chance brings about less often than this is no chance. */
const rare = 0.05;

/** How many pairs chance alone would bring about. */
export interface Chance {
  /** Differences between an item and a post within the reach of time zones. */
  readonly differences: number;
}

export function chanceOf(posts: readonly TimedPost[], entries: readonly Entry[]): Chance {
  let differences = 0;
  let [low, high] = [0, 0];
  for (const { time } of entries) {
    while (low < posts.length && (posts[low] as TimedPost).time < time - reachOfZones) low++;
    while (high < posts.length && (posts[high] as TimedPost).time <= time + reachOfZones) high++;
    differences += high - low;
  }
  return { differences };
}

/** Whether so many pairs within `width` seconds, at the best of `trials` shifts, are more than chance. */
export function isRare(count: number, width: number, trials: number, { differences }: Chance): boolean {
  const expected = (differences * width) / (2 * reachOfZones);
  let term = Math.exp(-expected);
  let below = 0;
  for (let each = 0; each < count; each++) {
    below += term;
    term *= expected / (each + 1);
  }
  // For small numbers the first term of the tail is exact enough, and does not cancel out.
  return trials * (expected < 0.1 ? term : Math.max(0, 1 - below)) < rare;
}

/** So many odd shifts could fit by chance. */
export const oddTrials = (2 * reachOfZones) / (2 * exact + 1);
