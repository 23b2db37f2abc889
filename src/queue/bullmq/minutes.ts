import type { Queue } from 'bullmq';

/** So many minutes back the ends of posts are counted. */
export const minutesCounted = 15;

/**
 * Posts that ended, done or failed, by the minute: this one first, then those before. BullMQ writes a minute down when the
 * first post of a later one ends, so its list says nothing of when it was written; its `prevTS` does.
 * @param now Unix milliseconds
 */
export async function endedByMinute(posts: Queue, now: number): Promise<readonly number[]> {
  const counted = Array.from({ length: minutesCounted + 1 }, () => 0);
  const thisMinute = Math.floor(now / 60_000);
  for (const kind of ['completed', 'failed'] as const) {
    const { meta, data } = await posts.getMetrics(kind, 0, minutesCounted - 1);
    // The minute that is not written down yet comes before those that are.
    const minutes = [meta.count - meta.prevCount, ...data];
    const back = thisMinute - Math.floor(meta.prevTS / 60_000);
    for (const [index, count] of minutes.entries()) {
      const at = back + index;
      if (at >= 0 && at < counted.length) counted[at] = (counted[at] ?? 0) + count;
    }
  }
  return counted;
}
