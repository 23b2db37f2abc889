import { type Fit, fits } from '../plan/plan.ts';
import { didYouMean } from '../text/nearest.ts';

/** The value of a cell in the column `fit` of captions.csv. */
export type FitCell =
  /** Empty: that of the run. */
  | { readonly kind: 'none' }
  | { readonly kind: 'fit'; readonly fit: Fit }
  /** `hint` is a sentence. */
  | { readonly kind: 'bad'; readonly hint: string };

/** Parses a cell: a value of `--fit`, in any case. */
export function readFitCell(text: string): FitCell {
  const cell = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase();
  if (cell === '') return { kind: 'none' };
  const fit = fits.find((each) => each === cell);
  if (fit !== undefined) return { kind: 'fit', fit };
  const near = cell.length > 40 ? '' : didYouMean(cell, fits).trim();
  return { kind: 'bad', hint: near || `Write ${fits.slice(0, -1).join(', ')} or ${fits.at(-1)}.` };
}
