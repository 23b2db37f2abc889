import type { TextRule } from '../../targets/target.ts';
import { keepLatest } from '../../text/keep-latest.ts';
import { count } from '../counting.ts';
import { cut, ellipsis } from '../cut.ts';
import { graphemeBefore, sentencesOf } from './boundaries.ts';
import { calm, emoji } from './calm.ts';
import { clauseEnds } from './clauses.ts';
import { tidy } from './clean.ts';
import type { ContactClause } from './contact-clauses.ts';
import { danglingEnd } from './dangling.ts';
import { behindLabel, isDisclosureAlone, isHook } from './hooks.ts';
import { plainLetters } from './letters.ts';

export interface ChosenTitle {
  readonly title: string;
  /** The text without what the title contains completely. */
  readonly rest: string;
  /** Punctuation from the end of the title that is neither in the title nor in the rest. */
  readonly trimmed: string;
  /** Letters used as fonts that the title has as plain letters and the rest does not contain. */
  readonly styled: readonly string[];
  /** Length of the uncut title; null if it is not cut. */
  readonly cutFrom: number | null;
}

/** A title is searched within this many characters of the text. */
const farEnough = 2000;

/** A title that a person gave, or the title of a photo post. What does not fit starts the text. */
export function givenTitle(given: string, text: string, rule: TextRule): ChosenTitle | null {
  const written = given.replace(/\s+/g, ' ').trim();
  const { text: title, styled } = plainLetters(written);
  const length = count(title, rule.unit);
  if (length <= rule.max.value) return { title, rest: withoutStart(text, written), trimmed: '', styled, cutFrom: null };
  const shorter = shortened(title, rule);
  if (shorter === '') return null;
  const rest = text.startsWith(written) ? text : [written, text].filter(Boolean).join('\n\n');
  return { title: shorter, rest, trimmed: '', styled: [], cutFrom: length };
}

/** Options of the search for a title. */
export interface TitleSearch {
  /** Fragments of sentences from which a contact was removed. */
  readonly torn?: readonly ContactClause[];
  /** Whether the text contains a disclosure; without one the check is skipped. */
  readonly discloses?: boolean;
  /** Accepts a hook or fragment if there is nothing better. */
  readonly takesAny?: boolean;
}

/**
 * The first sentence or line that describes the post; null if there is none. A one-word sentence (`Wow!`) is joined
 * with the next one if there is room. Skips hooks, calls to action, disclosures, and sentences whose link was removed.
 */
export function foundTitle(text: string, rule: TextRule, search: TitleSearch = {}): ChosenTitle | null {
  const found = foundBy(text);
  const { torn = [], discloses = false, takesAny = false } = search;
  const cacheKey = [
    rule.unit,
    rule.max.value,
    rule.aim?.value,
    discloses,
    takesAny,
    ...torn.map(({ text }) => text),
  ].join('\n');
  const before = found.get(cacheKey);
  if (before !== undefined) return before;
  const title = findTitle(text, rule, search);
  found.set(cacheKey, title);
  return title;
}

/** Cache of titles for the last texts: platforms with equal rules need the same title. */
const foundBy = keepLatest(() => new Map<string, ChosenTitle | null>(), 4);

function findTitle(text: string, rule: TextRule, search: TitleSearch): ChosenTitle | null {
  const found = speakingSentence(text, rule, search);
  if (found === null) return null;
  const { before, after } = found;
  const { text: sentence, styled } = plainLetters(found.sentence);
  const [whole, trimmed] = withoutEnd(sentence);
  const length = count(whole, rule.unit);
  // A line break in the middle of a sentence. A line with final punctuation may end with any word.
  const broken = !/[.。．।؟]/.test(trimmed) && /^\n\p{Ll}/u.test(after);
  const dangling = broken ? danglingEnd(whole) : whole;
  if (length <= rule.max.value && dangling === whole) {
    return { title: whole, rest: tidy(before + after), trimmed, styled, cutFrom: null };
  }
  const title = length <= rule.max.value ? dangling : shortened(whole, rule);
  return title === '' ? null : { title, rest: text, trimmed: '', styled: [], cutFrom: length };
}

/** Fits a title made from known facts; empty if nothing of it fits. */
export function fittedTitle(made: string, rule: TextRule): string {
  return count(made, rule.unit) <= rule.max.value ? made : shortened(made, rule);
}

/**
 * Reduces noise first, then cuts, so that it ends like a sentence. Cuts to the recommended length, but keeps a word
 * that the maximum allows.
 */
function shortened(title: string, { unit, max, aim = max }: TextRule): string {
  const quiet = withoutEnd(calm(title.slice(0, graphemeBefore(title, farEnough))))[0];
  if (count(quiet, unit) <= max.value) return quiet;
  const aimed = cut(quiet, { unit, max: aim.value });
  const fitted = count(aimed.text, unit) < aim.value ? cut(quiet, { unit, max: max.value }) : aimed;
  const bare = fitted.text.replace(new RegExp(` ?${ellipsis}$`), '');
  const kept = danglingEnd(withoutEnd(bare)[0]);
  return kept === '' ? fitted.text : kept + ellipsis;
}

interface Found {
  readonly sentence: string;
  readonly before: string;
  readonly after: string;
}

function speakingSentence(text: string, rule: TextRule, search: TitleSearch): Found | null {
  for (let start = 0; start < Math.min(text.length, farEnough); ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end).slice(0, farEnough);
    if (/\p{L}/u.test(line)) {
      const found = inLine(line, rule, search);
      if (found !== null) {
        const at = start + found.at;
        return { sentence: found.sentence, before: text.slice(0, at), after: text.slice(at + found.sentence.length) };
      }
    }
    start = end === -1 ? text.length : end + 1;
  }
  return null;
}

