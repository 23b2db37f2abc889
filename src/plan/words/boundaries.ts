import { keepLatest } from '../../text/keep-latest.ts';
import { onFirstUse } from '../../text/on-first-use.ts';
import { segmentsOf, standsAlone } from './graphemes.ts';

const words = onFirstUse(() => new Intl.Segmenter('und', { granularity: 'word' }));
const sentences = onFirstUse(() => new Intl.Segmenter('und', { granularity: 'sentence' }));

/**
 * Where a text may be cut. Segmenting is a hundred times slower than counting, so each function looks at the
 * surroundings of one position and never scans the whole text.
 */

/** One character more than a boundary rule needs to look ahead. */
const ahead = 64;
/**
 * The longest word that is kept whole. Chinese, Japanese and Thai need a dictionary, which reads everything it gets.
 */
const longestWord = 256;

/** The last position up to `at` that is not inside a grapheme: an emoji, a flag, a letter with combining marks. */
export function graphemeBefore(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (at <= 0) return 0;
  if (standsAlone(text.charCodeAt(at - 1)) && standsAlone(text.charCodeAt(at))) return at;
  return segmentsOf(text).containing(at)?.index ?? 0;
}

/** The last word boundary from `from` up to `end`; `from` itself if there is none. */
export function wordBefore(text: string, from: number, end: number): number {
  const start = graphemeBefore(text, Math.max(from, end - longestWord));
  const found = lastBoundary(words(), text.slice(start, end + ahead), end - start);
  return found === 0 ? from : Math.max(from, beforeGlued(text, start, start + found));
}

/** Scripts without spaces, and emoji: any boundary between two of their words is usable. */
const unspaced = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const apart = new RegExp(String.raw`[${unspaced}\p{Extended_Pictographic}\p{RI}\p{M}\s　-〿！-／：-＠—–|•·…]`, 'u');
const counted = new RegExp(String.raw`^\p{N}[${unspaced}\p{Script=Hangul}%％°℃]$`, 'u');
const glued = String.raw`[^${unspaced}\p{Extended_Pictographic}\p{RI}\s　-〿！-／：-＠—–|•·…]`;
const gluedEnd = new RegExp(`${glued}+$`, 'u');
/** A longer run may be split. */
const shortRun = new RegExp(`${glued}{1,24}(?!${glued})`, 'uy');

/**
 * Segmenters split what readers see as one word: `f/2.8`, `1:2`, `@maya`, `100元`. Returns the position before such a
 * run if `at` is inside.
 */
function beforeGlued(text: string, start: number, at: number): number {
  const before = lastCharacter(text.slice(Math.max(start, at - 2), at));
  const after = String.fromCodePoint(text.codePointAt(at) ?? 32);
  const isGlued = counted.test(before + after) || !(apart.test(before) || apart.test(after));
  if (!isGlued) return at;
  return graphemeBefore(text, start + (gluedEnd.exec(text.slice(start, at))?.index ?? at - start));
}

/** The position before the word or number that contains `end`, if it is short and not the first; else `end`. */
export function shortWordBefore(text: string, end: number): number {
  const start = Math.max(0, end - 24);
  const at = graphemeBefore(text, start + (gluedEnd.exec(text.slice(start, end))?.index ?? end - start));
  shortRun.lastIndex = at;
  return at > 0 && at < end && shortRun.test(text) ? at : end;
}

function lastCharacter(text: string): string {
  return [...text].at(-1) ?? ' ';
}

/** The first word of a short text in any script; empty if it does not start with a word. */
export function firstWord(text: string): string {
  const [first] = words().segment(text.trimStart().slice(0, ahead));
  return first?.isWordLike ? first.segment : '';
}

/** The last boundary between sentences or lines from `from` up to `end`; `from` itself if there is none. */
export function sentenceBefore(text: string, from: number, end: number): number {
  const start = graphemeBefore(text, from);
  const found = lastBoundary(sentences(), text.slice(start, end + ahead), end - start);
  return found === 0 ? from : start + found;
}

/** Without one of these, no sentence ends inside a text. */
const endsSentence = /[\p{Sentence_Terminal}\u2024\ufe52\uff0e\n\r\u0085\u2028\u2029]/u;

/**
 * Splits a short text into sentences, each with the space after it. `St. Petersburg`, `17.00 น.` and `1. Eggs` are not
 * split; a list inside a line (`My routine 1. Wash 2. Dry`) starts a new sentence.
 */
export const sentencesOf = keepLatest((text): readonly string[] => {
  if (!endsSentence.test(text)) return text === '' ? [] : beforeList(text);
  const whole: string[] = [];
  for (const { segment } of sentences().segment(text)) {
    const before = whole.at(-1);
    if (before !== undefined && goesOn(before, segment)) whole[whole.length - 1] = before + segment;
    else whole.push(segment);
  }
  return whole.flatMap(beforeList);
}, 16);

