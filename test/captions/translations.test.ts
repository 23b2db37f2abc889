import { describe, expect, it } from 'vitest';
import { parseSheetRecord } from '../../src/captions/own-sheet.ts';
import {
  languagesInForce,
  mergeTranslations,
  type RecordedTranslations,
  translationColumn,
  translationsOf,
  wordsHash,
} from '../../src/captions/translations.ts';

const words = { title: null, text: 'The sea' };
const of = wordsHash('The sea');
const machine: RecordedTranslations = {
  es: { title: { text: '', personal: false, of: '' }, caption: { text: 'El mar', personal: false, of } },
};
const merge = (cell: string | null, kept: RecordedTranslations | undefined = machine, own = words) =>
  mergeTranslations(cell === null ? null : { title_es: '', caption_es: cell }, kept, ['es'], own, { narrow: false })?.[
    'es'
  ]?.caption;

describe('mergeTranslations', () => {
  it('a cell as it was stays port’s', () => expect(merge('El mar')).toEqual({ text: 'El mar', personal: false, of }));
  it('an edited cell is the person’s, of the words now', () => {
    expect(merge('La mar', machine, { title: null, text: 'The ocean' })).toEqual({
      text: 'La mar',
      personal: true,
      of: wordsHash('The ocean'),
    });
  });
  it('an emptied cell sends the original, and is not filled again', () => {
    expect(merge('')).toMatchObject({ text: '', personal: true });
  });
  it('emptying one’s own cell has it translated again', () => {
    const own: RecordedTranslations = {
      es: { ...machine['es'], caption: { text: 'La mar', personal: true, of } } as never,
    };
    expect(merge('', own)).toBeUndefined();
  });
  it('a missing sheet changes nothing', () => expect(merge(null)).toEqual({ text: 'El mar', personal: false, of }));
  it('a cell that a person fills where port wrote nothing is the person’s', () => {
    expect(merge('El océano', {})).toMatchObject({ text: 'El océano', personal: true });
  });
});

describe('translationsOf', () => {
  const inForce = { es: { targets: ['reels', 'shorts'], layout: 'only' } } as const;
  it('by platform, in one order', () => {
    const found = translationsOf(machine, inForce, words);
    expect(found).toEqual({
      reels: { language: 'es', layout: 'only', title: null, text: 'El mar' },
      shorts: { language: 'es', layout: 'only', title: null, text: 'El mar' },
    });
    expect(Object.keys(found ?? {})).toEqual(['reels', 'shorts']);
  });
  it('points out that the words changed', () => {
    expect(translationsOf(machine, inForce, { title: null, text: 'The ocean' })?.['reels']?.trouble).toEqual({
      kind: 'stale',
      reason: 'caption_es',
    });
  });
  it('nothing for a language that is not in force', () => expect(translationsOf(machine, {}, words)).toBeUndefined());
});

it('a platform has one language in force: that of the last run that asked for one', () => {
  const first = languagesInForce(
    {},
    new Map([
      ['rednote', 'zh'],
      ['reels', 'zh'],
    ]),
    'only',
  );
  expect(languagesInForce(first, new Map([['reels', 'es']]), null)).toEqual({
    zh: { targets: ['rednote'], layout: 'only' },
    es: { targets: ['reels'], layout: 'first' },
  });
});

it.each([
  ['Caption_zh-hant', 'caption_zh-Hant'],
  ['TITLE_es', 'title_es'],
  ['Speech', 'speech'],
  ['caption', null],
  ['caption_for_later', null],
])('the column %s is %s', (name, own) => {
  expect(translationColumn(name)).toBe(own);
});

it.each<[string, string | null, object]>([
  [
    'there',
    '{"languages":{"es":{"targets":["reels"],"layout":"first"}},"rows":{}}',
    { es: { targets: ['reels'], layout: 'first' } },
  ],
  ['of a layout of another version', '{"languages":{"es":{"targets":["reels"],"layout":"beside"}}}', {}],
  ['of a version without them', '{"rows":{}}', {}],
  ['in a broken document', '{', {}],
  ['in no document', null, {}],
])('languages in force %s', (_name, json, expected) => {
  expect(parseSheetRecord(json).languages).toEqual(expected);
});
