/** Minutes. Further back it was other posts, on other machines. */
const minutesLooked = 5;

/**
 * Posts a minute, since the first that ended in the last minutes: the time before it nobody was at work. The minute in
 * which it began was no whole one, and counts only while there is hardly another.
 * @param ended by the minute: this one first, then those before
 * @param second of this minute, 0 to 60
 * @returns null where nothing ended
 */
export function postsPerMinute(ended: readonly number[], second: number): number | null {
  const recent = ended.slice(0, minutesLooked + 1);
  const begun = recent.findLastIndex((count) => count > 0);
  if (begun < 0) return null;
  const now = second / 60;
  const wasAtIt = begun === minutesLooked && (ended[minutesLooked + 1] ?? 0) > 0;
  const from = wasAtIt || begun + now < 1.5 ? begun : begun - 1;
  const all = recent.slice(0, from + 1).reduce((sum, count) => sum + count, 0);
  return all / Math.max(from + now, 1 / 6);
}
