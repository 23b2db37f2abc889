import { shareOf } from '../text/alphabets.ts';
import { commonWordsIn } from '../text/common-words.ts';
import { likelihoods } from './detect-encoding.ts';
import { encodings } from './encodings.ts';
import { fileKind } from './file-kind.ts';
import { type LegacyText, loadLegacyText } from './legacy-text.ts';
import { plausibilityOf } from './plausible.ts';
import { hasMoreCommonWords, isRuledOut, marginOver } from './rival-readings.ts';

export interface Decoded {
  readonly text: string;
  /** The encoding has no emoji and lacks most scripts: unsupported characters were saved as `?`. */
  readonly narrow: boolean;
  /** The encoding is older than Unicode. */
  readonly legacy: boolean;
}

/** The instruction for a table whose encoding cannot be determined. */
export const saveAsUtf8 =
  'in your spreadsheet choose “Save as” and “CSV UTF-8” (in LibreOffice and Numbers: CSV, encoding UTF-8)';

/** How many times likelier the best decoding must be than the next: measured, see `test/captions/decode.test.ts`. */
const margin = 1.4;
/** The same if fewer than `short` bytes differ: a few bytes can match another language by chance. */
const shortMargin = 2;
const short = 8;
/** Below this confidence jschardet does not recognise the text. */
const least = 0.03;

/**
 * Decodes a CSV in any encoding that spreadsheets use. UTF-8 and UTF-16 are recognised by their structure. For older
 * encodings the `known` words decide if some of them occur in the file; else jschardet and the alphabets of languages
 * decide, and only if no other decoding is nearly as likely: text in the wrong encoding must never be published.
 * @param known words that probably occur in the file, such as those that port wrote there
 * @returns the text, or as half a sentence why the encoding is unknown
 */
export async function decodeTable(bytes: Uint8Array, known: Iterable<string> = []): Promise<Decoded | string> {
  const kind = fileKind(bytes);
  if (kind !== null) return `it is ${kind} and no CSV: ${saveAsUtf8}`;
  const unicode = decodeUnicode(bytes);
  if (unicode !== null) return unicode;
  if (bytes.includes(0)) return `it holds bytes that are no text: ${saveAsUtf8}`;
  const encoding = await encodingOf(bytes, known);
  if (encoding === null) return `its letters are stored in an encoding that cannot be told for sure: ${saveAsUtf8}`;
  const text = (await loadLegacyText()).decode(bytes, encoding.name);
  return text === null ? `its letters are damaged: ${saveAsUtf8}` : { text, narrow: encoding.narrow, legacy: true };
}

/**
 * Decodes UTF-8 or UTF-16, with or without a byte order mark. Returns a sentence if it is damaged, null if it is
 * neither.
 */
export function decodeUnicode(bytes: Uint8Array): Decoded | string | null {
  const [first, second, third] = bytes;
  const as = (encoding: string): Decoded | string => {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), narrow: false, legacy: false };
    } catch {
      return `it is damaged (not all of it is ${encoding.toUpperCase().replace(/[LB]E$/, '')}): ${saveAsUtf8}`;
    }
  };
  if (first === 0xff && second === 0xfe) return as('utf-16le');
  if (first === 0xfe && second === 0xff) return as('utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return as('utf-8');
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return as(utf16);
  const utf8 = as('utf-8');
  // ESC starts the 7-bit encodings of Japan and Korea.
  return typeof utf8 === 'string' || /[\u0000\u001b]/.test(utf8.text) || isByChance(utf8.text) ? null : utf8;
}

/**
 * Whether text in an older encoding is valid UTF-8 by coincidence. Two characters of it can form one UTF-8 character
 * that makes no sense at its position: `’é` of `C’était` in Mac Roman is the Armenian `Վ`, other pairs are one isolated
 * Chinese character or a combining mark without its letter. No other character may support UTF-8.
 */
function isByChance(text: string): boolean {
  // Looks at the letters before only where they begin: else a long word would take the square of its length.
  const words =
    text.match(/(?:(?<![\p{L}\p{M}])[\p{L}\p{M}]*)?(?![\u0000-\u007f])[\p{L}\p{M}\p{S}\p{P}][\p{L}\p{M}]*/gu) ?? [];
  const isOdd = (word: string) => /^\p{M}/u.test(word) || (/[a-z]/i.test(word) && /[\u0370-\u07ff]/.test(word));
  return words.length > 0 && words.every((word) => isOdd(word) && !/[\u0080-\u02ff\u0800-\uffff]/.test(word));
}

