/** Parses dates as people and programs write them in spreadsheets. */

export interface Instant {
  /** Unix seconds; UTC if the cell has no time zone. */
  readonly time: number;
  /** The cell has no seconds, so it stands for the whole minute. */
  readonly toMinute: boolean;
}

/** The order of the two numbers before the year. */
export type DayOrder = 'day-first' | 'month-first';

/** Why a cell cannot be converted to a time. */
export type NoInstant =
  /** Day and month could be swapped. */
  | 'ambiguous'
  /** The cell has a date without a time. */
  | 'day-only'
  /** The cell is not a date. */
  | 'none';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?`;
const zoned = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?`;
const gap = String.raw`(?:\s*,\s*|\s+at\s+|[T_]|\s+)`;
const weekday = String.raw`(?:[a-z]{3,9}\.?,?\s+)?`;
const pattern = (date: string) => new RegExp(`^${date}(?:${gap}${clock}${zoned})?$`, 'i');

/** `2025年10月14日`, `2025년 10월 14일`. */
const eastAsian = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]\s*/;
const yearFirst = pattern(String.raw`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`);
const fileLike = /^(\d{4})-(\d{2})-(\d{2})[T_ ](\d{2})-(\d{2})(?:-(\d{2}))?$/;
const numbersFirst = pattern(String.raw`(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})`);
const monthNamed = pattern(String.raw`${weekday}([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`);
const dayNamed = pattern(String.raw`${weekday}(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})`);
/** `Tue Oct 14 10:00:00 +0000 2025`, `Tue Oct 14 10:00:00 2025`. */
const yearLast =
  /^[a-z]{3,9}\s+([a-z]{3,9})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s+)?(\d{4})$/i;

/** Days since 1899-12-30, the serial dates of spreadsheets: 2009 to 2036. */
const serial = /^([34]\d{4})\.\d{2,}$/;
/** Unix time in seconds, milliseconds or microseconds: 2014 to 2033. */
const unix = /^(1[4-9]\d{8})(?:\.\d+)?(\d{3}|\d{6})?$/;

/**
 * Parses a cell.
 * @param order the order of day and month, if other cells of the column reveal it; with points as separators the day is
 * first
 */
export function readDate(cell: string, order: DayOrder | null): Instant | NoInstant {
  const text = cell
    .trim()
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(eastAsian, '$1-$2-$3 ')
    .trim();
  const stamp = unix.exec(text);
  if (stamp) return { time: Number(stamp[1]), toMinute: false };
  if (serial.test(text)) return { time: Math.round((Number(text) - 25_569) * 86_400), toMinute: false };
  const file = fileLike.exec(text);
  if (file) {
    const [, year, month, day, hours, minutes, seconds] = file;
    return instant(year, month, day, [hours, minutes, seconds]);
  }
  const first = yearFirst.exec(text);
  if (first) return instant(first[1], first[2], first[3], first.slice(4));
  const byMonth = monthNamed.exec(text);
  if (byMonth) return instant(byMonth[3], monthOf(byMonth[1]), byMonth[2], byMonth.slice(4));
  const byDay = dayNamed.exec(text);
  if (byDay) return instant(byDay[3], monthOf(byDay[2]), byDay[1], byDay.slice(4));
  const last = yearLast.exec(text);
  if (last) {
    const [, month, day, hours, minutes, seconds, zone, year] = last;
    return instant(year, monthOf(month), day, [hours, minutes, seconds, undefined, zone]);
  }
  const numbers = numbersFirst.exec(text);
  if (!numbers) return 'none';
  const [, a = '', sign, b = '', short = '', ...rest] = numbers;
  const year = short.length === 2 ? `20${short}` : short;
  const told = orderOf(text) ?? order ?? (sign === '.' ? 'day-first' : null);
  if (told === null && a !== b) return rest[0] === undefined ? 'day-only' : 'ambiguous';
  return told === 'month-first' ? instant(year, a, b, rest) : instant(year, b, a, rest);
}

/** The order of day and month if the cell itself reveals it: no month is greater than 12. */
function orderOf(cell: string): DayOrder | null {
  const numbers = numbersFirst.exec(cell.trim());
  if (numbers === null) return null;
  const [a, b] = [Number(numbers[1]), Number(numbers[3])];
  if (a > 12 && b <= 12) return 'day-first';
  return b > 12 && a <= 12 ? 'month-first' : null;
}

/** The order of day and month of a whole column; null if no cell reveals it or cells contradict each other. */
export function dayOrderOf(cells: readonly string[]): DayOrder | null {
  const orders = new Set(
    cells.map((cell) => orderOf(cell.replace(/[\u00a0\u202f]/g, ' '))).filter((each) => each !== null),
  );
  return orders.size === 1 ? ([...orders][0] ?? null) : null;
}

function monthOf(name: string | undefined): string | undefined {
  const index = months.findIndex((month) => (name ?? '').toLowerCase().startsWith(month));
  return index < 0 ? undefined : String(index + 1);
}

/**
 * Builds the time.
 * @param rest hours, minutes, seconds, am or pm, zone, as written
 */
function instant(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hours, minutes, seconds, half, zone]: readonly (string | undefined)[],
): Instant | NoInstant {
  if (month === undefined) return 'none';
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const isDay = m >= 1 && m <= 12 && d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
  if (!isDay) return 'none';
  if (hours === undefined) return 'day-only';
  const isHalf = half !== undefined;
  const hour = isHalf ? (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hours);
  if (Number(hours) > (isHalf ? 12 : 23) || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return 'none';
  const [, sign, ahead, more] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '') ?? [];
  const offset = (Number(ahead ?? 0) * 60 + Number(more ?? 0)) * (sign === '-' ? -60 : 60);
  const time = Date.UTC(y, m - 1, d, hour, Number(minutes), Number(seconds ?? 0)) / 1000 - offset;
  return { time, toMinute: seconds === undefined };
}
