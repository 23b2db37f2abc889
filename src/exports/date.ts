const DATE = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.\d+)?\s*(?:UTC|GMT|Z|([+-])(\d\d):?(\d\d))?$/i;

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
  const parts = DATE.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  const back = new Date(time * 1000);
  // Date.UTC rolls the 30th of February over into March: that is no date, and neither is 24:61.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    return null;
  const offset =
    parts[7] === undefined ? 0 : (Number(parts[8]) * 60 + Number(parts[9])) * 60 * (parts[7] === '-' ? -1 : 1);
  return fromNumber(time - offset);
}

/** Whole seconds of this era only: a key has four digits for the year. */
function fromNumber(seconds: number): number | null {
  return Number.isInteger(seconds) && seconds > 0 && seconds < 253_402_300_800 ? seconds : null;
}
