import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { choiceColumns } from './choices.ts';
import { decodeTable } from './decode.ts';

/** A table of rows and cells, as spreadsheets and schedulers save it. */
export interface Table {
  readonly header: readonly string[];
  /** Each row has as many cells as in the file, which may differ from the header. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: Delimiter;
  /** The encoding has no emoji and lacks most scripts: unsupported characters were saved as `?`. */
  readonly narrow: boolean;
  /** The encoding is older than Unicode. */
  readonly legacy: boolean;
}

export type Delimiter = ',' | ';' | '\t';
const delimiters: readonly Delimiter[] = [',', ';', '\t'];
const maxCellCharacters = 1_000_000;

/**
 * Reads a CSV or TSV. Excel and Numbers choose the format by country and menu: comma, semicolon or tab as delimiter;
 * UTF-8 with or without byte order mark, UTF-16, or an older encoding. Lines before the header (Numbers writes the
 * table's name there) are skipped.
 * @param isHeader whether a row can be the header; if no row can, the first row is used
 * @param known see `decodeTable`
 * @returns the table, or why there is none
 */
export async function readTable(
  bytes: Uint8Array,
  isHeader: (names: readonly string[]) => boolean,
  known: Iterable<string> = [],
): Promise<Table | string> {
  const decoded = await decodeTable(bytes, known);
  if (typeof decoded === 'string') return decoded;
  // Excel's optional first line, which names the delimiter.
  const said = /^\ufeff?"?sep=([,;\t])"?[,;\t]*\r?\n/i.exec(decoded.text);
  const whole = said ? decoded.text.slice(said[0].length) : decoded.text;
  // Of a file that is cut inside its last line break, the parser would take it for text.
  const text = whole.replace(/\r$/, '');
  const parsed = (delimiter: Delimiter) => parseRows(text, delimiter);
  const order = said ? [said[1] as Delimiter] : likeliest(text);
  let problem: string | null = null;
  let first: Table | null = null;
  for (const delimiter of order) {
    const rows = parsed(delimiter);
    if (typeof rows === 'string') {
      problem ??= rows;
      continue;
    }
    const at = rows.slice(0, maxLinesBefore + 1).findIndex((row) => isHeader(row.map((name) => name.trim())));
    const [header = [], ...below] = rows.slice(Math.max(0, at));
    const { narrow, legacy } = decoded;
    const table = { header: header.map((name) => name.trim()), rows: below, delimiter, narrow, legacy };
    if (at >= 0) return table;
    first ??= table;
  }
  return problem ?? first ?? { header: [], rows: [], delimiter: ',', narrow: false, legacy: false };
}

/** Lines before the header: the table's name, a URL, a date and the like. */
const maxLinesBefore = 5;

function parseRows(text: string, delimiter: Delimiter): string[][] | string {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxCellCharacters,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.message;
  }
}

/** Delimiters sorted by the number of cells in the first lines, the highest first. */
function likeliest(text: string): readonly Delimiter[] {
  // Without a second way to part the quotation marks, which would take for ever where one is missing.
  const lines = /^(?:(?:"(?:[^"]|"")*"(?!")|[^"\r\n])*(?:\r\n?|\n|$)){1,3}/.exec(text.slice(0, 10_000))?.[0] ?? '';
  const bare = lines.replace(/"(?:[^"]|"")*"/g, '');
  const cells = (delimiter: Delimiter) => bare.split(delimiter).length;
  return [...delimiters].sort((a, b) => cells(b) - cells(a));
}

/** The text of a table that spreadsheets open with the right letters: UTF-8 with a byte order mark. */
export function tableText(rows: readonly (readonly string[])[], delimiter: Delimiter = ','): string {
  const quoted = /[\r\n\t,;]|^\s|\s$/;
  return stringify(rows as string[][], { bom: true, delimiter, record_delimiter: '\r\n', quoted_match: quoted });
}

/** The columns of captions.csv in their order. */
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
  ...choiceColumns,
] as const;

/** Columns that sheets of earlier versions do not have. */
const newColumns: readonly string[] = choiceColumns;

export type OwnColumn = (typeof ownColumns)[number];

/** Whether port wrote this table, even if a person added or moved columns. */
export function isOwnHeader(header: readonly string[]): boolean {
  return ownColumns.every((name) => newColumns.includes(name) || header.includes(name));
}

export { guarded, unguarded, withoutControls } from '../report/cell-guard.ts';
