import { gap } from './gaps.ts';
import { isConjunction, isPointing, leadsTo } from './pointing.ts';
import type { Removed } from './removed.ts';

/** Placeholder for a removed contact until its labels are removed. Cleaned text never contains this character. */
export const contactGap = '\u0001';

const pointer = String.raw`[→⇒➜👉👈👇👆☝⬇➡⤵🔗🌐📩📧✉📨📬📲📱☎📞💌🛒🛍🖥📍]\p{EMod}?\uFE0F?`;
const emoji = String.raw`\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod}|\u200D\p{Extended_Pictographic})*`;
/** A whole address is one token. */
const token = new RegExp(
  String.raw`[\p{L}\p{M}\p{N}]+(?:['’.@＠/_-]{1,3}[\p{L}\p{M}\p{N}]+)*|${emoji}|[^\S\n]+[-–—|/](?=[^\S\n])|[^\S\n]+|.[\p{M}\u200D]*`,
  'gsu',
);
const isPointer = new RegExp(`^${pointer}$`, 'u');
const isWord = /^[\p{L}\p{M}\p{N}]/u;
const isNumber = /^\d{1,2}\p{M}*$/u;
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
/** Separators between statements. The vertical bar and dots are meaningless without the statement before them. */
const separator = /^(?:[|｜•·●▪◦✦;；,，、،؛]|\s+[-–—|/])$/u;
const end = /^(?:[。।۔؟!！?？…()[\]（）［］【】「」“”"«»]|\p{Extended_Pictographic}|\p{RI})/u;
const fullStop = /^[.。।۔!！…]$/u;

/**
 * Removes words that introduced a removed contact: a label (`shop:`), a clause of only such words (`book now at …`), a
 * word before it (`I found it at …`). They are listed. `contactGap` still marks the positions.
 */
export function withoutLabels(text: string, removed: Removed[]): string {
  if (!text.includes(contactGap)) return text;
  const labelsAbove = new RegExp(String.raw`(?<=[:：]|${pointer})[^\S\n]*\n\s*(?=${contactGap})`, 'gu');
  return text
    .replace(labelsAbove, ' ')
    .split('\n')
    .map((line) => (line.includes(contactGap) ? lineWithout(line, removed) : line))
    .join('\n');
}

interface Clause {
  readonly tokens: readonly string[];
  /** The separator after the clause. */
  readonly sign: string;
}

function lineWithout(line: string, removed: Removed[]): string {
  const kept: Clause[] = [];
  let isOpen = false;
  for (const clause of clausesOf(line)) {
    if (!clause.tokens.includes(contactGap)) {
      kept.push(clause);
      isOpen = false;
      continue;
    }
    if (!saysNothing(clause.tokens)) {
      kept.push({ tokens: withoutLeads(clause.tokens, removed), sign: clause.sign });
      isOpen = false;
      continue;
    }
    // The separator after it is no longer needed; nor is the one before it if the line ends here.
    const goes = separator.test(clause.sign) || fullStop.test(clause.sign);
    list(clause.tokens, removed, goes ? clause.sign : '');
    // What follows a sentence that was removed completely is not a fragment.
    kept.push({ tokens: [fullStop.test(clause.sign) ? gap : contactGap], sign: goes ? '' : clause.sign });
    isOpen = true;
  }
  if (isOpen) closeEnd(kept, removed);
  return kept.map(({ tokens, sign }) => tokens.join('') + sign).join('');
}

function closeEnd(kept: Clause[], removed: Removed[]): void {
  for (let index = kept.length - 1; index >= 0; index--) {
    const clause = kept[index];
    if (!clause) return;
    if (separator.test(clause.sign)) {
      list([clause.sign], removed);
      kept[index] = { ...clause, sign: '' };
    } else if (clause.sign !== '') return;
    if (clause.tokens.some((each) => isWord.test(each))) return;
  }
}

function clausesOf(line: string): Clause[] {
  const clauses: Clause[] = [];
  let tokens: string[] = [];
  const all = line.match(token) ?? [];
  for (const [index, each] of all.entries()) {
    const isItem = index === 1 && isNumber.test(all[0] ?? '');
    const stops = each === '.' && /^\s/.test(all[index + 1] ?? ' ');
    const parts = (separator.test(each) || end.test(each) || stops) && !isPointer.test(each) && !isItem;
    if (parts) clauses.push({ tokens, sign: each });
    if (parts) tokens = [];
    else tokens.push(each);
  }
  return tokens.length > 0 ? [...clauses, { tokens, sign: '' }] : clauses;
}

/** Whether the tokens only point at a contact, or are one short label. */
function saysNothing(tokens: readonly string[]): boolean {
  const words = tokens.filter((each, index) => isWord.test(each) && !(index === 0 && isNumber.test(each)));
  if (words.every(isPointing)) return true;
  const label = labelStart(tokens, tokens.indexOf(contactGap));
  const rest = tokens.slice(tokens.indexOf(contactGap)).filter((each) => isWord.test(each));
  return label === 0 && rest.every(isPointing);
}

/** Removes the words that introduce the gaps of a clause that is otherwise kept. */
function withoutLeads(tokens: readonly string[], removed: Removed[]): string[] {
  const kept: string[] = [];
  let said = 0;
  for (const [index, each] of tokens.entries()) {
    const isBehind = kept.at(isBlank(kept.at(-1)) ? -2 : -1) === contactGap;
    if (isBehind && (isPointer.test(each) || (said === 0 && isConjunction(each)))) {
      list([each], removed);
      continue;
    }
    if (each === contactGap) {
      const leads = kept.splice(leadStart(kept));
      said -= leads.filter(says).length;
      list(leads, removed);
      if (!isBlank(tokens[index + 1]) || kept.length > 0) kept.push(' ');
    }
    if (says(each)) said++;
    kept.push(each);
  }
  return kept;
}

function isBlank(token: string | undefined): boolean {
  return token === undefined || token.trim() === '';
}

function isColon(token: string | undefined): boolean {
  return token === ':' || token === '：';
}

function says(each: string): boolean {
  return each !== contactGap && !isBlank(each);
}

/** Where the introducing words before these tokens begin. */
function leadStart(tokens: readonly string[]): number {
  const label = labelStart(tokens, tokens.length);
  if (label !== null) return label;
  let from = tokens.length;
  for (let index = from - 1; index >= 0; index--) {
    const each = tokens[index] ?? '';
    if (isBlank(each)) continue;
    if (!(isPointer.test(each) || isColon(each) || leadsTo(each))) break;
    from = index;
  }
  return from;
}

/** Where a short label with a colon before the gap at `end` begins; null if there is none. */
function labelStart(tokens: readonly string[], gapAt: number): number | null {
  let colon = gapAt - 1;
  while (colon >= 0 && (isBlank(tokens[colon]) || isPointer.test(tokens[colon] ?? ''))) colon--;
  if (!isColon(tokens[colon])) return null;
  let from = colon;
  while (from > 0 && !isColon(tokens[from - 1]) && tokens[from - 1] !== contactGap) from--;
  const label = tokens.slice(from, colon);
  const words = label.filter((each) => isWord.test(each));
  const letters = label.join('').trim().length;
  const isLong = unspaced.test(words[0] ?? '') ? letters > 10 : words.length > 4 || letters > 30;
  return isLong ? null : from;
}

function list(tokens: readonly string[], removed: Removed[], sign = ''): void {
  const words = tokens.filter((each) => each !== contactGap && each !== gap).join('');
  const text = words.replace(/\s+/g, ' ').trim() + sign.trimEnd();
  if (text.trim() !== '') removed.push({ text: text.trim(), reason: 'contact-label' });
}
