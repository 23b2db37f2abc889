import { foldTag } from './jargon.ts';
import { food } from './topics/food.ts';
import { interests } from './topics/interests.ts';
import { living } from './topics/living.ts';
import { places } from './topics/places.ts';
import { style } from './topics/style.ts';

/**
 * What people on RedNote (小红书) call the topics that creators tag in English, and the commonest ones in Spanish,
 * Portuguese, French, German, Italian and Indonesian. Written by hand for this program in 2026-11, after general
 * knowledge of the topics in use on xiaohongshu.com; nothing was copied from a list. One line a topic:
 * `spellings = topic second-topic`. Plurals in `s` are found by themselves; where the platform uses a Latin name (OOTD,
 * Vlog), so do we.
 */
export const topicLists = { food, style, living, interests, places };

let index: ReadonlyMap<string, readonly string[]> | null = null;

/** The topics for a hashtag of another language, best first; none where it is not known. In any case, width, accent. */
export function topicsFor(hashtag: string): readonly string[] {
  index ??= indexed(Object.values(topicLists).join('\n'));
  const name = spelling(hashtag);
  const topics = index.get(name) ?? index.get(name.replace(/s$/, '')) ?? [];
  return topics.filter((topic) => topic !== hashtag);
}

function indexed(list: string): Map<string, readonly string[]> {
  const lines = list.split('\n').map((line) => line.split('='));
  return new Map(
    lines.flatMap(([spellings = '', topics = '']) =>
      split(spellings).map((each): [string, string[]] => [each, split(topics)]),
    ),
  );
}

function split(words: string): string[] {
  return words.split(' ').filter(Boolean);
}

function spelling(hashtag: string): string {
  return foldTag(hashtag)
    .normalize('NFD')
    .replace(/[\p{M}_]/gu, '')
    .normalize('NFC');
}
