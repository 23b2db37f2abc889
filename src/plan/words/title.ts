import type { TextRule } from '../../targets/target.ts';
import { keepLatest } from '../../text/keep-latest.ts';
import { count } from '../counting.ts';
import { cut, ellipsis } from '../cut.ts';
import { graphemeBefore, sentencesOf } from './boundaries.ts';
import { calm, emoji } from './calm.ts';
import { clauseEnds } from './clauses.ts';
import { tidy } from './clean.ts';
import { danglingEnd } from './dangling.ts';
import { behindLabel, isDisclosureAlone, isHook } from './hooks.ts';
import { plainLetters } from './letters.ts';
import type { Torn } from './torn.ts';

export interface ChosenTitle {
  readonly title: string;
  /** The text without what is whole in the title. */
  readonly rest: string;
  /** Signs at the end of the title that are neither in it nor in the rest. */
  readonly trimmed: string;
  /** Letters of a font that plain letters stand for in the title, and that are not in the rest. */
  readonly styled: readonly string[];
  /** How long the whole title was; null where all of it is there. */
  readonly cutFrom: number | null;
}

/** Text beyond this is never looked at for a title. */
const farEnough = 2000;

/** What a person gave as the title, or the title of a photo post. What does not fit begins the text. */
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

/** How a title is looked for. */
export interface TitleSearch {
  /** What is left of sentences that a contact was taken out of. */
  readonly torn?: readonly Torn[];
  /** Whether anything in the text discloses: without it nobody looks. */
  readonly discloses?: boolean;
  /** Takes a hook or a remnant too, where there is nothing better. */
  readonly takesAny?: boolean;
}

/**
 * The first sentence or line that says something of the post; null where none does. A sentence of one word (`Wow!`) takes
 * the next one along if there is room. Neither a hook, nor a call to do something, nor a disclosure, nor the remnant of a
 * sentence whose link was taken out.
 */
export function foundTitle(text: string, rule: TextRule, search: TitleSearch = {}): ChosenTitle | null {
  const found = foundBy(text);
  const { torn = [], discloses = false, takesAny = false } = search;
  const asked = [rule.unit, rule.max.value, rule.aim?.value, discloses, takesAny, ...torn.map(({ text }) => text)].join(
    '\n',
  );
  const before = found.get(asked);
  if (before !== undefined) return before;
  const title = findTitle(text, rule, search);
  found.set(asked, title);
  return title;
}

/** The titles that were found in the last texts: platforms with the same rule ask for the same one. */
const foundBy = keepLatest(() => new Map<string, ChosenTitle | null>(), 4);

function findTitle(text: string, rule: TextRule, search: TitleSearch): ChosenTitle | null {
  const found = speakingSentence(text, rule, search);
  if (found === null) return null;
  const { before, after } = found;
  const { text: sentence, styled } = plainLetters(found.sentence);
  const [whole, trimmed] = withoutEnd(sentence);
  const length = count(whole, rule.unit);
  // A line that was broken in the middle of a sentence; one that has an end may end with any word.
  const broken = !/[.。．।؟]/.test(trimmed) && /^\n\p{Ll}/u.test(after);
  const dangling = broken ? danglingEnd(whole) : whole;
  if (length <= rule.max.value && dangling === whole) {
    return { title: whole, rest: tidy(before + after), trimmed, styled, cutFrom: null };
  }
  const title = length <= rule.max.value ? dangling : shortened(whole, rule);
  return title === '' ? null : { title, rest: text, trimmed: '', styled: [], cutFrom: length };
}

/** A title that is made of what is known of a post; empty where nothing of it fits. */
export function fittedTitle(made: string, rule: TextRule): string {
  return count(made, rule.unit) <= rule.max.value ? made : shortened(made, rule);
}

/**
 * First calmed, then cut, so that it ends as a sentence would. To what is aimed at; but a word that all the room holds is
 * not given up for it.
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
      // `Omg!` alone is no title, if what follows has no room beside it.
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
 * Where in a sentence a title begins, in code units: behind a wall of emoji, behind hooks, remnants and disclosures that
 * emoji part from the rest, behind a label that discloses. All of it where nothing is left.
 */
function titleIn(sentence: string, { torn = [], discloses = false, takesAny = false }: TitleSearch): Span {
  let start = 0;
  let stop = sentence.length;
  for (const end of [...clauseEnds(sentence), sentence.length]) {
    if (end <= start) continue;
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
    // Emoji alone lead on to what follows, unless they are a wall.
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

/** What of a clause is no remnant, in code units. */
function whatIsWhole(clause: string, torn: readonly Torn[], takesAny: boolean): Span {
  const found = torn.length === 0 ? undefined : torn.find(({ text }) => text === tidy(clause));
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

/** Thai, Lao and Khmer part no sentences with full stops: what an emoji parts from the rest says enough. */
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

/** Two words, or four letters of a script that has no spaces. */
function saysSomething(text: string): boolean {
  const unspaced =
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;
  return /\p{L}\S*\s+\S*\p{L}/u.test(text) || (text.match(unspaced)?.length ?? 0) >= 4;
}

const signsAtEnd = /[\s.,;:…·|/\\–—\-、。，；：،؛।~～&+=＞>([{（【《「『“„«‚‹]+$/u;

/** Without the signs that only lead on to what is not there any more. `U.S.` keeps its last full stop. */
function withoutEnd(title: string): readonly [string, string] {
  if (/(?:^|[^\p{L}])(?:\p{L}\.){2,}$/u.test(title)) return [title, ''];
  const kept = title.replace(signsAtEnd, '');
  return [kept, title.slice(kept.length)];
}

function withoutStart(text: string, title: string): string {
  return text.startsWith(title) ? text.slice(title.length).trimStart() : text;
}
