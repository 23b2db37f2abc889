import type { TextRule } from '../targets/target.ts';
import { count } from './counting.ts';

const ellipsis = '…';
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const words = new Intl.Segmenter('und', { granularity: 'word' });

export interface Cut {
  readonly text: string;
  /** What did not fit, from where the text was cut; empty where all of it fits. */
  readonly rest: string;
}

/**
 * Cuts a text to what a platform takes: after a word if that keeps at least half of what fits, else between graphemes,
 * never inside an emoji or before a combining mark. The ellipsis is counted too.
 */
export function cut(text: string, rule: Pick<TextRule, 'unit'> & { readonly max: number }): Cut {
  if (count(text, rule.unit) <= rule.max) return { text, rest: '' };
  const fits = (end: number) => count(text.slice(0, end).trimEnd() + ellipsis, rule.unit) <= rule.max;
  const end = lastBreak(text, graphemes, fits);
  if (end === 0) return { text: '', rest: text };
  const afterWord = lastBreak(text.slice(0, end + 1), words, (at) => at <= end);
  const at = afterWord >= end / 2 ? afterWord : end;
  return { text: text.slice(0, at).trimEnd() + ellipsis, rest: text.slice(at).trimStart() };
}

/** The last boundary that still fits. Boundaries come in order, and what fits at one fits at all before it. */
function lastBreak(text: string, segmenter: Intl.Segmenter, fits: (end: number) => boolean): number {
  let last = 0;
  for (const { index, segment } of segmenter.segment(text)) {
    const end = index + segment.length;
    if (!fits(end)) break;
    last = end;
  }
  return last;
}
