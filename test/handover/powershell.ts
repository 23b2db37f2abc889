import { spawnSync } from 'node:child_process';

/** The PowerShell of this machine; null: there is none. */
export const powershell =
  ['pwsh', 'powershell'].find((name) => spawnSync(name, ['-NoProfile', '-Command', 'exit 0']).status === 0) ?? null;

/**
 * Reads the strings in single quotes of a line of PowerShell, by its language specification, 2.3.5.2: any of ' ‘ ’ ‚ ‛
 * begins and ends one, two of them in one stand for the first of the two.
 */
export function powershellTexts(line: string): string[] {
  const isQuote = (character: string | undefined) => character !== undefined && /['\u2018-\u201b]/.test(character);
  const texts: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (!isQuote(line[at])) {
      at++;
      continue;
    }
    let text = '';
    at++;
    for (; at < line.length; at++) {
      if (isQuote(line[at])) {
        if (!isQuote(line[at + 1])) break;
        at++;
        text += line[at - 1];
      } else text += line[at];
    }
    if (at >= line.length) throw new Error(`A string does not end: ${line.slice(0, 80)}`);
    at++;
    texts.push(text);
  }
  return texts;
}

/** Takes a command line separateLeftOut as the C runtime of Windows does (parameters after the program's name). */
export function argumentsOf(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  const skip = () => {
    while (line[at] === ' ' || line[at] === '\t') at++;
  };
  for (skip(); at < line.length; skip()) {
    let text = '';
    let isQuoted = false;
    for (; at < line.length; at++) {
      let slashes = 0;
      while (line[at] === '\\') {
        slashes++;
        at++;
      }
      const isMark = line[at] === '"';
      text += '\\'.repeat(isMark ? Math.floor(slashes / 2) : slashes);
      if (isMark && slashes % 2 === 1) text += '"';
      else if (isMark && isQuoted && line[at + 1] === '"') {
        text += '"';
        at++;
      } else if (isMark) isQuoted = !isQuoted;
      else if (at >= line.length || (!isQuoted && (line[at] === ' ' || line[at] === '\t'))) break;
      else text += line[at];
    }
    found.push(text);
  }
  return found;
}
