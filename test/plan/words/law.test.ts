import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caption } from '../../../src/model/caption.ts';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { parseWords } from '../../../src/plan/words/parse.ts';
import { captionText } from '../../../src/plan/written-caption.ts';
import { targets } from '../../../src/targets/index.ts';
import { post } from '../../builders.ts';

/**
 * The law of the words: every letter that a creator wrote is in the title, the body or the hashtags, or listed in
 * `removed`. White space (U+0085, a line break, is some too) is tidied, and a full-width sign of a hashtag is a plain one:
 * nothing else goes.
 */
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const byGrapheme = (text: string) => [...graphemes.segment(text)].map(({ segment }) => segment);
const byCodePoint = (text: string) => [...text];

function missing(
  written: Caption,
  target: (typeof targets)[number],
  lettersOf: (text: string) => string[],
  asThread = false,
): string[] {
  const { caption } = sizeCaption(post(), written, target.words, null, { tags: ['brand'], asThread });
  const letters = (texts: readonly string[]) =>
    texts.flatMap((text) => lettersOf(text.replace(/＃/g, '#'))).filter((letter) => !/^[\s\u0085]*$/.test(letter));
  const there = letters([
    caption.title ?? '',
    caption.body,
    ...(caption.thread ?? []),
    ...caption.hashtags.map((name) => `#${name}`),
    ...caption.removed.map(({ text }) => text),
  ]);
  // Each by itself: a text that begins with the title need not say it twice.
  return [[written.title ?? ''], [written.text], written.hashtags ?? []].flatMap((source) => {
    const left = new Map<string, number>();
    for (const letter of there) left.set(letter, (left.get(letter) ?? 0) + 1);
    return letters(source).filter((letter) => {
      const rest = (left.get(letter) ?? 0) - 1;
      left.set(letter, rest);
      return rest < 0;
    });
  });
}

const piece = fc.constantFrom(
  ...[
    'A morning at sea',
    'Wow!',
    'and',
    'this is <3 it',
    '汉字很好。',
    '東京の朝',
    'สวัสดีครับ',
    'صباح الخير',
    'नमस्ते',
    '오늘',
    'İstanbul',
    'ẞ',
  ],
  ...[
    '#travel',
    '#Travel',
    '#ＴＲＡＶＥＬ',
    '＃旅行',
    '#fyp',
    '#booktok',
    '#ootd',
    '#viral',
    '#shorts',
    '#1',
    '#reels #lemon8',
    '#a#b#c',
    '#x, #y',
  ],
  ...[
    '@maya',
    '＠maya.b',
    '#duet with @ana',
    'https://example.com/a?b#c',
    'maya@example.com',
    '微信: maya123',
    '+49 30 1234567',
    'x.com',
    '(https://x.y)',
    '[#sea, #sun]',
    '“@maya”',
    '@maya.bhttps://x.y',
  ],
  ...[
    '😀',
    '👨‍👩‍👧‍👦',
    '🇩🇪🇫🇷',
    '👋🏽',
    '1️⃣',
    'e\u0301',
    '🔥🔥🔥🔥🔥',
    '!!!!',
    '...',
    '(',
    '–',
    'SHOUTING AT EVERYBODY HERE',
    'x'.repeat(30),
  ],
);
const glue = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '', '. ', ', ');
const words = fc
  .array(fc.tuple(piece, glue), { maxLength: 40 })
  .map((all) => all.map(([said, between]) => said + between).join(''));
const captions = fc.record({
  text: words,
  title: fc.option(words, { freq: 3 }),
  hashtags: fc.option(fc.array(fc.constantFrom('travel', '#sea', 'rock&roll', '123', 'ＳＥＡ', 'two words')), {
    freq: 4,
  }),
  source: fc.constant('csv' as const),
});

