import { lettersHeld } from '../text/alphabets.ts';
import { isCommonWord, isExcluded, type WordReading } from '../text/common-words.ts';
import type { Plausibility } from './plausible.ts';

export interface JudgedReading extends WordReading {
  readonly looks: Plausibility;
}

/** The factor if the other decoding may be in a language that jschardet does not know. */
const unknownMargin = 4;

const isFaultless = ({ oddWords, coverage }: Plausibility): boolean => oddWords === 0 && coverage > 0.99;

/**
 * How many times likelier a decoding must be than another: the fewer letters differ, the more, because a few letters
 * match another language by chance. Measured on program messages in 70 languages (2026-11).
 * @param high number of bytes beyond ASCII
 */
export function marginOver(first: JudgedReading, other: JudgedReading, high: number): number {
  const least = other.looks.mayBeUnknown ? unknownMargin : 0;
  if (!isFaultless(other.looks)) return least;
  const words = foreignWords(first.text);
  const script = scriptOf(words);
  if (script !== 'Latin') {
    if (script === scriptOf(foreignWords(other.text))) return least;
    if (script === 'Han') return high <= 12 ? 10 : least;
    return high <= 8 ? 6 : least;
  }
  const { count } = first.words;
  if (words.size <= 2) return hasCommon(words, first) ? least : count > other.words.count ? 4 : 8;
  return words.size <= 5 && count === 0 ? Math.max(least, 3) : least;
}

/**
 * Whether the words and letters of the first decoding rule out another. A single word that may be a name proves
 * nothing.
 */
export function isRuledOut(other: JudgedReading, first: JudgedReading): boolean {
  const words = foreignWords(first.text);
  return (words.size > 1 || hasCommon(words, first)) && isExcluded(other, first);
}

function hasCommon(words: ReadonlySet<string>, { words: { language } }: JudgedReading): boolean {
  return [...words].some((word) => isCommonWord(word, language));
}

/** The distinct words with letters beyond ASCII. */
function foreignWords(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{M}]*(?![a-z])\p{L}[\p{L}\p{M}]*/gu));
}

const scripts = [
  ['Latin', /\p{Script=Latin}/u],
  ['Han', /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Thai', /\p{Script=Thai}/u],
] as const;

/** The script of the words. East Asian scripts are all `Han`; without letters of another script it is `Latin`. */
function scriptOf(words: ReadonlySet<string>): string {
  const text = [...words].join('').replace(/[a-z]/g, '');
  return scripts.find(([, script]) => script.test(text))?.[0] ?? 'Latin';
}

/**
 * Whether another decoding in the same language has more of its common words, or everyday letters where the first has
 * letters of loan words: `großartige` is better German than `groáartige`.
 */
export function hasMoreCommonWords(other: JudgedReading, first: JudgedReading): boolean {
  const { language, count } = first.words;
  if (!isFaultless(other.looks) || other.words.count < count) return false;
  if (other.words.count > count) return true;
  if (language === null || other.words.language !== language) return false;
  const everyday = (text: string) => text.split('\n').filter((line) => lettersHeld(line, language, 'everyday')).length;
  return everyday(other.text) > everyday(first.text);
}
