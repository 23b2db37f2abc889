/** What may follow the seconds. */
const MARK = /^(?:\.\d+)?\s*(?:UTC|GMT|Z|([+-])(\d\d):?(\d\d))?$/i;
const UNMARKED: readonly (string | undefined)[] = [];

/**
 * Unix seconds of a date as exports write it: `2025-03-02 09:15:04` (JSON) or with ` UTC` behind (TXT); always UTC.
 * ISO 8601 and unix seconds are taken too, for files that went through other programs. Null for anything else, and for
 * days that no calendar has.
 */
export function parseDate(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  if (/^\d{10}$/.test(text)) return fromNumber(Number(text));
  const rest = text.length === 19 ? UNMARKED : MARK.exec(text.slice(19));
  if (rest === null || text.length < 19 || !isShaped(text)) return null;
  const year = number(text, 0, 4);
  const month = number(text, 5, 2);
  const day = number(text, 8, 2);
  const hour = number(text, 11, 2);
  const minute = number(text, 14, 2);
  const second = number(text, 17, 2);
  if (Number.isNaN(year + month + day + hour + minute + second)) return null;
  // Date.UTC rolls the 30th of February over into March: that is no date, and neither is 24:61.
  // No post is older than the web, and Date.UTC would take the year 99 for 1999.
  if (year < 1970) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const [, sign, hours, minutes] = rest;
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * 60;
  return fromNumber(time - (sign === '-' ? -offset : offset));
}

/** `....-..-.. ..:..:..`, or with a T in the middle. */
function isShaped(text: string): boolean {
  const middle = text[10];
  return (
    text[4] === '-' && text[7] === '-' && (middle === ' ' || middle === 'T') && text[13] === ':' && text[16] === ':'
  );
}

/** The digits from `at` on; NaN if one is none. */
function number(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Whole seconds of this era only: a key has four digits for the year. */
function fromNumber(seconds: number): number | null {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 253_402_300_800 ? seconds : null;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}
