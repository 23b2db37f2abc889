import { languagesOf } from '../text/alphabets.ts';

/** How plausible a decoded text is as human text. */
export interface Plausibility {
  /** Impossible words: mixed scripts, capitals inside, symbols between letters. */
  readonly oddWords: number;
  /** Too many odd words: this decoding is wrong. */
  readonly isOdd: boolean;
  /** The share of lines for which a language has all letters, 0 to 1. */
  readonly coverage: number;
  /** Above 1 if quotation marks, dashes and apostrophes are in sensible positions, below 1 if not. */
  readonly punctuation: number;
  /** The only evidence is one punctuation mark, which may be a letter in another encoding. */
  readonly isThin: boolean;
  /**
   * Each line could be in a language that jschardet 4 does not know and mistakes for another: Albanian for Lithuanian.
   */
  readonly mayBeUnknown: boolean;
}

const nonAscii = /[^\u0000-\u007f]/u;
/** Scripts that are not mixed with each other in one word; for those with Latin letters see `otherScript`. */
const ownScripts = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
];
/** Scripts that are not mixed with Latin letters in one word. East Asian scripts are. */
const otherScript =
  /(?![\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Common}])\p{L}/u;
/** Characters that some language uses between letters, and punctuation that is common in East Asian text. */
const joiners = '’‘´…“”„«»・。、，！？：；（）「」『』～\\u200c\\u200d\\u05be\\u05f3\\u05f4،؛؟';
const signInside = new RegExp(
  `\\p{L}[^\\p{L}\\p{M}\\p{Nd}\\u0000-\\u007f${joiners}]+\\p{Script=Latin}|\\p{Script=Latin}[^\\p{L}\\p{M}\\p{Nd}\\u0000-\\u007f${joiners}]+\\p{L}`,
  'u',
);
/**
 * Quotation marks inside a word, or an opening one at its end: `Br”tchen` is `Brötchen` in another encoding. Two
 * symbols after a letter, or a letter between digits: characters of three or four bytes.
 */
const quoteInside =
  /\p{Script=Latin}[“„”«»]+\p{Script=Latin}|\p{Script=Latin}[„‚]|\p{L}[´°][^\p{L}\u0000-\u007f]|\d(?![×÷])[\u00c0-\u024f]\d/u;
/**
 * Sequences that do not occur in words: a vowel sign or tone without its letter, a direction mark between letters,
 * obsolete Thai letters or a digit in a Thai word, one Chinese character in a Latin word, the final form of a Hebrew,
 * Greek or Arabic letter before another letter, a Cyrillic soft sign at the start.
 */
