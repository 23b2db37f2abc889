import { Temporal } from 'temporal-polyfill';

/**
 * Local dates and times; no other file handles time zones. A moment is text as in posting.csv: local date and time with its
 * offset, `2026-12-01T12:00:00+01:00`. A day is `2026-12-01`.
 */

/** The time zone of this machine, an IANA name. */
export function machineZone(): string {
  return Temporal.Now.timeZoneId();
}

export function isZone(name: string): boolean {
  try {
    return name.trim() !== '' && Temporal.Now.instant().toZonedDateTimeISO(name) !== null;
  } catch {
    return false;
  }
}

/** Whether it is a day of this century or the next: earlier ones have offsets with seconds, which few programs read. */
export function isDay(text: string): boolean {
  return /^2[01]\d\d-\d\d-\d\d$/.test(text) && attempt(() => Temporal.PlainDate.from(text)) !== null;
}

/** @param days may be negative */
export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/**
 * The moment of a local time; the first one if the time occurs twice because clocks are put back.
 * @param time `HH:MM` or `HH:MM:SS`
 * @returns null if clocks skip this time on that day
 */
export function momentAt(day: string, time: string, zone: string): string | null {
  const local = Temporal.PlainDateTime.from(`${day}T${time}`);
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return zoned.toPlainDateTime().equals(local) ? written(zoned) : null;
}

/** @param milliseconds since 1970, UTC */
export function momentOf(milliseconds: number, zone: string): string {
  const seconds = Math.floor(milliseconds / 1000) * 1000;
  return written(Temporal.Instant.fromEpochMilliseconds(seconds).toZonedDateTimeISO(zone));
}

/** The day of a moment where its offset is the local time. */
export function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

/** `12:00`, the local time of a moment. */
export function timeOf(moment: string): string {
  return moment.slice(11, 16);
}

function written(zoned: Temporal.ZonedDateTime): string {
  return zoned.toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });
}

const iso =
  /^(\d{4})(?:-|\/|\. ?)(\d{1,2})(?:-|\/|\. ?)(\d{1,2})\.?(?:[T\s]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?$/i;
const numeric =
  /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d\d)(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]\.?m\.?)?)?$/i;

/**
 * Reads the cell of a date and time as a person types it, or as a spreadsheet displays it: ISO 8601, with or without
 * offset; `2026/12/1 12:00`; `1.12.2026 12:00`; `12/1/2026 12:00 PM`. A date alone is its noon.
 * @param zone for a time without offset
 * @returns the moments that it can stand for: two where the order of day and month is open; none if it is no date
 */
export function momentsIn(text: string, zone: string): readonly string[] {
  const cell = text.normalize('NFKC').trim();
  const [, year, month, day, hour, minute, second, half, offset] = iso.exec(cell) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) {
    const local = { date: `${year}-${padded(month)}-${padded(day)}`, time: clock(hour, minute, second, half) };
    return moments([local], zone, offset);
  }
  const [, first, sign, other, years, hours, minutes, seconds, halves] = numeric.exec(cell) ?? [];
  if (first === undefined || other === undefined || years === undefined) return [];
  const time = clock(hours, minutes, seconds, halves);
  const full = years.length === 2 ? `20${years}` : years;
  const dayFirst = { date: `${full}-${padded(other)}-${padded(first)}`, time };
  const monthFirst = { date: `${full}-${padded(first)}-${padded(other)}`, time };
  return moments(sign === '/' ? [dayFirst, monthFirst] : [dayFirst], zone, undefined);
}

interface Local {
  readonly date: string;
  /** null: no time of a clock. */
  readonly time: string | null;
}

/** Whether a cell holds a date and time that clocks skip in this zone on that day. */
export function isSkipped(text: string, zone: string): boolean {
  return momentsIn(text, zone).length === 0 && momentsIn(text, 'UTC').length > 0;
}

/** Whether text is a moment as port writes it. */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

function moments(locals: readonly Local[], zone: string, offset: string | undefined): readonly string[] {
  const found = locals.flatMap(({ date, time }) => {
    if (time === null || !isDay(date)) return [];
    if (offset === undefined) return momentAt(date, time, zone) ?? [];
    return fixed(date, time, offset, zone) ?? [];
  });
  return [...new Set(found)];
}

/** A time with its offset keeps it, since it may be of another zone; UTC becomes local. */
function fixed(date: string, time: string, offset: string, zone: string): string | null {
  if (/^(?:Z|UTC)$/i.test(offset)) return momentOf(Date.parse(`${date}T${time}Z`), zone);
  const sign = `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const moment = `${date}T${time}${sign}`;
  return attempt(() => Temporal.Instant.from(moment)) === null ? null : moment;
}

function clock(hour = '12', minute = '00', second = '00', half?: string): string | null {
  const late = half === undefined ? 0 : (/^p/i.test(half) ? 12 : 0) - (Number(hour) === 12 ? 12 : 0);
  const hours = Number(hour) + late;
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return [String(hours), minute, second].map(padded).join(':');
}

function padded(number: string): string {
  return number.padStart(2, '0');
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
