import type { Files } from '../tools/files.ts';
import { calendarPath } from './paths.ts';
import type { PostingRecord, PostingRow } from './record.ts';
import { uploadId } from './upload.ts';

export interface CalendarWords {
  readonly account: string;
  /** The title of a platform. */
  readonly platform: (target: string) => string;
  /** The titles of delivered uploads, by `uploadId`. */
  readonly titles: ReadonlyMap<string, string>;
  /** Events that were written before, with the number that they had then. */
  readonly events: WeakMap<PostingRow, string>;
}

const minutes = 15;

/**
 * Writes posting.ics, the calendar of posts that are delivered, planned and not out yet. It contains titles, platforms and
 * folders relative to the output folder, and no addresses, because calendars are shared. Without a plan an existing
 * calendar becomes empty.
 */
export async function writeCalendar(
  folder: string,
  { rows, revision }: Pick<PostingRecord, 'rows' | 'revision'>,
  { account, platform, titles, events: known }: CalendarWords,
  files: Files,
  now: number,
): Promise<void> {
  const path = calendarPath(folder);
  const isLeft = (row: PostingRow) => row.planned !== '' && row.posted === '' && titles.has(uploadId(row));
  const planned = [...rows.values()].filter(isLeft);
  if (planned.length === 0 && (await files.facts(path)) === null) return;
  // Loaded on first use: a run without a plan does not need it.
  const { default: ical, foldLines } = await import('ical-generator');
  const calendar = ical({
    name: `port: ${inOneLine(account)}`,
    prodId: { company: 'content-port', product: 'port', language: 'EN' },
  });
  const events = planned
    .map((row) => ({ row, at: Date.parse(row.planned) }))
    .sort((one, other) => one.at - other.at)
    .map(({ row, at }) => {
      const { key, target } = row;
      const before = known.get(row);
      if (before !== undefined) return before;
      const event = calendar.createEvent({
        id: `${idOf(account)}/${uploadId(row).replaceAll(' ', '/')}@content-port`,
        start: new Date(at),
        end: new Date(at + minutes * 60_000),
        stamp: new Date(now),
        // Calendar programs replace an imported event by one with a higher number.
        sequence: revision,
        summary: `${platform(target)}: ${titles.get(uploadId(row)) || key}`,
        description: `${inOneLine(account)} on ${platform(target)}. Folder: ${target}/${key}`,
      });
      const text = folded(event.toString(), foldLines);
      known.set(row, text);
      return text;
    });
  calendar.clear();
  const text = `${calendar.toString().replace(/END:VCALENDAR$/, () => `${events.join('')}END:VCALENDAR`)}\r\n`;
  const before = await files.readText(path, maxCalendarBytes).catch(() => null);
  if (before === null || withoutStamps(before) !== withoutStamps(text)) await files.write(path, text);
}

/** Lines of at most 75 bytes, with the space that continues one. The library takes seconds for a large calendar. */
function folded(text: string, fold: (line: string) => string): string {
  return text
    .split('\r\n')
    .map((line) => (/^[\x20-\x7e]*$/.test(line) ? line.replace(/.{74}(?=.)/g, '$&\r\n ') : fold(line)))
    .join('\r\n');
}

/** The library escapes texts of events, but not the name of the calendar and ids. */
function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

function idOf(account: string): string {
  // A lone surrogate has no encoding.
  return encodeURIComponent(Buffer.from(account).toString());
}

const maxCalendarBytes = 100 << 20;

/** Removes the times at which events were written, to compare calendars. */
function withoutStamps(text: string): string {
  return text.replace(/^(?:DTSTAMP|SEQUENCE):.*$/gm, '');
}
