import type { CountingUnit } from '../targets/target.ts';

/** The length of a text in the platform's counting unit. */
export function count(text: string, unit: CountingUnit): number {
  switch (unit) {
    case 'half-width':
      return Math.ceil(sum(text, halves) / 2);
    case 'bytes':
      return sum(text, bytes);
    case 'characters':
      // UTF-16 code units: never fewer than code points, so this is the stricter interpretation of "characters".
      return text.length;
  }
}

/** The end, in code units, of the longest prefix that counts at most `max`. It may be inside a grapheme. */
export function endThatFits(text: string, unit: CountingUnit, max: number): number {
  if (unit === 'characters') return Math.min(text.length, Math.max(0, Math.floor(max)));
  const size = unit === 'bytes' ? bytes : halves;
  let room = unit === 'bytes' ? max : max * 2;
  for (let index = 0; index < text.length; index++) {
    room -= size(text, index);
    if (room < 0) return index;
  }
  return text.length;
}

/**
 * How much of YouTube's tag limit hashtags use: their characters, a comma between two, and quotation marks around a tag
 * with a space. Source: https://developers.google.com/youtube/v3/docs/videos#snippet.tags[], read 2026-10.
 */
export function countTags(tags: readonly string[]): number {
  const letters = tags.reduce((total, tag) => total + tag.length + (tag.includes(' ') ? 2 : 0), 0);
  return letters + Math.max(0, tags.length - 1);
}

function sum(text: string, size: (text: string, index: number) => number): number {
  let total = 0;
  for (let index = 0; index < text.length; index++) total += size(text, index);
  return total;
}

/**
 * RedNote's title length: a code unit above 127 counts two, any other counts one; half the sum, rounded up. A length of
 * 20 is 20 Chinese characters or 40 Latin letters. Source: https://github.com/xpzouying/xiaohongshu-mcp/issues/401,
 * read 2026-10.
 */
function halves(text: string, index: number): number {
  return text.charCodeAt(index) > 127 ? 2 : 1;
}

/**
 * Bytes in UTF-8. All four bytes of a surrogate pair count for its first half, so that a prefix never ends between the
 * two.
 */
function bytes(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (isHigh(code) && isLow(text.charCodeAt(index + 1))) return 4;
  return isLow(code) && isHigh(text.charCodeAt(index - 1)) ? 0 : 3;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
