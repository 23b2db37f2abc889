import { readFileSync } from 'node:fs';

/** The script of the page. It is a JavaScript file of its own, so that it is linted and type-checked. */
export function sheetScript(): string {
  return readFileSync(new URL('./browser.js', import.meta.url), 'utf8');
}
