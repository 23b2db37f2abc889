import { parseAudience } from './audience.ts';
import { isNo, isYes } from './disclosures.ts';
import { fieldOf, isBlank } from './row.ts';
import { isAddress, type Line, readDate } from './txt-lines.ts';

/** Likes and other counts, in the digits of any script: `12`, `1.234`, `1,2 K`, `00:15`. */
const COUNT = /^\p{Nd}[\p{Nd}\s.,:'\u2019\u066b\u066c]*[kmb\u5343\u4e07\u842c\u5104\ub9cc\ucc9c]?$/iu;
/** A count followed by a word: `1,2 Tsd.`, `5 Likes`. */
const COUNT_WITH_WORD = /^\p{Nd}[\p{Nd}\s.,'\u2019\u066b\u066c]*[\p{L}\p{M}]+\.?$/u;
/** A sound and its author: `original sound - maya`. */
const SOUND = / [-\u2013] /;

/** How to find the audience of the posts of one TXT export. */
export interface AudienceLayout {
  isLabel(label: string): boolean;
  /** The audience words of one post; undefined if it has none. */
  wordsOf(block: readonly Line[]): string | undefined;
}

/**
 * Finds the audience lines of these posts; null if no block has one, as in the layouts of 2020 and 2023. Uses a known
 * label, else the label at the audience's position in most blocks, whatever its value: a post with unknown audience words
 * must be held.
 */
export function audienceLayout(blocks: readonly (readonly Line[])[]): AudienceLayout | null {
  const isKnown = (label: string) => fieldOf(label) === 'audience';
  const labelled = (block: readonly Line[], isLabel: (label: string) => boolean) =>
    block.flatMap(({ label, value }) => (label !== null && isLabel(label) && !isBlank(value) ? [value] : []));
  if (blocks.some((block) => block.some(({ label }) => label !== null && isKnown(label))))
    return { isLabel: isKnown, wordsOf: (block) => strictestWords(labelled(block, isKnown)) };
  const places = new Map<string, number>();
  for (const block of blocks) {
    const label = labelByPlace(block);
    if (label !== null) places.set(label, (places.get(label) ?? 0) + 1);
  }
  const [likeliest] = [...places].sort(([, one], [, other]) => other - one);
  if (likeliest === undefined) return null;
  const isLabel = (label: string) => label === likeliest[0];
  const isAnswer = answersIn(blocks);
  return {
    isLabel,
    wordsOf(block) {
      const words = labelled(block, isLabel);
      // The position is a guess: a title before the audience may be the word for "everyone".
      return words.length === 0 ? undefined : strictestWords([...words, ...rivals(block, isLabel, isAnswer)]);
    },
  };
}

/** The label of the first line after the addresses that is not a count, an address or another known field. */
function labelByPlace(block: readonly Line[]): string | null {
  let isBehindOthers = false;
  let worded: string | null = null;
  for (const { label, value } of behindAddress(block)) {
    if (label === null || saysNothing(value)) continue;
    const field = fieldOf(label);
    if (field === undefined) {
      const isFirst = worded === null && !isBehindOthers;
      if (isFirst && COUNT_WITH_WORD.test(value)) worded = label;
      else if (!isBehindOthers || isRestricted(value)) return label;
    } else if (field !== 'likes' && field !== 'cover' && field !== 'title') isBehindOthers = true;
  }
  return worded;
}

/** Other values that could be the audience: unknown words before the permissions, known words for less than everyone. */
function rivals(
  block: readonly Line[],
  isLabel: (label: string) => boolean,
  isAnswer: (value: string) => boolean,
): readonly string[] {
  const found: string[] = [];
  let isBefore = true;
  for (const { label, value } of behindAddress(block)) {
    if (label === null || isLabel(label) || saysNothing(value) || fieldOf(label) !== undefined) continue;
    isBefore &&= !isAnswer(value);
    const isOther = isBefore && !COUNT_WITH_WORD.test(value) && !SOUND.test(value);
    if (isOther || isRestricted(value)) found.push(value);
  }
  return found;
}

/** The lines after the first address. Without an address, the line after the date is the label of the missing address. */
function behindAddress(block: readonly Line[]): readonly Line[] {
  const first = block.findIndex(({ text, value }, index) => index > 0 && (isAddress(text) || isAddress(value)));
  return block.slice(first < 0 ? 2 : first + 1);
}

function saysNothing(value: string): boolean {
  return isBlank(value) || COUNT.test(value) || isAddress(value) || readDate(value) !== null;
}

function isRestricted(value: string): boolean {
  const visibility = parseAudience(value);
  return visibility !== null && visibility !== 'everyone';
}

/** Recognises `Yes` and `No` in known languages, and values that lines with different labels share. */
function answersIn(blocks: readonly (readonly Line[])[]): (value: string) => boolean {
  const labels = new Map<string, string>();
  const answers = new Set<string>();
  for (const { label, value } of blocks.flat()) {
    if (label === null || isBlank(value) || parseAudience(value) !== null) continue;
    if ((labels.get(value) ?? label) === label) labels.set(value, label);
    else answers.add(value);
  }
  return (value) => answers.has(value) || isYes(value) || isNo(value);
}

/** From the strictest; null stands for unknown words. */
const strictness: readonly ReturnType<typeof parseAudience>[] = ['private', null, 'friends'];

/** Returns the strictest words: only me, else unknown words, else friends, else everyone. */
function strictestWords(words: readonly string[]): string | undefined {
  const found = strictness.flatMap((audience) => words.find((each) => parseAudience(each) === audience) ?? []);
  return found[0] ?? words[0];
}
