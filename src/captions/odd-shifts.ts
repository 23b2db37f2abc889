import { exact, lastSecondOfMinute, reachOfZones, type Timeline, tolerance } from './time-pairs.ts';

/** Finds time shifts that are not multiples of a quarter of an hour, such as those of a wrong clock. Pure. */

/** The number of items that are sampled evenly. */
const sampled = 400;
/** The number of posts that are compared with each item. */
const lookedAt = 2000;
/** The number of shifts that are examined closely: those that explain the most differences. */
const most = 6;

/**
 * Finds candidate shifts.
 * @returns seconds, the shift that explains most first; none within the tolerance, which the join handles
 */
export function oddShifts({ lanes }: Timeline): number[] {
  const all = lanes.reduce((sum, { times }) => sum + times.length, 0);
  const step = Math.max(1, Math.ceil(all / sampled));
  // The number of differences that each shift explains, stored as changes from one shift to the next.
  const steps = new Int32Array(2 * reachOfZones + lastSecondOfMinute + 2 * exact + 2);
  const first = -reachOfZones - lastSecondOfMinute - exact;
  const add = (from: number, to: number) => {
    steps[from - first] = (steps[from - first] as number) + 1;
    steps[to + 1 - first] = (steps[to + 1 - first] as number) - 1;
  };
  for (const { toMinute, times, postTimes } of lanes) {
    let low = 0;
    for (let index = 0; index < times.length; index += step) {
      const time = times[index] as number;
      while (low < postTimes.length && (postTimes[low] as number) < time - reachOfZones) low++;
      for (let post = low; post < postTimes.length && post < low + lookedAt; post++) {
        const difference = Math.round((postTimes[post] as number) - time);
        if (difference > reachOfZones) break;
        if (toMinute) add(difference - lastSecondOfMinute, difference);
        else add(difference - exact, difference + exact);
      }
    }
  }
  // Ranges of shifts that explain the same differences, represented by their middle.
  const found: { readonly at: number; readonly many: number }[] = [];
  let many = 0;
  let begin = 0;
  for (let index = 0; index < steps.length; index++) {
    if (steps[index] === 0) continue;
    const at = Math.floor((begin + index - 1) / 2) + first;
    if (many >= 2 && Math.abs(at) > tolerance) found.push({ at, many });
    many += steps[index] as number;
    begin = index;
  }
  found.sort((a, b) => b.many - a.many || Math.abs(a.at) - Math.abs(b.at) || a.at - b.at);
  const chosen: number[] = [];
  for (const { at } of found) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.abs(other - at) > tolerance)) chosen.push(at);
  }
  return chosen;
}
