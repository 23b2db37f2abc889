import { onFirstUse } from '../../text/on-first-use.ts';
import { isTopLevel } from './domains.ts';
import { eachGrapheme } from './graphemes.ts';

/**
 * X's length of a post, by version 3 of its own rules: alphabets up to U+10FF and common punctuation count 1, all else
 * 2, an emoji 2 however many code points it has, a link 23 however long it is; the text is in NFC first. Where X's
 * parser of links may decide otherwise than this one, the larger number counts. Source:
 * https://github.com/twitter/twitter-text (config/v3.json, js/src/parseTweet.js), read 2026-11.
 */
const ofLink = 23;
const light = [
  [0x0000, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const;

// The flag `v` is needed for sequences of code points, and TypeScript refuses it in literals for targets below ES2024.
const sequences = 'RGI_Emoji';
const emoji = onFirstUse(() => new RegExp(`^\\p{${sequences}}$`, 'v'));

const ofPath = String.raw`[a-z0-9!*';:=+,.$/%#\[\]_~@|&-]`;
const ofQuery = String.raw`[a-z0-9!?*'@;:&=+$/%#\[\]_.,~|-]`;
/** Brackets are left out: X takes them in pairs only. */
const afterDomain = String.raw`(?::\d{1,5})?(?:/(?:${ofPath}{0,2000}[a-z0-9=_#/+-])?)?(?:\?${ofQuery}{0,2000}[a-z0-9_&=#/-])?`;
const domain = String.raw`(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,8}([a-z]{2,24})(?![a-z0-9@＠_-])`;
const link = new RegExp(String.raw`(?<![a-z0-9@＠$#＃])(?:https?://\S+|${domain}${afterDomain})`, 'giu');
const plainLink = new RegExp(String.raw`^https?://${domain}${afterDomain}`, 'iu');

/** Visits links and graphemes with what X counts for them, until `visit` returns false. */
export function visitWeighed(text: string, visit: (start: number, end: number, size: number) => boolean): void {
  let goesOn = true;
  const between = (from: number, to: number) => {
    const part = from === 0 && to === text.length ? text : text.slice(from, to);
    eachGrapheme(part, (start, end) => {
      const size = end - start === 1 ? weightOfCode(part.charCodeAt(start)) : weightOf(part.slice(start, end));
      goesOn = visit(from + start, from + end, size);
      return goesOn;
    });
  };
  let done = 0;
  // Without a full stop or a scheme there is no link.
  while (goesOn && text.includes('.', done)) {
    const found = nextLink(text, done);
    if (found === null) break;
    between(done, found.start);
    if (goesOn) goesOn = visit(found.start, found.end, found.size);
    done = found.end;
  }
  if (goesOn) between(done, text.length);
}

function nextLink(text: string, from: number): { start: number; end: number; size: number } | null {
  link.lastIndex = from;
  for (let match = link.exec(text); match; match = link.exec(text)) {
    const [whole, top] = match;
    const start = match.index;
    const sure = plainLink.exec(whole);
    if (sure?.[1] !== undefined && isTopLevel(sure[1])) return { start, end: start + sure[0].length, size: ofLink };
    const isLink = top === undefined || isTopLevel(top);
    if (isLink) return { start, end: start + whole.length, size: Math.max(ofLink, rawWeight(whole)) };
  }
  return null;
}

function rawWeight(text: string): number {
  let total = 0;
  eachGrapheme(text, (start, end) => {
    total += weightOf(text.slice(start, end));
    return true;
  });
  return total;
}

function weightOf(grapheme: string): number {
  if (emoji().test(grapheme)) return 2;
  return [...grapheme.normalize('NFC')].reduce((total, letter) => total + weightOfCode(letter.codePointAt(0) ?? 0), 0);
}

function weightOfCode(code: number): number {
  return light.some(([first, last]) => code >= first && code <= last) ? 1 : 2;
}
