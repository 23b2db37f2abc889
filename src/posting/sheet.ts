import { guarded, readTable, type Table, tableText, unguarded, withoutControls } from '../captions/spreadsheet.ts';
import { isPostKey } from '../state/documents.ts';
import { type CellColumn, cellColumns } from './cells.ts';
import type { PostingRow } from './record.ts';
import { type Upload, uploadId } from './upload.ts';

export const maxSheetBytes = 100 << 20;

/** A row of posting.csv as it stands there. */
export interface SheetRow extends Upload {
  /** Texts by column; a column that is missing is undefined. */
  readonly texts: Readonly<Partial<Record<CellColumn, string>>>;
}

export interface PostingSheet {
  readonly table: Table;
  readonly rows: readonly SheetRow[];
  /** Uploads with several rows that say different things. */
  readonly contradictory: readonly Upload[];
  /** What stands in the place of key and platform in rows that name no upload. */
  readonly strange: readonly string[];
}

const ownColumns = ['key', 'target', ...cellColumns] as const;
type Column = (typeof ownColumns)[number];

/**
 * Reads posting.csv as any spreadsheet saves it.
 * @param known earlier texts of its cells, which show its encoding
 * @returns the sheet, or why it cannot be read
 */
export async function readSheet(bytes: Uint8Array, known: Iterable<string>): Promise<PostingSheet | string> {
  const isHeader = (names: readonly string[]) => names.includes('key') && names.includes('target');
  const read = await readTable(bytes, isHeader, known);
  if (typeof read === 'string') return read;
  if (!isHeader(read.header)) return 'it has no columns “key” and “target” any more';
  const table = { ...read, rows: read.rows.map((row) => row.map((cell) => unguarded(withoutControls(cell)))) };
  const columns = ownColumns.map((name) => [name, table.header.indexOf(name)] as const);
  const endsOpen = !/[\r\n]$/.test(new TextDecoder('latin1').decode(bytes.subarray(-1)));
  const rows = new Map<string, SheetRow>();
  const contradictory: Upload[] = [];
  const strange: string[] = [];
  for (const [index, row] of table.rows.entries()) {
    // The file breaks off inside the last row.
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
    const earlier = rows.get(id);
    if (earlier === undefined) rows.set(id, { key, target, texts });
    else if (cellColumns.some((name) => (earlier.texts[name] ?? '') !== (texts[name] ?? '')))
      contradictory.push({ key, target });
  }
  return { table, rows: [...rows.values()], contradictory, strange };
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
  const extra = before?.header.filter((name) => name !== '' && !(ownColumns as readonly string[]).includes(name)) ?? [];
  const header: readonly string[] = [...ownColumns, ...extra];
  const at = (name: string) => before?.header.indexOf(name) ?? -1;
  const there = new Set<string>();
  const kept = (before?.rows ?? []).flatMap((row) => {
    const texts = header.map((name) => row[at(name)] ?? '');
    const id = uploadId({ key: (row[at('key')] ?? '').trim(), target: (row[at('target')] ?? '').trim().toLowerCase() });
    const now = rows.get(id);
    if (now === undefined) return texts.some((text) => text !== '') ? [texts] : [];
    const isLeft = there.has(id) || untouched.has(id);
    there.add(id);
    if (isLeft) return [texts];
    return [header.map((name, index) => now[name as Column] ?? texts[index] ?? '')];
  });
  const added = [...rows]
    .filter(([id]) => !there.has(id))
    .map(([, row]) => header.map((name) => row[name as Column] ?? ''));
  return tableText([header, ...[...added, ...kept].map((row) => row.map(guarded))], before?.delimiter);
}
