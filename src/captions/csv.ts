import { columnsOf, isHeader, type Meaning, whyNoHeader } from './columns.ts';
import { dayOrderOf, type NoInstant, readDate } from './dates.ts';
import { readHashtags } from './hashtags-cell.ts';
import { isLost } from './lost-letters.ts';
import { blank, type Note, plainBreaks, type Reading } from './source.ts';
import { isOwnHeader, readTable, unguarded } from './spreadsheet.ts';
import { readTikTokUrl } from './tiktok-url.ts';

/**
 * Reads any CSV or TSV with a caption column and a column that identifies the post (key, time, URL or id): our own, or
 * that of a scheduler or scraper.
 * @param known see `decodeTable`
 */
export async function readCsv(
  bytes: Uint8Array,
  origin: string,
  known: Iterable<string> = [],
): Promise<NonNullable<Reading>> {
  const table = await readTable(bytes, isHeader, known);
  if (typeof table === 'string') return { notes: [], problem: table };
  const missing = whyNoHeader(table.header);
  if (missing !== null) return { notes: [], problem: missing };
  const columns = columnsOf(table.header);
  const own = isOwnHeader(table.header);
  const cellsIn = (row: readonly string[], meaning: Meaning) =>
    columns[meaning].map((index) => {
      const cell = plainBreaks(row[index] ?? '');
      return own ? unguarded(cell) : cell;
    });
  const filledIn = (row: readonly string[], meaning: Meaning) =>
    cellsIn(row, meaning).find((cell) => cell !== '') ?? '';
  const orders = columns.createdAt.map((index) => dayOrderOf(table.rows.map((row) => row[index] ?? '')));
  const rest = { lost: 0, unread: '', ambiguous: 0, dayOnly: 0, damaged: 0 };
  const notes = table.rows.flatMap((row): Note[] => {
    const [caption, title, hashtags] = [filledIn(row, 'caption'), filledIn(row, 'title'), filledIn(row, 'hashtags')];
    const key = keyIn(filledIn(row, 'key'));
    const { tiktokId, uploader } =
      cellsIn(row, 'tiktokUrl')
        .map(readTikTokUrl)
        .sort((a, b) => rank(b) - rank(a))[0] ?? readTikTokUrl('');
    const stamps = cellsIn(row, 'createdAt').map((cell) => cell.trim());
    // The date in one column, the time of day in another.
    const clock = stamps.find((cell) => /^\d{1,2}:\d\d/.test(cell));
    const dates = [
      ...stamps.map((cell, index) => readDate(cell, orders[index] ?? null)),
      ...(clock === undefined ? [] : stamps.map((cell, index) => readDate(`${cell} ${clock}`, orders[index] ?? null))),
    ];
    const when = dates.find((date) => typeof date !== 'string');
    const { time, toMinute } = typeof when === 'object' ? when : { time: null, toMinute: false };
    if (!caption && !title && !hashtags && tiktokId === null) return [];
    if (key === null && time === null && tiktokId === null) {
      const why = dates.find((date): date is NoInstant => date !== 'none');
      rest[why === 'ambiguous' ? 'ambiguous' : why === 'day-only' ? 'dayOnly' : 'lost']++;
      if (why === undefined)
        rest.unread ||= [...stamps, ...cellsIn(row, 'tiktokUrl')].find((cell) => cell !== '') ?? '';
      return [];
    }
    if ([caption, title, hashtags].some(isLost)) {
      rest.damaged++;
      return [];
    }
    const known = {
      source: 'csv',
      origin,
      key,
      tiktokId,
      time,
      toMinute,
      uploader,
      text: caption || null,
      title: title || null,
      hashtags: hashtags ? readHashtags(hashtags) : null,
    } as const;
    // A spread followed by eight literal fields is ten times slower in V8.
    return [{ ...blank, ...known }];
  });
  return { notes, problem: problemOf(rest) };
}

/** A URL with a user name is better than a bare id. */
function rank({ tiktokId, uploader }: ReturnType<typeof readTikTokUrl>): number {
  return tiktokId === null ? 0 : uploader === null ? 1 : 2;
}

interface SkippedRows {
  readonly lost: number;
  /** The date or address in the first such row; empty if there is none. */
  readonly unread: string;
  readonly ambiguous: number;
  readonly dayOnly: number;
  readonly damaged: number;
}

/** A description of the rows that were not converted to notes; null if there are none. */
function problemOf({ lost, unread, ambiguous, dayOnly, damaged }: SkippedRows): string | null {
  const rows = (count: number, one: string, many: string) =>
    count === 0 ? [] : [count === 1 ? `1 row ${one}` : `${count} rows ${many}`];
  const shown = [...unread].slice(0, 40).join('');
  const example =
    shown && ` (“${shown}” is no date or address that port reads: write dates as 2025-10-04 10:00, in UTC)`;
  const parts = [
    ...rows(lost, `does not say which post it is of${example}`, `do not say which post they are of${example}`),
    ...rows(
      ambiguous,
      'has a date whose day and month could be either (write 2025-10-04 10:00)',
      'have dates whose day and month could be either (write them as 2025-10-04 10:00)',
    ),
    ...rows(dayOnly, 'tells a day but no time', 'tell a day but no time'),
    ...rows(
      damaged,
      'holds “?” where letters were lost (save it again as CSV UTF-8)',
      'hold “?” where letters were lost (save it again as CSV UTF-8)',
    ),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

/** Only our own key format counts: another program's row number is not a key. */
function keyIn(cell: string): string | null {
  return /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?$/.exec(cell.trim())?.[0] ?? null;
}
