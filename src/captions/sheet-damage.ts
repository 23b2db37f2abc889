import { saveAsUtf8 } from './decode.ts';
import { isFormulaError } from './formula-errors.ts';
import { loadLegacyText } from './legacy-text.ts';
import { changeOf, isLost, isMisread } from './lost-letters.ts';
import type { OwnSheet } from './sheet-cells.ts';
import { translationColumn } from './translations.ts';

/**
 * Possible earlier values of the cells of captions.csv: by post key, then by column. `said` contains the delivered
 * texts.
 */
export type KnownCells = ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;

/** Limits how many cells are compared with all encodings. */
const maxCompared = 50;

/**
 * Whether a spreadsheet lost letters when it saved the sheet. Compares cells with what port wrote; new text of a person
 * must not consist of question marks.
 * @returns why the sheet cannot be trusted at all, as half a sentence. Else `lacksSigns`: emoji and symbols that port
 *     wrote are lost; the record of the cells has them.
 */
export async function damageOf(
  { table }: OwnSheet,
  known: KnownCells,
): Promise<string | { readonly lacksSigns: boolean }> {
  const keyColumn = table.header.indexOf('key');
  const personal: string[] = [];
  const other: (readonly [cell: string, text: string])[] = [];
  let lacksSigns = false;
  for (const row of table.rows) {
    const key = (row[keyColumn] ?? '').trim();
    const cells = known.get(key);
    for (const [column, name] of table.header.entries()) {
      const cell = row[column] ?? '';
      const texts = cells?.[name] ?? [];
      if (!watched.has(name) && !(translationColumn(name) !== null && texts.some(Boolean))) continue;
      const fates = texts.map((text) => ({ text, fate: changeOf(cell, text) }));
      if (fates.some(({ fate }) => fate === 'same')) continue;
      if ((filledIn.has(name) || translationColumn(name) !== null) && isFormulaError(cell))
        return takenForFormula(cell, key);
      const lost = fates.find(({ fate }) => fate === 'letters-lost');
      if (lost) return refused(`“${short(cell)}” stands in it where port had written “${short(lost.text)}”`);
      const word = lostWord(cell, cells?.['said'] ?? []);
      if (word !== null) return refused(`“${word.found}” stands in it where the package has “${word.meant}”`);
      if (fates.some(({ fate }) => fate === 'signs-lost')) lacksSigns = true;
      else {
        for (const { text, fate } of fates) if (fate === 'other-letters') other.push([cell, text]);
        personal.push(cell);
      }
    }
  }
  if (other.length > 0) {
    const legacy = await loadLegacyText();
    const misread = other.slice(0, maxCompared).find(([cell, text]) => isMisread(cell, text, legacy));
    if (misread) return refused(`“${short(misread[0])}” stands in it where port had written “${short(misread[1])}”`);
  }
  const isGone = (cell: string) => isLost(cell) || (lacksSigns && /\?\?|(?:^|\s)\?/.test(cell));
  const gone = personal.find(isGone);
  if (gone !== undefined) return refused(`letters were lost when it was saved: “${short(gone)}”`);
  return { lacksSigns };
}

/** A word in the cell with `?` for letters beyond ASCII, and the delivered word: `caf?` and `café`. */
function lostWord(cell: string, said: readonly string[]): { readonly found: string; readonly meant: string } | null {
  const suspects = cell.split(/\s+/).filter((word) => word.includes('?') && /[\p{L}\p{N}]/u.test(word));
  const words = said.flatMap((text) => text.split(/\s+/));
  for (const found of suspects) {
    const meant = words.find((word) => changeOf(found, word) === 'letters-lost');
    if (meant !== undefined) return { found, meant };
  }
  return null;
}

/** The columns that are checked for lost letters. */
const watched = new Set(['sound', 'location', 'caption', 'title', 'hashtags']);

/** The columns that a person fills in. */
const filledIn = new Set(['caption', 'title', 'hashtags']);

function takenForFormula(cell: string, key: string): string {
  return `“${cell.trim()}” stands in the row of ${key}, since the spreadsheet took the words there for a formula: type them again with ' before them`;
}

function refused(what: string): string {
  return `${what}: type it again, and ${saveAsUtf8}`;
}

function short(text: string): string {
  const all = [...text.replace(/\s+/g, ' ').trim()];
  return all.length > 30 ? `${all.slice(0, 29).join('')}…` : all.join('');
}
