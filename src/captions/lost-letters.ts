import { encodings } from './encodings.ts';
import { type LegacyText, withoutControls } from './legacy-text.ts';

/** How a spreadsheet changed a text. */
export type CellChange =
  /** Unchanged. */
  | 'same'
  /** Letters were replaced by `?` or U+FFFD: the encoding does not support them. */
  | 'letters-lost'
  /** Only emoji and symbols were replaced. */
  | 'signs-lost'
  /** ASCII is unchanged, other letters differ: a wrong encoding, or a correction by a person. */
  | 'other-letters'
  /** A person wrote something else. */
  | 'changed';

const squashed = (text: string) => text.replace(/(?:\?|[^\u0000-\u007f])+/gu, '?');

/**
 * Compares a cell with the text that port wrote.
 * @param cell the cell in the sheet
 * @param text the text that port wrote there
 */
export function changeOf(cell: string, text: string): CellChange {
  const [found, meant] = [cell.normalize('NFC'), text.normalize('NFC')];
  if (found === meant) return 'same';
  if (!/[^\u0000-\u007f]/.test(meant) || squashed(found) !== squashed(meant)) return 'changed';
  const runs = /(?:\?|[^\u0000-\u007f])+/gu;
  const [left, before] = [found.match(runs) as string[], meant.match(runs) as string[]];
  let fate: CellChange = 'signs-lost';
  for (const [index, piece] of left.entries()) {
    const was = before[index] as string;
    if (piece === was) continue;
    const kept = [...piece].filter((each) => each !== '?' && each !== '\ufffd');
    if (!isWithin(kept, [...was])) return 'other-letters';
    if (kept.length === [...piece].length) return 'changed';
    const gone = [...was].filter((each) => !kept.includes(each));
    if (gone.some((each) => /\p{L}/u.test(each))) fate = 'letters-lost';
  }
  return fate;
}

/** Whether `some` is a subsequence of `all`. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const each of all) if (each === some[at]) at++;
  return at === some.length;
}

/** Whether the cell, which differs from the text, is the text in the wrong encoding: `MÃ¶wen` for `Möwen`. */
export function isMisread(cell: string, text: string, legacy: LegacyText): boolean {
  const found = withoutControls(cell);
  const names = encodings.filter(({ usual }) => usual >= 0.4).map(({ name }) => name);
  return ['utf-8', ...names].some((written) => {
    const bytes = legacy.encode(text, written);
    return [...names, 'utf-8'].some((read) => legacy.decodeLoosely(bytes, read) === found);
  });
}

/**
 * Whether letters were lost, so that no person wrote this text: U+FFFD, or question marks in place of letters. One at
 * the end of a word may be a real question mark.
 */
export function isLost(text: string): boolean {
  if (text.includes('\ufffd')) return true;
  if (!/[\p{L}\p{N}]/u.test(text))
    return /\?[^?]*\?/.test(text) && !/[!.,:;()"'^<>]/.test(text) && !/\p{Emoji_Presentation}/u.test(text);
  return text.split(/\s+/).some((word, index, words) => {
    if (/[/@=&]|\.\w/.test(word)) return false;
    if (/\p{L}\?+\p{L}/u.test(word) || /^[#(]?\?{2,}\p{L}/u.test(word) || /^#\?/.test(word)) return true;
    // A run of question marks as a word of its own, at the beginning or among others.
    const isRun = (each = '') => /^\?{2,}[.,!]?$/.test(each);
    return isRun(word) && (index === 0 || isRun(words[index + 1]));
  });
}

/** Whether the cell is the text after an 8-bit encoding: unsupported characters are question marks. */
export function isNarrowed(cell: string, text: string): boolean {
  const fate = changeOf(cell, text);
  return fate === 'signs-lost' || fate === 'letters-lost';
}