describe.each(targets)('no text is lost on $name', (target) => {
  it('by grapheme', () => {
    // Where a mark comes to stand behind another letter, the grapheme is a new one: those are counted below.
    fc.assert(
      fc.property(captions, fc.boolean(), (written, asThread) => {
        expect(missing(written, target, byGrapheme, asThread)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('by code point, for any text', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', maxLength: 3000 }),
      fc.string({
        unit: fc.constantFrom(
          '\u202e',
          '\u0000',
          '\ud800',
          '\udc00',
          '\u0301',
          '#',
          '<',
          'a',
          ' ',
          '\r',
          '\n',
          '@',
          '.',
        ),
      }),
    );
    fc.assert(
      fc.property(anything, fc.option(anything), fc.boolean(), (text, title, asThread) => {
        expect(missing({ text, title, hashtags: null, source: 'csv' }, target, byCodePoint, asThread)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('every limit is kept as pasted', () => {
    fc.assert(
      fc.property(captions, fc.constantFrom(null, '1/2', '12/13'), fc.boolean(), fc.boolean(), (written, ...how) => {
        const [place, asThread, hasFooter] = how;
        const footer = hasFooter ? 'More 🍕 on https://example.com/my-page every day' : '';
        const { caption } = sizeCaption(post(), written, target.words, place, { tags: ['brand'], footer, asThread });
        const { title, body, maxHashtags, hashtag, maxTagRoom, forbidden, thread } = target.words;
        if (title) {
          expect(caption.title).not.toBe('');
          expect(count(caption.title ?? '', title.unit)).toBeLessThanOrEqual(title.max.value);
        }
        const { thread: replies = [], ...first } = caption;
        for (const pasted of [captionText({ ...first, title: null }).trim(), ...replies]) {
          for (const { max, unit } of [body, ...(body.also ? [body.also] : [])])
            expect(count(pasted, unit)).toBeLessThanOrEqual(max.value);
        }
        expect(replies.length).toBeLessThan(asThread ? Math.max(1, thread?.value ?? 1) : 1);
        const inText = target.words.tagsInText
          ? parseWords(caption.body).filter(({ kind }) => kind === 'hashtag').length
          : 0;
        expect(caption.hashtags.length + inText).toBeLessThanOrEqual(maxHashtags.value);
        for (const name of hashtag ? caption.hashtags : [])
          expect(count(name, hashtag?.unit ?? 'characters')).toBeLessThanOrEqual(hashtag?.max.value ?? 0);
        expect(new Set(caption.hashtags.map((name) => name.normalize('NFKC').toLowerCase())).size).toBe(
          caption.hashtags.length,
        );
        expect(caption.hashtags.join(',').length).toBeLessThanOrEqual(maxTagRoom?.value ?? Number.POSITIVE_INFINITY);
        for (const character of forbidden?.value ?? '') expect(caption.title + caption.body).not.toContain(character);
        expect(caption.title + caption.body).not.toMatch(/[\u202a-\u202e\u0000-\u0008]/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('hostile texts', () => {
  it.each<[string, string]>([
    ['a letter with 100 kB of marks', `a${'\u0301'.repeat(100_000)}`],
    ['a megabyte of letters', 'a'.repeat(1_000_000)],
    ['a megabyte of Chinese', '汉'.repeat(333_000)],
    ['100 kB of hashtags', '#abc '.repeat(20_000)],
    ['10,000 different hashtags', Array.from({ length: 10_000 }, (_, index) => `#t${index}`).join(' ')],
    ['300 kB of line breaks', '\n'.repeat(300_000)],
    ['a megabyte of spaces', `a${' '.repeat(1_000_000)}b`],
    ['100 kB of marks that turn the direction', '\u202e'.repeat(100_000)],
    ['100 kB of halves of characters', '\ud800'.repeat(100_000)],
    ['20,000 links', 'https://a.com '.repeat(20_000)],
    ['brackets around 20,000 links', `(${'https://a.com '.repeat(20_000)})`],
    ['20,000 links, each after an open bracket', '(https://a.com '.repeat(20_000)],
    ['20,000 links, each in brackets', '“https://a.com” '.repeat(20_000)],
    ['20,000 links with their labels', 'b: x.com '.repeat(20_000)],
    ['20,000 links behind a word', `bread ${'see x.com '.repeat(20_000)}`],
    ['a link in many brackets', `${'('.repeat(100_000)}x.com${')'.repeat(100_000)}`],
    ['30,000 watched words', '最好 TikTok '.repeat(30_000)],
    ['100,000 refused characters', '<>'.repeat(100_000)],
    ['shouting', `${'SHOUT '.repeat(100_000)}`],
    ['emoji without an end', '👩‍'.repeat(100_000)],
  ])('%s', (_odd, text) => {
    for (const target of targets) {
      const { caption, issues } = sizeCaption(
        post(),
        { text, source: 'csv', title: text, hashtags: null },
        target.words,
        null,
      );
      expect(captionText(caption).length).toBeLessThan(5200);
      expect(issues.length).toBeLessThan(20);
      expect(caption.removed.length).toBeLessThan(100_000);
    }
  });

  it('direction marks are removed and listed one by one', () => {
    const text = 'good\u202egpj.exe\u0000 morning \ud83dto you';
    const [target] = targets;
    const { caption } = sizeCaption(
      post(),
      { text, source: 'csv', title: null, hashtags: null },
      target?.words ?? fail(),
      null,
    );
    expect(caption.title).toBe('goodgpj.exe morning to you');
    expect(caption.removed).toEqual([
      { text: '\ud83d', reason: 'broken-character' },
      { text: '\u202e\u0000', reason: 'control-character' },
    ]);
  });
});

function fail(): never {
  throw new Error('no target');
}

it.each(targets.filter(({ words }) => words.tagsInText).map(({ name, words }) => [name, words] as const))(
  '%s: a number before a hashtag that becomes a word makes no hashtag with it',
  (_name, words) => {
    const written: Caption = { text: '#1#x, #y.', title: null, hashtags: null, source: 'csv' };
    const { caption } = sizeCaption(post(), written, words, null, { tags: ['brand'] });
    expect(caption.body).toMatch(/^#1 #?x, #?y\.$/);
  },
);
