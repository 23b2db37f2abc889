import { keepLatest } from '../text/keep-latest.ts';
import type { About } from './target.ts';
import { tagSpelling } from './tiktok-jargon.ts';
import { mourning, ofFamily, supportGroups, topicMeanings } from './topic-meanings.ts';

/**
 * The subject of a post.
 * @param tags without `#`
 */
export function aboutOf(tags: readonly string[], text: string): About {
  return { tags: tags.map(tagSpelling), text: withoutAccents(text.slice(0, 2000)) };
}

const withoutAccents = keepLatest(
  (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC'),
  4,
);

interface Meaning {
  readonly topics: readonly string[];
  readonly support: readonly Support[];
  /** The default meaning, unless something contradicts it. */
  readonly isUsual: boolean;
}

interface Support {
  readonly inText: RegExp;
  readonly word: string;
  readonly isWhole: boolean;
}

interface Meanings {
  readonly known: readonly Meaning[];
  /** The hashtag itself, which supports none of its meanings. */
  readonly itself: RegExp;
}

/** The lines of the table about each hashtag. Only those of the hashtags in use are parsed. */
let linesOf: ReadonlyMap<string, readonly string[]> | null = null;

function split(words: string): string[] {
  return words.split(' ').filter(Boolean);
}

function supportOf(words: string): Support[] {
  const all = split(words).flatMap((word) =>
    word.startsWith('~') ? split(supportGroups[word.slice(1)] ?? '') : [word],
  );
  return [...new Set(all)].map((each) => {
    const word = each.replace('$', '');
    const isWhole = each.endsWith('$') || (word.length < 4 && /^[a-z]/.test(word));
    return { word, isWhole, inText: new RegExp(`(?<!\\p{L})${word}${isWhole ? '(?!\\p{L})' : ''}`, 'u') };
  });
}

function allLines(): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const line of topicMeanings.split('\n')) {
    const spellings = line.slice(0, Math.max(0, line.indexOf(' = ')));
    for (const each of split(spellings)) all.set(each, [...(all.get(each) ?? []), line]);
  }
  return all;
}

function meaningOf(line: string): Meaning {
  const [, topics = '', words = ''] = line.split(/ [=:] /);
  return { topics: split(topics), support: supportOf(words.replace('!', '')), isUsual: words.startsWith('!') };
}

/** null: the hashtag is not in the table. */
const meaningsOf = keepLatest((spelled: string): Meanings | null => {
  linesOf ??= allLines();
  const lines = linesOf.get(spelled);
  if (lines === undefined) return null;
  return { known: lines.map(meaningOf), itself: new RegExp(`[#＃]?(?<!\\p{L})${spelled}(?!\\p{L})`, 'gu') };
}, 1000);

/**
 * The topics of a hashtag with several meanings, or with an uncertain one: those of the meaning that the rest of the
 * post supports most; empty if none is supported or two equally; undefined for every other hashtag.
 * @param spelled in the form of `tagSpelling`
 */
export function topicsByMeaning(spelled: string, about: About): readonly string[] | undefined {
  const found = meaningsOf(spelled);
  if (found === null) return undefined;
  const tags = about.tags.filter((tag) => tag !== spelled).map((tag) => tag.replaceAll(spelled, ' '));
  const text = about.text.includes(spelled) ? about.text.replace(found.itself, ' ') : about.text;
  const counted = found.known.map(({ topics, support, isUsual }) => {
    const count = support.filter((each) => supports(each, tags, text)).length;
    return { topics, count: isUsual ? (count === 0 ? 1 : 0) : count };
  });
  const most = Math.max(...counted.map(({ count }) => count));
  const best = counted.filter(({ count }) => count === most);
  return most === 0 || best.length > 1 ? [] : (best[0]?.topics ?? []);
}

function supports({ word, isWhole, inText }: Support, tags: readonly string[], text: string): boolean {
  const inTag = (tag: string) =>
    isWhole || word.length < 5 ? tag.trim() === word || (tag.startsWith(word) && !isWhole) : tag.includes(word);
  return tags.some(inTag) || (text.includes(word) && inText.test(text));
}

/** Whether a post is about mourning and the topic is about happy families. */
export function isForMourning(topic: string, about: About): boolean {
  return (
    ofFamily.test(topic) &&
    (about.tags.some((tag) => /^(?:grief|rip$|mourning|inlovingmemory|restinpeace|missyou)/.test(tag)) ||
      mourning.test(about.text))
  );
}
