/**
 * What a spreadsheet could take for a formula, in full width too (Excel with a Japanese or Chinese keyboard reads those the
 * same) and in small forms, or for the mark that we put before those: at the beginning, or behind blanks and signs that
 * nobody sees, which programs trim.
 */
const risky = /^[\s\p{Cc}\p{Cf}]*['*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212]|^[\t\r\n]/u;

/** A cell as it is written into any table of ours: spreadsheets run what begins with one of `= + - @`. */
export function guarded(cell: string): string {
  return risky.test(cell) ? `'${cell}` : cell;
}

/** The cell as it was meant. A person's own leading `'` stays, unless it guards something. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && risky.test(cell.slice(1)) ? cell.slice(1) : cell;
}
