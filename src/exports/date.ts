/** Allowed suffix after the seconds: a fraction and a time zone. */
const MARK = /^(?:\.\d+)?\s*(?:UTC|GMT|Z|([+-])(\d\d):?(\d\d))?$/i;
const UNMARKED: readonly (string | undefined)[] = [];

/**
 * Parses a date of an export into Unix seconds: `2025-03-02 09:15:04` (JSON) or the same with ` UTC` (TXT), always UTC.
 * Also accepts ISO 8601 and Unix seconds, for files that other programs have rewritten. Returns null for anything else
 * and for days that do not exist.
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
  // Date.UTC turns 30 February into March and accepts 24:61, and it reads the year 99 as 1999. All of these are
  // invalid; no post is older than the web.
  if (year < 1970) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return null;
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const [, sign, hours, minutes] = rest;
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * 60;
  return fromNumber(time - (sign === '-' ? -offset : offset));
}

/** Whether the text has the shape `YYYY-MM-DD hh:mm:ss`, with a space or a T in the middle. */
function isShaped(text: string): boolean {
  const middle = text[10];
  return (
    text[4] === '-' && text[7] === '-' && (middle === ' ' || middle === 'T') && text[13] === ':' && text[16] === ':'
  );
}

/** Parses `length` digits from `at`; NaN if one of them is no digit. */
function number(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Accepts only whole seconds up to the year 9999: a key has four digits for the year. */
function fromNumber(seconds: number): number | null {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 253_402_300_800 ? seconds : null;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}
