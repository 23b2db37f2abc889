import { describe, expect, it } from 'vitest';
import type { Disclosed } from '../../../src/plan/words/disclosures.ts';
import { chooseTags, keepTags, type TagPlace } from '../../../src/plan/words/tags.ts';
import { reels } from '../../../src/targets/reels.ts';

const kinds: Record<string, Disclosed> = {
  ad: 'paid',
  booktok: 'paid',
  aiart: 'ai',
  gifted: 'asked-paid',
  edit: 'asked-ai',
  grwm: 'asked-ai',
};
const { maxHashtags } = reels.words;
const limit = (value: number) => ({ ...maxHashtags, value });
const rules = { maxHashtags: limit(10), ownTags: ['instagram'], wording: { ...maxHashtags, value: { grwm: 'ready' } } };
const base: TagPlace = { rules, fits: () => true, discloses: (name) => kinds[name] ?? null };
const chosen = (choosing: typeof chooseTags, written: string, added: string, odd: Partial<TagPlace> = {}) => {
  const split = (text: string) => text.split(' ').filter(Boolean);
  const { hashtags, removed, wanted, kept } = choosing(
    { written: split(written), added: split(added) },
    { ...base, ...odd },
  );
  return [hashtags.join(' '), removed.map(({ text, reason }) => `${reason} ${text}`), `${kept} of ${wanted}`];
};
const withRules = (odd: Partial<TagPlace['rules']>): Partial<TagPlace> => ({ rules: { ...rules, ...odd } });
/** Two topics for `made`, none for others. */
const topicsFor = (name: string) => (name === 'made' || name === 'aiart' || name === 'ad' ? ['题一', '题二'] : []);

describe('chooseTags', () => {
  it.each<[string, [string, string, Partial<TagPlace>?], [string, string[], string]]>([
    [
      'paid disclosures, AI, perhaps paid, the creator’s own, others',
      ['sea edit gifted aiart ad', 'Brand'],
      ['ad aiart gifted Brand sea edit', [], '6 of 6'],
    ],
    ['what may disclose AI stays in its place', ['edit sea viral', ''], ['edit sea viral', [], '3 of 3']],
    ['a paid disclosure is not translated', ['booktok', ''], ['booktok', [], '1 of 1']],
    ['what may disclose AI is', ['grwm', ''], ['ready', ['other-wording #grwm'], '1 of 1']],
    [
      'a disclosure of AI brings topics, one that is paid none',
      ['ad aiart', '', withRules({ topicsFor })],
      ['ad aiart 题一 题二', [], '2 of 2'],
    ],
    [
      'disclosures stay where they would be TikTok’s only, or another platform’s',
      ['fyp shorts', '', { discloses: () => 'paid' }],
      ['fyp shorts', [], '2 of 2'],
    ],
    ['without disclosures nothing is one', ['sea ad', '', { discloses: () => null }], ['sea ad', [], '2 of 2']],
    ['fonts become letters', ['𝐬𝐞𝐚 sun', ''], ['sea sun', ['letter-font #𝐬𝐞𝐚'], '2 of 2']],
    ['in the creator’s own too', ['', '𝐬𝐞𝐚'], ['sea', ['letter-font #𝐬𝐞𝐚'], '1 of 1']],
    [
      'one that is too long by itself',
      ['ocean oceans', '', withRules({ hashtag: { max: limit(5), unit: 'characters' } })],
      ['ocean', ['too-long #oceans'], '1 of 2'],
    ],
    [
      'all that fit into the room for tags, to the last letter',
      ['one two six', '', withRules({ maxTagRoom: limit(11) })],
      ['one two six', [], '3 of 3'],
    ],
    [
      'no more than fit into it',
      ['one two six', '', withRules({ maxTagRoom: limit(10) })],
      ['one two', ['too-many-hashtags #six'], '2 of 3'],
    ],
    [
      'no more than fit into the body',
      ['one two six', '', { fits: (tags) => tags.length < 2 }],
      ['one', ['too-many-hashtags #two', 'too-many-hashtags #six'], '1 of 3'],
    ],
    ['none where none fits', ['one', '', { fits: () => false }], ['', ['too-many-hashtags #one'], '0 of 1']],
    [
      'a Chinese one is a topic where there are topics',
      ['sea 海', '', withRules({ topicsFor })],
      ['海 sea', [], '2 of 2'],
    ],
    ['and a hashtag as others elsewhere', ['sea 海', ''], ['sea 海', [], '2 of 2']],
    [
      'its first topic, then others, then second topics and originals',
      ['sea made viral', '', withRules({ topicsFor })],
      ['题一 sea viral 题二 made', [], '3 of 3'],
    ],
    ['what fits any post, of the creator’s own, is first', ['sea', 'viral'], ['viral sea', [], '2 of 2']],
    ['a name of the platform itself', ['instagram tiktok', ''], ['instagram', ['platform-tag #tiktok'], '1 of 1']],
    ['each once, with all its doubles', ['a A sea ａ', ''], ['a sea', ['duplicate #A #ａ'], '2 of 2']],
    ['one with no other name here', ['toString', ''], ['toString', [], '1 of 1']],
    [
      'a topic that took the place of two is each of them',
      ['made ad', '', { ...withRules({ topicsFor, maxHashtags: limit(2) }) }],
      ['ad 题一', ['too-many-hashtags #made'], '2 of 2'],
    ],
  ])('%s', (_odd, args, expected) => {
    expect(chosen(chooseTags, ...args)).toEqual(expected);
  });

  it.each([
    ['the subject that is given', { tags: ['town'], text: '' }, 'town'],
    ['else the hashtags themselves', undefined, 'made reading'],
  ])('topics are chosen after %s', (_what, about, expected) => {
    const place = {
      ...base,
      ...(about && { about }),
      rules: {
        ...rules,
        topicsFor: (_name: string, { tags }: { readonly tags: readonly string[] }) => [tags.join(' ')],
      },
    };
    expect(chooseTags({ written: ['made', 'Reading'], added: [] }, place).hashtags[0]).toBe(expected);
  });
});

