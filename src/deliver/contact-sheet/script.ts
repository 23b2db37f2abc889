import { readFileSync } from 'node:fs';

/** The script of the page. A file of its own, of the browser's language, so that it is linted and typed as one. */
export function sheetScript(): string {
  return readFileSync(new URL('./browser.js', import.meta.url), 'utf8');
}
