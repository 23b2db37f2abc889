import { cleanText, tidy } from '../plan/words/clean.ts';
import { disclosuresIn, languageOf } from '../plan/words/disclosures.ts';
import { legalLabel } from '../plan/words/legal-labels.ts';
import { type Part, parseWords } from '../plan/words/parse.ts';
import { tagsInSentences } from '../plan/words/sentence-tags.ts';

/** A text as it is sent to an engine: `⟦1⟧`, `⟦2⟧` stand for what must come back unchanged. */
export interface Protected {
  readonly text: string;
  /** What the placeholders stand for, the first being `⟦1⟧`. */
  readonly pieces: readonly Piece[];
}

export interface Piece {
  /** As in the original. */
  readonly written: string;
  /** What is put in its place: for a disclosure the legal words of the language, else the same. */
  readonly restored: string;
}

interface Range {
  readonly at: number;
  readonly end: number;
  /** A disclosure that is replaced by the legal words. */
  readonly discloses: 'paid' | 'ai' | null;
}

const placeholder = (number: number) => `⟦${number}⟧`;

/**
 * Replaces what an engine must not see or change: links and contact details, handles, hashtags in sentences, numbers with
 * their units and prices, emoji, disclosures and names. Hashtags that are no words of a sentence are left out, because
 * they come from the original.
 * @param language the language of the translation
 * @param names the names that are not translated, such as those of `--keep-words` and of the account
 */
export function protect(written: string, language: string, names: readonly string[] = []): Protected {
  const text = withoutTags(cleanText(written, []));
  const ranges = merged(
    [
      ...disclosuresIn(text).map(({ kind, at, end }): Range => {
        const isSure = kind === 'paid' || kind === 'ai';
        return { at, end, discloses: isSure ? kind : null };
      }),
      ...partRanges(text),
      ...matches(text, namePattern(names)),
      ...matches(text, number),
      ...matches(text, emoji),
      ...matches(text, accountName),
      // Placeholders of the creator's own.
      ...matches(text, /[⟦⟧]+/g),
    ],
    text,
  );
  let sent = '';
  let done = 0;
  const pieces: Piece[] = [];
  for (const { at, end, discloses } of ranges) {
    const original = text.slice(at, end);
    pieces.push({ written: original, restored: discloses ? inLegalWords(original, discloses, language) : original });
    sent += text.slice(done, at) + placeholder(pieces.length);
    done = end;
  }
  return { text: sent + text.slice(done), pieces };
}

/** Whether a protected text has words at all. */
export function hasWords({ text }: Pick<Protected, 'text'>): boolean {
  return /\p{L}/u.test(text.replace(/⟦\d+⟧/g, ''));
}

/** Placeholders as engines write them: with white space inside, or with full-width digits. */
const placeholders = /⟦\s*([0-9０-９]{1,4})\s*⟧/g;

/**
 * Puts the protected pieces back.
 * @returns null unless each placeholder is there exactly once, and no other
 */
export function restore(answer: string, { pieces }: Pick<Protected, 'pieces'>): string | null {
  const seen = new Set<number>();
  let isRight = true;
  let [text, end] = ['', 0];
  for (const found of answer.matchAll(placeholders)) {
    const index = Number(found[1]?.normalize('NFKC')) - 1;
    const piece = pieces[index];
    if (piece === undefined || seen.has(index)) isRight = false;
    seen.add(index);
    const gap = answer.slice(end, found.index);
    text = withPiece(text + gap, piece?.restored ?? '', end > 0 && gap === '');
    end = found.index + found[0].length;
    const next = answer.slice(end, end + 2);
    if (next !== '' && touches(piece?.restored ?? '', next)) text += ' ';
  }
  text += answer.slice(end);
  const bare = answer.replace(placeholders, '');
  return isRight && seen.size === pieces.length && !/[⟦⟧]/.test(bare) ? text : null;
}

/** Puts a space where two pieces would become one, as `€5.50` and `10 km`, and between a word and a handle. */
function withPiece(before: string, restored: string, isBesidePiece: boolean): string {
  const [last, first] = [/[\p{L}\p{M}\p{N}]$/u, /^[\p{L}\p{N}+-]/u];
  const isOne = isBesidePiece && /[\p{L}\p{N}%\p{Sc}]$/u.test(before) && /^[\p{L}\p{N}\p{Sc}+-]/u.test(restored);
  const isHandle = /^[@＠#＃]/u.test(restored) || (isContact(restored) && first.test(restored));
  return isOne || (isHandle && last.test(before)) ? `${before} ${restored}` : before + restored;
}

/** Whether a letter behind a piece would become part of it: in Chinese there is no space after a handle or hashtag. */
function touches(restored: string, next: string): boolean {
  return isContact(restored) && /[\p{L}\p{N}_]$/u.test(restored) && /^[\p{L}\p{M}\p{N}_]/u.test(next);
}

function isContact(restored: string): boolean {
  return parseWords(restored).some(({ kind }) => kind !== 'text');
}

/** An answer without its placeholders, to judge what the engine wrote by itself. */
export function withoutPlaceholders(answer: string): string {
  return answer.replace(placeholders, ' ');
}

/** Takes out the hashtags that are no words of a sentence, and what TikTok itself writes. */
function withoutTags(text: string): string {
  const parts = parseWords(text);
  if (parts.every(({ kind }) => kind !== 'hashtag' && kind !== 'stitch' && kind !== 'reply')) return tidy(text);
  const words = tagsInSentences(parts, () => languageOf(text));
  const isLeftOut = ({ kind }: Part, index: number) =>
    kind === 'stitch' || kind === 'reply' || (kind === 'hashtag' && !words.has(index));
  const kept = parts.map((part, index) => (isLeftOut(part, index) ? ' ' : part.text)).join('');
  return tidy(kept);
}

function partRanges(text: string): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const { kind, text: written } of parseWords(text)) {
    const end = at + written.length;
    if (kind !== 'text') ranges.push({ at, end, discloses: null });
    at = end;
  }
  return ranges;
}

