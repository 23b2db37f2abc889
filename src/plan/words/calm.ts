import { leadsOn } from './dangling.ts';

/** One emoji with its modifiers. */
export const emoji = String.raw`(?:\p{RI}\p{RI}|\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*)`;
const emojiWall = new RegExp(`(${emoji})(?:[^\\S\\n]*${emoji})+`, 'gu');
const signs = /([!?！？])[!?！？]*/g;
/** Not inside a name: `@odette.k..22`, `__maya__`. */
const repeated = /([.。~～*=-])\1+(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_.@])(_)_+(?![\p{L}\p{N}_.])/gu;

/**
 * Reduces noise in a title that has to be cut: one emoji instead of a run, one punctuation mark instead of a run, lower
 * case if everything is in capitals.
 */
export function calm(title: string): string {
  const language = /[ğşıİ]/iu.test(title.replace(/[iI]/g, '')) ? 'tr' : 'und';
  const quiet = title.replace(emojiWall, '$1').replace(signs, '$1').replace(repeated, '$1$2');
  return isShouted(quiet)
    ? quiet.replace(/\p{Lu}[\p{L}\p{M}'’]*/gu, (word, at: number) =>
        at === 0 ? capitalised(lowerShouted(word, language)) : lowerShouted(word, language),
      )
    : quiet;
}

function isShouted(text: string): boolean {
  const upper = text.match(/\p{Lu}/gu)?.length ?? 0;
  const lower = text.match(/\p{Ll}/gu)?.length ?? 0;
  return upper >= 10 && upper > 4 * lower;
}

const acronyms = new Set('usa uk uae eu lax ai tv diy pov asmr ootd usb ikea'.split(' '));
const vowel = /[aeiouıаеёиоуыэюяαεηιουω]/iu;

/**
 * `LISBON` becomes `Lisbon`, `AND` becomes `and`; an acronym stays: `NYC`. Turkish needs its own case rules for its two
 * letters i.
 */
function lowerShouted(word: string, language: string): string {
  const small = word.toLocaleLowerCase(language);
  if (leadsOn(small)) return small;
  const [first = '', ...others] = word;
  const isSaid = vowel.test(small.normalize('NFD')) && !acronyms.has(small);
  return isSaid || word.length > 4 ? first + others.join('').toLocaleLowerCase(language) : word;
}

function capitalised(word: string): string {
  const [first = '', ...others] = word;
  return first.toUpperCase() + others.join('');
}
