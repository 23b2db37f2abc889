import { disclosuresIn, hasDenial, isDenied } from '../plan/words/disclosures.ts';
import { legalLabel } from '../plan/words/legal-labels.ts';
import { parseWords } from '../plan/words/parse.ts';

/** What an answer has that its original does not have, and that no translation brings along. Placeholders are taken out. */

/**
 * Control characters, those that turn the direction of writing or that nobody sees, halves of characters, and signs for
 * private use. Joiners and direction marks stay, one at a time: Persian and Hindi need them. No language has letters
 * under more than five marks.
 */
const unseen =
  /(?:\u200c|\u200d|[\ufe00-\ufe0f]){2}|\p{M}{6}|[\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}\p{Co}\p{Cs}]/u;

export function hasUnseen(answer: string): boolean {
  return unseen.test(answer);
}

/** Elements and entities of HTML, and emphasis of Markdown. */
const markup = /<\/?[a-z][^<>\n]{0,200}>|<!--|&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});|\*\*|__|~~|\]\(/iu;

export function addsMarkup(answer: string, original: string): boolean {
  return markup.test(answer) && !markup.test(original);
}

/**
 * Links, handles, hashtags and emoji: all that the original has of these is behind placeholders, so each one here is new.
 * Written in full width, or with the full stop of Chinese, they are ones too.
 */
export function addsContacts(answer: string): boolean {
  // Names of accounts: the one kind of word with a line in it.
  if (/\p{Extended_Pictographic}|[@＠#＃]|\w_\w/u.test(answer)) return true;
  const plain = answer.normalize('NFKC').replace(/(?<=[a-z0-9])[。｡．](?=[a-z])/giu, '.');
  return [answer, plain].some((text) => parseWords(text).some(({ kind }) => kind !== 'text'));
}

/** More digits than a word such as “three” may become. */
const maxDigits = 4;

export function addsNumbers(answer: string): boolean {
  if (/\p{N}{3,}|\p{N}[^\S\n]?[%‰\p{Sc}]|\p{Sc}[^\S\n]?\p{N}/u.test(answer)) return true;
  return (answer.match(/\p{Nd}/gu)?.length ?? 0) > maxDigits;
}

/** Whether it says that a post is paid or made by AI, which the original, with what is protected in it, does not say. */
export function addsDisclosure(answer: string, original: string): boolean {
  const isSure = (kind: string) => kind === 'paid' || kind === 'ai';
  const known = new Set(disclosuresIn(original).map(({ kind }) => kind));
  return disclosuresIn(answer).some(({ kind }) => isSure(kind) && !known.has(kind));
}

/**
 * Whether it says of a post that it is no advertisement, or not made by AI, while the original denies nothing: the legal
 * words of the language, or the label in the place of a disclosure, behind a “not”.
 * @param answer with the pieces in their places
 */
export function deniesDisclosure(answer: string, original: string, language: string): boolean {
  if (hasDenial(original)) return false;
  // The brackets of a label.
  const text = answer.replace(/[[\]]/g, '');
  const small = text.toLowerCase();
  return (['paid', 'ai'] as const).some((kind) => {
    const label = legalLabel(kind, language)?.toLowerCase();
    if (label === undefined) return false;
    for (let at = small.indexOf(label); at >= 0; at = small.indexOf(label, at + 1))
      if (isDenied(text, at, at + label.length)) return true;
    return false;
  });
}

/** Many more lines than the original has: a text is pushed out of sight by them. */
export function addsLines(answer: string, original: string): boolean {
  const count = (text: string) => text.split('\n').length;
  return count(answer) > 2 * count(original) + 3;
}

const quotes: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ['“', '”'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
];

/** Takes off the quotation marks in which language models wrap an answer. */
export function unquoted(answer: string, original: string): string {
  for (const [open, close] of quotes) {
    const inside = answer.slice(1, -1);
    const isWrapped = answer.length > 2 && answer.startsWith(open) && answer.endsWith(close);
    if (isWrapped && !inside.includes(open) && !inside.includes(close) && !original.startsWith(open))
      return inside.trim();
  }
  return answer;
}