function* matches(text: string, pattern: RegExp | null): Generator<Range> {
  if (pattern === null) return;
  for (const { 0: found, index } of text.matchAll(pattern))
    if (found.length > 0) yield { at: index, end: index + found.length, discloses: null };
}

const longestName = 100;

function namePattern(names: readonly string[]): RegExp | null {
  const alternatives = [...new Set(names.map((name) => name.trim().slice(0, longestName)).filter(Boolean))]
    .sort((one, other) => other.length - one.length)
    .map((name) => {
      const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
      const edge = (letter: string | undefined) =>
        /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u.test(letter ?? '');
      const letters = String.raw`[\p{L}\p{M}\p{N}]`;
      return `${edge(name[0]) ? `(?<!${letters})` : ''}${literal}${edge(name.at(-1)) ? `(?!${letters})` : ''}`;
    });
  return alternatives.length === 0 ? null : new RegExp(alternatives.join('|'), 'giu');
}

/** The one kind of word with a line in it. */
const accountName = /(?<![\w.])(?=[A-Za-z0-9.]*_)_*[A-Za-z0-9]+(?:[._]+[A-Za-z0-9]+)+/g;

/** Money: signs, and codes in capitals. */
const currency = String.raw`(?:(?:US|CA|AU|NZ|HK|NT|R|S)?\p{Sc}|(?<!\p{L})(?:EUR|USD|GBP|CHF|RMB|CNY|JPY|KRW|THB|IDR|SGD|HKD|TWD|MYR|VND|PHP|INR|CAD|AUD|NZD|BRL|MXN|PLN|SEK|NOK|DKK|Rp|RM|kr|zł)(?!\p{L}))`;
/** Units that stand behind a space. */
const unit = String.raw`(?:%|‰|°[CF]?|${currency}|(?:km\/h|mph|kWh|kcal|fps|km|cm|mm|mi|ft|kg|mg|lbs?|oz|ml|cl|GB|MB|TB|kHz|Hz|min|hrs?|am|pm|a\.m\.|p\.m\.|[mglhWV])(?![\p{L}\p{M}\p{N}]))`;
const number = new RegExp(
  String.raw`(?:${currency}[ \u00a0]?)?[\p{Script=Latin}]{0,12}[+-]?\p{N}+(?:[.,:/'’\u202f×–-]?\p{N}+)*[\p{Script=Latin}]{0,12}\p{N}*(?:[ \u00a0]?${unit})?`,
  'gu',
);
const joined = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|[\u{E0020}-\u{E007F}])*`;
const emoji = new RegExp(
  String.raw`(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|${joined}(?:\u200D${joined})*\u200D?|\p{Emoji_Modifier}|\p{RI})+`,
  'gu',
);

/** Ranges in their order, without overlaps: ranges that touch are one, and so are those with only blanks in between. */
function merged(ranges: readonly Range[], text: string): Range[] {
  const sorted = [...ranges].sort((one, other) => one.at - other.at || other.end - one.end);
  const result: Range[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    const overlaps = last !== undefined && range.at < last.end;
    const touches =
      last !== undefined &&
      last.discloses === null &&
      range.discloses === null &&
      /^[^\S\n]*$/.test(text.slice(last.end, range.at));
    if (last && (overlaps || touches)) {
      const end = Math.max(last.end, range.end);
      result[result.length - 1] = { at: last.at, end, discloses: last.discloses ?? range.discloses };
    } else result.push(range);
  }
  return result;
}

/** The legal words of the language, with what the original names besides: `Paid partnership with @brand` */
function inLegalWords(written: string, kind: 'paid' | 'ai', language: string): string {
  const label = legalLabel(kind, language);
  if (label === null) return written;
  const named = parseWords(written).filter((part) => part.kind !== 'text' && part.kind !== 'hashtag');
  // Of two kinds in one range, the other one too.
  const both = disclosuresIn(written).map((each) => each.kind);
  const other = kind === 'paid' ? 'ai' : 'paid';
  const labels = [label, ...(both.includes(other) ? [legalLabel(other, language) ?? ''] : [])].join(' · ');
  const numbers = [...matches(written, number), ...matches(written, emoji)].map(({ at, end }) =>
    written.slice(at, end),
  );
  const more = [
    ...named.map(({ text }) => text),
    ...numbers.filter((each) => !named.some(({ text }) => text.includes(each))),
  ];
  // Set apart in brackets, a label is a disclosure wherever it comes to stand in the sentence.
  return [`[${labels}]`, ...more].join(' ');
}
