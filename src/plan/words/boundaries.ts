const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const words = new Intl.Segmenter('und', { granularity: 'word' });
const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });

/**
 * Where a text may be cut. Segmenting is dear (a hundred times dearer than counting), so each question looks at the
 * neighbourhood of one place and never walks through the whole text.
 */

/** A character more than a boundary needs to see of what follows it. */
const ahead = 64;
/** The longest word that is not broken. Chinese, Japanese and Thai need a dictionary, which reads all that it is given. */
const longestWord = 256;

/** The last place up to `at` that is not inside a grapheme: an emoji, a flag, a letter with its marks. */
export function graphemeBefore(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return graphemes.segment(text).containing(at)?.index ?? 0;
}

/** The last place from `from` up to `end` between two words; `from` itself if there is none. */
export function wordBefore(text: string, from: number, end: number): number {
  const start = graphemeBefore(text, Math.max(from, end - longestWord));
  const found = lastBoundary(words, text.slice(start, end + ahead), end - start);
  return found === 0 ? from : start + found;
}

/** The last place from `from` up to `end` between two sentences or lines; `from` itself if there is none. */
export function sentenceBefore(text: string, from: number, end: number): number {
  const start = graphemeBefore(text, from);
  const found = lastBoundary(sentences, text.slice(start, end + ahead), end - start);
  return found === 0 ? from : start + found;
}

/** The sentences of a short text, in order, with the space after them. */
export function sentencesOf(text: string): string[] {
  return [...sentences.segment(text)].map(({ segment }) => segment);
}

function lastBoundary(segmenter: Intl.Segmenter, text: string, end: number): number {
  // White space belongs to what it follows: a cut before it is as good as one behind it.
  const space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const at = end + space;
  if (at >= text.length) return end;
  const index = segmenter.segment(text).containing(at)?.index ?? 0;
  return index === at ? end : Math.min(index, end);
}
