import type { Issue } from '../model/issue.ts';
import type { SavedSheet } from './saved-sheet.ts';
import { cellsIn } from './sheet-past.ts';

const shownCells = 5;

/** What a person has to know of a sheet that was changed in two places. */
export function aboutMerge({ stale, past }: Pick<SavedSheet, 'stale' | 'past'>): Issue[] {
  const others = [...cellsIn(past.others)].flatMap(({ key, column, value }) =>
    value.flatMap(({ text, isTold }) =>
      isTold ? [] : [`${column} of ${key}, ${text.trim() === '' ? 'empty' : `“${short(text)}”`}`],
    ),
  );
  return [...listed('captions-stale', stale), ...listed('captions-conflict', others)];
}

function listed(code: 'captions-stale' | 'captions-conflict', all: readonly string[]): Issue[] {
  const actual = all.slice(0, shownCells).join('; ');
  return all.length === 0 ? [] : [{ code, severity: 'warning', actual, limit: all.length }];
}

function short(text: string): string {
  const all = [...text.replace(/\s+/g, ' ').trim()];
  return all.length > 60 ? `${all.slice(0, 59).join('')}…` : all.join('');
}
