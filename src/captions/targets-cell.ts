import { targets, targetWords } from '../targets/index.ts';
import { didYouMean } from '../text/nearest.ts';

/** The value of a cell in the column `targets` of captions.csv. */
export type TargetsCell =
  /** Empty, or `all`, alone or with platforms: all those of the run. */
  | { readonly kind: 'everywhere' }
  /** These platforms, by their names; none at all for `none`. `unknown` are words that are not understood beside them. */
  | { readonly kind: 'only'; readonly names: readonly string[]; readonly unknown: readonly UnknownWord[] }
  /** Filled in, and not understood: a person may have tried to keep the post back. `hint` is a sentence. */
  | { readonly kind: 'unread'; readonly hint: string };

export interface UnknownWord {
  readonly word: string;
  /** A sentence. */
  readonly hint: string;
}

const longest = 500;
const maxUnknown = 5;

/** Letters and digits only, so that `YouTube-Shorts` is `youtube shorts`. */
const plain = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
/** `RedNote (Xiaohongshu)` is called `RedNote`. */
const titles = targets.map(({ title }) => title.replace(/\s*\(.*\)$/, ''));

/** Platforms by all that they are called. */
const named = new Map(
  targets.flatMap(({ name, title, aliases }, index) =>
    [name, title, titles[index] as string, ...aliases].map((word) => [plain(word), name] as const),
  ),
);
const maxWords = Math.max(...titles.map((title) => title.split(' ').length));

const nowhere: TargetsCell = { kind: 'only', names: [], unknown: [] };
/** `-`, and what spreadsheets and keyboards make of it. */
const dash = /^[-\u2010-\u2015\u2212]+$/;
/** What stands beside it may be meant as an exception, and must not be taken for where the post goes. */
const negation =
  /^(?:[-\u2010-\u2015\u2212!~].*|.*[✕✖✗✘❌❎⛔🚫].*|not?|but|except|excluding|without|minus|never|skip|don['’]?t)$/iu;

/**
 * Parses a cell: names or titles of platforms in any case, between commas, semicolons or blanks; `none` or `-` for no
 * platform. What is not understood is never a reason to deliver a post.
 */
export function readTargetsCell(text: string): TargetsCell {
  const cell = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
  if (cell === '') return { kind: 'everywhere' };
  const unread = { kind: 'unread', hint: hintFor(cell) } as const;
  if (cell.length > longest) return unread;
  const words = cell.split(/[\s,;、|/&]+/u).filter(Boolean);
  if (words.length === 1 && dash.test(cell)) return nowhere;
  if (words.some((word) => negation.test(word))) return unread;
  const names = new Set<string>();
  const unknown: string[] = [];
  let isNone = false;
  let isAll = false;
  for (let at = 0; at < words.length; ) {
    const word = words[at] as string;
    const [name, length] = nameAt(words, at);
    if (plain(word) === 'none') isNone = true;
    else if (plain(word) === 'all') isAll = true;
    else if (name !== null) names.add(name);
    else unknown.push(word);
    at += length;
  }
  if (isAll && !isNone) return unknown.length === 0 ? { kind: 'everywhere' } : unread;
  if (!isNone && names.size === 0) return unread;
  return {
    kind: 'only',
    names: isNone ? [] : targets.flatMap(({ name }) => (names.has(name) ? [name] : [])),
    unknown: unknown.slice(0, maxUnknown).map((word) => ({ word, hint: hintFor(word) })),
  };
}

/** The platform that the words from here on name, and how many words that takes: as many as possible. */
function nameAt(words: readonly string[], at: number): readonly [name: string | null, length: number] {
  for (let length = Math.min(maxWords, words.length - at); length > 0; length--) {
    const name = named.get(plain(words.slice(at, at + length).join('')));
    if (name !== undefined) return [name, length];
  }
  return [null, 1];
}

function hintFor(written: string): string {
  const near = written.length > 40 ? '' : didYouMean(written, [...targetWords, ...titles, 'none']).trim();
  return near || `Write ${targets.map(({ name }) => name).join(', ')} or none.`;
}

/** Whether the post goes to no platform at all, so that nothing about it has to be asked for. */
export function goesNowhere(cell: string): boolean {
  const read = readTargetsCell(cell);
  return read.kind === 'unread' || (read.kind === 'only' && read.names.length === 0);
}
