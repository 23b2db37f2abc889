import {
  type Chance,
  chanceOf,
  entriesOf,
  exact,
  furthest,
  isRare,
  mostPairs,
  oddCandidates,
  oddTrials,
  type Pairing,
  pairing,
  quarter,
  type TimedItem,
  type TimedPost,
  tolerance,
} from './time-pairs.ts';

/**
 * Whether times that are off by a constant were about to be joined to the wrong posts. Names in local time and plans in
 * another zone lie whole hours from the posts; where posts go out at regular hours, the wrong post is then the nearest one.
 * So all pairs are looked at together, before any is joined by time. Pure; captions and media both ask it.
 */

export interface ShiftFinding {
  /** Indexes of items that must not be joined by time. */
  readonly unsafe: ReadonlySet<number>;
  /** Seconds to add to the items' times so that they fit; null where there is no such number, or several would do. */
  readonly shift: number | null;
  /** So many items fit a post with `shift`; 0 without. */
  readonly fitting: number;
}

/** Clocks change in the middle of an archive: what lies so many seconds around an item says by which it was named. */
const neighbourhood = 10 * 24 * 3600;
/**
 * Neighbours that go by another shift count that much more than those that do not, since a wrong file is worse than none:
 * where all times agree to the second, and where they lie some seconds off, so that chance makes some look closer.
 */
const caution = { exact: 4, near: 2 };
/** What the neighbours say is no accident if it is so many times what chance makes of a tie (a standard deviation). */
const clear = 1.5;

/**
 * @param posts all that are known, taken ones too: a file that belongs to a post which has another file already still
 *   tells by which clock it was named
 * @param items whose times may be off
 * @param given a person said by what they are off, and the times have it already: a shift that does no better than none
 *   is no doubt any more
 */
export function findShift(
  posts: readonly TimedPost[],
  items: readonly TimedItem[],
  { given }: { readonly given: boolean },
): ShiftFinding {
  const entries = entriesOf(items);
  if (posts.length === 0 || entries.length === 0) return { unsafe: new Set(), shift: null, fitting: 0 };
  const sorted = [...posts].sort((a, b) => a.time - b.time);
  const postTimes = Float64Array.from(sorted, ({ time }) => time);
  const pairAt = (shift: number, reach = tolerance) => pairing(sorted, postTimes, entries, items.length, shift, reach);
  const chance = chanceOf(sorted, entries);
  const zero = pairAt(0);
  const rivals: Summary[] = [];
  let isBlocked = false;
  const unsafe = new Set<number>();
  /** Where each item has a post to the second, only as many pairs say anything against it. */
  const isAllExact = zero.strong === new Set(entries.map(({ item }) => item)).size;
  const mayRival = (most: number) => most > 0 && (!isAllExact || most >= zero.count);
  const weigh = (rival: Pairing, isOdd: boolean) => {
    if (rival.count === 0) return;
    const { shift, count, strong } = rival;
    rivals.push({ amount: shift + centreOf(rival), count, strong });
    isBlocked ||= blocks(rival, zero, isOdd, given, chance);
    if (!isBlocked) for (const item of doubtful(rival, zero, isOdd, items)) unsafe.add(item);
  };
  for (let quarters = 1; quarters <= furthest; quarters++)
    for (const shift of [quarters * quarter, -quarters * quarter])
      if (mayRival(mostPairs(postTimes, entries, shift))) weigh(pairAt(shift), false);
  for (const shift of oddCandidates(sorted, entries)) weigh(pairAt(shift, exact), true);
  if (isBlocked) for (let item = 0; item < items.length; item++) unsafe.add(item);

  const best = plainest(rivals);
  const open = items.length - zero.count;
  const isTold = best !== null && (isBlocked || best.count * 2 >= open) && isEnough(best, zero, items, chance);
  if (!isTold) return { unsafe, shift: null, fitting: 0 };
  return { unsafe, shift: best.amount, fitting: best.count };
}

/** Whether a shift explains more pairs than none does, or the same more closely: then nobody knows which it is. */
function blocks(rival: Pairing, zero: Pairing, isOdd: boolean, given: boolean, chance: Chance): boolean {
  if (zero.count === 0) return false;
  const [more, closer] = [rival.count - zero.count, rival.strong - zero.strong];
  const [width, trials] = isOdd ? [2 * exact + 1, oddTrials] : [2 * tolerance + 1, 2 * furthest];
  const areRare = isRare(rival.count, width, trials, chance);
  if (isOdd) return rival.count >= 2 && (more > 0 || (more === 0 && closer > 0)) && (zero.strong === 0 || areRare);
  if ((more > 0 && areRare) || (closer > 0 && isRare(rival.strong, 2 * exact + 1, trials, chance))) return true;
  if (given && more + closer <= 0) return false;
  // A pair alone does not tell how close is close.
  const isAsGood = more >= 0 && (closer >= 0 || (zero.count === 1 && !given));
  return isAsGood && (areRare || bothExplain(rival, zero) * 2 >= zero.count);
}

