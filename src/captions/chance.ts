import { reachOfZones, type Timeline } from './time-pairs.ts';

/** A match with a lower probability than this is not a coincidence. */
const rare = 0.05;

/** The number of differences between an item and a post within the range of time zones. */
export function differencesOf({ lanes }: Timeline): number {
  let differences = 0;
  for (const { times, postTimes } of lanes) {
    let [low, high] = [0, 0];
    for (const time of times) {
      while (low < postTimes.length && (postTimes[low] as number) < time - reachOfZones) low++;
      while (high < postTimes.length && (postTimes[high] as number) <= time + reachOfZones) high++;
      differences += high - low;
    }
  }
  return differences;
}

/**
 * Whether this many matches within `width` seconds, at the best of `trials` shifts, are unlikely to be a coincidence.
 */
export function isRare(count: number, width: number, trials: number, differences: number): boolean {
  const expected = (differences * width) / (2 * reachOfZones);
  let term = Math.exp(-expected);
  let below = 0;
  for (let each = 0; each < count; each++) {
    below += term;
    term *= expected / (each + 1);
  }
  // For small numbers the first term of the tail is exact enough and has no numerical cancellation.
  return trials * (expected < 0.1 ? term : Math.max(0, 1 - below)) < rare;
}
