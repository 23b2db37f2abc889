import type { About } from '../target.ts';
import { tagSpelling } from '../tiktok-jargon.ts';
import { aboutOf, isForMourning, topicsByMeaning } from '../topic-meaning.ts';
import { food } from './topics/food.ts';
import { interests } from './topics/interests.ts';
import { living } from './topics/living.ts';
import { places } from './topics/places.ts';
import { style } from './topics/style.ts';

/**
 * The names on RedNote (小红书) for topics that creators tag in English, and the most common ones in Spanish, Portuguese,
 * French, German, Italian and Indonesian. Written by hand for this program in 2026-11, from general knowledge of topics
 * on xiaohongshu.com; nothing was copied from a list. One line a topic: `spellings = topic second-topic`. Where the
 * platform uses a Latin name (OOTD, Vlog), so do we. Plurals in `s` of words of five letters or more are found
 * automatically, except for places: `#lagos` is not a lake. Hashtags with several meanings are in topic-meanings.ts.
 * Subjects that may not be promoted there (医美 and so on) have no topic.
 */
export const topicLists = { food, style, living, interests, places };

let index: ReadonlyMap<string, readonly string[]> | null = null;
let plurals: ReadonlyMap<string, readonly string[]> | null = null;

/**
 * The topics for a hashtag of another language, best first; empty if it is unknown, or if the post supports none of its
 * meanings. Ignores case, width and accents.
 */
export function topicsFor(hashtag: string, about: About = aboutOf([], '')): readonly string[] {
  index ??= indexed(Object.values(topicLists).join('\n'));
  plurals ??= indexed(Object.values({ ...topicLists, places: '' }).join('\n'));
  const name = tagSpelling(hashtag);
  const single = name.replace(/s$/, '');
  const known = index.get(name) ?? (single.length >= 5 ? plurals.get(single) : undefined) ?? [];
  const topics = topicsByMeaning(name, about) ?? known;
  return topics.filter((topic) => topic !== hashtag && !isForMourning(topic, about));
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
