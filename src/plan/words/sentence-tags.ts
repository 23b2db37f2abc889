import { foldTag, isTikTokOnly } from '../../targets/tiktok-jargon.ts';
import { leadsOn } from './dangling.ts';
import { disclosedByTag, type Language } from './disclosures.ts';
import type { Part } from './parse.ts';

/**
 * Finds the hashtags that are words of a sentence, by their index among the parts. They stay in the text without `#`.
 * Examples: `so much #snow today`, `week 3 of #marathon 🏃`, `between #Rome and #Oslo`. A hashtag that starts a caption,
 * is in a row, or follows a complete sentence is a label and is removed from the text.
 */
export function tagsInSentences(parts: readonly Part[], language: () => Language): ReadonlySet<number> {
  const inside = new Set<number>();
  for (let index = 0; index < parts.length; index++) {
    if (parts[index]?.kind !== 'hashtag') continue;
    const row = rowFrom(parts, index);
    for (const each of wordsOf(parts, row, language)) if (!isMeaningless(parts[each])) inside.add(each);
    index = row.at(-1) ?? index;
  }
  return inside;
}

function isMeaningless(part: Part | undefined): boolean {
  return part?.kind !== 'hashtag' || isTikTokOnly(foldTag(part.name));
}

/** The hashtags from `start` with only commas or an `and` in between, on one line. */
function rowFrom(parts: readonly Part[], start: number): number[] {
  const row = [start];
  for (;;) {
    const last = row.at(-1) ?? start;
    const next = parts[last + 1];
    if (next?.kind === 'hashtag') row.push(last + 1);
    else if (next?.kind === 'text' && parts[last + 2]?.kind === 'hashtag' && isBetween(next.text)) row.push(last + 2);
    else return row;
  }
}

function isBetween(text: string): boolean {
  return betweenTags(text) || conjunction.test(text);
}

/** Whether the text between two hashtags is only a separator. */
export function betweenTags(text: string): boolean {
  return text.length < 10 && /^[^\S\n]*[,，、;·•|/&+-]?[^\S\n]*$/.test(text);
}

const conjunction =
  /^[^\S\n]*[,，]?[^\S\n]+(?:and|or|y|e|o|et|ou|und|oder|en|of|og|och|ja|i|oraz|lub|a|и|или|та|ve|veya|dan|atau|và|hoặc|و|أو|और|या|και|și|és|vs|x|to|bis|→)[^\S\n]+$|^[^\S\n]*(?:和|与|與|跟|と|や|및|และ|กับ)[^\S\n]*$/iu;

function wordsOf(parts: readonly Part[], row: readonly number[], language: () => Language): readonly number[] {
  const [first = 0] = row;
  const last = row.at(-1) ?? first;
  const before = textBefore(parts, first);
  const behind = parts[last + 1];
  const after = behind?.kind === 'text' ? behind.text : '';
  const goesOn = behind?.kind === 'mention' || isContinued(after);
  const isLeading = before === '' || before.endsWith('\n');
  if (row.length > 1) {
    const isListed = row.some((each, index) => index > 0 && conjunction.test(parts[each - 1]?.text ?? ''));
    const hasCommas = row.every((each, index) => index === 0 || /[,，、]/.test(parts[each - 1]?.text ?? ''));
    // Without them the word between them would be left.
    if (isListed) return row;
    if (isLeading) return [];
    if (hasCommas && (expectsNoun(before) || (goesOn && startsLow(after)))) return row;
    // Of a row after `my week in`, the first one completes the sentence.
    return expectsNoun(before) ? [first] : [];
  }
  const part = parts[first];
  if (isLeading) {
    const discloses = part?.kind === 'hashtag' && disclosedByTag(part.name, language) !== null;
    if (discloses) return startsWithBy.test(after) ? row : [];
    return goesOn && behind?.kind === 'text' && startsLow(after) ? row : [];
  }
  // `thanks 💚 #ad my safari`: not part of what follows.
  const isApart = /[^\p{L}\p{M}\p{N},'’"”-]$/u.test(before.trimEnd());
  if (
    isApart &&
    part?.kind === 'hashtag' &&
    disclosedByTag(part.name, language) === 'paid' &&
    !startsWithBy.test(after)
  )
    return [];
  if (goesOn) return row;
  return expectsNoun(before) ? row : [];
}

/** The text of the sentence before a hashtag, on its line. */
function textBefore(parts: readonly Part[], index: number): string {
  let text = '';
  for (let at = index - 1; at >= 0 && text.length < 60; at--) {
    const part = parts[at];
    if (!part) break;
    text =
      (part.kind === 'text' ? part.text : part.kind === 'hashtag' || part.kind === 'mention' ? part.name : 'x') + text;
    if (part.text.includes('\n')) break;
  }
  return text.trimStart() === '' ? '' : text;
}

const punctuation = /^[.,;:!?)\]}'’”»…。，！？；：、」』]/;

