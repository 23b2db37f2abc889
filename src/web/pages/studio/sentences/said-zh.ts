import { translated } from '../../../../report/reasons.ts';
import { reasons } from '../../../../report/reasons-zh.ts';
import { refusals } from '../../../../report/refusals-zh.ts';

const all = [...reasons, ...refusals];

/** What the program says in English, in Chinese; as it is where that is not known. */
export function said(text: string | number): string {
  return translated(String(text), all);
}
