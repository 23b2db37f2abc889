import { machineZone, momentOf, momentsIn } from './local-time.ts';

/** The columns of posting.csv that a person may fill in. Moments as in local-time.ts; empty: not yet. */
export const cellColumns = ['planned', 'posted', 'url', 'note'] as const;
export type CellColumn = (typeof cellColumns)[number];
export type PostingCells = Readonly<Record<CellColumn, string>>;

export const noCells: PostingCells = { planned: '', posted: '', url: '', note: '' };

/** Facts that the reading of a cell depends on. */
export interface CellContext {
  /** For times without an offset. */
  readonly zone: string;
  /** When the sheet was saved, in milliseconds since 1970: a cross under `posted` stands for it. */
  readonly saved: number;
}

/** A cell as it was read: its value, or why it has none, to go on after a colon. */
export type ReadCell = { readonly value: string } | { readonly why: string };

const yes = /^(?:x|✓|✔|☑|yes|y|true|wahr|ja|si|sí|oui|done|posted)$/iu;
const no = /^(?:-|–|—|0|☐|no|n|false|falsch|nein|non|not yet)$/iu;
const longestNote = 10_000;
const longestUrl = 2000;

/**
 * Reads a cell as it stands in the sheet.
 * @param earlier values that it may have had: a date whose order of day and month is open may be one of them
 */
export function readCell(
  column: CellColumn,
  text: string,
  { zone, saved }: CellContext,
  earlier: readonly string[] = [],
): ReadCell {
  const cell = text.trim();
  if (cell === '') return { value: '' };
  if (column === 'note') return { value: text.slice(0, longestNote) };
  if (column === 'url') return readUrl(cell);
  const known = earlier.find((value) => value !== '' && isSameMoment(cell, value, zone));
  if (known !== undefined) return { value: known };
  const [moment, other] = momentsIn(cell, zone);
  if (moment !== undefined && other !== undefined)
    return { why: 'day and month could be either: write 2026-12-31 18:00' };
  if (moment !== undefined) return { value: moment };
  if (no.test(cell)) return { value: '' };
  if (column === 'posted' && yes.test(cell)) return { value: momentOf(saved, zone) };
  const hint = column === 'posted' ? ', or x' : '';
  return { why: `that is no date and time: write it as 2026-12-31 18:00${hint}` };
}

/** Whether a cell shows this moment, also without its offset, or in the time of another zone. */
function isSameMoment(cell: string, moment: string, zone: string): boolean {
  if (cell === moment) return true;
  const local = moment.slice(0, 19);
  return momentsIn(cell, zone).some((each) => each.slice(0, 19) === local || Date.parse(each) === Date.parse(moment));
}

/** The address in a cell; apps share one inside a sentence. */
export function readUrl(cell: string): ReadCell {
  const bad = { why: 'that is no web address: paste the link of the post, https://…' };
  if (cell.length > longestUrl) return bad;
  const found = /https?:\/\/[^\s<>"'，。]+/i.exec(cell)?.[0];
  const bare = /^[\w-]+(?:\.[\w-]+)+(?:\/\S*)?$/.test(cell) ? `https://${cell}` : null;
  const url = found ?? bare;
  if (url === null || !URL.canParse(url)) return bad;
  const { username, password } = new URL(url);
  return username === '' && password === '' ? { value: url } : bad;
}

export function isSameCell(column: CellColumn, one: string, other: string): boolean {
  if (one === other) return true;
  if (one === '' || other === '' || column === 'url') return false;
  if (column === 'note') return one.trim() === other.trim();
  return Date.parse(one) === Date.parse(other);
}

/** The context for cells that are read now. */
export function contextNow(zone: string | null, now: number): CellContext {
  return { zone: zone ?? machineZone(), saved: now };
}
