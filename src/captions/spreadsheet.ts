import { CsvError, parse } from 'csv-parse/sync';

/** A file of rows and cells, as spreadsheets and schedulers save it. */
export interface Table {
  readonly header: readonly string[];
  /** As many cells as there are in the file, which may be fewer or more than in the header. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
  /** Its encoding had no room for emoji and most scripts: what it could not write stands there as `?`. */
  readonly narrow: boolean;
}

export type Delimiter = ',' | ';' | '\t';
const delimiters: readonly Delimiter[] = [',', ';', '\t'];
const maxCellCharacters = 1_000_000;

/**
 * Reads a CSV or TSV. Excel and Numbers write what their country and menus say: comma, semicolon or tab, UTF-8 with and
 * without its mark, UTF-16, Windows-1252.
 * @returns the table, or why there is none
 */
export function readTable(bytes: Uint8Array): Table | string {
  const { text: whole, narrow } = decode(bytes);
  // Excel's own first line, which names the delimiter.
  const said = /^sep=([,;\t])\r?\n/i.exec(whole);
  const text = said ? whole.slice(said[0].length) : whole;
  const delimiter = (said?.[1] as Delimiter | undefined) ?? likeliest(text);
  try {
    const [header = [], ...rows] = parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxCellCharacters,
    });
    return { header: header.map((name) => name.trim()), rows, delimiter, narrow };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.message;
  }
}

function decode(bytes: Uint8Array): { readonly text: string; readonly narrow: boolean } {
  const as = (encoding: string, fatal = false) => new TextDecoder(encoding, { fatal }).decode(bytes);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: as('utf-16le'), narrow: false };
  if (first === 0xfe && second === 0xff) return { text: as('utf-16be'), narrow: false };
  // Without the mark: every other byte of a header's letters is zero.
  if (second === 0 && first !== 0) return { text: as('utf-16le'), narrow: false };
  if (first === 0 && second !== 0) return { text: as('utf-16be'), narrow: false };
  try {
    return { text: as('utf-8', true), narrow: false };
  } catch {
    return { text: as('windows-1252'), narrow: true };
  }
}

/** The one that cuts the first line into most cells. */
function likeliest(text: string): Delimiter {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text.slice(0, 10_000))?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const cells = (delimiter: Delimiter) => line.split(delimiter).length;
  return delimiters.reduce((best, each) => (cells(each) > cells(best) ? each : best));
}

/** The columns of captions.csv, in their order. */
export const ownColumns = [
  'key',
  'createdAt',
  'kind',
  'sound',
  'location',
  'likes',
  'tiktokUrl',
  'caption',
  'title',
  'hashtags',
  'source',
  'cover',
] as const;

/** Columns that sheets of earlier versions do not have. */
const newColumns: readonly string[] = ['cover'];

export type OwnColumn = (typeof ownColumns)[number];

/** Whether a table came from us, whatever columns a person added or moved. */
export function isOwnHeader(header: readonly string[]): boolean {
  return ownColumns.every((name) => newColumns.includes(name) || header.includes(name));
}

export { guarded, unguarded } from './cell-guard.ts';
