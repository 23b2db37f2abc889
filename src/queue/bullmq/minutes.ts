import type { Queue } from 'bullmq';

/** Ended posts are counted for this many past minutes. */
export const minutesCounted = 15;

/**
 * The number of posts that ended (done or failed) in each minute: the current one first, then earlier ones. BullMQ adds
 * a minute to its list when the first post of a later minute ends, so only `prevTS` says to which minute the list belongs.
 * @param now Unix milliseconds
 */
export async function endedByMinute(posts: Queue, now: number): Promise<readonly number[]> {
  const counted = Array.from({ length: minutesCounted + 1 }, () => 0);
  const thisMinute = Math.floor(now / 60_000);
  for (const kind of ['completed', 'failed'] as const) {
    const { meta, data } = await posts.getMetrics(kind, 0, minutesCounted - 1);
    // The minute that is not in BullMQ's list yet is the latest.
    const minutes = [meta.count - meta.prevCount, ...data];
    const back = thisMinute - Math.floor(meta.prevTS / 60_000);
    for (const [index, count] of minutes.entries()) {
      const at = back + index;
      if (at >= 0 && at < counted.length) counted[at] = (counted[at] ?? 0) + count;
    }
  }
  return counted;
}
