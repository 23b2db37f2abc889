import { encodings } from './encodings.ts';
import { type LegacyText, withoutControls } from './legacy-text.ts';

/** What became of a text that went through a spreadsheet. */
export type Fate =
  /** It is as it was. */
  | 'same'
  /** Letters of it are `?` or U+FFFD now: the encoding had no room for them. */
  | 'letters-lost'
  /** Only emoji and signs of it are. */
  | 'signs-lost'
  /** All that is ASCII is as it was, the rest is something else: other letters, or a person's correction. */
  | 'other-letters'
  /** A person wrote something else. */
  | 'changed';

const squashed = (text: string) => text.replace(/(?:\?|[^\u0000-\u007f])+/gu, '?');

/** @param cell as it is in the sheet @param text as we wrote it there */
export function fateOf(cell: string, text: string): Fate {
  const [found, meant] = [cell.normalize('NFC'), text.normalize('NFC')];
  if (found === meant) return 'same';
  if (!/[^\u0000-\u007f]/.test(meant) || squashed(found) !== squashed(meant)) return 'changed';
  const runs = /(?:\?|[^\u0000-\u007f])+/gu;
  const [left, before] = [found.match(runs) ?? [], meant.match(runs) ?? []];
  let fate: Fate = 'same';
  for (const [index, piece] of left.entries()) {
    const was = before[index] ?? '';
    if (piece === was) continue;
    const kept = [...piece].filter((each) => each !== '?' && each !== '\ufffd');
    if (!isWithin(kept, [...was])) return 'other-letters';
    if (kept.length === [...piece].length) return 'changed';
    const gone = [...was].filter((each) => !kept.includes(each));
    if (gone.some((each) => /\p{L}/u.test(each))) fate = 'letters-lost';
    else if (fate === 'same') fate = 'signs-lost';
  }
  return fate === 'same' ? 'changed' : fate;
}

/** In their order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const each of all) if (each === some[at]) at++;
  return at === some.length;
}

/** Whether a text is what comes of another that is read in the wrong encoding: `MÃ¶wen` of `Möwen`. */
export function isMisread(cell: string, text: string, legacy: LegacyText): boolean {
  const found = withoutControls(cell);
  const names = encodings.filter(({ usual }) => usual >= 0.4).map(({ name }) => name);
  return ['utf-8', ...names].some((written) => {
    const bytes = legacy.encode(text, written);
    return [...names, 'utf-8'].some((read) => read !== written && legacy.decodeLoosely(bytes, read) === found);
  });
}

/**
 * Whether no person wrote this: U+FFFD, or question marks where letters were. One that is at the end of a word may be a
 * question.
 */
export function isLost(text: string): boolean {
  if (text.includes('\ufffd')) return true;
  if (!/[\p{L}\p{N}]/u.test(text))
    return /\?[^?]*\?/.test(text) && !/[!.,:;()"'^<>]/.test(text) && !/\p{Emoji_Presentation}/u.test(text);
  return text.split(/\s+/).some((word, index, words) => {
    if (/[/@=&]|\.\w/.test(word)) return false;
    if (/\p{L}\?+\p{L}/u.test(word) || /^[#(]?\?{2,}\p{L}/u.test(word) || /^#\?/.test(word)) return true;
    // A run that is a word of its own, at the beginning or among others like it.
    const isRun = (each: string | undefined) => each !== undefined && /^\?{2,}[.,!]?$/.test(each);
    return isRun(word) && (index === 0 || isRun(words[index + 1]) || isRun(words[index - 1]));
  });
}
