import type { ChoiceCells } from './choices.ts';
import type { Table } from './spreadsheet.ts';
import type { TranslationColumns } from './translations.ts';

export interface OwnSheet {
  readonly table: Table;
  /** By key. Of two rows with one key the first, if they do not contradict each other. */
  readonly rows: ReadonlyMap<string, SheetCells>;
}

/** A row of the sheet, with the id of the post's address. */
export type SheetCells = RowCells &
  ChoiceCells & {
    readonly tiktokId: string | null;
    /** Cells in the columns of translations and transcripts that are there; absent if there are none. */
    readonly more?: TranslationColumns;
  };

/** The words of a row; null where a column is missing. */
export type RowCells = { readonly [Column in keyof Cells]: string | null };

/** The cells of captions.csv that a person fills in. */
export interface Cells {
  readonly caption: string;
  readonly title: string;
  readonly hashtags: string;
}
