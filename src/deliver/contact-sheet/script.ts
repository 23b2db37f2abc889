import { readFileSync } from 'node:fs';

/**
 * The files of the page's script, each after those that it imports. They are JavaScript, so that they are linted and
 * type-checked.
 */
export const scriptFiles = [
  ...['browser-page.js', 'browser-state.js', 'browser-find.js', 'browser-server.js', 'browser-ticks.js'],
  ...['browser-copy.js', 'browser.js'],
] as const;

/** The script of the page: a page from disk can import no other file, so all files become one. */
export function sheetScript(): string {
  return joinedScript((name) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));
}

/** Puts the files of the script together as one module. @param read the text of a file */
export function joinedScript(read: (name: string) => string): string {
  const texts = scriptFiles.map((name) =>
    read(name)
      .replace(/^import [^;]*;\n/gm, '')
      .replace(/^export (?=(?:async )?function |const |let )/gm, '')
      .replace(/^export \{\};\n?/gm, ''),
  );
  return texts.join('\n');
}
