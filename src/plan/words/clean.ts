import type { Removed } from './removed.ts';

/** Control characters except tab and line break, and bidirectional control characters: invisible characters. */
const unseen =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Characters that look blank and count as letters; people use them for empty lines. */
const blank = /[\u2800\u3164\u115f\u1160\uffa0]/g;
const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g;
const halfCharacter = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Removes what cannot be seen or written from foreign text; lines end with `\n`. Each removed character is listed. */
export function cleanText(foreign: string, removed: Removed[]): string {
  let text = foreign.replace(lineBreak, '\n');
  text = take(text, halfCharacter, ' ', 'broken-character', removed);
  text = take(text, blank, '', 'control-character', removed, ' ');
  return take(text, unseen, '', 'control-character', removed);
}

function take(
  text: string,
  what: RegExp,
  between: string,
  reason: Removed['reason'],
  removed: Removed[],
  instead = '',
): string {
  const found = text.match(what);
  if (!found) return text;
  removed.push({ text: found.join(between), reason });
  return text.replace(what, instead);
}

/** Normalises white space: none at the ends of lines, one space between words, at most one empty line. */
export function tidy(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
