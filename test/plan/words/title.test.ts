import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { calm } from '../../../src/plan/words/calm.ts';
import { danglingEnd } from '../../../src/plan/words/dangling.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { reels } from '../../../src/targets/reels.ts';
import { shorts } from '../../../src/targets/shorts.ts';
import type { Target } from '../../../src/targets/target.ts';
import { post } from '../../builders.ts';

const size = (target: Target, text: string, title: string | null = null, odd = {}, place: string | null = null) => {
  const { caption } = sizeCaption(post(odd), { text, source: 'csv', title, hashtags: null }, target.words, place);
  return [caption.title, caption.body];
};

it('the day is the title if no part of it is short enough', () => {
  const link = `maya.com/${'a'.repeat(50)} 🔥🔥🔥🔥🔥 A morning at sea`;
  expect(size(rednote, '', `＠${link}`)).toEqual(['2025-03-02', link]);
});

describe('a title found in the text', () => {
  it.each<[string, string, (string | null)[]]>([
    ['the first sentence', 'A day at sea. Then home.', ['A day at sea', 'Then home.']],
    ['the first line', 'A day at sea\nThen home', ['A day at sea', 'Then home']],
    ['a sign that means something stays', 'Where are we? Guess!', ['Where are we?', 'Guess!']],
    ['one word takes the next sentence along', 'Wow! What a day. And night.', ['Wow! What a day', 'And night.']],
    ['one word alone on its line', 'Lisbon\nA day at sea', ['Lisbon', 'A day at sea']],
    ['the first line that has words', '🌅🌊\n\nA day at sea\nThen home', ['A day at sea', '🌅🌊\n\nThen home']],
    ['signs that lead on are trimmed', 'A day at sea…\nThen home', ['A day at sea', 'Then home']],
    ['an open bracket too', 'A day at sea (\nThen home', ['A day at sea', 'Then home']],
    ['U.S. keeps its full stop', 'A day in the U.S.\nThen home', ['A day in the U.S.', 'Then home']],
    ['St. is no end', 'A day in St. Petersburg. Then home', ['A day in St. Petersburg', 'Then home']],
    ['nor the number of a list', '1. A day at sea. Then home', ['1. A day at sea', 'Then home']],
    ['nor a German date', 'Am 3. Oktober am Meer. Dann heim', ['Am 3. Oktober am Meer', 'Dann heim']],
    ['nor an initial', 'A song by J. Cole at sea. Then home', ['A song by J. Cole at sea', 'Then home']],
    ['broken after a conjunction', 'A day at sea and\nthen home', ['A day at sea', 'A day at sea and\nthen home']],
    ['a sentence may end with any word', 'What we came for. And more', ['What we came for', 'And more']],
    ['nothing but hashtags: one of them', '#one #two', ['One', '']],
    ['nothing but a number', '123', ['2025-03-02', '123']],
    ['emoji', '🌅🌊', ['🌅🌊', '🌅🌊']],
    ['a wall of emoji', '🐶'.repeat(60), ['🐶', '🐶'.repeat(60)]],
  ])('%s', (_odd, text, expected) => {
    expect(size(shorts, text)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    [
      'cut after a word',
      'The best places to eat in Madrid that nobody tells you about',
      'The best places to eat in Madrid…',
    ],
    [
      'not after a conjunction',
      'Everything I packed for the trip and the reasons',
      'Everything I packed for the trip…',
    ],
    ['signs calmed', 'What a wonderful morning at the harbour!!!!!!!!!', 'What a wonderful morning at the harbour!'],
    ['emoji calmed', 'A wonderful morning 🌅🌅🌅🌅🌅🌅🌅🌅🌅🌅', 'A wonderful morning 🌅'],
    ['shouting calmed', 'THE BIGGEST WAVES OF THE YEAR IN PORTUGAL', 'The Biggest Waves of the Year…'],
    ['Chinese', '今天我们一起去了东京的海边看日落然后回家吃饭了', '今天我们一起去了东京的海边看日落…'],
  ])('%s, and whole in the body', (_odd, text, title) => {
    expect(size(rednote, text)).toEqual([title, text]);
  });

  it.each([
    ['Call 555-123-4567 or WhatsApp: +15551234567 to book\nA day at sea', 'A day at sea'],
    ['Call 555-123-4567 or WhatsApp: +15551234567 to book', '2025-03-02'],
    ['Contact: maya@gmail.com\nA day at sea', 'A day at sea'],
    ['x.com and the rest of the day at sea', 'the rest of the day at sea'],
  ])('what is left of contacts makes no title: %j', (text, title) => {
    expect(size(rednote, text)[0]).toBe(title);
  });

  it.each([
    ['汉'.repeat(21), `${'汉'.repeat(18)}…`],
    ['里斯本三日游攻略第一次来必看的十个地方推荐', '里斯本三日游攻略第一次来必看的十个地方…'],
    ['今天去了海边，看了日落，吃了海鲜真的太开心', '今天去了海边，看了日落，吃了海鲜真的…'],
    ['Shot wide open with 35mm lens at f/2.8 of it', 'Shot wide open with 35mm lens at f/2.8…'],
  ])('one too long by one letter loses no more than a word: %s', (text, title) => {
    expect(size(rednote, '', text)[0]).toBe(title);
  });

  it('emoji and capitals stay if they fit', () => {
    expect(size(shorts, 'WHAT A WONDERFUL MORNING!!! 🌅🌅🌅')[0]).toBe('WHAT A WONDERFUL MORNING!!!');
  });
});

describe('a given title', () => {
  it.each<[string, Target, string, string, (string | null)[]]>([
    ['wins over the text', shorts, 'A title', 'Some words. More', ['A title', 'Some words. More']],
    ['as it stands', shorts, 'And so on...', 'Words', ['And so on...', 'Words']],
    ['is not said twice', shorts, 'A title', 'A title\nand words', ['A title', 'and words']],
    ['one line', shorts, 'A title\n of two', '', ['A title of two', '']],
    [
      'too long: it begins the body',
      rednote,
      `A title ${'x'.repeat(40)}`,
      'Words',
      ['A title xxxxxxxxxxxxxxxxxxxxxxxxxxxx…', `A title ${'x'.repeat(40)}\n\nWords`],
    ],
    ['where there are none it begins the body', reels, 'A title', 'Words', [null, 'A title\n\nWords']],
    ['and is not said twice', reels, 'A title', 'A title and words', [null, 'A title and words']],
    ['without text', reels, 'A title', '', [null, 'A title']],
    ['that is forbidden as a whole', rednote, 'https://example.com/page/of/a/long/address', 'Words', ['Words', '']],
    [
      'nothing but a long letter',
      rednote,
      `a${'\u0301'.repeat(50)}`,
      'Words',
      ['2025-03-02', `a${'\u0301'.repeat(50)}\n\nWords`],
    ],
    ['nothing but hashtags', shorts, '#one', 'Words here', ['Words here', '']],
  ])('%s', (_odd, target, title, text, expected) => {
    expect(size(target, text, title)).toEqual(expected);
  });
});

describe('a title made from other facts', () => {
  it.each<[string, object, string]>([
    ['the place', { location: 'Lisbon', sound: 'Slow Boat - Nobody' }, 'Lisbon'],
    [
      'a long place, cut',
      { location: 'Lisbon, the whole of its old town and more' },
      'Lisbon, the whole of its old town…',
    ],
    ['one line, whatever the place', { location: 'Lisbon\n Portugal' }, 'Lisbon Portugal'],
    ['the track', { sound: 'Slow Boat - Nobody & Sons - Nobody & Sons' }, '♪ Slow Boat'],
    ['not an original sound, which says nothing', { sound: 'som original - maya' }, '2025-03-02'],
    ['the day', { sound: null, location: ' ' }, '2025-03-02'],
  ])('%s', (_odd, odd, expected) => {
    expect(size(rednote, '', null, odd)).toEqual([expected, '']);
  });
});

it('the part number is at the end of title and body', () => {
  expect(size(shorts, 'A day at sea. Then home', null, {}, '1/2')).toEqual(['A day at sea (1/2)', 'Then home (1/2)']);
  expect(size(reels, 'A day at sea', null, {}, '2/2')).toEqual([null, 'A day at sea (2/2)']);
  expect(size(rednote, '汉'.repeat(30), null, {}, '10/12')[0]).toBe(`${'汉'.repeat(14)}… (10/12)`);
});

it.each([
  ['ŞİŞLİ SOKAKLARINDA IŞIK VE GÖLGE', 'Şişli Sokaklarında Işık ve Gölge'],
  ['ISTANBUL IN THE MORNING LIGHT', 'Istanbul in the Morning Light'],
  ['STRASSENFEST IN MÜNCHEN MIT NYC', 'Strassenfest in München mit NYC'],
  ['THE CAT AND A DIY DAY IN THE USA', 'The Cat and a DIY Day in the USA'],
  ['Not SHOUTED at all', 'Not SHOUTED at all'],
  ['why?!?! 👨‍👩‍👧👨‍👩‍👧 🇩🇪🇩🇪 1️⃣', 'why? 👨‍👩‍👧 1️⃣'],
])('calm: %s', (title, expected) => {
  expect(calm(title)).toBe(expected);
});

it.each([
  ['one and the', 'one'],
  ['eins, und', 'eins'],
  ['苹果和', '苹果'],
  ['and', 'and'],
  ['Vitamin A', 'Vitamin A'],
  ['bread & ', 'bread'],
])('danglingEnd: %j', (title, expected) => {
  expect(danglingEnd(title)).toBe(expected);
});