function inLine(line: string, rule: TextRule, search: TitleSearch): { sentence: string; at: number } | null {
  const sentences = sentencesOf(line);
  let at = 0;
  for (const [index, sentence] of sentences.entries()) {
    const { start, end } = titleIn(sentence, search);
    if (/\p{L}/u.test(sentence.slice(start, end))) {
      if (end < sentence.length) return { sentence: sentence.slice(start, end).trimEnd(), at: at + start };
      const rest = [sentence.slice(start), ...sentences.slice(index + 1)];
      // `Omg!` alone is not a title, even if the next sentence does not fit beside it.
      const isRemark = !saysSomething(rest[0] ?? '') && saysSomething(rest[1] ?? '') && !fits(rest.slice(0, 2), rule);
      if (!isRemark)
        return { sentence: withoutHookAtEnd(beforeEmoji(firstSentence(rest, rule)), search), at: at + start };
    }
    at += sentence.length;
  }
  return null;
}

const emojiWall = new RegExp(`^[^\\S\\n]*${emoji}(?:[^\\S\\n]*${emoji})+[^\\S\\n]*(?=[\\p{L}\\p{N}])`, 'u');

/**
 * Where in a sentence a title begins, in code units: after leading emoji, after hooks, fragments and disclosures that
 * emoji separate from the rest, after a disclosure label. The whole sentence if nothing would be left.
 */
function titleIn(sentence: string, { torn = [], discloses = false, takesAny = false }: TitleSearch): Span {
  let start = 0;
  let stop = sentence.length;
  for (const end of [...clauseEnds(sentence), sentence.length]) {
    const clause = sentence.slice(start, end);
    const says = /\p{L}/u.test(clause);
    const part = whatIsWhole(clause, torn, takesAny);
    const isGone = part.start === part.end;
    const isNothing = !says || isGone || (!takesAny && isHook(clause)) || (discloses && isDisclosureAlone(clause));
    if (!isNothing) {
      if (part.end < clause.trimEnd().length) stop = start + part.end;
      start += part.start;
      break;
    }
    // A few emoji belong to the text after them; a long run does not.
    if (!says && start === 0 && !isGone) continue;
    start = end;
  }
  const rest = sentence.slice(start);
  const wall = emojiWall.exec(rest)?.[0].length ?? 0;
  const label = discloses ? behindLabel(rest.slice(wall)) : 0;
  // `[AD] Good morning!`
  if (label > 0 && !takesAny && isHook(rest.slice(wall + label))) return { start: sentence.length, end: stop };
  return { start: start + wall + label, end: stop };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The range of a clause that is not a fragment, in code units. */
function whatIsWhole(clause: string, torn: readonly ContactClause[], takesAny: boolean): Span {
  const found = torn.find(({ text }) => text === tidy(clause));
  if (found === undefined || (takesAny && !found.isContact)) return { start: 0, end: clause.length };
  const space = clause.length - clause.trimStart().length;
  return { start: space + found.from, end: space + found.to };
}

/** `My tortilla 🍳 Link in bio` without its second clause. */
function withoutHookAtEnd(sentence: string, { torn = [], takesAny = false }: TitleSearch): string {
  const isRemnant = (clause: string) => {
    const { start, end } = whatIsWhole(clause, torn, takesAny);
    return clause !== '' && start === end;
  };
  const ends = clauseEnds(sentence);
  const end = ends.find(
    (each, index) =>
      (isHook(sentence.slice(each)) || isRemnant(sentence.slice(each, ends[index + 1]))) &&
      saysSomething(sentence.slice(0, each)),
  );
  return end === undefined ? sentence : sentence.slice(0, end).trimEnd();
}

/** Thai, Lao and Khmer do not end sentences with full stops, so an emoji counts as the end. */
function beforeEmoji(sentence: string): string {
  if (!/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(sentence)) return sentence;
  const end = clauseEnds(sentence).find((each) => saysSomething(sentence.slice(0, each)));
  return end === undefined ? sentence : sentence.slice(0, end).trimEnd();
}

function fits(sentences: readonly string[], { unit, max }: TextRule): boolean {
  return count(sentences.join('').trimEnd(), unit) <= max.value;
}

function firstSentence(sentences: readonly string[], rule: TextRule): string {
  let taken = '';
  for (const sentence of sentences) {
    if (saysSomething(taken)) return taken.trimEnd();
    const longer = taken + sentence;
    if (/\p{L}/u.test(taken) && count(longer.trimEnd(), rule.unit) > rule.max.value) return taken.trimEnd();
    taken = longer;
  }
  return taken.trimEnd();
}

/** Whether a text has two words, or four letters of a script without spaces. */
function saysSomething(text: string): boolean {
  const unspaced =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;
  return /\p{L}\S*\s+\S*\p{L}/u.test(text) || (text.match(unspaced)?.length ?? 0) >= 4;
}

const signsAtEnd = /[\s.,;:…·|/\\–—\-、。，；：،؛।~～&+=＞>([{（【《「『“„«‚‹]+$/u;

/** Removes final punctuation that introduces missing text. `U.S.` keeps its last full stop. */
function withoutEnd(title: string): readonly [string, string] {
  if (/(?:^|[^\p{L}])(?:\p{L}\.){2,}$/u.test(title)) return [title, ''];
  const kept = title.replace(signsAtEnd, '');
  return [kept, title.slice(kept.length)];
}

function withoutStart(text: string, title: string): string {
  return text.startsWith(title) ? text.slice(title.length).trimStart() : text;
}