const impossibleInside =
  /(?<![\p{L}\p{M}])[\u0300-\u0323\u0591-\u05c7\u064b-\u0652\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|\p{L}[\u200e\u200f]+\p{L}|[\u0e03\u0e05]|\p{L}[\u0e50-\u0e59]\p{L}|[a-z]\p{Script=Han}[a-z]|[ךםןףץ](?=[\u05d0-\u05ea])|ς(?=\p{Script=Greek})|ة(?=\p{Script=Arabic})|(?<!\p{L})[ьЬ]\p{L}/u;
/** Symbols from tables of other encodings that people rarely type. */
const rareSign = /[₧¤¦¬¨¸¯ƒ†‡‰¶√∂∆∑∏∫◊≈ˆ˜˙˚˝˛ˇ˘\u2500-\u259f]/u;
/**
 * Superscripts before a letter, and mathematical symbols next to one. Not arrows, nor the wide forms of East Asia:
 * `早上好～新的一天`.
 */
const misplacedSign =
  /\p{No}\p{L}|\p{L}§|[™®©№§]\p{L}|\p{L}(?![\u0000-\u007f←-⇿\uff00-\uffef])\p{Sm}|(?![\u0000-\u007f←-⇿\uff00-\uffef])\p{Sm}\p{L}/u;
const foreignCapitalInside = /\p{Ll}\p{M}*[^\P{Lu}A-Z]|[^\P{Ll}a-z]\p{M}*\p{Lu}/u;
const twoCapitals = /(?<!\p{L})\p{Lu}{2,}\p{Ll}/u;
const twoForeignCapitals = /(?<!\p{L})\p{Lu}*[^\P{Lu}A-Z]\p{Lu}*\p{Ll}/u;

/** Languages whose alphabets are known here but not to jschardet 4 (2026-11). */
const unknownLanguages: ReadonlySet<string> = new Set(['sq', 'gd', 'fur', 'sc', 'yi']);

/**
 * Rates a text.
 * @param text lines of words, each with a character beyond ASCII
 */
export function plausibilityOf(text: string): Plausibility {
  const words = text.split(/\s+/).filter((word) => nonAscii.test(word));
  const oddWords = words.filter(isOddWord).length + strayLetters(text) + (isUnpaired(text) ? 1 : 0);
  const lines = text.split('\n').filter((line) => nonAscii.test(line));
  const { elided, apostrophes, signals } = punctuationIn(text);
  const bonus = signals > 1 ? 2.5 : signals > 0 ? 1.6 : 1;
  const covered = lines.reduce((sum, line) => sum + coverageOf(line), 0);
  return {
    oddWords,
    isOdd: oddWords > text.split(/\s+/).length / 60,
    coverage: lines.length === 0 ? 0 : covered / lines.length,
    punctuation: apostrophes > elided ? 0.4 * bonus : bonus,
    isThin: signals < 2 && !/[^\P{L}a-z]/iu.test(text),
    mayBeUnknown: lines.every((line) => languagesOf(line).some((language) => unknownLanguages.has(language))),
  };
}

function isOddWord(word: string): boolean {
  // Catalan.
  const joined = word.replace(/l·l/gi, 'll');
  if (quoteInside.test(joined) || impossibleInside.test(joined)) return true;
  if (signInside.test(joined) || rareSign.test(joined) || misplacedSign.test(joined)) return true;
  return word.split(/[^\p{L}\p{M}]/u).some((part) => {
    if (!nonAscii.test(part)) return false;
    if (ownScripts.filter((script) => script.test(part)).length > 1) return true;
    if (/\p{Script=Latin}/u.test(part) && otherScript.test(part)) return true;
    if (foreignCapitalInside.test(part)) return true;
    if (twoCapitals.test(part) && twoForeignCapitals.test(part)) return true;
    // Only accented letters of Western Europe: Cyrillic or Greek decoded as such.
    const plain = part.replace(/[^a-z]/gi, '').length;
    return /^[a-z\u00c0-\u00ff]{4,}$/i.test(part) && plain / part.length < 0.4;
  });
}

/** Whether one of a rarely used pair of quotation marks is missing. */
function isUnpaired(text: string): boolean {
  return text.split('‹').length !== text.split('›').length;
}

/** The number of single letters of another script in a Latin text: accented vowels decoded as Cyrillic or Greek. */
function strayLetters(text: string): number {
  const other = /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Thai}/gu;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const foreign = text.match(other)?.length ?? 0;
  if (foreign === 0 || foreign * 3 > latin) return 0;
  return text.split(/[^\p{L}\p{M}]/u).filter((word) => word.length === 1 && word.match(other)).length;
}

/** 1 if a language has all letters of a line. A line in several languages counts half, by its words. */
function coverageOf(line: string): number {
  if (!/[^\P{L}a-z]/iu.test(line) || languagesOf(line).length > 0) return 1;
  const words = line.split(/[^\p{L}\p{M}]/u).filter((word) => nonAscii.test(word));
  return words.filter((word) => languagesOf(word).length > 0).length / words.length / 2;
}

/** `l’été`, `it’s`, Dutch `foto’s`, `“so”`, `a – b`. */
function punctuationIn(text: string) {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const elided = count(
    /(?<!\p{L})(?:[dlnsmtcj]|qu)’(?=\p{L})|(?<=\p{L})’(?:t|re|ll|m|d|ve)(?!\p{L})|(?<=[aiouyé])’s(?!\p{L})|(?<=\b(?:it|he|she|that|what|here|there|let|how|where))’s\b/giu,
  );
  const paired = count(/[“„][^\n“”„]*[”“]|«[^\n«»]*»| [–—] /gu);
  return { elided, apostrophes: count(/(?<=\p{Ll})’(?=\p{Ll})/gu), signals: elided + paired };
}
