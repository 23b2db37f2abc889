import { describe, expect, it } from 'vitest';
import type { Translation } from '../../../src/model/caption.ts';
import { captionDisclosures } from '../../../src/plan/words/caption-disclosures.ts';
import { plainWords } from '../../../src/plan/words/plain.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';
import {
  bothWhole,
  fitBeside,
  readTranslation,
  translatedDisclosures,
  troubleWith,
} from '../../../src/plan/words/translation.ts';

const translated = (odd: Partial<Translation>): Translation => ({
  language: 'zh',
  layout: 'first',
  title: null,
  text: '',
  ...odd,
});

/** What is read of a translation beside an original, and what is listed as removed of both. */
const read = (given: string, said: string, odd: Partial<Translation>) => {
  const removed: Removed[] = [];
  const readInto = (into: Removed[]) => (foreign: string) => plainWords(foreign, { forbidden: ['link'] }, into);
  const own = readInto(removed);
  const original = { given: own(given), said: own(said) };
  const words = readTranslation(translated(odd), original, readInto, removed);
  return { ...words, removed: removed.map(({ text, reason }) => `${reason} ${text}`) };
};

it('a translation as it should be has no issue', () => {
  expect([troubleWith(undefined), troubleWith(translated({ text: '早' }))]).toEqual([[], []]);
});

describe('a translation', () => {
  it.each<[string, [string, string, Partial<Translation>], object]>([
    [
      'of the text stands above the original',
      ['', 'At sea', { text: '海上' }],
      { given: '', text: '海上', beside: { text: 'At sea', place: 'below' }, removed: [] },
    ],
    [
      'of title and text stands below an original with its title',
      ['A day', 'At sea', { title: '一天', text: '海上', layout: 'last' }],
      { given: '一天', text: '海上', beside: { text: 'A day\n\nAt sea', place: 'above' }, removed: [] },
    ],
    [
      'does not repeat a title that the original text begins with',
      ['A day', 'A day at sea', { text: '海上' }],
      { beside: { text: 'A day at sea', place: 'below' } },
    ],
    [
      'repeats one that the text ends with',
      ['at sea', 'A day at sea', { text: '海上' }],
      { beside: { text: 'at sea\n\nA day at sea', place: 'below' } },
    ],
    ['of a title without a text', ['A day', '', { text: '海上' }], { beside: { text: 'A day', place: 'below' } }],
    ['of nothing but hashtags stands alone', ['', '#sea', { text: '海上' }], { beside: null, removed: [] }],
    [
      'that goes out alone lists the original',
      ['A day', 'At sea', { text: '海上', layout: 'only' }],
      { beside: null, removed: ['translated A day\n\nAt sea'] },
    ],
    [
      'of the title alone keeps the text, and lists the title',
      ['A day', 'At sea', { title: '一天' }],
      { given: '一天', text: 'At sea', beside: null, removed: ['translated A day'] },
    ],
    [
      'of the title alone, where the original has none, lists nothing',
      ['', 'At sea', { title: '一天', layout: 'only' }],
      { given: '一天', text: 'At sea', beside: null, removed: [] },
    ],
    [
      'of the title with nothing but hashtags lists nothing',
      ['A day', 'At sea', { title: '#一天' }],
      { given: '', hashtags: ['一天'], removed: [] },
    ],
    [
      'has the hashtags of its title and text, and those that are words',
      ['', 'At sea', { title: '去#北京 玩', text: '今天去了#东京 玩' }],
      { hashtags: ['北京', '东京'], inSentences: ['北京', '东京'] },
    ],
    [
      'lists what is removed from it and not from the original',
      ['', 'At sea https://a.com', { text: '海上 https://a.com https://b.com' }],
      { text: '海上', removed: ['link https://a.com', 'link https://b.com'] },
    ],
  ])('%s', (_what, [given, said, odd], expected) => {
    expect(read(given, said, odd)).toMatchObject(expected);
  });

  it.each([undefined, translated({})])('of nothing is none', (none) => {
    const empty = plainWords('', { forbidden: [] }, []);
    expect(readTranslation(none, { given: empty, said: empty }, () => () => empty, [])).toBeNull();
  });
});

