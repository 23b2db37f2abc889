import { translated } from '../../../../report/reasons.ts';
import { reasons } from '../../../../report/reasons-es.ts';
import { refusals } from '../../../../report/refusals-es.ts';

const all = [...reasons, ...refusals];

/** What the program says in English, in Spanish; as it is where that is not known. */
export function said(text: string | number): string {
  return translated(String(text), all);
}
