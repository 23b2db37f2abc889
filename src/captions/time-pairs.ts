import type { PostKind } from '../model/post.ts';

/** Matches posts and items by time, assuming that all items have the same shift. Pure. */

/** The properties of a post for matching by time. `time`: Unix seconds. */
export interface TimedPost {
  readonly time: number;
  readonly kind: PostKind | null;
}

/** Something to match by time: a media file by its name, or a caption note. */
export interface TimedItem {
  /** Unix seconds; of several times the best match counts. */
  readonly times: readonly number[];
  /** The times have no seconds, so each stands for its whole minute. */
  readonly toMinute: boolean;
  /** null: unknown, matches both. */
  readonly kind: PostKind | null;
}

/**
 * Seconds. TikTok's ids are 2 to 11 s before a post's time (9 of 9 published cases, 2026-10), and downloaders round.
 */
export const tolerance = 15;
/** A time without seconds matches seconds 0 to this one. */
export const lastSecondOfMinute = 59;
/** A clock's error is constant, with one second of rounding. */
export const exact = 1;

export const quarter = 15 * 60;
/** Time zones are at most 14 h from UTC, in quarters of an hour. */
export const furthest = 14 * 4;
export const reachOfZones = furthest * quarter + tolerance;

/**
 * Two scoring models. `exact`: the clock is right to the second (or to the named minute), and anything else is no
 * match. `near`: times may be some seconds off, as downloaders round; all matches count the same, but less.
 */
export const models = ['exact', 'near'] as const;
export type Model = (typeof models)[number];
export const worth: Readonly<Record<Model, number>> = { exact: 2, near: 1 };
/** The cost of assuming more than a time zone: a wrong clock, or a clock that changed. Equal to one exact match. */
export const assumption = 2;

/** Special values in `off`: there is no post; the post is within the named minute. */
const [nothing, inMinute] = [127, 126];

/** The matches of all items at one shift. Items with equal times count once, because copies add no information. */
export interface Reading {
  readonly shift: number;
  /** By item, the index of the nearest post; -1: none. */
  readonly postOf: Int32Array;
  /** By item and model, whether it matches: 0 or 1. */
  readonly fits: Readonly<Record<Model, Uint8Array>>;
  /** The better score of the two models. */
  readonly score: number;
  readonly count: number;
  /** Matches to the second. */
  readonly strong: number;
  /** The additional offset in seconds that nearly all items share; 0 if that explains no more. */
  readonly centre: number;
}

interface Entry {
  readonly item: number;
  readonly time: number;
}

interface Lane {
  readonly toMinute: boolean;
  /** Sorted by time. */
  readonly times: Float64Array;
  readonly items: Int32Array;
  /** Posts that these items may belong to by kind, sorted by time. */
  readonly postTimes: Float64Array;
  readonly posts: Int32Array;
}

/** Posts and items, sorted so that a shift needs one pass over both. */
export interface Timeline {
  readonly items: number;
  readonly lanes: readonly Lane[];
}

export function timeline(posts: readonly TimedPost[], items: readonly TimedItem[]): Timeline {
  const lanes: Lane[] = [];
  for (const kind of [null, 'video', 'photos'] as const) {
    const ofKind = items.flatMap((each, item) => (each.kind === kind ? [{ ...each, item }] : []));
    if (ofKind.length === 0) continue;
    const fitting = posts
      .map((post, index) => ({ ...post, index }))
      .filter((post) => kind === null || post.kind === null || post.kind === kind)
      .sort((a, b) => a.time - b.time);
    const postTimes = Float64Array.from(fitting, ({ time }) => time);
    const indexes = Int32Array.from(fitting, ({ index }) => index);
    for (const toMinute of [false, true]) {
      const entries = ofKind
        .filter((each) => each.toMinute === toMinute)
        .flatMap(({ item, times }) => times.map((time): Entry => ({ item, time })))
        .sort((a, b) => a.time - b.time || a.item - b.item);
      if (entries.length === 0) continue;
      const times = Float64Array.from(entries, ({ time }) => time);
      lanes.push({ toMinute, times, items: Int32Array.from(entries, ({ item }) => item), postTimes, posts: indexes });
    }
  }
  return { items: items.length, lanes };
}

