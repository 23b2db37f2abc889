import { languageNamed } from './language.ts';
import { getModel } from './store.ts';

/** Dates, numbers and sizes in the language of the page. */
const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function tag(): string {
  const { language } = getModel();
  // English dates without the American order, unless the browser asks for it.
  return navigator.languages.find((each) => each.toLowerCase().startsWith(language)) ?? languageNamed(language).tag;
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${tag()} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(tag(), options);
  formats.set(name, known);
  return known as Intl.DateTimeFormat;
}

export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString(tag(), { maximumFractionDigits: digits });
}

/** The moment of a key, which is UTC: `2025-03-02_09-15-04`. */
export function momentOfKey(key: string): Date {
  const [, day = '', hour = '', minute = '', second = ''] = /^(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)/.exec(key) ?? [];
  return new Date(`${day}T${hour}:${minute}:${second}Z`);
}

export function formatKey(key: string, isLong = false): string {
  const moment = momentOfKey(key);
  return dateFormat(
    isLong ? { dateStyle: 'long', timeStyle: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(moment);
}

/** A day, `2026-12-01`, whatever the zone. */
export function formatDay(day: string, options: Intl.DateTimeFormatOptions): string {
  return dateFormat({ ...options, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}

/** A local moment with its offset, as in posting.csv. */
export function formatMoment(moment: string): string {
  const day = formatDay(moment.slice(0, 10), { weekday: 'short', day: 'numeric', month: 'short' });
  return `${day}, ${moment.slice(11, 16)}`;
}

export function formatBytes(bytes: number): string {
  const [unit, size] = bytes >= 1e9 ? ['gigabyte', 1e9] : bytes >= 1e6 ? ['megabyte', 1e6] : ['kilobyte', 1e3];
  const value = bytes / size;
  return new Intl.NumberFormat(tag(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** A duration in at most two units: `2 d 7 h`, `4 min`. */
export function formatSpan(seconds: number, withSeconds = false): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), 'day'],
    [Math.floor(whole / 3600) % 24, 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ];
  const from = parts.findIndex(([value]) => value > 0);
  const start = from < 0 ? 3 : from;
  const shown = parts.slice(start, start + (start === 2 && !withSeconds && whole >= 300 ? 1 : 2));
  return shown
    .map(([value, unit]) => new Intl.NumberFormat(tag(), { style: 'unit', unit, unitDisplay: 'narrow' }).format(value))
    .join(' ');
}

/** `0:21`, `3:05` of a video. */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** `Spanish` for `es`, in the language of the page. */
export function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