const listStart =
  /(?<=(?:[\p{L}\p{M}\p{N}\p{Extended_Pictographic}:：!?。…)\]-]|\uFE0F)[^\S\n]+)(?:1|①|1️⃣)[.)．、][^\S\n]*(?=\S[^\n]*[^\S\n](?:2|②)[.)．、])/u;

/** Splits off a list inside a line. */
function beforeList(sentence: string): string[] {
  const at = listStart.exec(sentence)?.index ?? 0;
  return at === 0 ? [sentence] : [sentence.slice(0, at), sentence.slice(at)];
}

/** Abbreviations that end with a full stop, in the languages that creators use most. */
const shortForms = new RegExp(
  String.raw`(?:^|[\s([“"/\d½¼¾])(?:${[
    'mrs?|ms|dr|st|prof|vs|no|nos|feat|ft|approx|tbsp|tsp|oz|lbs?|pt|pts|qt|min|mins|hrs?|sec|est|dept|vol|ep|ave|blvd|mt|gen|gov|rev|sgt|capt|jr|sr|inc|ltd|co|corp|fig|pp|e.g|i.e|w',
    'ca|bzw|inkl|exkl|zzgl|ggf|evtl|vgl|nr|str|min|std|mio|tel|geb|el|tl|pck|msp|z\\.\\s?b|d\\.\\s?h|u\\.\\s?a|o\\.\\s?ä|s\\.\\s?o',
    'sra?|srta|sta|sto|ud|uds|vd|núm|nº|pág|aprox|cda|cdta|cdas|cdtas|kg|gr|av|avda|ee|d|dña|mme|mlle|env|cf|p\\.\\s?ex|p\\.\\s?ej|boul|colh|sig|dott|pag|cucch|ecc|tav',
    'bijv|o.a|dhr|mevr|m.m|bl.?a|f.eks|t.ex|np|ok|godz|ul|łyż|szt|m.in|tzw|např|tzv|cca|kb|kpl|pl|ún|str|vb|örn|yak|yk|çk|bkz|sdm|sdt|jl|tgl|hlm|tp|ths|ts',
    'т\\.?\\s?е|т\\.?\\s?д|т\\.?\\s?п|г|гг|ул|руб|стр|мин|сек|тыс|млн|млрд|им|др|кв|рис|см|шт|ст|ч|л|ст\\.\\s?л|ч\\.\\s?л|вул|грн|хв|ін|डॉ|रु|श्री|पृ|द्र',
  ].join('|')})\.\s*$`,
  'iu',
);
const month = /^(?:jan|feb|m[aä]r|apr|mai|jun|jul|aug|sep|okt|nov|dez)/i;
/**
 * Thai and Lao have no full stop at the end of sentences, so there it ends an abbreviation. The same holds after one or
 * two letters in other scripts: `ق.م.`, `د.`
 */
const unendedScript =
  /[\p{Script=Thai}\p{Script=Lao}]\.\s*$|(?:^|[\s.([])[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}]{1,2}\p{M}?\.\s*$/u;

/**
 * Whether the full stop at the end of `before` belongs to an abbreviation, an initial, a list number or a German date.
 */
function goesOn(before: string, next: string): boolean {
  // `my grandma (92!!) reacts`
  if (/[!?]\)\s*$/.test(before) && /^\p{Ll}/u.test(next)) return true;
  if (!/\.[^\S\n]*$/.test(before)) return false;
  // A sentence ends before white space only.
  if (/\.$/.test(before) && /^[\p{L}\p{N}]/u.test(next)) return true;
  if (shortForms.test(before) || unendedScript.test(before) || /(?:^|[^\p{L}\p{N}.,])\d{1,3}\.\s*$/u.test(before))
    return true;
  return (
    (/(?:^|\s)(?:\p{Lu}|z)\.\s+$/u.test(before) &&
      /^\p{Lu}(?:\p{Ll}|\.)/u.test(next) &&
      !/(?:\s|^)I\.\s*$/.test(before)) ||
    (/\d\.\s*$/.test(before) && month.test(next))
  );
}

function lastBoundary(segmenter: Intl.Segmenter, text: string, end: number): number {
  // White space belongs to the text after it: cutting before it is as good as cutting after it.
  const space = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  const at = end + space;
  if (at >= text.length) return end;
  if (segmenter === sentences() && !endsSentence.test(text)) return 0;
  const index = segmenter.segment(text).containing(at)?.index ?? 0;
  return index === at ? end : Math.min(index, end);
}
