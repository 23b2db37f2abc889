/**
 * What a spreadsheet could take for a formula, in full width too (Excel with a Japanese or Chinese keyboard reads those the
 * same) and in small forms, or for the mark that we put before those: at the beginning, or behind blanks and signs that
 * nobody sees, which programs trim.
 */
const risky = /^[\s\p{Cc}\p{Cf}]*['*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212]|^[\t\r\n]/u;

/** Controls of ASCII (C0 and DEL) but tabs and line breaks, and those of Latin-1 (C1): no letter in any script. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text for a table or a page. Marks of direction stay: right-to-left captions need them when they are copied. */
export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** A cell as it is written into any table of ours: spreadsheets run what begins with one of `= + - @`. */
export function guarded(cell: string): string {
  const text = withoutControls(cell);
  return risky.test(text) ? `'${text}` : text;
}

/** The cell as it was meant. A person's own leading `'` stays, unless it guards something. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && risky.test(cell.slice(1)) ? cell.slice(1) : cell;
}
