/** A time in a name, and its position. */
export interface NamedTime {
  /** Unix seconds. */
  readonly time: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Date and time as written by downloaders and people: `2025-03-02 09.15.04`, `20250302_091504`, `2025-03-02T09:15:04Z`,
 * `2025-03-02_09-15-04_UTC`, `20250302091504`, `2025-03-02T09：15：04+0100`, `... at 9.15.04 PM`. Includes the colons
 * that yt-dlp uses on Windows. The year comes first, because `02-03-2025` is ambiguous.
 */
const dateTime = new RegExp(
  [
    String.raw`(?<!\d)(?<year>20\d\d)(?<dash>[-_. ]?)(?<month>\d\d)\k<dash>(?<day>\d\d)`,
    String.raw`(?:[T_.,\- ]{0,3}|[_ ]at[_ ])`,
    String.raw`(?<hour>\d{1,2})(?<colon>[-_.: ：꞉h]?)(?<minute>\d\d)[-_.: ：꞉m]?(?<second>\d\d)`,
    // Milliseconds: after a point, or without a separator as phones write them.
    String.raw`(?:[.,]\d{1,6}(?=Z|[+]|$|[^\d])|\d{3})?(?!\d)s?`,
    String.raw`(?<half>\s?[AP]M\b)?`,
    String.raw`(?<zone>[_ ]?(?:Z|UTC|GMT)(?![A-Za-z])|\s?[+-]\d\d:?\d\d(?!\d))?`,
  ].join(''),
  'gi',
);

/**
 * The same without seconds, as written by schedulers: `2025-03-02 09.15`, `2025-03-02T0915`. Hour and minute have a
 * separator or follow a `T`, because four digits alone are more likely a file number.
 */
const dateMinute = new RegExp(
  [
    String.raw`(?<!\d)(?<year>20\d\d)(?<dash>[-_. ]?)(?<month>\d\d)\k<dash>(?<day>\d\d)`,
    String.raw`(?:(?:[T_.,\- ]{1,3}|[_ ]at[_ ])(?<hour>\d{1,2})(?<colon>[-_.:：꞉h])(?<minute>\d\d)|T(?<packedHour>\d\d)(?<packedMinute>\d\d))`,
    String.raw`(?!\d)(?![-_.: ：꞉m]?\d\d(?!\d))(?<half>\s?[AP]M\b)?`,
    String.raw`(?<zone>[_ ]?(?:Z|UTC|GMT)(?![A-Za-z])|\s?[+-]\d\d:?\d\d(?!\d))?`,
  ].join(''),
  'gi',
);

/** Unix seconds of 2014 to 2033, as in yt-dlp's `%(timestamp)s`: ten digits, not part of a longer number. */
const unixSeconds = /(?<!\d)1[4-9]\d{8}(?!\d)/g;

/**
 * All times in a name, in order. Without a zone they are read as UTC, as downloaders write them; a local time then
 * matches no post. A date alone does not count, because it does not identify a post.
 */
export function timesInName(name: string): readonly NamedTime[] {
  const dates = [...name.matchAll(dateTime)].flatMap((match) => {
    const found = readTime(match.groups ?? {});
    if (found === null) return [];
    return [{ time: found.time, start: match.index, end: match.index + match[0].length - found.unread }];
  });
  const seconds = [...name.matchAll(unixSeconds)].map((match) => ({
    time: Number(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
  return [...dates, ...seconds].sort((a, b) => a.start - b.start);
}

/** All times without seconds in a name. `time` is the first second of the minute. */
export function minutesInName(name: string): readonly NamedTime[] {
  return [...name.matchAll(dateMinute)].flatMap((match) => {
    const { packedHour, packedMinute, hour = packedHour, minute = packedMinute, ...parts } = match.groups ?? {};
    const found = readTime({ ...parts, hour, minute, second: '00' });
    return found === null
      ? []
      : [{ time: found.time, start: match.index, end: match.index + match[0].length - found.unread }];
  });
}

/** @returns also `unread`: the number of characters at the end that are not a zone */
function readTime(parts: Readonly<Record<string, string | undefined>>): { time: number; unread: number } | null {
  const { year, month, day, hour, minute, second, half, zone, colon } = parts;
  // `9.15.04 PM` has an hour of one digit; without separators that would be ambiguous.
  if (hour?.length === 1 && colon === '') return null;
  const plain = `${year}-${month}-${day}T${hours(hour ?? '', half)}:${minute}:${second}`;
  const utc = Date.parse(`${plain}Z`);
  if (!Number.isFinite(utc) || new Date(utc).toISOString().slice(0, 19) !== plain) return null;
  const offset = zone === undefined ? 0 : offsetOf(zone);
  return { time: utc / 1000 - (offset ?? 0), unread: offset === null ? (zone?.length ?? 0) : 0 };
}

function hours(hour: string, half: string | undefined): string {
  if (half === undefined) return hour;
  return String((Number(hour) % 12) + (/p/i.test(half) ? 12 : 0)).padStart(2, '0');
}

/** Seconds east of UTC; null if the digits are not a zone: `-0001` is a file number. */
function offsetOf(zone: string): number | null {
  const [, sign, hour, minute] = /([+-])(\d\d):?(\d\d)/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  const real = Number(hour) <= 14 && ['00', '30', '45'].includes(minute ?? '') && (hour !== '00' || minute === '00');
  return real ? (sign === '-' ? -1 : 1) * (Number(hour) * 3600 + Number(minute) * 60) : null;
}
