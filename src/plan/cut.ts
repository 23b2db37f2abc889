import type { TextRule } from '../targets/target.ts';
import { count, endThatFits } from './counting.ts';
import { graphemeBefore, sentenceBefore, shortWordBefore, wordBefore } from './words/boundaries.ts';
import { parseWords } from './words/parse.ts';

export const ellipsis = '…';

export interface Cut {
  readonly text: string;
  /** The text after the cut; empty if everything fits. */
  readonly rest: string;
}

/**
 * Cuts a text to a platform's limit: after a sentence, else after a word if that keeps at least half of what fits, else
 * between graphemes, so never inside an emoji or flag or before a combining mark. Links, addresses and hashtags are not
 * split. The ellipsis counts towards the limit.
 */
export function cut(text: string, { unit, max }: Pick<TextRule, 'unit'> & { readonly max: number }): Cut {
  if (count(text, unit) <= max) return { text, rest: '' };
  const room = max - count(ellipsis, unit);
  const end = room <= 0 ? 0 : graphemeBefore(text, endThatFits(text, unit, room));
  const at = beforeWhole(text, bestPlace(text, end));
  const kept = text.slice(0, at).trimEnd();
  if (kept === '') return { text: '', rest: text };
  return { text: closed(kept, unit, max), rest: text.slice(at).trimStart() };
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
  if (at === 0 || at >= text.length || /\s/.test(`${text[at - 1]}${text[at]}`)) return at;
  let start = 0;
  for (const part of parseWords(text)) {
    const end = start + part.text.length;
    if (end > at) return start < at && part.kind !== 'text' ? start : at;
    start = end;
  }
  return at;
}

/** Separates a full stop from the ellipsis if there is room. */
function closed(kept: string, unit: TextRule['unit'], max: number): string {
  const apart = `${kept} ${ellipsis}`;
  return /[.!?]["'”’)]?$/.test(kept) && count(apart, unit) <= max ? apart : kept + ellipsis;
}
