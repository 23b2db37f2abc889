import { onFirstUse } from '../../text/on-first-use.ts';

const graphemes = onFirstUse(() => new Intl.Segmenter('und', { granularity: 'grapheme' }));

/** The segments of a text: a letter with its marks, an emoji, a flag. */
export function segmentsOf(text: string): Intl.Segments {
  return graphemes().segment(text);
}

/** V8 takes time in proportion to the whole text for each segment, so a text is segmented in windows. */
const window = 256;

/**
 * Calls `visit` with each grapheme until it returns false. Segmenting is a hundred times slower than counting, so plain
 * letters are stepped over without it.
 */
export function eachGrapheme(text: string, visit: (start: number, end: number) => boolean): void {
  for (let start = 0; start < text.length; ) {
    const ends = isBorder(text, start + 1) ? [start + 1] : endsFrom(text, start);
    for (const end of ends) {
      if (!visit(start, end)) return;
      start = end;
    }
  }
}

/** The ends of the next graphemes: those in a window, or of the first one alone if it is longer. */
function endsFrom(text: string, start: number): readonly number[] {
  for (let size = window; ; size *= 2) {
    const most = Math.min(text.length, start + size);
    let border = start + 1;
    while (border < most && !isBorder(text, border)) border++;
    const part = text.slice(start, border);
    const ends = [...graphemes().segment(part)].map(({ index, segment }) => start + index + segment.length);
    if (isBorder(text, border)) return ends;
    // The last one may go on behind the window.
    if (ends.length > 1) return ends.slice(0, -1);
  }
}

/** Whether a position is between two graphemes for certain. */
function isBorder(text: string, at: number): boolean {
  return at >= text.length || (standsAlone(text.charCodeAt(at - 1)) && standsAlone(text.charCodeAt(at)));
}

/**
 * Whether a character never combines with another such character: Latin, Greek and Cyrillic without marks, kana,
 * Chinese.
 */
export function standsAlone(code: number): boolean {
  const isAlphabet = (code >= 0x20 && code < 0x300) || (code >= 0x388 && code < 0x482);
  return isAlphabet || (code >= 0x3041 && code <= 0x3096) || (code >= 0x30a1 && code <= 0x30fa) || isHan(code);
}

function isHan(code: number): boolean {
  return code >= 0x4e00 && code <= 0x9fff;
}
