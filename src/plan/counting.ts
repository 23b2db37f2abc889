import type { CountingUnit, LongText, TextRule } from '../targets/target.ts';
import { eachGrapheme } from './words/graphemes.ts';
import { visitWeighed } from './words/weighted.ts';

/** A room for a text. */
export interface Room {
  readonly unit: CountingUnit;
  readonly max: number;
}

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
    default: {
      let total = 0;
      pieces[unit](text, (_start, _end, size) => {
        total += size;
        return true;
      });
      return total;
    }
  }
}

/** The end, in code units, of the longest prefix that counts at most `max`. It may be inside a grapheme. */
export function endThatFits(text: string, unit: CountingUnit, max: number): number {
  switch (unit) {
    case 'characters':
      return Math.min(text.length, Math.max(0, Math.floor(max)));
    case 'bytes':
      return endByUnits(text, bytes, max);
    case 'half-width':
      return endByUnits(text, halves, max * 2);
    default: {
      let room = max;
      let fitting = 0;
      pieces[unit](text, (_start, end, size) => {
        room -= size;
        if (room >= 0) fitting = end;
        return room >= 0;
      });
      return fitting;
    }
  }
}

/** The rooms that a rule of a platform leaves for a text. */
export function roomsOf({ max, unit, also }: LongText): readonly Room[] {
  return [{ max: max.value, unit }, ...(also ? [{ max: also.max.value, unit: also.unit }] : [])];
}

/** Whether a text fits into all rooms. */
export function fitsInto(text: string, rooms: readonly Room[]): boolean {
  return rooms.every(({ unit, max }) => count(text, unit) <= max);
}

/** What is left beside a text. */
export function roomBeside(text: string, rooms: readonly Room[]): readonly Room[] {
  return rooms.map(({ unit, max }) => ({ unit, max: Math.max(0, max - count(text, unit)) }));
}

/** The limit that a text exceeds; null if it fits. */
export function exceeded(text: string, rule: TextRule | LongText): (Room & { readonly actual: number }) | null {
  for (const room of roomsOf(rule)) {
    const actual = count(text, room.unit);
    if (actual > room.max) return { ...room, actual };
  }
  return null;
}

/**
 * How much of YouTube's tag limit hashtags use: their characters, a comma between two, and quotation marks around a tag
 * with a space. Source: https://developers.google.com/youtube/v3/docs/videos#snippet.tags[], read 2026-10.
 */
export function countTags(tags: readonly string[]): number {
  const letters = tags.reduce((total, tag) => total + tag.length + (tag.includes(' ') ? 2 : 0), 0);
  return letters + Math.max(0, tags.length - 1);
}

/** Visits the parts of a text that are counted together, with their sizes, until `visit` returns false. */
type Pieces = (text: string, visit: (start: number, end: number, size: number) => boolean) => void;

const pieces: Readonly<Record<Exclude<CountingUnit, 'half-width' | 'bytes' | 'characters'>, Pieces>> = {
  graphemes: (text, visit) => eachGrapheme(text, (start, end) => visit(start, end, 1)),
  weighted: visitWeighed,
  'emoji-bytes': (text, visit) =>
    eachGrapheme(text, (start, end) => {
      const isPlain = end - start === 1 && text.charCodeAt(start) < 0x80;
      return visit(start, end, isPlain ? 1 : emojiBytes(text.slice(start, end)));
    }),
};

const ofEmoji = /\p{Extended_Pictographic}|\p{RI}|\u20e3/u;

/**
 * Threads: “Emojis are counted as the number of UTF-8 bytes”; all else by UTF-16 code units, the stricter
 * interpretation of “characters”. Source: https://developers.facebook.com/docs/threads/posts, read 2026-11.
 */
function emojiBytes(grapheme: string): number {
  return ofEmoji.test(grapheme) ? sum(grapheme, bytes) : grapheme.length;
}

type SizeAt = (text: string, index: number) => number;

function endByUnits(text: string, size: SizeAt, max: number): number {
  let room = max;
  for (let index = 0; index < text.length; index++) {
    room -= size(text, index);
    if (room < 0) return index;
  }
  return text.length;
}

function sum(text: string, size: SizeAt): number {
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
