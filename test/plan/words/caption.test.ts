import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { captionText } from '../../../src/plan/written-caption.ts';
import { targets } from '../../../src/targets/index.ts';
import { post } from '../../builders.ts';

describe.each(targets)('sizeCaption for $name', ({ words }) => {
  const size = (text: string, place: string | null = null) =>
    sizeCaption(post(), { text, source: 'export', title: null, hashtags: null }, words, place).caption;
  const pasted = (caption: ReturnType<typeof size>) => captionText({ ...caption, title: null }).trim();

  it('stays within every limit as pasted', () => {
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
    const lost = caption.removed.filter(({ text }) => /^#\S+$/.test(text));
    expect(
      lost
        .map(({ text }) => text.slice(1))
        .concat(caption.hashtags)
        .sort(),
    ).toEqual(tags);
  });

  it('a title made from the location follows the rules', () => {
    const location = `<Café> ${'at the end of the long road '.repeat(10)}`;
    const { title } = sizeCaption(post({ location }), null, words, null).caption;
    if (!words.title) return;
    expect(count(title ?? '', words.title.unit)).toBeLessThanOrEqual(words.title.max.value);
    for (const character of words.forbidden?.value ?? '') expect(title).not.toContain(character);
  });

  it('lists what it removes', () => {
    const tags = Array.from({ length: words.maxHashtags.value + 2 }, (_, index) => `tag${'abcdefghijklmnop'[index]}`);
    const { removed } = size(`${'word '.repeat(2000)}\n${tags.map((tag) => `#${tag}`).join(' ')}`);
    expect(removed.filter(({ reason }) => reason === 'too-many-hashtags')).toHaveLength(2);
    expect(removed.some(({ reason }) => reason === 'too-long')).toBe(true);
  });

  it('a part has its number', () => {
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
    ['a hashtag where there are only hashtags', '#one #two', {}, 'One'],
    ['the day where the place is blank', null, { location: ' ' }, '2025-03-02'],
    ['one line, whatever the place', null, { location: 'Lisbon\nPortugal' }, 'Lisbon Portugal'],
  ])('%s', (_name, text, odd, expected) => {
    expect(title(text, odd).caption.title).toBe(expected);
  });

  it('a title that was cut is complete in the body', () => {
    const long = 'A title that is far longer than RedNote takes it';
    const { caption, issues } = title(long);
    expect(caption.title).toBe('A title that is far longer…');
    expect(caption.body).toBe(long);
    expect(issues.map(({ code }) => code)).toEqual(['title-cut']);
  });

  it('a missing caption is a warning', () => {
    expect(title(null).issues).toContainEqual({ code: 'no-words', severity: 'warning', actual: null, limit: null });
  });
});

function fail(): never {
  throw new Error('no rednote');
}

it('invisible characters are removed and listed; a tab still separates words', () => {
  const [target] = targets;
  if (!target) throw new Error('no target');
  const words = { text: 'one\ttwo\u001b[31m three\u202e', source: 'export', title: null, hashtags: null } as const;
  const { title, removed } = sizeCaption(post(), words, target.words, null).caption;
  expect(title).toBe('one two[31m three');
  expect(removed.map(({ reason }) => reason)).toContain('control-character');
});
