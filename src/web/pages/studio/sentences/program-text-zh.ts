import { translated } from '../../../../report/reasons.ts';
import { reasons } from '../../../../report/reasons-zh.ts';
import { refusals } from '../../../../report/refusals-zh.ts';

const all = [...reasons, ...refusals];

/** A text of the program in Chinese; unchanged, in English, where there is no translation. */
export function programText(text: string | number): string {
  return translated(String(text), all);
}
