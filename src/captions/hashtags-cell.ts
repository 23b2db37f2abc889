/** Parses hashtags in any form that people write: `#one #two`, `one, two`, one a line. */
export function readHashtags(cell: string): string[] {
  const words = cell.includes('#') ? cell.split(/[\s,;#＃]+/u) : cell.split(/[\s,;]+/u);
  return words.filter(Boolean);
}
