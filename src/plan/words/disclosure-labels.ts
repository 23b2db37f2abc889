import { matchesOf } from '../../text/keep-latest.ts';
import { paidLabels, sureLabels } from './disclosure-words.ts';

export const startOfWord = String.raw`(?<![\p{L}\p{M}\p{N}#＃@_])`;
export const endOfWord = String.raw`(?:(?<=@)|(?![\p{L}\p{N}_]))`;
const label = `(?:${spaced(paidLabels)})`;
const sureLabel = `(?:${spaced(sureLabels)})`;
/**
 * Decoration that people put around a word (`~ad~`). Those in `touching` also act as separators, so they count only
 * directly next to it.
 */
const frame = '~～•·*＊^°✦✧⋆☆★♡♥';
const touching = '|｜/／=–—-';
const emoji = String.raw`\p{Extended_Pictographic}\uFE0F?`;
const endOfLine = String.raw`(?=(?:[^\S\n]|[.!)\]}${frame}${touching}]|${emoji}){0,6}(?:$|\n|[#＃]))`;
const open = '[(（【「『<＜*〈《{〔«⟨‹';
const close = String.raw`\])）】」』>＞*〉》}〕»⟩›`;
const labelFinder = new RegExp(
  [
    String.raw`[${open}]\s?${label}(?:\s?[/,&+|·]\s?${label}){0,3}\s?[${close}]`,
    String.raw`(?<![\p{L}\p{N}])(?:[${frame}]{1,3}[^\S\n]?${sureLabel}[^\S\n]?[${frame}]|[_${touching}]{1,3}${sureLabel}[_${touching}])(?![\p{L}\p{N}])`,
    String.raw`(?<=^|\n)[^\p{L}\p{N}\n#＃@]{0,6}${label}(?=[^\S\n]*(?:[|｜:：/／·•)\]）】」』>＞*+@＠]|[–—-]\s|[.!]\s|\n|$|\p{Extended_Pictographic}))`,
    // Not inside an address: `example.com/ad/1`.
    String.raw`(?<=(?:[|｜※•·]|(?<!\.[\p{L}\p{N}/_-]{1,40})[/／])\s?)${label}(?=\s*(?:$|\n|[|｜/／]))`,
    String.raw`(?<=^|\n)[^\p{L}\p{N}\n#＃@]{0,6}${sureLabel}(?=[^\S\n]*(?:[#＃\p{So};；…»‖¦→⇒${frame}]|\.{2}))`,
    // `# ad`, `#🅰🅳`, `*gifted my mop`, `ad, my mop`
    String.raw`(?<!\S)[#＃][^\S\n]{0,2}${label}(?![\p{L}\p{N}_])`,
    // `Publi natura | my hair`
    String.raw`(?<=^|\n)[^\p{L}\p{N}\n#＃@]{0,6}${label}(?=[^\S\n]{0,2}[:：]?[^\S\n]{0,2}[A-Za-z0-9_.]{2,30}[^\S\n]{0,2}[|｜])`,
    // `# a d`, `#a.d`; `.ad my mop`, `my mop /ad`
    String.raw`(?<!\S)[#＃](?:[^\S\n]{1,2}a[^\S\n]d|[^\S\n]{0,2}a[.·•*-]d)(?![\p{L}\p{N}_.])`,
    String.raw`(?<!\S)[./／]${sureLabel}(?![\p{L}\p{N}_./-])`,
    String.raw`(?<=^|\n)[*＊]${label}(?![\p{L}\p{N}_])`,
    String.raw`(?<=^|\n)(?:ad(?=[,~])|werbung(?=,_(?:da|weil|wegen|selbst|unbezahlt)))`.replace('_', '[^\\S\\n]'),
  ].join('|'),
  'iuy',
);
/** Positions inside a line where a label may be: a cheap filter. */
const placeInLine = new RegExp(
  String.raw`[${open}#＃]|(?<!\S)[./／](?=\p{L})|[|｜/／※•·]\s?(?=\S)|(?<![\p{L}\p{N}])[_${frame}${touching}](?=[^\S\n]?\p{L})`,
  'gu',
);
/** `my mop - ad`, `my mop! Ad`, `my mop 💕 ad`, `my mop *ad`, `💕ad💕` */
const labelAtEnd = new RegExp(
  String.raw`(?:(?<=[^\S\n])[${frame}${touching}]{1,3}[^\S\n]{0,2}|[.!?…。！？][^\S\n]{1,2}|${emoji}[^\S\n]{0,2})${sureLabel}${endOfLine}|${emoji}[^\S\n]?${sureLabel}[^\S\n]?(?=${emoji})`,
  'giu',
);
/** The Romanian advertising label, at the start or end of a line. */
const labelOfRomania = /(?<=^|\n)[^\S\n]*\(P\)|\(P\)(?=[^\S\n]*(?:$|\n|#))/gu;
const romanian = /[ăâîșşțţ]|(?<!\p{L})(?:și|pentru|este|sunt|aceasta|acest|cu|la|din)(?!\p{L})/iu;
/** `AD I tried the new mop`: capitals at the start of a text that is not in capitals. */
const shoutedLabel =
  /(?<=^|\n)[^\p{L}\p{N}#＃@\n]{0,6}(?:AD|ADVERT|GIFTED|SPONSORED|WERBUNG|ANZEIGE|PUBLICIDAD|PUBLI|PUBLICIDADE|PUBLICITÉ|PUBBLICITÀ|ADVERTENTIE|REKLAME|REKLAM|REKLAMA|ANNONS|ANNONSE|ANNONCE|MAINOS|РЕКЛАМА)(?=[^\S\n]+(?:\p{Lu}?\p{Ll}|I[\s'’]))/uy;

/** `_` and a space in a pattern match white space within a line, except inside brackets. */
export function spaced(pattern: string): string {
  return pattern
    .replaceAll('ı', 'i')
    .replace(/\[(?:\\.|[^\]\\])*\]/g, (characters) => characters.replaceAll(' ', '\\x20'))
    .replaceAll('_?', '[^\\S\\n]{0,3}')
    .replaceAll('_', '[^\\S\\n]{1,3}')
    .replaceAll(' ?', '[^\\S\\n]?')
    .replaceAll(' ', '[^\\S\\n]{1,3}');
}

export const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const otherSign = /[\u02B0-\u02E3\u1D2C-\u1D6A\u2071-\u209C\u249C-\u24E9\ud83c]/;
const inOtherSigns = /^(?:[\u02B0-\u02E3\u1D2C-\u1D6A\u2071-\u209C\u249C-\u24E9]|[\u{1F110}-\u{1F189}]|\uFE0F|\s)+$/u;
const sureWord = new RegExp(startOfWord + sureLabel + endOfWord, 'giu');
const hashtag = /^[#＃][\p{L}\p{N}\p{M}\p{Cf}_]+$/u;

/** A word that is a disclosure because of its position, with its decoration. */
export interface Label {
  readonly match: string;
  readonly at: number;
}

/**
 * Words that disclose if they are set apart: before a separator, in brackets, decorated, alone on a line or at its end.
 * @param text in plain form
 * @param written returns the original text between two positions of `text`
 */
export function* labelsIn(text: string, written: (from: number, to: number) => string): Generator<Label> {
  for (const at of labelPlaces(text)) {
    if (!mayBeLabel(text, at)) continue;
    const match = matchAt(labelFinder, text, at);
    // `PR: 100 kg` is a personal record; `PR` alone is a disclosure only in Japan.
    const isRecord = match !== null && /^[^\p{L}]*pr[^\p{L}]*$/iu.test(match) && !kana.test(text);
    // Hashtags are handled separately; emoji letters do not form a hashtag: `#🅰🅳`.
    if (match !== null && !isRecord && !hashtag.test(written(at, at + match.length))) yield { match, at };
    const shouted = matchAt(shoutedLabel, text, at);
    if (shouted !== null) yield { match: shouted, at };
  }
  if (text.includes('(P)') && romanian.test(text))
    for (const { 0: match, index } of text.matchAll(labelOfRomania)) yield { match, at: index };
  for (const { 0: match, index } of matchesOf(labelAtEnd, text)) yield { match, at: index };
}

/**
 * `my mop ᵃᵈ and bucket`: a label in small or enclosed letters in ordinary text.
 * @param written as in `labelsIn`
 */
export function* smallLabelsIn(text: string, written: (from: number, to: number) => string): Generator<Label> {
  for (const { 0: match, index } of matchesOf(sureWord, text)) {
    const end = index + match.length;
    const around =
      written(index - 8, index)
        .trimEnd()
        .slice(-1) +
      written(end, end + 8)
        .trimStart()
        .slice(0, 1);
    if (inOtherSigns.test(written(index, end)) && !otherSign.test(around)) yield { match, at: index };
  }
}

/**
 * Characters that do not belong to a disclosure: everything before it except an opening bracket, and decoration after
 * it.
 */
const ends = new RegExp(String.raw`^[^\p{L}\p{N}${open.replace('*', '')}]+|[\s@_${frame}${touching}]+$`, 'gu');

/** A label or phrase without the characters before it and the decoration after it. */
export function withoutFrame(match: string): string {
  return match.replace(ends, '');
}

/** Positions where a label may begin, in code units, each once: line starts and after separators or opening marks. */
function labelPlaces(text: string): ReadonlySet<number> {
  const places = new Set<number>(text === '' ? [] : [0]);
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
    if (text[end + 1] !== '\n') places.add(end + 1);
  }
  for (const { 0: sign, index } of matchesOf(placeInLine, text))
    for (const at of /^[|｜/／※•·]/.test(sign) ? [index, index + sign.length] : [index]) places.add(at);
  return places;
}

const noLetters = /[^\p{L}\p{N}]{0,10}/uy;
const startsOfLabels = new Set(
  paidLabels
    .replaceAll('ı', 'i')
    .replaceAll('\\', '')
    .split('|')
    .map((each) => each.replace(/\?.*/, '').slice(0, 3))
    .concat(['a·d', 'a•d', 'a*d', 'a-d', 'ad', 'prg', 'prs']),
);
const letter = /^[\p{Script=Latin}\p{Script=Cyrillic}]/u;

/** Whether the next letters may begin a label: a cheap filter for most lines. */
function mayBeLabel(text: string, at: number): boolean {
  noLetters.lastIndex = at;
  const from = at + (noLetters.exec(text)?.[0].length ?? 0);
  const start = text.slice(from, from + 3).toLowerCase();
  return startsOfLabels.has(start) || (startsOfLabels.has(start.slice(0, 2)) && !letter.test(start.slice(2)));
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
