import { namesOtherPlatform } from '../../targets/index.ts';
import type { About, Words } from '../../targets/target.ts';
import { communityWord, fitsAnyPost, foldTag, isTikTokOnly } from '../../targets/tiktok-jargon.ts';
import { aboutOf } from '../../targets/topic-meaning.ts';
import { countTags, exceeded } from '../counting.ts';
import type { Disclosed } from './disclosures.ts';
import { plainLetters } from './letters.ts';
import type { Removed } from './removed.ts';

type TagRules = Pick<Words, 'maxHashtags' | 'hashtag' | 'maxTagRoom' | 'topicsFor' | 'wording' | 'ownTags'>;

/** The creator's hashtags, without `#`. */
export interface WantedTags {
  /** In order, with duplicates. */
  readonly written: readonly string[];
  /** From `--tags`. */
  readonly added: readonly string[];
}

/** The rules of the place where the hashtags go. */
export interface TagPlace {
  readonly rules: TagRules;
  /** Whether the body has room for these hashtags. */
  readonly fits: (hashtags: readonly string[]) => boolean;
  /** What a hashtag discloses. Absent: nothing. */
  readonly discloses?: (name: string) => Disclosed | null;
  /** The subject of the post, to choose between several meanings of a hashtag. Absent: its hashtags. */
  readonly about?: About;
}

export interface ChosenTags {
  /** Without `#`, best first. */
  readonly hashtags: readonly string[];
  /** How many different hashtags the creator wrote that have a meaning here. */
  readonly wanted: number;
  /** How many of these are kept, as themselves or as the platform's own topic. */
  readonly kept: number;
  /** Hashtags that are not kept as written. */
  readonly removed: readonly Removed[];
}

/** A hashtag in progress: what the creator wrote, and its replacements on this platform, best first. */
interface TagCandidate {
  readonly written: string;
  readonly shown: readonly string[];
  /** The order: below 0 disclosures, 0 the creator's own, 1 topics of the platform, 2 others, 3 generic ones. */
  readonly use: number;
}

/** Paid disclosures come first. */
const order: Readonly<Record<Disclosed, number>> = { paid: -4, ai: -3, 'asked-paid': -2, 'asked-ai': 2 };

/**
 * Chooses the hashtags of a post. Drops those that have a meaning on TikTok only, translates the rest into the
 * platform's words and sorts them by usefulness: known topics first, generic ones last. Added hashtags come before all
 * others and are never dropped as TikTok-only. Disclosures come even before those, unchanged: the law requires them, so
 * they are neither dropped nor translated.
 */
export function chooseTags({ written, added }: WantedTags, place: TagPlace): ChosenTags {
  const removed: Removed[] = [];
  const own = new Set(added);
  const all = distinct(inPlainLetters([...added, ...written], removed), removed);
  const names = shortEnough(all, place.rules, removed);
  const discloses = (name: string) => place.discloses?.(name) ?? null;
  const meant = names.filter((name) => own.has(name) || discloses(name) || isMeant(name, place.rules, removed));
  const about = place.about ?? aboutOf(place.rules.topicsFor ? names : [], '');
  const candidates = meant.map((name): TagCandidate => {
    const disclosed = discloses(name);
    if (disclosed === null || disclosed === 'asked-ai')
      return candidate(name, own.has(name), place.rules, about, removed);
    const topics = disclosed === 'ai' ? (place.rules.topicsFor?.(name, about) ?? []) : [];
    return { written: name, shown: [name, ...topics], use: order[disclosed] };
  });
  return withLong(fill(candidates, place, removed), all.length - names.length);
}

/** Hashtags that a person wrote for the post: dropped only if there is no room. */
export function keepTags({ written, added }: WantedTags, place: TagPlace): ChosenTags {
  const removed: Removed[] = [];
  const spelled = inPlainLetters(written, removed).flatMap((name) => respell(name, removed));
  const all = distinct([...spelled, ...added], removed);
  const names = shortEnough(all, place.rules, removed);
  const useOf = (name: string) => Math.min(0, order[place.discloses?.(name) ?? 'asked-ai']);
  const candidates = names.map((name) => ({ written: name, shown: [name], use: useOf(name) }));
  return withLong(fill(candidates, place, removed), all.length - names.length);
}

function withLong(chosen: ChosenTags, tooLong: number): ChosenTags {
  return { ...chosen, wanted: chosen.wanted + tooLong };
}

function inPlainLetters(names: readonly string[], removed: Removed[]): string[] {
  return names.map((name) => {
    const { text, styled } = plainLetters(name);
    if (styled.length > 0) removed.push({ text: `#${name}`, reason: 'letter-font' });
    return text;
  });
}