describe('keepTags', () => {
  it.each<[string, [string, string, Partial<TagPlace>?], [string, string[], string]]>([
    ['what discloses comes first', ['sea edit gifted aiart ad', ''], ['ad aiart gifted sea edit', [], '5 of 5']],
    ['fonts become letters', ['𝐬𝐞𝐚', ''], ['sea', ['letter-font #𝐬𝐞𝐚'], '1 of 1']],
    [
      'one that is too long by itself',
      ['ocean oceans', '', withRules({ hashtag: { max: limit(5), unit: 'characters' } })],
      ['ocean', ['too-long #oceans'], '1 of 2'],
    ],
    ['a mark has a letter before it', ['\u0301sea', ''], ['sea', ['not-a-hashtag \u0301sea'], '1 of 1']],
    ['joiners, digits and underscores stay', ['نیم\u200cفاصله a_1', ''], ['نیم\u200cفاصله a_1', [], '2 of 2']],
    [
      'however many marks,',
      ['\u0301\u0301sea cafe\u0301', ''],
      ['sea cafe\u0301', ['not-a-hashtag \u0301\u0301sea'], '2 of 2'],
    ],
    ['a sign inside is none', ['a#b', ''], ['ab', ['not-a-hashtag a#b'], '1 of 1']],
    ['signs before it are the way to write one', ['##sea', ''], ['sea', [], '1 of 1']],
    [
      'without room the last ones',
      ['one two', '', withRules({ maxHashtags: limit(1) })],
      ['one', ['too-many-hashtags #two'], '1 of 2'],
    ],
  ])('%s', (_odd, args, expected) => {
    expect(chosen(keepTags, ...args)).toEqual(expected);
  });

  it('white space in a hashtag is left out', () => {
    const { hashtags, removed } = keepTags({ written: [' slow food '], added: [] }, base);
    expect([hashtags, removed]).toEqual([['slowfood'], []]);
  });
});
