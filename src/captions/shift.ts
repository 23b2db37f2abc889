import { differencesOf, isRare } from './chance.ts';
import { oddShifts } from './odd-shifts.ts';
import {
  assumption,
  exact,
  furthest,
  isWholly,
  type Model,
  models,
  quarter,
  type Reading,
  read,
  type TimedItem,
  type TimedPost,
  type Timeline,
  timeline,
  tolerance,
  worth,
} from './time-pairs.ts';

/**
 * Detects times that are shifted by a constant, before they are joined to the wrong posts. File names in local time and
 * schedules in another zone are whole hours off; if posts are published at regular hours, the nearest post is then the
 * wrong one. So all items are checked together first: an item may be joined only if every shift that explains the times
 * as well as no shift gives it the same post. Pure; used for captions and media.
 */

export interface ShiftFinding {
  /** Indexes of items that must not be joined by time. */
  readonly unsafe: ReadonlySet<number>;
  /** Seconds to add to the items' times so that they match; null if there is no such shift, or several are possible. */
  readonly shift: number | null;
  /** The number of items that match a post with `shift`; 0 without a shift. */
  readonly fitting: number;
}

/** Daylight saving time: one hour, in quarters of an hour. */
const clockChange = 4;

/**
 * Finds a constant shift.
 * @param posts all known posts, including those with a match: a file of such a post still shows which clock named it
 * @param items the items whose times may be shifted
 * @param given the user gave a shift and it is applied: a different shift that is only as good is then ignored
 */
export function findShift(
  posts: readonly TimedPost[],
  items: readonly TimedItem[],
  { given }: { readonly given: boolean },
): ShiftFinding {
  const groups = groupsOf(items);
  const nothing: ShiftFinding = { unsafe: new Set(), shift: null, fitting: 0 };
  const distinct = groups.map(([first]) => items[first as number] as TimedItem);
  const line = timeline(posts, distinct);
  const plain = read(line, 0);
  const allOf = (some: Iterable<number>) => new Set([...some].flatMap((group) => groups[group] as number[]));

  const areAllExact = plain.score === worth.exact * distinct.length;
  if (areAllExact && given) return nothing;
  if (areAllExact && distinct.every(({ times }) => times.length === 1)) {
    // No shift explains more, and only another time zone that explains everything could explain as much.
    if (!zones().some((shift) => shift !== 0 && isWholly(line, shift))) return nothing;
    return { ...nothing, unsafe: allOf(distinct.keys()) };
  }

  /** As good as no shift. */
  const enough = plain.score + (given ? 1 : 0);
  const doubted = new Set<number>();
  const rivals: Summary[] = [];
  let isBlocked = false;
  const consider = (reading: Reading, cost: number) => {
    if (reading.count === 0) return;
    const { shift, centre, count, strong, score } = reading;
    rivals.push({ shift, amount: shift + centre, count, strong });
    isBlocked ||= plain.count > 0 && score - cost >= enough;
  };
  const recent: Reading[] = [];
  for (const shift of zones()) {
    const reading = shift === 0 ? plain : read(line, shift);
    if (shift !== 0) consider(reading, 0);
    const earlier = recent.length === clockChange ? recent.shift() : undefined;
    recent.push(reading);
    if (earlier) for (const model of models) doubt(earlier, reading, model, plain, enough, doubted);
  }
  for (const shift of oddShifts(line)) {
    const reading = read(line, shift, exact);
    consider(reading, assumption);
    if (reading.score - assumption < enough) continue;
    for (let item = 0; item < distinct.length; item++) if (isOther(item, reading, plain)) doubted.add(item);
  }

  if (!given) for (const item of straysIn(line, plain)) doubted.add(item);

  const unsafe = allOf(doubted);
  const best = plainest(rivals);
  const open = distinct.length - plain.count;
  const isTold =
    best !== null &&
    (isBlocked || best.count * 2 >= open) &&
    isEnough(best, plain, distinct.length, differencesOf(line));
  if (!isTold) return { ...nothing, unsafe };
  const { postOf } = read(line, best.amount);
  const fitting = groups.reduce((sum, group, index) => sum + ((postOf[index] as number) >= 0 ? group.length : 0), 0);
  return { unsafe, shift: best.amount, fitting };
}

/**
 * Items of a second clock, such as files of another downloader in the same folder: most match their posts to the
 * second, while these are a few seconds off and match another post to the second in another time zone.
 */
