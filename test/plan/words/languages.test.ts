import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const size = (text: string, { words }: Target, odd = {}) =>
  sizeCaption(post(odd), { text, source: 'csv', title: null, hashtags: null }, words, null);

describe('the same post in many languages, for RedNote', () => {
  it.each<[string, string, string, string, string]>([
    [
      'English',
      'Morning at the harbour. Took the early ferry #travel',
      'Morning at the harbour',
      'Took the early ferry',
      '旅行 travel',
    ],
    ['Spanish', '¡Mañana en el puerto! Tomé el ferry #viaje', '¡Mañana en el puerto!', 'Tomé el ferry', '旅行 viaje'],
    [
      'German',
      'Früh am Hafen: die Fähre, allein. Und Kaffee #reise',
      'Früh am Hafen: die Fähre, allein',
      'Und Kaffee',
      '旅行 reise',
    ],
    ['French', 'Le port, au matin… Puis le ferry #voyage', 'Le port, au matin… Puis le ferry', '', '旅行 voyage'],
    [
      'Turkish',
      'İstanbul’da sabah ışığı. Vapurla geçtik #İstanbul',
      'İstanbul’da sabah ışığı',
      'Vapurla geçtik',
      '伊斯坦布尔 İstanbul',
    ],
    ['Arabic', 'صباح الخير من الميناء. ركبنا العبّارة #سفر', 'صباح الخير من الميناء', 'ركبنا العبّارة', 'سفر'],
    ['Hebrew', 'בוקר בנמל. לקחנו את המעבורת #טיול', 'בוקר בנמל', 'לקחנו את המעבורת', 'טיול'],
    ['Hindi', 'बंदरगाह पर सुबह। हमने नाव ली #यात्रा', 'बंदरगाह पर सुबह', 'हमने नाव ली', 'यात्रा'],
    ['Thai', 'เช้าที่ท่าเรือ\nเรานั่งเรือเฟอร์รี่ #เที่ยว', 'เช้าที่ท่าเรือ', 'เรานั่งเรือเฟอร์รี่', 'เที่ยว'],
    ['Japanese', '港の朝。フェリーに乗りました #旅行', '港の朝。フェリーに乗りました', '', '旅行'],
    ['Chinese', '港口的早晨，很安静。我们坐了渡轮 #旅行', '港口的早晨，很安静', '我们坐了渡轮', '旅行'],
    ['Korean', '항구의 아침. 배를 탔어요 #여행', '항구의 아침', '배를 탔어요', '여행'],
    ['Russian', 'Утро в гавани. Ехали на пароме #travel', 'Утро в гавани', 'Ехали на пароме', '旅行 travel'],
    ['Vietnamese', 'Buổi sáng ở cảng. Đi phà sớm #dulịch', 'Buổi sáng ở cảng', 'Đi phà sớm', 'dulịch'],
    ['emoji only', '🌅⛴️☕ #travel', 'Travel', '🌅⛴️☕', '旅行 travel'],
  ])('%s', (_language, text, title, body, hashtags) => {
    const { caption } = size(text, rednote);
    expect([caption.title, caption.body, caption.hashtags.join(' ')]).toEqual([title, body, hashtags]);
  });
});

/** A letter in each script: its limit is met exactly, passed by one, passed by far. */
describe.each<[string, string, number, number]>([
  // Letters that fit a RedNote title, a YouTube title.
  ['Latin', 'a', 40, 100],
  ['Chinese', '汉', 20, 100],
  ['Japanese', 'か', 20, 100],
  ['Korean', '가', 20, 100],
  ['Arabic', 'ب', 20, 100],
  ['Hindi', 'न', 20, 100],
  ['Hindi with a vowel sign', 'नि', 10, 50],
  ['Thai', 'ก', 20, 100],
  ['Cyrillic', 'ж', 20, 100],
  ['a dotless ı', 'ı', 20, 100],
  ['a letter with two marks', 'a\u0301\u0323', 8, 33],
  ['emoji', '😀', 10, 50],
  ['families', '👨‍👩‍👧‍👦', 1, 9],
  ['flags', '🇩🇪', 5, 25],
])('%s at the edge', (_script, letter, fitsRednote, fitsShorts) => {
  it.each<[string, Target, number]>([
    ['RedNote', rednote, fitsRednote],
    ['Shorts', shorts, fitsShorts],
  ])('of a title for %s', (_name, target, fits) => {
    const rule = target.words.title;
    if (!rule) throw new Error('no title');
    const title = (times: number) => {
      const words = { text: '', source: 'csv', title: letter.repeat(times), hashtags: null } as const;
      return sizeCaption(post(), words, target.words, null);
    };
    expect(title(fits).caption).toMatchObject({ title: letter.repeat(fits), body: '' });
    for (const times of [fits + 1, fits * 50]) {
      const { caption, issues } = title(times);
      expect(count(caption.title ?? '', rule.unit)).toBeLessThanOrEqual(rule.max.value);
      // Of a wall of emoji one is left, which needs no ellipsis.
      expect(caption.title).toMatch(new RegExp(`^(?:${letter})+…?$`, 'u'));
      const rest = caption.removed.map(({ text }) => text).join('');
      expect(caption.body.replace('…', '') + rest).toBe(letter.repeat(times));
      expect(issues.map(({ code }) => code)).toContain('title-cut');
    }
  });

  it('a body for Reels without spaces is cut at 2200 characters', () => {
    const fits = Math.floor(2200 / letter.length);
    expect(size(letter.repeat(fits), reels).caption).toMatchObject({ body: letter.repeat(fits), removed: [] });
    for (const times of [fits + 1, fits * 5]) {
      const { body, removed } = size(letter.repeat(times), reels).caption;
      expect(body).toMatch(new RegExp(`^(?:${letter})+…$`, 'u'));
      expect(body.length).toBeLessThanOrEqual(2200);
      expect(body.slice(0, -1) + removed.map(({ text }) => text).join('')).toBe(letter.repeat(times));
    }
  });

  it('a description for Shorts is cut at 5000 bytes', () => {
    const bytes = new TextEncoder().encode(letter).length;
    const fits = Math.floor(5000 / bytes);
    const words = (times: number) =>
      sizeCaption(
        post(),
        { text: letter.repeat(times), source: 'csv', title: 'A title', hashtags: null },
        shorts.words,
        null,
      ).caption;
    expect(words(fits)).toMatchObject({ body: letter.repeat(fits), removed: [] });
    const { body, removed } = words(fits + 1);
    expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(5000);
    expect(body.slice(0, -1) + removed.map(({ text }) => text).join('')).toBe(letter.repeat(fits + 1));
  });
});

describe('a post without any text', () => {
  it.each([rednote, shorts, reels])('$name', (target) => {
    const { caption, issues } = size('', target);
    expect(caption).toEqual({ title: target.words.title ? '2025-03-02' : null, body: '', hashtags: [], removed: [] });
    expect(issues.map(({ code }) => code)).toEqual(target.words.title ? ['no-words', 'title-made'] : ['no-words']);
  });
});