function shortEnough(names: readonly string[], { hashtag }: TagRules, removed: Removed[]): readonly string[] {
  if (!hashtag) return names;
  return names.filter((name) => {
    const fits = exceeded(name, hashtag) === null;
    if (!fits) removed.push({ text: `#${name}`, reason: 'too-long' });
    return fits;
  });
}

function isMeant(name: string, { ownTags = [] }: TagRules, removed: Removed[]): boolean {
  const folded = foldTag(name);
  if (isTikTokOnly(folded) && communityWord(folded) === undefined) {
    removed.push({ text: `#${name}`, reason: 'platform-tag' });
    return false;
  }
  if (!namesOtherPlatform(folded, ownTags)) return true;
  removed.push({ text: `#${name}`, reason: 'other-platform-tag' });
  return false;
}

/** The first of each spelling, ignoring case and width. */
function distinct(names: readonly string[], removed: Removed[]): string[] {
  const first = new Map<string, string>();
  const doubles = new Map<string, string[]>();
  for (const name of names) {
    const folded = foldTag(name);
    const known = doubles.get(folded);
    if (!first.has(folded)) first.set(folded, name);
    else if (known) known.push(`#${name}`);
    else doubles.set(folded, [`#${name}`]);
  }
  for (const texts of doubles.values()) removed.push({ text: texts.join(' '), reason: 'duplicate' });
  return [...first.values()];
}

function candidate(
  written: string,
  added: boolean,
  { topicsFor, wording }: TagRules,
  about: About,
  removed: Removed[],
): TagCandidate {
  const folded = foldTag(written);
  const word = communityWord(folded) ?? folded;
  const usual = wording && Object.hasOwn(wording.value, word) ? wording.value[word] : word;
  const reworded = usual !== undefined && usual !== folded;
  if (reworded) removed.push({ text: `#${written}`, reason: 'other-wording' });
  const name = reworded ? usual : written;
  const topics = topicsFor?.(name, about) ?? [];
  const isTopic = topicsFor !== undefined && /\p{Script=Han}/u.test(name);
  const use = added ? 0 : topics.length > 0 || isTopic ? 1 : fitsAnyPost(foldTag(name)) ? 3 : 2;
  return { written, shown: [...topics, name], use };
}

/** The best name of each hashtag, then the second names. */
function inOrderOfUse(candidates: readonly TagCandidate[]): string[] {
  const ordered = [...candidates].sort((one, other) => one.use - other.use);
  const deepest = candidates.reduce((most, { shown }) => Math.max(most, shown.length), 0);
  return Array.from({ length: deepest }, (_, place) => ordered.flatMap(({ shown }) => shown[place] ?? [])).flat();
}

function fill(candidates: readonly TagCandidate[], { rules, fits }: TagPlace, removed: Removed[]): ChosenTags {
  const { maxHashtags, maxTagRoom } = rules;
  const hashtags = distinct(inOrderOfUse(candidates), []).slice(0, maxHashtags.value);
  const room = maxTagRoom?.value ?? Number.POSITIVE_INFINITY;
  while (hashtags.length > 0 && !(fits(hashtags) && countTags(hashtags) <= room)) hashtags.pop();

  const there = new Set(hashtags.map(foldTag));
  const isThere = (name: string) => there.has(foldTag(name));
  const gone = candidates.filter(({ written, shown }) => !hashtags.includes(written) && shown.at(-1) === written);
  // The topic is the same word: #grwm becomes GRWM.
  for (const { written } of gone.filter((each) => isThere(each.written)))
    removed.push({ text: `#${written}`, reason: 'other-wording' });
  removed.push(...listed(gone.filter(({ written }) => !isThere(written)).map(({ written }) => `#${written}`)));
  return {
    hashtags,
    wanted: candidates.length,
    kept: candidates.filter(({ shown }) => shown.some(isThere)).length,
    removed,
  };
}

const longestList = 100;

/** Lists them one by one, up to a readable number. */
function listed(texts: readonly string[]): Removed[] {
  const rest = texts.slice(longestList);
  const single = texts.slice(0, longestList).map((text): Removed => ({ text, reason: 'too-many-hashtags' }));
  return rest.length > 0 ? [...single, { text: rest.join(' '), reason: 'too-many-hashtags' }] : single;
}

/** A hashtag as platforms parse it: letters, digits, marks and underscores, with at least one letter. */
function respell(written: string, removed: Removed[]): string[] {
  const name = written.replace(/[^\p{L}\p{N}\p{M}_\u200c\u200d]/gu, '').replace(/^\p{M}+/u, '');
  const isTag = /\p{L}/u.test(name);
  if (!isTag || name !== written.replace(/^[#＃]+|\s+/gu, '')) removed.push({ text: written, reason: 'not-a-hashtag' });
  return isTag ? [name] : [];
}
