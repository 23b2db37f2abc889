import { withoutDirectionMarks } from './audience.ts';
import { parseDate } from './date.ts';

/** ASCII colon and the wide colons of East Asian languages. */
const COLON = /[:\uff1a\ufe55\ufe13]/;
const MAX_LABEL = 60;
const ADDRESS = /^\s*https?:\/\//i;

/** A line of a TXT export. */
export interface Line {
  readonly text: string;
  /** Null for a line without a label. */
  readonly label: string | null;
  readonly value: string;
}

/** Removes marks of text direction from a line and splits it into label and value. */
export function toLine(text: string): Line {
  return { text: withoutDirectionMarks(text).trim(), ...(readLine(text) ?? { label: null, value: '' }) };
}

/**
 * Splits a line into label and value; null for a line without a label (a further photo, the second line of a title).
 */
export function readLine(line: string): { readonly label: string; readonly value: string } | null {
  const text = withoutDirectionMarks(line);
  const colon = text.search(COLON);
  if (colon < 1 || isAddress(text)) return null;
  // Some languages put a space before the colon.
  const label = text.slice(0, colon).trim();
  return label === '' || label.length > MAX_LABEL ? null : { label, value: text.slice(colon + 1).trim() };
}

/** Whether a text begins with an address. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Parses the date in a value, with digits of any script; null if the value is not a date. */
export function readDate(value: string): number | null {
  return parseDate(asciiDigits(value));
}

/** Converts digits of any script to ASCII. */
export function asciiDigits(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/**
 * The value of a decimal digit, counted from the zero of its script: in Unicode the ten digits of a script are
 * consecutive. NFKC first, because it maps styled digits, whose sets of ten are adjacent, to ASCII.
 */
function digitValue(digit: string): number {
  const code = digit.normalize('NFKC').codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
