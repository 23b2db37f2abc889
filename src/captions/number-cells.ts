/**
 * Recognises captions that a spreadsheet took for numbers, dates or times and reformatted: `00123` to `123`, `1/2` to
 * `01/02/2026`. Tested with LibreOffice 7.4 in three languages (2026-11, test/captions/number-cells.test.ts). Excel
 * saves numbers as displayed, rounded.
 */

/** Whether a spreadsheet produces this cell from the text, so that no person changed it. */
export function isReformatted(cell: string, text: string): boolean {
  if (text.length > longest || cell.length > longest) return false;
  const [found, meant] = [cell.trim(), text.trim()];
  if (/^(?:true|false)$/i.test(meant)) return found.toLowerCase() === meant.toLowerCase();
  return isSameNumber(found, meant) || isSameDate(found, meant) || isSameTime(found, meant);
}

/** Spreadsheets do not treat longer texts as numbers. */
const longest = 400;

function isSameNumber(cell: string, text: string): boolean {
  const tolerance = precisionOf(cell);
  return numbersIn(text).some((meant) =>
    numbersIn(cell).some((found) => Math.abs(found - meant) <= Math.abs(meant) * tolerance),
  );
}

/** The numbers that a text can stand for, with a decimal point or comma. */
function numbersIn(text: string): number[] {
  const [, whole, above, below] = /^(?:(\d{1,9}) )?(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  if (above !== undefined && below !== undefined) return [Number(whole ?? 0) + Number(above) / Number(below)];
  const bracketed = /^\((.*)\)$/.exec(text)?.[1];
  if (bracketed !== undefined) return numbersIn(bracketed).map((number) => -number);
  const bare = text.replace(/^([-+]?)[$€£¥]\s?|\s?[$€£¥]$/u, '$1');
  const percent = /^(.*\d)\s?%$/.exec(bare)?.[1];
  if (percent !== undefined) return numbersIn(percent).map((number) => number / 100);
  const inEnglish = bare.replace(/,(?=\d{3}(?!\d))/g, '');
  const inGerman = bare.replace(/\.(?=\d{3}(?!\d))/g, '').replace(',', '.');
  return [inEnglish, inGerman]
    .filter((each) => plainNumber.test(each))
    .map(Number)
    .filter(Number.isFinite);
}

const plainNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d{1,3})?$/i;

/** The relative error from rounding: spreadsheets calculate with 15 digits and may display fewer. */
function precisionOf(cell: string): number {
  const [mantissa = '', exponent] = cell.split(/e/i);
  const digits = mantissa.replace(/^[^1-9]+|\D/g, '').length;
  const isRounded = exponent !== undefined || digits >= 6;
  return isRounded ? 10 ** (1 - Math.min(15, Math.max(2, digits))) : 1e-14;
}

/** A date with optional parts. */
interface Day {
  readonly year: number | null;
  readonly month: number;
  readonly day: number | null;
}

function isSameDate(cell: string, text: string): boolean {
  // Two numbers alone: a spreadsheet would have added the year or the name of the month.
  if (/^\d+\D\d+$/.test(cell)) return false;
  return daysIn(text).some((meant) => daysIn(cell).some((found) => isShownFor(found, meant)));
}

/** A spreadsheet shows what the text names, and adds the current year or the first day of the month. */
function isShownFor(found: Day, meant: Day): boolean {
  const isYear = found.year === meant.year || meant.year === null;
  const isDay = found.day === meant.day || (meant.day === null && found.day === 1);
  return isYear && found.month === meant.month && isDay;
}

/** The dates that a text can stand for, with the day or the month first. */
function daysIn(text: string): Day[] {
  const parts = text
    .split(/[\s/.,-]+/)
    .filter(Boolean)
    .map((part) => (/^\d{1,4}$/.test(part) ? part : monthOf(part)));
  if (parts.length < 2 || parts.length > 3 || parts.includes(null)) return [];
  const named = parts.findIndex((part) => typeof part === 'number');
  const month = parts[named] as number | undefined;
  const [a = '', b = '', c = ''] = parts.filter((part) => typeof part === 'string');
  const all: (Day | null)[] =
    month === undefined
      ? [day(null, a, b), day(null, b, a), day(c, a, b), day(c, b, a), day(a, b, c), day(a, b, null), day(b, a, null)]
      : [day(null, month, a), day(a, month, null), day(b, month, a), day(a, month, b)];
  const told = parts.length;
  return all.filter(
    (each) => each !== null && [each.year, each.month, each.day].filter((part) => part !== null).length === told,
  ) as Day[];
}

function day(year: string | null, month: string | number, dayOfMonth: string | null): Day | null {
  const [m, d] = [Number(month), dayOfMonth === null ? null : Number(dayOfMonth)];
  const y = year === null ? null : yearOf(year);
  if (!(m >= 1 && m <= 12) || (d !== null && !(d >= 1 && d <= 31)) || y === undefined) return null;
  return { year: y, month: m, day: d };
}

function yearOf(text: string): number | undefined {
  if (text.length === 4) return Number(text);
  const short = text === '' || text.length > 2 ? Number.NaN : Number(text);
  return Number.isNaN(short) ? undefined : short + (short < 50 ? 2000 : 1900);
}

/** English, German, French and Spanish names, short and long. */
const months = [
  /^(?:jan|ene)/,
  /^(?:feb|f[eé]v)/,
  /^(?:mar|mär|mrz)/,
  /^(?:apr|avr|abr)/,
  /^(?:may|mai)/,
  /^(?:juni?|june|juin|junio)$/,
  /^(?:juli?|july|juil)/,
  /^(?:aug|ao[uû]|ago)/,
  /^sep/,
  /^(?:oct|okt)/,
  /^nov/,
  /^(?:dec|dez|d[eé]c|dic)/,
];

function monthOf(word: string): number | null {
  if (!/^\p{L}{3,10}$/u.test(word)) return null;
  const index = months.findIndex((month) => month.test(word.toLowerCase()));
  return index < 0 ? null : index + 1;
}

function isSameTime(cell: string, text: string): boolean {
  const meant = secondsOf(text);
  return meant !== null && secondsOf(cell) === meant;
}

/** `12:30`, `7 pm`, `01:05:09 AM` as seconds since midnight. */
function secondsOf(text: string): number | null {
  const [, hours, minutes, seconds = '0', half] =
    /^(\d{1,2})(?::(\d\d)(?::(\d\d))?)?(?:\s?([ap])\.?m\.?)?$/i.exec(text) ?? [];
  if (hours === undefined || (minutes === undefined && half === undefined)) return null;
  const late = half === undefined ? 0 : (half.toLowerCase() === 'p' ? 12 : 0) - (Number(hours) === 12 ? 12 : 0);
  return (Number(hours) + late) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
}