function isContinued(after: string): boolean {
  return punctuation.test(after) || /^[^\S\n]*[\p{L}\p{N}]/u.test(after);
}

const particle =
  /^[^\S\n]*(?:は|が|の|を|に|で|と|も|へ|から|まで|という|은|는|이|가|을|를|에서|에|의|와|과|도|로|的|是|真|很|也|在|ที่|เป็น|คือ)/u;
const startsWithBy =
  /^[^\S\n]+(?:by|with|von|mit|par|avec|por|con|da|di|door|av|af|przez|de|от|oleh|bởi|من)(?!\p{L})/iu;

/** Whether the text continues a sentence rather than starting one. */
function startsLow(after: string): boolean {
  return /^[^\S\n]*\p{Ll}/u.test(after) || punctuation.test(after) || particle.test(after);
}

const determiners = new Set(
  'my your our his her their this that these those a an the every each some any no mi tu su nuestro nuestra un una este esta meu minha seu sua um uma este esta mon ma ton ta notre un une ce cette mein meine dein deine unser unsere ein eine einen einem einer dieser diese il la lo mio mia un uno una questo questa mijn een het de deze min mitt en ett mój moja мой моя наш наша bu bir benim'.split(
    ' ',
  ),
);
const qualities = new Set(
  'first second third fourth fifth last next new old own best favourite favorite big little small whole very real primer primera segundo segunda último última nuevo nueva mejor gran primeiro primeira novo nova melhor premier première dernier dernière nouveau nouvelle petit petite erste ersten erster erstes zweite neue neuen neuer letzte letzten primo prima nuovo nuova ultimo ultima eerste nieuwe första nya pierwszy pierwsza nowy первый первая новый новая ilk yeni daily weekly annual beloved amazing little dear'.split(
    ' ',
  ),
);
const unspacedLead =
  /(?:[のがをにではとへも]|[的在去到把和跟是叫]|第一次|나의|내|첫|제|ของ|ใน|ที่|ไป|กับ|เป็น|ครั้งแรก)[^\S\n]?$/u;

/** Whether a sentence would be incomplete after this text: `so happy to be in`, `my first`. */
function expectsNoun(before: string): boolean {
  if (/\n\s*$/.test(before)) return false;
  const words = before.trimEnd().split(/\s+/).slice(-3);
  const last = words.at(-1)?.toLowerCase() ?? '';
  if (/[^\p{L}\p{M}\p{N}'’&+]$/u.test(last)) return false;
  // Persian `من` means `my` and comes after its noun.
  if (last === 'من' && /[پچژگکی]/.test(before)) return false;
  if (leadsOn(last) || determiners.has(last)) return !notLeading.has(last);
  const second = words.at(-2)?.toLowerCase() ?? '';
  return (qualities.has(last) && determiners.has(second)) || unspacedLead.test(before);
}

/** Words that end a sentence as often as not. */
const notLeading = new Set('so that who what how when where why if than yet but because her ya'.split(' '));
