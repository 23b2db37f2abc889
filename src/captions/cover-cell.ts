/** The value of a cell in the column `cover` of captions.csv. */
export type CoverCell =
  /** Empty: port chooses. */
  | { readonly kind: 'none' }
  /** A time in the video, in seconds. */
  | { readonly kind: 'moment'; readonly at: number }
  /** The path of a picture, as written. */
  | { readonly kind: 'picture'; readonly path: string }
  /** `why` continues a sentence after a colon. */
  | { readonly kind: 'bad'; readonly why: string };

const longestPath = 1000;
const seconds = /^(\d{1,6}(?:[.,]\d{1,9})?)\s*s?$/i;
const network = /^(?:[a-z][a-z\d+.-]+:\/\/|[\\/]{2}|(?:https?|file|data|ftp):)/i;

/** Parses a cell: seconds with a decimal point or comma, or the path of a picture. */
export function readCoverCell(text: string): CoverCell {
  const cell = text.trim();
  if (cell === '') return { kind: 'none' };
  const number = seconds.exec(cell)?.[1];
  if (number !== undefined) return { kind: 'moment', at: Number(number.replace(',', '.')) };
  if (network.test(cell)) return { kind: 'bad', why: 'a cover is not taken from the network' };
  if (/^[-+\d][\d.,:\s]*s?$/i.test(cell)) return { kind: 'bad', why: 'write the moment in seconds, such as 1.5' };
  if (cell.length > longestPath || /[\0\r\n]/.test(cell)) return { kind: 'bad', why: 'that is no path of a picture' };
  return { kind: 'picture', path: cell };
}

/** Formats a time given by `--cover`, to the millisecond, which is the precision when it is parsed again. */
export function momentCell(at: number): string {
  return String(Math.round(at * 1000) / 1000);
}
