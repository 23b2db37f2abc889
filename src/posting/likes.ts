import { sheetPath } from '../captions/index.ts';
import { readTable } from '../captions/spreadsheet.ts';
import type { Files } from '../tools/files.ts';
import { maxSheetBytes } from './sheet.ts';

/** The likes of posts by key, as captions.csv has them from the export; empty if it cannot be read. */
export async function likesIn(folder: string, files: Files): Promise<ReadonlyMap<string, number>> {
  const bytes = await files.read(sheetPath(folder), maxSheetBytes).catch(() => null);
  const table =
    bytes === null ? null : await readTable(bytes, (names) => names.includes('key') && names.includes('likes'));
  if (table === null || typeof table === 'string') return new Map();
  const [key, likes] = [table.header.indexOf('key'), table.header.indexOf('likes')];
  const numbers = table.rows.map((row) => [row[key]?.trim() ?? '', Number(row[likes])] as const);
  return new Map(numbers.filter(([, number]) => Number.isFinite(number)));
}
