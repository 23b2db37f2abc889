import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionText, sizeCaption } from '../../src/plan/caption.ts';
import { count } from '../../src/plan/counting.ts';
import { cut } from '../../src/plan/cut.ts';
import { takeHashtags } from '../../src/plan/hashtags.ts';
import { targets } from '../../src/targets/index.ts';
import type { CountingUnit } from '../../src/targets/target.ts';
import { post } from '../builders.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });

describe('count', () => {
  it.each<[string, CountingUnit, number]>([
    ['', 'half-width', 0],
    ['a', 'half-width', 1],
    ['ab', 'half-width', 1],
    ['Claude 4.6发布，AI助手又进化了', 'half-width', 15],
    ['汉'.repeat(20), 'half-width', 20],
    ['a'.repeat(40), 'half-width', 20],
    ['a'.repeat(41), 'half-width', 21],
    ['😀', 'half-width', 2],
    ['é', 'bytes', 2],
    ['汉', 'bytes', 3],
    ['😀', 'bytes', 4],
    ['😀', 'characters', 2],
    ['abc', 'characters', 3],
  ])('%j in %s is %d', (text, unit, expected) => {
    expect(count(text, unit)).toBe(expected);
  });
});

describe('cut', () => {
  it.each<[string, number, string, string]>([
    ['just fits', 9, 'just fits', ''],
    ['one over', 7, 'one…', 'over'],
    ['a sentence of several words', 12, 'a sentence…', 'of several words'],
    ['unbreakable', 6, 'unbre…', 'akable'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, '👨‍👩‍👧‍👦…', '👨‍👩‍👧‍👦'],
    ['🇩🇪🇫🇷', 6, '🇩🇪…', '🇫🇷'],
    ['e\u0301'.repeat(3), 5, `${'e\u0301'.repeat(2)}…`, 'e\u0301'],
    ['anything', 0, '', 'anything'],
  ])('%j to %d', (text, max, expected, rest) => {
    expect(cut(text, { max, unit: 'characters' })).toEqual({ text: expected, rest });
  });

  it('never exceeds the limit, never splits a grapheme, loses nothing', () => {
    const units = fc.constantFrom<CountingUnit>('half-width', 'characters', 'bytes');
    fc.assert(
      fc.property(anyText, units, fc.integer({ min: 0, max: 120 }), (text, unit, max) => {
        const { text: kept, rest } = cut(text, { unit, max });
        expect(count(kept, unit)).toBeLessThanOrEqual(max);
        if (rest === '') {
          expect(kept).toBe(text);
          return;
        }
        const bare = (each: string) => each.replace(/\s/gu, '');
        expect(bare(kept.replace(/…$/, '') + rest)).toBe(bare(text));
        const whole = new Set([...graphemes.segment(text)].map(({ index }) => index));
        expect(whole.has(text.length - rest.length) || rest === text).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('takeHashtags', () => {
  it.each<[string, string, string[]]>([
    ['no tags', 'no tags', []],
    ['a #tag in it', 'a in it', ['tag']],
    ['#one#two', '', ['one', 'two']],
    ['＃全角 tags', 'tags', ['全角']],
    ['#旅行 #Ünder_score #عربي', '', ['旅行', 'Ünder_score', 'عربي']],
    ['we are #1', 'we are #1', []],
    ['C# is a language', 'C# is a language', []],
    ['https://example.com/page#part', 'https://example.com/page#part', []],
    ['#Same #same #ＳＡＭＥ', '', ['Same']],
    ['#a #a', '', ['a']],
    ['call #️⃣1', 'call #️⃣1', []],
    ['#1️⃣ of three', '#1️⃣ of three', []],
    ['#2025 goals', '#2025 goals', []],
    ['#2025goals', '', ['2025goals']],
    ['#love❤️', '❤️', ['love']],
    ['#café #नमस्ते', '', ['café', 'नमस्ते']],
    ['line one\n\n\n\n#x\nline two', 'line one\n\nline two', ['x']],
  ])('%j', (caption, text, hashtags) => {
    expect(takeHashtags(caption)).toEqual({ text, hashtags });
  });
});

describe.each(targets)('sizeCaption for $name', ({ words }) => {
  const size = (text: string, place: string | null = null) =>
    sizeCaption(post(), { text, source: 'export', title: null, hashtags: null }, words, place).caption;
  const pasted = (caption: ReturnType<typeof size>) => captionText({ ...caption, title: null }).trim();

  it('stays within every limit, as it is pasted', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 3000 }),
        fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { maxLength: 40 }),
        (text, tags) => {
          const caption = size(`${text} ${tags.map((tag) => `#${tag}`).join(' ')}`, '1/2');
          if (words.title)
            expect(count(caption.title ?? '', words.title.unit)).toBeLessThanOrEqual(words.title.max.value);
          else expect(caption.title).toBeNull();
          expect(count(pasted(caption), words.body.unit)).toBeLessThanOrEqual(words.body.max.value);
          expect(caption.hashtags.length).toBeLessThanOrEqual(words.maxHashtags.value);
          for (const character of words.forbidden?.value ?? '')
            expect(caption.title + caption.body).not.toContain(character);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([10, 200, 500, 2000])('stays within every limit with hashtags of %d characters each', (length) => {
    const tags = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(length));
    const caption = size(`A title\nand words\n${tags.map((tag) => `#${tag}`).join(' ')}`, '1/2');
    expect(count(pasted(caption), words.body.unit)).toBeLessThanOrEqual(words.body.max.value);
    const lost = caption.removed.filter(({ reason }) => reason === 'too-many-hashtags');
    expect(
      lost
        .map(({ text }) => text.slice(1))
        .concat(caption.hashtags)
        .sort(),
    ).toEqual(tags);
  });

  it('a title made of the place keeps to the rules too', () => {
    const location = `<Café> ${'at the end of the long road '.repeat(10)}`;
    const { title } = sizeCaption(post({ location }), null, words, null).caption;
    if (!words.title) return;
    expect(count(title ?? '', words.title.unit)).toBeLessThanOrEqual(words.title.max.value);
    for (const character of words.forbidden?.value ?? '') expect(title).not.toContain(character);
  });

  it('lists what it takes away', () => {
    const tags = Array.from({ length: words.maxHashtags.value + 2 }, (_, index) => `tag${'abcdefghijklmnop'[index]}`);
    const { removed } = size(`${'word '.repeat(2000)}\n${tags.map((tag) => `#${tag}`).join(' ')}`);
    expect(removed.filter(({ reason }) => reason === 'too-many-hashtags')).toHaveLength(2);
    expect(removed.some(({ reason }) => reason === 'too-long')).toBe(true);
  });

  it('a part says which it is', () => {
    expect(size('Title\nBody', '1/2').body).toMatch(/\(1\/2\)$/);
  });
});

describe('titles', () => {
  const rednote = targets.find(({ name }) => name === 'rednote');
  const title = (text: string | null, odd = {}) =>
    sizeCaption(
      post(odd),
      text === null ? null : { text, source: 'export', title: null, hashtags: null },
      rednote?.words ?? fail(),
      null,
    );

  it.each<[string, string | null, object, string]>([
    ['the first line', 'Harbour in the morning\nand more', {}, 'Harbour in the morning'],
    ['the place where there are no words', null, { location: 'Lisbon' }, 'Lisbon'],
    ['the day where there is nothing', null, {}, '2025-03-02'],
    ['the day where there are only hashtags', '#one #two', {}, '2025-03-02'],
    ['the day where the place is blank', null, { location: ' ' }, '2025-03-02'],
    ['one line, whatever the place', null, { location: 'Lisbon\nPortugal' }, 'Lisbon Portugal'],
  ])('%s', (_name, text, odd, expected) => {
    expect(title(text, odd).caption.title).toBe(expected);
  });

  it('a title that had to be cut is whole in the body', () => {
    const long = 'A title that is far longer than RedNote takes it';
    const { caption, issues } = title(long);
    expect(caption.title).toBe('A title that is far longer than…');
    expect(caption.body).toBe(long);
    expect(issues.map(({ code }) => code)).toEqual(['title-cut']);
  });

  it('missing words are a warning', () => {
    expect(title(null).issues).toContainEqual({ code: 'no-words', severity: 'warning', actual: null, limit: null });
  });
});

function fail(): never {
  throw new Error('no rednote');
}

it('characters that nobody sees are taken out and said so; a tab still parts two words', () => {
  const [target] = targets;
  if (!target) throw new Error('no target');
  const words = { text: 'one\ttwo\u001b[31m three\u202e', source: 'export', title: null, hashtags: null } as const;
  const { title, removed } = sizeCaption(post(), words, target.words, null).caption;
  expect(title).toBe('one two[31m three');
  expect(removed.map(({ reason }) => reason)).toContain('control-character');
});
