import { count, endThatFits, fitsInto, type Room } from './counting.ts';
import { graphemeBefore, sentenceBefore, shortWordBefore, wordBefore } from './words/boundaries.ts';
import { parseWords } from './words/parse.ts';

export const ellipsis = '…';

export interface Cut {
  readonly text: string;
  /** The text after the cut; empty if everything fits. */
  readonly rest: string;
}

/**
 * Cuts a text to a platform's limits: after a sentence, else after a word if that keeps at least half of what fits, else
 * between graphemes, so never inside an emoji or flag or before a combining mark. Links, addresses and hashtags are not
 * split. The mark at the end counts towards the limit.
 * @param mark what shows that the text goes on: an ellipsis, or nothing
 */
export function cut(text: string, room: Room | readonly Room[], mark: typeof ellipsis | '' = ellipsis): Cut {
  const rooms = 'unit' in room ? [room] : room;
  if (fitsInto(text, rooms)) return { text, rest: '' };
  const ends = rooms.map(({ unit, max }) => {
    const left = max - count(mark, unit);
    return left <= 0 ? 0 : endThatFits(text, unit, left);
  });
  const end = graphemeBefore(text, Math.min(...ends));
  for (let at = beforeWhole(text, bestPlace(text, end)); at > 0; at = graphemeBefore(text, at - 1)) {
    const kept = text.slice(0, at).trimEnd();
    if (kept === '') break;
    const shown = mark === '' ? kept : closed(kept, rooms);
    // A beginning can count more than the whole: X counts `example.com` as a link, but not `example.comes`.
    if (fitsInto(shown, rooms)) return { text: shown, rest: text.slice(at).trimStart() };
  }
  return { text: '', rest: text };
}

function bestPlace(text: string, end: number): number {
  const half = Math.ceil(end / 2);
  const sentence = sentenceBefore(text, half, end);
  if (sentence > half) return sentence;
  const word = wordBefore(text, half, end);
  return word > half ? word : shortWordBefore(text, end);
}

/**
 * The position before a link or hashtag that contains `at`: half a link is broken, and half a hashtag is a different
 * one.
 */
function beforeWhole(text: string, at: number): number {
  let start = 0;
  for (const part of parseWords(text)) {
    const end = start + part.text.length;
    if (end > at) return start < at && part.kind !== 'text' ? start : at;
    start = end;
  }
  return at;
}

/** Separates a full stop from the ellipsis if there is room. */
function closed(kept: string, rooms: readonly Room[]): string {
  const apart = `${kept} ${ellipsis}`;
  return /[.!?]["'”’)]?$/.test(kept) && fitsInto(apart, rooms) ? apart : kept + ellipsis;
}
