import { guarded, readTable, type Table, tableText, unguarded, withoutControls } from '../captions/spreadsheet.ts';
import { isPostKey } from '../state/documents.ts';
import { type CellColumn, cellColumns } from './cells.ts';
import type { PostingRow } from './record.ts';
import { type Upload, uploadId } from './upload.ts';

export const maxSheetBytes = 100 << 20;

/** A row of posting.csv as read. */
export interface SheetRow extends Upload {
  /** Texts by column; a column that is missing is undefined. */
  readonly texts: Readonly<Partial<Record<CellColumn, string>>>;
}

export interface PostingSheet {
  readonly table: Table;
  readonly rows: readonly SheetRow[];
  /** Uploads with several different rows. */
  readonly contradictory: readonly Upload[];
  /** Key and platform of rows that name no upload. */
  readonly strange: readonly string[];
  /** The last cell of a file that ends without a line break, where it may be truncated. */
  readonly openCell: (Upload & { readonly column: CellColumn }) | null;
}

const ownColumns = ['key', 'target', ...cellColumns] as const;

/**
 * Reads posting.csv as any spreadsheet saves it.
 * @param known earlier texts of its cells, which show its encoding
 * @returns the sheet, or why it cannot be read; null if there is only a truncated header
 */
export async function readSheet(bytes: Uint8Array, known: Iterable<string>): Promise<PostingSheet | string | null> {
  const isHeader = (names: readonly string[]) => names.includes('key') && names.includes('target');
  const read = await readTable(bytes, isHeader, known);
  if (typeof read === 'string') return read;
  if (!isHeader(read.header)) return 'it has no columns “key” and “target” any more';
  const table = { ...read, rows: read.rows.map((row) => row.map((cell) => unguarded(withoutControls(cell)))) };
  const columns = ownColumns.map((name) => [name, table.header.indexOf(name)] as const);
  const endsOpen = !/[\r\n]$/.test(new TextDecoder('latin1').decode(bytes.subarray(-1)));
  if (endsOpen && table.rows.length === 0) return null;
  const rows = new Map<string, SheetRow>();
  let openCell: PostingSheet['openCell'] = null;
  const contradictory: Upload[] = [];
  const strange: string[] = [];
  for (const [index, row] of table.rows.entries()) {
    // The file is truncated inside the last row.
    if (endsOpen && index === table.rows.length - 1 && row.length < table.header.length) continue;
    const cell = (name: string) => row[columns.find(([each]) => each === name)?.[1] ?? -1];
    const [key, target] = [cell('key')?.trim() ?? '', cell('target')?.trim().toLowerCase() ?? ''];
    if (key === '' && target === '') continue;
    if (!isPostKey(key) || target === '') {
      strange.push(`${key} ${target}`.trim().slice(0, 80));
      continue;
    }
    const texts = Object.fromEntries(
      cellColumns.flatMap((name) => (cell(name) === undefined ? [] : [[name, cell(name)]])),
    );
    const id = uploadId({ key, target });
    if (endsOpen && index === table.rows.length - 1) {
      const column = cellColumns.find((name) => table.header.indexOf(name) === row.length - 1);
      openCell = column === undefined ? null : { key, target, column };
    }
    const earlier = rows.get(id);
    if (earlier === undefined) rows.set(id, { key, target, texts });
    else if (cellColumns.some((name) => (earlier.texts[name] ?? '') !== (texts[name] ?? '')))
      contradictory.push({ key, target });
  }
  return { table, rows: [...rows.values()], contradictory, strange, openCell };
}

/**
 * The new content of posting.csv. Rows keep their order, new ones are added at the top; columns and rows that a person
 * added stay.
 * @param rows the rows of the record, and texts that stay as a person wrote them because they cannot be read
 * @param untouched uploads whose rows stay as they are
 */
export function sheetText(
  rows: ReadonlyMap<string, PostingRow>,
  before: Table | null,
  untouched: ReadonlySet<string> = new Set(),
): string {
  const at = (name: string) => before?.header.indexOf(name) ?? -1;
  const extra = before === null ? [] : addedColumns(before);
  const header: readonly string[] = [...ownColumns, ...extra.map((column) => before?.header[column] ?? '')];
  const columns = [...ownColumns.map(at), ...extra];
  const there = new Set<string>();
  const kept = (before?.rows ?? []).flatMap((row) => {
    const texts = [...columns.map((column) => row[column] ?? ''), ...row.slice(before?.header.length)];
    const id = uploadId({ key: (row[at('key')] ?? '').trim(), target: (row[at('target')] ?? '').trim().toLowerCase() });
    const now = rows.get(id);
    if (now === undefined) return texts.some((text) => text !== '') ? [texts] : [];
    const isLeft = there.has(id) || untouched.has(id);
    there.add(id);
    if (isLeft) return [texts];
    return [texts.map((text, index) => cellOf(now, index) ?? text)];
  });
  const added = [...rows]
    .filter(([id]) => !there.has(id))
    .map(([, row]) => header.map((_, index) => cellOf(row, index) ?? ''));
  return tableText([header, ...[...added, ...kept].map((row) => row.map(guarded))], before?.delimiter);
}

function cellOf(row: PostingRow, index: number): string | undefined {
  const name = ownColumns[index];
  return name === undefined ? undefined : row[name];
}

/** Columns that a person added, by their position, also without a name or with one that another column has. */
function addedColumns({ header, rows }: Table): readonly number[] {
  const own = new Set<number>(ownColumns.map((name) => header.indexOf(name)));
  const widths = rows.map((row) => row.findLastIndex((text) => text !== '') + 1);
  // Spreadsheets add empty columns at the end.
  const filled = widths.reduce((most, width) => Math.max(most, width), 0);
  return header.flatMap((name, index) => (own.has(index) || (name === '' && index >= filled) ? [] : [index]));
}
