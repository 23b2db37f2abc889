import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { lintWords } from '../../../src/plan/words/lint.ts';
import { lemon8 } from '../../../src/targets/lemon8.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { topicLists } from '../../../src/targets/rednote/topics.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const lint = (target: Target, text: string, title = 'A title') =>
  sizeCaption(post(), { text, source: 'csv', title, hashtags: null }, target.words, null).issues.map(
    ({ code, actual, place }) => `${code} ${actual} ${place ? `${place.part} ${place.at}` : ''}`.trim(),
  );

describe('words that a platform discourages', () => {
  it.each<[string, Target, string, string[]]>([
    ['an absolute', rednote, '这是最好的咖啡', ['word-absolute 最好 body 3']],
    ['an innocent word that holds one', rednote, '我第一次来，和最好的朋友', []],
    ['innocent once, and not the other time', rednote, '第一次就是第一', ['word-absolute 第一 body 6']],
    ['counted in characters, not code units', rednote, '😀😀最好', ['word-absolute 最好 body 3']],
    ['each once', rednote, '最好最好', ['word-absolute 最好 body 1']],
    ['100%', rednote, '100% worth it, not 1100%', ['word-absolute 100% body 1']],
    ['100% of a stuff', rednote, '100% cotton, 100%棉, 100％羊毛 und 100 % Wolle', []],
    ['100% behind what it promises', rednote, 'effective 100%', ['word-absolute 100% body 11']],
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

  it.each([
    ...['赶上第一班船', '第一天', '第一眼就爱上', '第一步', '第一口咖啡', '人生第一条vlog', '第一杯奶茶', '第一排座位'],
    ...[
      '第一，早起。第二，早睡',
      '安全第一',
      '友谊第一，比赛第二',
      '第一部分',
      '十月第一周',
      '我的第一台相机',
      '第一篇笔记',
    ],
    ...[
      '第一次坐船',
      '第一位客人',
      '第一轮',
      '第一桶金',
      '第一缕阳光',
      '第一场雪',
      '第一件事',
      '第一堂课',
      '第一站：里斯本',
    ],
    ...['最好提前预约', '最好早点去', '最好带伞', '最好不要周末来', '最好是早上'],
    ...['治愈系风景', '被海风治愈了', '好治愈啊', '治愈的一天', '太治愈了'],
    ...['南京东路步行街', '北京东站', '快手早餐', '快手菜', '打电话给妈妈', '红色电话亭'],
    ...[
      '欢迎参加我的婚礼',
      '增加我的动力',
      '请加微辣',
      '更加微妙',
      '环保本来就重要',
      '确保本周更新',
      '口感QQ的',
      'QQ糖',
    ],
    ...['只要9.0元', '5,000元', '门票￥20.0元'],
    ...['100%, no filter, no plan', '100% recommend', '100% would go again', 'I am 100% sure', 'we agree 100%'],
    ...['lo recomiendo al 100%', 'je valide à 100 %', 'bin zu 100% dabei', '100% 공감', '100%同意', 'battery at 100%'],
    ...['棉100%', '綿100%のシャツ', '湿度100%', '100% humidity', '100% of my heart', '100% homemade'],
    ...['loose threads', 'a thread count of 400 threads', 'ínsta', 'Instaû'],
  ])('innocent: %s', (text) => {
    expect(lint(rednote, text)).toEqual([]);
  });

  it.each<[string, string]>([
    ...['全国第一', '销量第一', '全网第一家', '世界第一高楼', '我们是第一！', '第一名', '第一品牌', '行业第一'].map(
      (text): [string, string] => [text, 'absolute'],
    ),
    ...[
      '全球第一的咖啡',
      '第一好吃',
      '最好吃的面',
      '最好的',
      '最好用',
      '他最好',
      '100%有效',
      '100% 好评',
      '１００％有效',
    ].map((text): [string, string] => [text, 'absolute']),
    ...[
      '100% effective',
      '100% all natural',
      '100% Natural',
      '100% risk free',
      'it works 100%',
      'success rate: 100%',
      '成功率100%',
      '100%纯天然',
      '100%正品',
      '100% natürlich',
      '100% wirksam',
      '100% eficaz',
      '100% naturel',
      '100% etkili',
      '100% натуральный',
      '100% эффективно',
      '100% aman',
      '100% hiệu quả',
      'ปลอดภัย 100%',
      '100% ได้ผล',
      '100%天然',
      '100% 효과',
      '효과 100%',
    ].map((text): [string, string] => [text, 'absolute']),
    ...['絕對', '頂級', '極致', '百分之百', '全国NO.1', 'NO.1 的咖啡'].map((text): [string, string] => [
      text,
      'absolute',
    ]),
    ...['治愈癌症', '治癒失眠', '治療', '療效'].map((text): [string, string] => [text, 'medical']),
    ...['免費', '0元购', '０元'].map((text): [string, string] => [text, 'bait']),
    ...[
      'ig: the whole story',
      'IG：全都在',
      'TikToker',
      'YouTubers',
      'tik tok',
      'on Threads',
      '快手见',
      '京东买的',
      '京東',
      '淘寶',
    ].map((text): [string, string] => [text, 'platform']),
    ...['私信我', '加我好友', '加微', '电话联系', '電話', '二維碼'].map((text): [string, string] => [text, 'contact']),
  ])('pointed out: %s', (text, kind) => {
    expect(lint(rednote, text).join()).toMatch(new RegExp(`^word-${kind} [^,]*$`));
  });

  it('no word of the glossary of topics is watched', () => {
    const hashtags = Object.values(topicLists)
      .flatMap((list) => list.split(/[\n=]/))
      .flatMap((side) => side.trim().split(' '))
      .filter((word) => /\p{Script=Han}/u.test(word));
    expect(lintWords({ title: null, body: '', hashtags }, rednote.words)).toEqual([]);
  });

  it('watched words in the title are reported', () => {
    expect(lint(rednote, 'Words', '最好的')).toEqual(['word-absolute 最好 title 1']);
    expect(lint(shorts, 'Words', 'a > b')).toEqual(['character-refused > title 3']);
  });

  it('always a warning: texts never reject a post', () => {
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
