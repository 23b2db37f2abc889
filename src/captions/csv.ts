import { blank, type Note, plainBreaks, type Reading } from './source.ts';
import { isOwnHeader, readTable, type Table, unguarded } from './spreadsheet.ts';
import { timeOfId } from './tiktok-id.ts';

/** Any CSV or TSV with a column `caption` and one of `key`, `createdAt`, `tiktokUrl`: ours, or a scheduler's. */
export function readCsv(bytes: Uint8Array, origin: string): Reading {
  const table = readTable(bytes);
  if (typeof table === 'string') return { notes: [], trouble: table };
  const column = columnsOf(table);
  if (column.caption < 0) return { notes: [], trouble: 'it has no column “caption”' };
  if (column.key < 0 && column.createdAt < 0 && column.tiktokUrl < 0) {
    return { notes: [], trouble: 'it has no column “key”, “createdAt” or “tiktokUrl”' };
  }
  const own = isOwnHeader(table.header);
  const read = (row: readonly string[], index: number) => {
    const cell = plainBreaks(row[index] ?? '');
    return own ? unguarded(cell) : cell;
  };
  let lost = 0;
  const notes = table.rows.flatMap((row): Note[] => {
    const [caption, title, hashtags] = [column.caption, column.title, column.hashtags].map((index) => read(row, index));
    const key = keyIn(read(row, column.key));
    const created = read(row, column.createdAt).trim();
    const { tiktokId, uploader } = readTikTokUrl(read(row, column.tiktokUrl));
    const time = timeOf(created);
    if (!caption && !title && !hashtags && tiktokId === null) return [];
    if (key === null && time === null && tiktokId === null) {
      lost++;
      return [];
    }
    const told = {
      source: 'csv',
      origin,
      key,
      tiktokId,
      time,
      uploader,
      text: caption || null,
      title: title || null,
      hashtags: hashtags ? readHashtags(hashtags) : null,
    } as const;
    // One after the other: to write eight fields of a spread over takes V8 ten times as long.
    return [{ ...blank, ...told }];
  });
  const unknown =
    lost === 1 ? '1 row does not say which post it is of' : `${lost} rows do not say which post they are of`;
  return { notes, trouble: lost > 0 ? unknown : null };
}

/** Another program's numbering is no key. */
function keyIn(cell: string): string | null {
  return /^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d(?:-\d+)?$/.exec(cell.trim())?.[0] ?? null;
}

function columnsOf({ header }: Table) {
  const names = header.map((name) => name.toLowerCase());
  const of = (name: string) => names.indexOf(name);
  return {
    key: of('key'),
    createdAt: of('createdat'),
    tiktokUrl: of('tiktokurl'),
    caption: of('caption'),
    title: of('title'),
    hashtags: of('hashtags'),
  };
}

/** Unix seconds, UTC where nothing else is said; null where the order of day and month could only be guessed. */
function timeOf(cell: string): number | null {
  const found =
    /^(\d{4})[-/.](\d\d?)[-/.](\d\d?)[T _](\d\d?)[:-](\d\d)(?:[:-](\d\d)(?:\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(
      cell,
    );
  if (!found) return null;
  const [, year, month, day, hour, minute, second = 0, zone = 'Z'] = found;
  const numbers = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = Date.UTC(numbers[0], numbers[1] - 1, numbers[2], numbers[3], numbers[4], numbers[5]);
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === '-' ? -60 : 60);
  return at / 1000 - offset;
}

/** The id and the user name in the address of a post's page, or a bare id. */
export function readTikTokUrl(cell: string): { readonly tiktokId: string | null; readonly uploader: string | null } {
  const found = /^(?:https?:\/\/[\w.-]*tiktokv?\.\w+\/(?:@([\w.]*)\/)?\S*?\/?)?(\d{18,19})(?:\D\S*)?$/i.exec(
    cell.trim(),
  );
  const [, name, id] = found ?? [];
  if (id === undefined || timeOfId(id) === null) return { tiktokId: null, uploader: null };
  return { tiktokId: id, uploader: name && name !== '_' ? name : null };
}

/** `#one #two`, `one, two`, one a line: whatever a person writes. */
export function readHashtags(cell: string): string[] {
  const words = cell.includes('#') ? cell.split(/[\s,;#＃]+/u) : cell.split(/[\s,;]+/u);
  return words.filter(Boolean);
}