/** How many pairs that there are without a shift have an item, or else a post, which is paired with it as well. */
function bothExplain(rival: Pairing, zero: Pairing): number {
  const posts = new Set(rival.postOf);
  let [items, taken] = [0, 0];
  for (const [item, post] of zero.postOf.entries()) {
    if (post < 0) continue;
    if ((rival.postOf[item] ?? -1) >= 0) items++;
    if (posts.has(post)) taken++;
  }
  return Math.max(items, taken);
}

/**
 * Items that fit a post without a shift, though their neighbours go by one, or nearly as many do as do not: the file of a
 * post that is gone may lie where another post is.
 */
function doubtful(rival: Pairing, zero: Pairing, isOdd: boolean, items: readonly TimedItem[]): number[] {
  const timeOf = (item: number) => items[item]?.times[0] ?? 0;
  const [forRival, forZero, torn]: [number[], number[], Set<number>] = [[], [], new Set()];
  for (let item = 0; item < items.length; item++) {
    const [here, there] = [zero.postOf[item] ?? -1, rival.postOf[item] ?? -1];
    const [offHere, offThere] = [zero.off[item] ?? 0, rival.off[item] ?? 0];
    if (here === there) continue;
    if (there >= 0 && offThere === 0 && (here < 0 || offHere > 0)) forRival.push(item);
    else if (here >= 0 && (there < 0 || offThere > offHere)) forZero.push(item);
    if (here >= 0 && there >= 0 && offThere <= offHere) torn.add(item);
  }
  if (forRival.length < (isOdd ? 2 : 1)) return [];
  const sortedTimes = (some: number[]) => Float64Array.from(some, timeOf).sort();
  const [rivalTimes, zeroTimes] = [sortedTimes(forRival), sortedTimes(forZero)];
  const around = (times: Float64Array, at: number) =>
    atMost(times, at + neighbourhood) - atMost(times, at - neighbourhood);
  return [...forZero, ...torn].filter((item) => {
    // Where all others agree to the second, one that is near only is no pair of theirs.
    const isNear = (zero.off[item] ?? 0) > 0;
    if (torn.has(item) && isNear && zero.strong * 5 >= zero.count * 4) return true;
    const [rivals, own] = [around(rivalTimes, timeOf(item)), around(zeroTimes, timeOf(item))];
    if (rivals === 0) return false;
    const weight = isOdd ? 1 : isNear ? caution.near : caution.exact;
    const isEven = !isOdd && own - rivals <= clear * Math.sqrt(own + rivals);
    return isEven || (torn.has(item) && rivals * weight >= own);
  });
}

/** How many of these sorted times are not after `time`. */
function atMost(times: Float64Array, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Summary extends Pick<Pairing, 'count' | 'strong'> {
  /** Seconds to add. */
  readonly amount: number;
}

/** Nearly all pairs are off by the same few seconds more: those belong to the shift. */
function centreOf({ centre, count, strong }: Pairing): number {
  return Math.abs(centre) > exact && strong >= 2 && strong * 5 >= count * 4 ? centre : 0;
}

/** The shift with the most pairs and the closest; null where another does as well. */
function plainest(rivals: readonly Summary[]): Summary | null {
  const [best, ...others] = [...rivals].sort((a, b) => b.count - a.count || b.strong - a.strong);
  if (!best) return null;
  const isOther = ({ amount }: Summary) => Math.abs(amount - best.amount) > 2 * exact;
  const next = others.find(isOther);
  return next && next.count === best.count && next.strong === best.strong ? null : best;
}

/** Whether so many pairs speak for a shift that a person may be told of it. */
function isEnough({ count, strong }: Summary, zero: Pairing, items: readonly TimedItem[], chance: Chance): boolean {
  // Where as much fits without a shift, nobody knows which it is.
  if (count < zero.count || (count === zero.count && strong <= zero.strong)) return false;
  if (count >= 2) return isRare(count, 2 * tolerance + 1, 2 * furthest, chance);
  return items.length === 1 && strong === 1 && isRare(1, 2 * exact + 1, 2 * furthest, chance);
}