function straysIn(line: Timeline, plain: Reading): readonly number[] {
  const sharp = read(line, 0, exact);
  const fits = ({ postOf }: Reading, item: number) => (postOf[item] as number) >= 0;
  const strays = [...plain.postOf.keys()].filter((item) => fits(plain, item) && !fits(sharp, item));
  if (strays.length === 0 || strays.length > sharp.count) return [];
  const found = new Set<number>();
  for (const shift of zones()) {
    if (shift === 0) continue;
    const reading = read(line, shift, exact);
    for (const item of strays) if (fits(reading, item)) found.add(item);
  }
  return [...found];
}

/** All shifts of time zones in seconds, sorted. */
function zones(): number[] {
  return Array.from({ length: 2 * furthest + 1 }, (_, index) => (index - furthest) * quarter);
}

/** Groups of items with equal times: copies. */
function groupsOf(items: readonly TimedItem[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { times, toMinute, kind }] of items.entries()) {
    if (times.length === 0) continue;
    const name = `${kind} ${toMinute} ${times.join(' ')}`;
    const group = groups.get(name);
    if (group) group.push(index);
    else groups.set(name, [index]);
  }
  const timeOf = (item: number) => items[item]?.times[0] ?? 0;
  return [...groups.values()].sort(([a = 0], [b = 0]) => timeOf(a) - timeOf(b));
}

/** Whether an item matches one post without a shift and another one in this reading. */
function isOther(item: number, { postOf }: Reading, plain: Reading): boolean {
  const post = plain.postOf[item] as number;
  return post >= 0 && postOf[item] !== post;
}

/**
 * Adds the items that belong to another post in a reading as good as the unshifted one, in which the clock changes
 * between two shifts, as with summer and winter time. The best such reading through an item combines the best one
 * before it and after it.
 */
function doubt(one: Reading, other: Reading, model: Model, plain: Reading, enough: number, doubted: Set<number>): void {
  const count = plain.postOf.length;
  const fits = [one.fits[model], other.fits[model]] as const;
  const cost = model === 'exact' && (one.centre !== 0 || other.centre !== 0) ? assumption : 0;
  let most = 0;
  for (let item = 0; item < count; item++) most += (fits[0][item] as number) | (fits[1][item] as number);
  if (most * worth[model] - cost < enough) return;
  const upTo = [new Int32Array(count), new Int32Array(count)] as const;
  let [a, b] = [0, 0];
  const step = (item: number) => {
    const before = a;
    a = Math.max(a, b - assumption) + worth[model] * (fits[0][item] as number);
    b = Math.max(b, before - assumption) + worth[model] * (fits[1][item] as number);
  };
  for (let item = 0; item < count; item++) {
    step(item);
    upTo[0][item] = a;
    upTo[1][item] = b;
  }
  [a, b] = [0, 0];
  for (let item = count - 1; item >= 0; item--) {
    step(item);
    for (const [index, reading] of [one, other].entries()) {
      if (reading.shift === 0 || !isOther(item, reading, plain)) continue;
      const own = worth[model] * (fits[index]?.[item] as number);
      const through = (upTo[index]?.[item] as number) + (index === 0 ? a : b) - own - cost;
      if (through >= enough) doubted.add(item);
    }
  }
}

interface Summary extends Pick<Reading, 'shift' | 'count' | 'strong'> {
  /** Seconds to add. */
  readonly amount: number;
}

/** The shift with the most and closest matches, preferably that of a time zone; null if another is equally good. */
function plainest(rivals: readonly Summary[]): Summary | null {
  const isOdd = ({ shift }: Summary) => shift % quarter !== 0;
  const [best, ...others] = [...rivals].sort(
    (a, b) => b.count - a.count || b.strong - a.strong || Number(isOdd(a)) - Number(isOdd(b)),
  );
  if (!best) return null;
  const next = others.find((each) => Math.abs(each.amount - best.amount) > 2 * exact && isOdd(each) === isOdd(best));
  return next && next.count === best.count && next.strong === best.strong ? null : best;
}

/** Whether the matches are strong enough evidence to report the shift to the user. */
function isEnough({ count, strong }: Summary, plain: Reading, items: number, differences: number): boolean {
  // If no shift explains as much, the evidence is ambiguous.
  if (count < plain.count || (count === plain.count && strong <= plain.strong)) return false;
  if (count >= 2) return isRare(count, 2 * tolerance + 1, 2 * furthest, differences);
  return items === 1 && strong === 1 && isRare(1, 2 * exact + 1, 2 * furthest, differences);
}
