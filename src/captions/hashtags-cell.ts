/** Parses hashtags in any form that people write: `#one #two`, `one, two`, one a line, `＃旅行，美食`. */
export function readHashtags(cell: string): string[] {
  return cell.split(/[\s,;，、；#＃]/u).filter(Boolean);
}