/** UTF-16 without a byte order mark: commas, quotation marks and line ends have a zero byte before or after them. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  let [even, odd] = [0, 0];
  const start = bytes.subarray(0, 4096);
  for (const [index, byte] of start.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  if (even + odd < 2 || bytes.length % 2 === 1) return null;
  if (odd > 9 * even) return 'utf-16le';
  return even > 9 * odd ? 'utf-16be' : null;
}

interface ReadingOf {
  readonly text: string;
  readonly names: readonly string[];
}

/** null if it cannot be determined. */
async function encodingOf(bytes: Uint8Array, known: Iterable<string>) {
  const legacy = await loadLegacyText();
  const pieces = piecesOf(bytes);
  const sample = Buffer.concat(pieces.flatMap((piece) => [piece, newline]));
  const readings = proven(readingsOf(sample, legacy), known);
  const chosen = readings.length > 1 ? await likeliest(readings, sample) : readings[0];
  return encodings.find(({ name }) => name === chosen?.names[0]) ?? null;
}

const newline = Buffer.from('\n');

/**
 * The distinct non-ASCII sequences. Quotation marks, delimiters and line ends are ASCII bytes, which are not part of
 * another character in any of the encodings.
 */
function piecesOf(bytes: Uint8Array): Buffer[] {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const pieces = new Set(raw.split(/[",;\t\r\n]+/).filter((piece) => /[\u0080-\u00ff]/.test(piece)));
  return [...pieces].map((piece) => Buffer.from(piece, 'latin1'));
}

/** Decodes the sample in each possible encoding; encodings with equal results count as one. */
function readingsOf(sample: Uint8Array, legacy: LegacyText): ReadingOf[] {
  const byText = new Map<string, string[]>();
  for (const { name } of encodings) {
    const text = legacy.decode(sample, name);
    if (text !== null) byText.set(text, [...(byText.get(text) ?? []), name]);
  }
  return [...byText].map(([text, names]) => ({ text, names }));
}

/** The decodings in which most known words with non-ASCII letters occur; all decodings if none does. */
function proven(readings: readonly ReadingOf[], known: Iterable<string>): readonly ReadingOf[] {
  const words = new Set([...known].flatMap((text) => text.normalize('NFC').split(/[",;\t\r\n]+/)));
  const lettersOf = (text: string) => text.replace(/[\u0000-\u007f]/g, '').length;
  const scores = readings.map(({ text }) =>
    text.split('\n').reduce((sum, piece) => sum + (words.has(piece) ? lettersOf(piece) : 0), 0),
  );
  const best = Math.max(0, ...scores);
  return best === 0 ? readings : readings.filter((_, index) => scores[index] === best);
}

/** Encodings of China, Taiwan and Korea include kana, but the languages do not use them. */
const notJapanese = new Set(['gb18030', 'big5', 'cp949']);
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The decoding that is far likelier than all others by two independent measures. */
async function likeliest(readings: readonly ReadingOf[], sample: Uint8Array): Promise<ReadingOf | null> {
  const found = await likelihoods(sample);
  const high = sample.filter((byte) => byte > 0x7f).length;
  const isShort = high < short;
  const judged = readings.map((reading) => {
    const best = reading.names
      .flatMap((name) => found.get(name) ?? [])
      .reduce((a, b) => (b.confidence > a.confidence ? b : a), { confidence: 0, language: null as string | null });
    const looks = plausibilityOf(reading.text);
    const usual = Math.max(...reading.names.map((name) => encodings.find((each) => each.name === name)?.usual ?? 0));
    const isForeignKana = kana.test(reading.text) && reading.names.every((name) => notJapanese.has(name));
    const words = commonWordsIn(reading.text);
    const byWords = 1 + Math.min(4, words.count) / 2;
    const base =
      (isForeignKana ? 0.1 : 1) * best.confidence * byWords * looks.punctuation * 0.4 ** Math.min(4, looks.oddWords);
    const language = words.count > 1 ? words.language : best.language;
    return {
      reading,
      looks,
      text: reading.text,
      words,
      byAnyLanguage: base * usual * looks.coverage ** 2,
      // How common an encoding is must not decide alone.
      byItsLanguage: base * (usual < 0.6 && !isShort ? 0.65 : 1) * shareOf(reading.text, language) ** 4,
    };
  });
  judged.sort((a, b) => b.byAnyLanguage - a.byAnyLanguage);
  const [first, ...others] = judged;
  if (first === undefined || first.looks.isOdd || first.looks.isThin || first.byAnyLanguage < least) return null;
  const times = isShort ? shortMargin : margin;
  const isClear = others.every(
    (other) =>
      !hasMoreCommonWords(other, first) &&
      (isRuledOut(other, first) ||
        (first.byAnyLanguage >= Math.max(times, marginOver(first, other, high)) * other.byAnyLanguage &&
          first.byItsLanguage >= margin * other.byItsLanguage)),
  );
  return isClear ? first.reading : null;
}
