import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { lemon8 } from '../../../src/targets/lemon8.ts';
import { rednote } from '../../../src/targets/rednote.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const lint = (target: Target, text: string, title = 'A title') =>
  sizeCaption(post(), { text, source: 'csv', title, hashtags: null }, target.words, null).issues.map(
    ({ code, actual, place }) => `${code} ${actual} ${place ? `${place.part} ${place.at}` : ''}`.trim(),
  );

describe('words that a platform frowns on', () => {
  it.each<[string, Target, string, string[]]>([
    ['an absolute', rednote, '这是最好的咖啡', ['word-absolute 最好 body 3']],
    ['an innocent word that holds one', rednote, '我第一次来，和最好的朋友', []],
    ['innocent once, and not the other time', rednote, '第一次就是第一', ['word-absolute 第一 body 6']],
    ['counted in characters, not code units', rednote, '😀😀最好', ['word-absolute 最好 body 3']],
    ['each once', rednote, '最好最好', ['word-absolute 最好 body 1']],
    ['100%', rednote, '100% cotton, not 1100%', ['word-absolute 100% body 1']],
    ['medical', rednote, '可以治愈', ['word-medical 治愈 body 3']],
    ['finance', rednote, '稳赚的', ['word-finance 稳赚 body 1']],
    ['bait', rednote, '免费送', ['word-bait 免费 body 1']],
    ['a price is no bait', rednote, '只要100元', []],
    ['contact', rednote, '看我的WeChat', ['word-contact WeChat body 4']],
    [
      'another platform',
      rednote,
      'More on TikTok and 抖音',
      ['word-platform TikTok body 9', 'word-platform 抖音 body 20'],
    ],
    ['in a hashtag', rednote, 'Words #sea #微博日常', ['word-platform 微博 hashtag 2']],
    ['not inside a word', rednote, 'an instance of instability', []],
    ['a promotion', lemon8, 'use my code MAYA', ['word-promotion use my code body 1']],
    ['off', lemon8, 'now 20% off', ['word-promotion % off body 7']],
    ['a promotion is nothing to others', reels, 'use my code MAYA', []],
    ['refused characters', shorts, 'I <3 it', ['character-refused < body 3']],
    ['which others take', reels, 'I <3 it', []],
    ['contact details that were taken out', rednote, 'see x.com and a@b.com', ['contacts-removed 2']],
  ])('%s', (_odd, target, text, expected) => {
    expect(lint(target, text)).toEqual(expected);
  });

  it('in the title', () => {
    expect(lint(rednote, 'Words', '最好的')).toEqual(['word-absolute 最好 title 1']);
    expect(lint(shorts, 'Words', 'a > b')).toEqual(['character-refused > title 3']);
  });

  it('always a warning: words never reject a post', () => {
    const words = {
      text: '最好 治愈 稳赚 免费 微信 抖音 <> x.com',
      source: 'csv',
      title: null,
      hashtags: null,
    } as const;
    for (const target of [rednote, lemon8, shorts, reels]) {
      const { issues } = sizeCaption(post(), words, target.words, null);
      expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });
});