describe('the disclosures of a translated post', () => {
  const told = (said: string, given: string, text: string, language = 'zh', footer = '', tags: string[] = []) => {
    const original = captionDisclosures({ text: said, title: null, hashtags: null, source: 'csv' }, footer);
    const { phrases } = translatedDisclosures(original, { language, given, text }, tags, footer);
    return phrases.map((each) => `${each.kind} ${each.text}`);
  };

  it.each<[string, Parameters<typeof told>, string[]]>([
    ['none', ['My mop', '', '我的拖把'], []],
    ['in the legal words of the language', ['[ad] My mop', '', '我的拖把'], ['paid [广告]']],
    ['of a hashtag', ['My mop', '', '我的拖把', 'zh', '', ['ad']], ['paid [广告]']],
    ['as the translated title says it', ['[ad] My mop', '[广告] 拖把', '我的拖把'], ['paid [广告]']],
    ['each kind by itself', ['[ad] My mop, made with AI', '', '[广告] 我的拖把'], ['ai [AI生成]', 'paid [广告]']],
    [
      'in the creator’s words where the language has none, each once',
      ['[ad] My mop, made with AI', '', 'Mopu yangu mpya', 'sw'],
      ['paid [ad]', 'ai made with AI'],
    ],
    ['and that of the footer', ['My mop', '', '我的拖把', 'zh', '[ad] by me'], ['paid [广告]', 'paid [ad]']],
  ])('%s', (_what, args, expected) => {
    expect(told(...args)).toEqual(expected);
  });
});

describe('a translation and its original in one room', () => {
  const fitted = (max: number, text: string, original: string, place: 'above' | 'below' = 'below', lead = '') =>
    fitBeside(lead, text, { text: original, place }, [
      { unit: 'bytes', max: 100 },
      { unit: 'characters', max },
    ]);
  const twenty = 'abcdefghi klmnopqrst';

  it.each<[string, Parameters<typeof fitted>, string, string]>([
    ['both fit', [50, 'Short.', 'Original.'], 'Short.\n\nOriginal.', ''],
    ['the original above', [50, 'Short.', 'Original.', 'above'], 'Original.\n\nShort.', ''],
    [
      'the original above, behind what the body begins with',
      [50, 'Short.', 'Original.', 'above', '[ad] '],
      '[ad] Original.\n\nShort.',
      '',
    ],
    [
      'the translation below what the body begins with',
      [50, 'Short.', 'Original.', 'below', '[ad] '],
      '[ad] Short.\n\nOriginal.',
      '',
    ],
    ['the original is cut', [28, 'Short.', `${twenty} and more`], 'Short.\n\nabcdefghi…', 'klmnopqrst and more'],
    ['twenty characters are of use', [28, 'Short.', twenty], `Short.\n\n${twenty}`, ''],
    ['fewer are not', [27, 'Short.', twenty], 'Short.', twenty],
    ['nor in another unit', [90, '海'.repeat(29), twenty], '海'.repeat(29), twenty],
    [
      'a translation that is cut stands alone',
      [60, `${'Short. '.repeat(5)}${'x'.repeat(60)}`, 'Original.'],
      'Short. Short. Short. Short. Short. …',
      `${'x'.repeat(60)}\n\nOriginal.`,
    ],
    [
      'an original of which nothing fits is left out',
      [60, 'Short.', `https://example.com/${'x'.repeat(60)}`],
      'Short.',
      `https://example.com/${'x'.repeat(60)}`,
    ],
  ])('%s', (_what, args, text, rest) => {
    expect(fitted(...args)).toEqual({ text, rest });
  });

  it('uncut, above or below', () => {
    expect(bothWhole('海上', { text: 'At sea', place: 'below' })).toBe('海上\n\nAt sea');
    expect(bothWhole('海上', { text: 'At sea', place: 'above' })).toBe('At sea\n\n海上');
  });
});
