import { describe, expect, it } from 'vitest';
import { chooseTags, keepTags } from '../../../src/plan/words/tags.ts';
import { lemon8 } from '../../../src/targets/lemon8.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { foldTag, isTikTokOnly } from '../../../src/targets/tiktok-jargon.ts';

const choose = (target: Target, written: string, added = '', choosing = chooseTags) => {
  const split = (text: string) => text.split(' ').filter(Boolean);
  const wanted = { written: split(written), added: split(added) };
  const chosen = choosing(wanted, { rules: target.words, fits: () => true });
  return {
    ...chosen,
    hashtags: chosen.hashtags.join(' '),
    removed: chosen.removed.map(({ text, reason }) => `${reason} ${text}`),
  };
};

describe('tags of TikTok only', () => {
  it.each([
    ...[
      'fyp',
      'FYP',
      'ｆｙｐ',
      'fypシ',
      'fypシ゚viral',
      'fyppppp',
      'fypage',
      'foryou',
      'ForYou',
      'foryoupage',
      'foryourpage',
    ],
    ...[
      'foryoupageofficial',
      'xyzbca',
      'xyzcba',
      'tiktok',
      'TikTokViral',
      'tiktoktravel2',
      'stitch',
      'duet',
      'capcut',
      'CapCutEdit',
    ],
    ...['parati', 'pourtoi', 'fürdich', 'おすすめ', '추천', '4you', 'viralfyp', 'fy', 'slowtok', 'BookTok'],
  ])('%s', (name) => {
    expect(isTikTokOnly(foldTag(name))).toBe(true);
  });

  it.each([
    'travel',
    'crossstitch',
    'duett',
    'forest',
    'foryourdog',
    'food',
    'fyrstikk',
    'vladivostok',
    'tok',
    'xyz',
    'captain',
    'viral',
    'für',
  ])('not %s', (name) => {
    expect(isTikTokOnly(foldTag(name))).toBe(false);
  });

  it('a long run of the same letters takes linear time', () => {
    expect(isTikTokOnly(`foryou${'p'.repeat(100_000)}!`)).toBe(false);
  });
});

describe('chooseTags', () => {
  it.each<[string, Target, string, string, string, string[]]>([
    ['as they are', reels, 'sea sand', '', 'sea sand', []],
    ['none', reels, '', '', '', []],
    ['without TikTok’s', reels, 'fyp sea', '', 'sea', ['platform-tag #fyp']],
    ['without other platforms’', lemon8, 'sea shorts', '', 'sea', ['other-platform-tag #shorts']],
    ['its own stays', shorts, 'sea shorts', '', 'sea shorts', []],
    ['each once, whatever its case and width', reels, 'Sea sea ＳＥＡ', '', 'Sea', ['duplicate #sea #ＳＥＡ']],
    ['a dotted İ is an i', reels, 'istanbul İstanbul', '', 'istanbul', ['duplicate #İstanbul']],
    ['what fits any post is last', reels, 'viral sea', '', 'sea viral', []],
    ['and goes first', reels, 'viral a1 a2 a3 a4 a5', '', 'a1 a2 a3 a4 a5', ['too-many-hashtags #viral']],
    [
      'capped',
      lemon8,
      'a1 a2 a3 a4 a5 a6 a7',
      '',
      'a1 a2 a3 a4 a5',
      ['too-many-hashtags #a6', 'too-many-hashtags #a7'],
    ],
    ['the creator’s own come first', reels, 'sea', 'Brand', 'Brand sea', []],
    ['and stay when it is full', reels, 'a1 a2 a3 a4 a5', 'Brand', 'Brand a1 a2 a3 a4', ['too-many-hashtags #a5']],
    ['and once', reels, 'brand sea', 'Brand', 'Brand sea', ['duplicate #brand']],
    ['and are never TikTok’s', reels, '', 'fyp', 'fyp', []],
    ['a community under its own name', lemon8, 'booktok', '', 'books', ['other-wording #booktok']],
    ['and that of the platform', reels, 'booktok', '', 'bookstagram', ['other-wording #booktok']],
    ['and of another', shorts, 'BookTok', '', 'booktube', ['other-wording #BookTok']],
    ['the Chinese topic, then the original', rednote, 'travel', '', '旅行 travel', []],
    ['in any case and number', rednote, 'Travel GoldenRetrievers', '', '旅行 金毛 Travel GoldenRetrievers', []],
    [
      'topics before originals',
      rednote,
      'harbourlight travel lisbon',
      '',
      '旅行 里斯本 harbourlight travel lisbon',
      [],
    ],
    ['Chinese is a topic already', rednote, 'travel 海边日记', '', '旅行 海边日记 travel', []],
    ['a topic that is there already', rednote, '旅行 travel', '', '旅行 travel', []],
    [
      'a topic of the same letters',
      rednote,
      'grwm GRWM',
      '',
      'GRWM 和我一起出门',
      ['duplicate #GRWM', 'other-wording #grwm'],
    ],
    ['a community too', rednote, 'booktok', '', '书籍 books', ['other-wording #booktok']],
  ])('%s', (_odd, target, written, added, expected, removed) => {
    expect(choose(target, written, added)).toMatchObject({ hashtags: expected, removed });
  });

  it('without room original hashtags are dropped and listed, and topics stay', () => {
    const chosen = choose(rednote, 'travel food coffee beach sunset hotel');
    expect(chosen.hashtags).toBe('旅行 美食 咖啡 海边 日落 酒店 travel food coffee 沙滩');
    expect(chosen.removed).toEqual([
      'too-many-hashtags #beach',
      'too-many-hashtags #sunset',
      'too-many-hashtags #hotel',
    ]);
    expect([chosen.wanted, chosen.kept]).toEqual([6, 6]);
  });

  it('YouTube has 500 characters for all tags', () => {
    const chosen = choose(shorts, ['a', 'b', 'c'].map((letter) => letter.repeat(200)).join(' '));
    expect(chosen.hashtags.split(' ')).toHaveLength(2);
    expect([chosen.wanted, chosen.kept]).toEqual([3, 2]);
  });

  it('a list that is not read to its end is still a list', () => {
    const { removed } = choose(reels, Array.from({ length: 300 }, (_, index) => `t${index}`).join(' '));
    expect(removed).toHaveLength(101);
    expect(removed.at(-1)).toMatch(/^too-many-hashtags #t105 .*#t299$/);
  });
});

describe('keepTags: what a person wrote', () => {
  it.each<[string, string, string, string, string[]]>([
    ['as it stands', 'travel fyp tiktok', '', 'travel fyp tiktok', []],
    ['with a sign', '#travel ＃sea', '', 'travel sea', []],
    ['and the own ones behind', 'travel', 'Brand', 'travel Brand', []],
    ['spelled as a hashtag can be', 'rock&roll', '', 'rockroll', ['not-a-hashtag rock&roll']],
    ['a number is none', '123', '', '', ['not-a-hashtag 123']],
    ['each once', 'a1 A1', '', 'a1', ['duplicate #A1']],
  ])('%s', (_odd, written, added, expected, removed) => {
    expect(choose(rednote, written, added, keepTags)).toMatchObject({ hashtags: expected, removed });
  });
});
