/**
 * Text that a spreadsheet could take for a formula, including full-width (Excel with a Japanese or Chinese keyboard
 * treats them alike) and small forms, or for the apostrophe that we put before those: at the start, or after blanks and
 * invisible characters, which programs trim.
 */
const risky = /^[\s\p{Cc}\p{Cf}]*['*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212]|^[\t\r\n]/u;

/** ASCII control characters (C0 and DEL) except tabs and line breaks, and those of Latin-1 (C1). */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Text for a table or page. Direction marks stay: right-to-left captions need them when they are copied. */
export function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** A cell that is safe in any table: spreadsheets execute a cell that starts with one of `= + - @`. */
export function guarded(cell: string): string {
  const text = withoutControls(cell);
  return risky.test(text) ? `'${text}` : text;
}

/** Removes the guard from a cell. A person's own leading `'` stays unless it guards something. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && risky.test(cell.slice(1)) ? cell.slice(1) : cell;
}
