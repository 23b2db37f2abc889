import { plainBreaks } from '../captions/source.ts';
import { isSkipped, machineZone, momentOf, momentsIn } from './local-time.ts';

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

/** A cell as it was read: its value, or why it has none, in words that follow a colon. */
export type ReadCell = { readonly value: string } | { readonly why: string };

const yes = /^(?:x|1|✓|✔|☑|✅|ok|yes|y|true|wahr|vrai|vero|verdadero|verdadeiro|waar|ja|si|sí|sim|oui|done|posted)$/iu;
const no = /^(?:-|–|—|0|☐|❌|✗|no|n|false|falsch|faux|falso|onwaar|nein|nee|não|non|not yet)$/iu;
/** Signs that only choose the look of the one before: emoji keyboards add them. */
const variations = /[\ufe0e\ufe0f]/g;
const longestNote = 10_000;
const longestUrl = 2000;

/**
 * Reads a cell as it stands in the sheet.
 * @param earlier values that it may have had, the one of now first: a date whose order of day and month is open, or that
 * is shown without its seconds, may be one of them
 */
export function readCell(
  column: CellColumn,
  text: string,
  { zone, saved }: CellContext,
  earlier: readonly string[] = [],
): ReadCell {
  const cell = text.trim();
  if (cell === '') return { value: '' };
  if (column === 'note') return readNote(text, earlier);
  if (column === 'url') return readUrl(cell);
  const known = earlier.find((value) => value !== '' && isSameMoment(cell, value, zone));
  if (known !== undefined) return { value: known };
  const [moment, other] = momentsIn(cell, zone);
  if (moment !== undefined && other !== undefined)
    return { why: 'day and month could be either: write 2026-12-31 18:00' };
  if (moment !== undefined) return { value: moment };
  const word = cell.replace(variations, '');
  if (no.test(word)) return { value: '' };
  // If the moment is known, the cross stands for it: the sheet could not be written since.
  if (column === 'posted' && yes.test(word)) return { value: earlier[0] || earlier[1] || momentOf(saved, zone) };
  if (isSkipped(cell, zone)) return { why: `clocks skip that time on that day in ${zone}: write another one` };
  const hint = column === 'posted' ? ', or x' : '';
  return { why: `that is no date and time: write it as 2026-12-31 18:00${hint}` };
}

function readNote(text: string, earlier: readonly string[]): ReadCell {
  const note = plainBreaks(text);
  if (note.length <= longestNote || earlier.includes(note)) return { value: note };
  return { why: `a note has at most ${longestNote} characters: shorten it` };
}

/**
 * Whether a cell shows this moment, also without its offset, in the time of another zone, or as a spreadsheet displays it:
 * without the seconds, or as a date alone.
 */
function isSameMoment(cell: string, moment: string, zone: string): boolean {
  if (cell === moment) return true;
  const length = /\d:\d\d:\d\d/.test(cell) ? 19 : /\d:\d\d/.test(cell.normalize('NFKC')) ? 16 : 10;
  const isSame = (each: string) =>
    each.slice(0, length) === moment.slice(0, length) ||
    (length === 16 && Date.parse(each) === Math.floor(Date.parse(moment) / 60_000) * 60_000) ||
    Date.parse(each) === Date.parse(moment);
  return momentsIn(cell, zone).some(isSame);
}

/** The address in a cell; apps share one inside a sentence. */
export function readUrl(cell: string): ReadCell {
  const bad = { why: 'that is no web address: paste the link of the post, such as https://youtu.be/abc' };
  if (cell.length > longestUrl) return bad;
  const found = /https?:\/\/[^\s<>"'，。！；、（）【】「」]+/i.exec(cell)?.[0].replace(/[.,;:!?)\]]+$/, '');
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
