import type { TextRule } from '../../targets/target.ts';
import { count } from '../counting.ts';
import { cut, ellipsis } from '../cut.ts';
import { graphemeBefore, sentencesOf } from './boundaries.ts';
import { calm } from './calm.ts';
import { tidy } from './clean.ts';
import { danglingEnd } from './dangling.ts';

export interface ChosenTitle {
  readonly title: string;
  /** The text without what is whole in the title. */
  readonly rest: string;
  /** Signs at the end of the title that are neither in it nor in the rest. */
  readonly trimmed: string;
  /** How long the whole title was; null where all of it is there. */
  readonly cutFrom: number | null;
}

/** Text beyond this is never looked at for a title. */
const farEnough = 2000;

/** What a person gave as the title, or the title of a photo post. What does not fit begins the text. */
export function givenTitle(given: string, text: string, rule: TextRule): ChosenTitle | null {
  const title = given.replace(/\s+/g, ' ').trim();
  const length = count(title, rule.unit);
  if (length <= rule.max.value) return { title, rest: withoutStart(text, title), trimmed: '', cutFrom: null };
  const shorter = shortened(title, rule);
  if (shorter === '') return null;
  const rest = text.startsWith(title) ? text : [title, text].filter(Boolean).join('\n\n');
  return { title: shorter, rest, trimmed: '', cutFrom: length };
}

/**
 * The first sentence or line that says something; null where none does. A sentence of one word (`Wow!`) takes the next one
 * along if there is room.
 */
export function foundTitle(text: string, rule: TextRule): ChosenTitle | null {
  const found = speakingSentence(text, rule);
  if (found === null) return null;
  const { sentence, before, after } = found;
  const [whole, trimmed] = withoutEnd(sentence);
  const length = count(whole, rule.unit);
  // A line that was broken in the middle of a sentence; one that has an end may end with any word.
  const broken = !/[.。．।؟]/.test(trimmed) && /^\n\p{Ll}/u.test(after);
  const dangling = broken ? danglingEnd(whole) : whole;
  if (length <= rule.max.value && dangling === whole) {
    return { title: whole, rest: tidy(before + after), trimmed, cutFrom: null };
  }
  const title = length <= rule.max.value ? dangling : shortened(whole, rule);
  return title === '' ? null : { title, rest: text, trimmed: '', cutFrom: length };
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

function speakingSentence(text: string, rule: TextRule) {
  for (let start = 0; start < Math.min(text.length, farEnough); ) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end).slice(0, farEnough);
    if (/\p{L}/u.test(line)) {
      const sentence = firstSentence(line, rule);
      return { sentence, before: text.slice(0, start), after: text.slice(start + sentence.length) };
    }
    start = end === -1 ? text.length : end + 1;
  }
  return null;
}

function firstSentence(line: string, rule: TextRule): string {
  let taken = '';
  for (const sentence of sentencesOf(line)) {
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
