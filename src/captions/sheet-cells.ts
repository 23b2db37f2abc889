import type { Table } from './spreadsheet.ts';

export interface OwnSheet {
  readonly table: Table;
  /** By key; of a key that comes twice the first, where they do not contradict each other. */
  readonly rows: ReadonlyMap<string, RowCells & { readonly tiktokId: string | null; readonly cover: string | null }>;
}

/** A row of the sheet; null where its column is not there. */
export type RowCells = { readonly [Column in keyof Cells]: string | null };

/** The cells of captions.csv that a person fills in. */
export interface Cells {
  readonly caption: string;
  readonly title: string;
  readonly hashtags: string;
}
