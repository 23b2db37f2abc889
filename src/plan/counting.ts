import type { CountingUnit } from '../targets/target.ts';

/** How long a text is for a platform that counts in `unit`. */
export function count(text: string, unit: CountingUnit): number {
  switch (unit) {
    case 'half-width':
      return halfWidth(text);
    case 'bytes':
      return new TextEncoder().encode(text).length;
    case 'characters':
      // UTF-16 code units: never fewer than code points, so this is the stricter reading of "characters".
      return text.length;
  }
}

/**
 * RedNote's measure of a title: a code unit above 127 counts two, any other one; half the sum, rounded up.
 * 20 are 20 Chinese characters or 40 Latin letters.
 * Source: https://github.com/xpzouying/xiaohongshu-mcp/issues/401, read 2026-10.
 */
function halfWidth(text: string): number {
  let halves = 0;
  for (let index = 0; index < text.length; index++) halves += text.charCodeAt(index) > 127 ? 2 : 1;
  return Math.ceil(halves / 2);
}