/**
 * Matches items to posts at a shift.
 * @param reach the tolerance in seconds; items without seconds match within their minute
 */
export function read({ items, lanes }: Timeline, shift: number, reach = tolerance): Reading {
  const postOf = new Int32Array(items).fill(-1);
  const off = new Int8Array(items).fill(nothing);
  for (const lane of lanes) walk(lane, shift, reach, postOf, off);

  const histogram = new Int32Array(2 * tolerance + 3);
  let count = 0;
  let minutes = 0;
  for (const each of off) {
    if (each === nothing) continue;
    count++;
    if (each === inMinute) minutes++;
    else histogram[each + tolerance + 1] = (histogram[each + tolerance + 1] as number) + 1;
  }
  const { centre, strong } = closest(histogram);
  const fits = { exact: new Uint8Array(items), near: new Uint8Array(items) };
  for (let item = 0; item < items; item++) {
    const each = off[item] as number;
    if (each === nothing) continue;
    fits.near[item] = 1;
    if (each === inMinute || Math.abs(each - centre) <= exact) fits.exact[item] = 1;
  }
  const all = strong + minutes;
  const score = Math.max(count * worth.near, all * worth.exact - (centre === 0 ? 0 : assumption));
  return { shift, postOf, fits, score, count, strong: all, centre };
}

function walk(
  { toMinute, times, items, postTimes, posts }: Lane,
  shift: number,
  reach: number,
  postOf: Int32Array,
  off: Int8Array,
): void {
  let first = 0;
  for (let index = 0; index < times.length; index++) {
    const at = (times[index] as number) + shift;
    const [earliest, latest] = toMinute ? [at, at + lastSecondOfMinute] : [at - reach, at + reach];
    while (first < postTimes.length && (postTimes[first] as number) < earliest) first++;
    if (first === postTimes.length) return;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let post = first; post < postTimes.length && (postTimes[post] as number) <= latest; post++) {
      const far = Math.abs((postTimes[post] as number) - at);
      if (far >= least) break;
      best = post;
      least = far;
    }
    if (best < 0) continue;
    const item = items[index] as number;
    const distance = toMinute ? inMinute : Math.round((postTimes[best] as number) - at);
    const before = off[item] as number;
    // `nothing` is further than any distance.
    if (!toMinute && Math.abs(before) <= Math.abs(distance)) continue;
    off[item] = distance;
    postOf[item] = posts[best] as number;
  }
}

/** The offset that most matches share, if it explains more than no offset plus the cost of assuming it. */
function closest(histogram: Int32Array): { readonly centre: number; readonly strong: number } {
  const at = (bin: number) => histogram[bin] as number;
  const around = (bin: number) => at(bin - 1) + at(bin) + at(bin + 1);
  const middle = tolerance + 1;
  let best = middle;
  const rank = (bin: number) => around(bin) * 1000 + at(bin) - Math.abs(bin - middle) / 100;
  for (let bin = 1; bin < histogram.length - 1; bin++) if (rank(bin) > rank(best)) best = bin;
  const gained = (around(best) - around(middle)) * worth.exact;
  return gained > assumption ? { centre: best - middle, strong: around(best) } : { centre: 0, strong: around(middle) };
}

/** Whether every item, each with one time, matches to the second at this shift; stops at the first that does not. */
export function isWholly({ lanes }: Timeline, shift: number): boolean {
  return lanes.every(({ toMinute, times, postTimes }) => {
    let first = 0;
    for (const time of times) {
      const [earliest, latest] = toMinute
        ? [time + shift, time + shift + lastSecondOfMinute]
        : [time + shift - exact, time + shift + exact];
      while (first < postTimes.length && (postTimes[first] as number) < earliest) first++;
      if (first === postTimes.length || (postTimes[first] as number) > latest) return false;
    }
    return true;
  });
}
