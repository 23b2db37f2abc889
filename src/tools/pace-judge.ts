/**
 * The minimum speed relative to real time, after startup. 4K HEVC at 60 frames a second runs at a fortieth on a small
 * computer.
 */
const slowest = 1 / 200;
const judgedAfter = 20 * 60_000;
const longestPause = 60_000;

/**
 * Returns a function that takes the media seconds processed and the time in milliseconds of any clock, and returns
 * whether the job is stuck. Does not count the time that a laptop slept between two calls.
 */
export function paceJudge(): (seconds: number, now: number) => boolean {
  let last: number | null = null;
  let spent = 0;
  return (seconds, now) => {
    spent += Math.min(now - (last ?? now), longestPause);
    last = now;
    return spent > judgedAfter && seconds < (spent / 1000) * slowest;
  };
}
