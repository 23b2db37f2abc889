/** Minutes to look back. Earlier posts were different ones, on other machines. */
const minutesCounted = 5;

/**
 * Posts per minute since the first that ended in the last minutes; before that no worker was active. The first minute
 * was incomplete and counts only if there is hardly another.
 * @param ended counts by minute: the current one first, then earlier ones
 * @param second seconds of the current minute, 0 to 60
 * @returns null if no post ended
 */
export function postsPerMinute(ended: readonly number[], second: number): number | null {
  const recent = ended.slice(0, minutesCounted + 1);
  const begun = recent.findLastIndex((count) => count > 0);
  if (begun < 0) return null;
  const now = second / 60;
  const isWindowFull = begun === minutesCounted && (ended[minutesCounted + 1] ?? 0) > 0;
  const from = isWindowFull || begun + now < 1.5 ? begun : begun - 1;
  const all = recent.slice(0, from + 1).reduce((sum, count) => sum + count, 0);
  return all / Math.max(from + now, 1 / 6);
}
