import { describe, expect, it } from 'vitest';
import {
  languagesIn,
  languagesInForce,
  mergeSpeech,
  mergeTranslations,
  type RecordedTranslations,
  type TranslationCell,
  translationCells,
  translationColumn,
  translationsOf,
  withTranslations,
  wordsHash,
} from '../../src/captions/translations.ts';

const words = { title: 'Sea', text: 'The sea' };
const [ofTitle, ofText] = ['Sea', 'The sea'].map(wordsHash) as [string, string];
const none: TranslationCell = { text: '', personal: false, of: '' };
const program = (text: string, of = ofText): TranslationCell => ({ text, personal: false, of });
const person = (text: string, of = ofText): TranslationCell => ({ text, personal: true, of });
const spanish = (title: TranslationCell, caption: TranslationCell): RecordedTranslations => ({
  es: { title, caption },
});

describe('a cell of a translation', () => {
  it.each<[string, TranslationCell, string, boolean, TranslationCell]>([
    // [what, as it was recorded, in the sheet, in a narrow encoding, what it comes to]
    ['as it was', program('El mar'), 'El mar', false, program('El mar')],
    ['changed', program('El mar'), 'La mar', false, person('La mar')],
    ['changed in blanks alone', program('El mar'), 'El mar ', false, person('El mar ')],
    ['taken for a number', program('00123'), '123', false, program('00123')],
    ['taken for a number, of a person', person('00123', 'x'), '123', false, person('00123', 'x')],
    ['without its signs, in a narrow encoding', program('Mar 🌊'), 'Mar ??', true, program('Mar 🌊')],
    ['without its signs, in a wide encoding', program('Mar 🌊'), 'Mar ??', false, person('Mar ??')],
    ['emptied', program('El mar'), '', false, person('')],
    ['emptied but for blanks', program('El mar'), ' \n', false, person('')],
    ['emptied, of a person', person('El mar'), '', false, none],
    ['filled in where there was none', none, 'El mar', false, person('El mar')],
    ['filled in with a number where there was none', none, '7', false, person('7')],
  ])('%s', (_name, before, cell, narrow, expected) => {
    // The title keeps the language there where the caption is empty.
    const title = person('Mar', ofTitle);
    const merge = (row: Record<string, string>, kept: RecordedTranslations) =>
      mergeTranslations(row, kept, ['es'], words, { narrow });
    expect(merge({ caption_es: cell }, spanish(title, before))).toEqual(spanish(title, expected));
  });

  it('of a title is of the title', () => {
    const merged = mergeTranslations({ title_es: 'Mar' }, undefined, ['es'], words, { narrow: false });
    expect(merged).toEqual(spanish(person('Mar', ofTitle), none));
  });

  it('of a post without words is of none', () => {
    const row = { title_es: 'Mar', caption_es: 'El mar' };
    expect(mergeTranslations(row, undefined, ['es'], null, { narrow: false })).toEqual(
      spanish(person('Mar', wordsHash('')), person('El mar', wordsHash(''))),
    );
  });

  it.each<[string, Record<string, string> | null, RecordedTranslations | undefined, string[], string[]]>([
    ['that is recorded stays without being asked for', null, spanish(none, program('El mar')), [], ['es']],
    ['in a language that nobody asks for is not read', { caption_fr: 'La mer' }, undefined, ['es'], []],
    ['that says nothing is not recorded', { caption_es: '', title_es: '' }, spanish(none, none), ['es'], []],
    ['that a person emptied is recorded', { caption_es: '' }, spanish(none, program('El mar')), ['es'], ['es']],
    ['in a second language is added', { caption_fr: 'La mer' }, spanish(none, program('El mar')), ['fr'], ['es', 'fr']],
    ['of nothing is none', null, undefined, ['es'], []],
  ])('%s', (_name, row, kept, languages, expected) => {
    const merged = mergeTranslations(row, kept, languages, words, { narrow: false });
    expect(Object.keys(merged ?? {})).toEqual(expected);
    if (expected.length === 0) expect(merged).toBeUndefined();
  });
});

describe('the cell of a transcript', () => {
  const kept = { text: 'said', personal: false };
  it.each<[string, Record<string, string> | null, typeof kept | undefined, typeof kept | undefined]>([
    ['without a sheet', null, kept, kept],
    ['without its column', {}, kept, kept],
    ['as it was', { speech: 'said' }, kept, kept],
    ['changed', { speech: 'told' }, kept, { text: 'told', personal: true }],
    ['emptied', { speech: '' }, kept, { text: '', personal: true }],
    ['taken for a number', { speech: '123' }, { ...kept, text: '00123' }, { ...kept, text: '00123' }],
    ['of a video that was not heard', { speech: 'told' }, undefined, undefined],
  ])('%s', (_name, row, before, expected) => expect(mergeSpeech(row, before)).toEqual(expected));
});

it('the cells of translations and a transcript have their columns', () => {
  const cells = { title_es: 'Mar', caption_es: 'El mar' };
  const translations = spanish(program('Mar'), program('El mar'));
  expect(translationCells(translations, { text: 'said', personal: false })).toEqual({ ...cells, speech: 'said' });
  expect(translationCells(translations, undefined)).toEqual(cells);
  expect(translationCells(undefined, undefined)).toEqual({});
});

describe('what goes out in another language', () => {
  const inForce = { es: { targets: ['shorts', 'reels'], layout: 'first' } } as const;
  it.each<[string, RecordedTranslations | undefined, typeof words | null, object | undefined]>([
    ['nothing', undefined, words, undefined],
    ['nothing of empty cells', spanish(person(' '), none), words, undefined],
    ['nothing of another language', { fr: { title: none, caption: program('La mer') } }, words, undefined],
    [
      'a title and a text, without blanks at their ends',
      spanish(program(' Mar', ofTitle), program('El mar\n')),
      words,
      { title: 'Mar', text: 'El mar' },
    ],
    ['a title alone', spanish(program('Mar', ofTitle), none), words, { title: 'Mar', text: '' }],
    ['a text alone', spanish(none, program('El mar')), words, { title: null, text: 'El mar' }],
    [
      'a text whose original changed',
      spanish(none, program('El mar', 'x')),
      words,
      { title: null, text: 'El mar', trouble: { kind: 'stale', reason: 'caption_es' } },
    ],
    [
      'a title whose original changed',
      spanish(program('Mar', 'x'), none),
      words,
      { title: 'Mar', text: '', trouble: { kind: 'stale', reason: 'title_es' } },
    ],
    [
      'both, whose originals changed',
      spanish(program('Mar', 'x'), program('El mar', 'x')),
      words,
      { title: 'Mar', text: 'El mar', trouble: { kind: 'stale', reason: 'title_es and caption_es' } },
    ],
    [
      'both, of a post without words of its own',
      spanish(program('Mar', wordsHash('')), program('El mar', wordsHash(''))),
      null,
      { title: 'Mar', text: 'El mar' },
    ],
  ])('is %s', (_name, recorded, of, expected) => {
    const found = translationsOf(recorded, inForce, of);
    const told = expected && { language: 'es', layout: 'first', ...expected };
    expect(found).toEqual(told && { reels: told, shorts: told });
    expect(Object.keys(found ?? {})).toEqual(told ? ['reels', 'shorts'] : []);
  });

  it('is part of the caption, or all of it', () => {
    const own = { text: 'a', title: null, hashtags: null, source: 'sidecar', matchedBy: 'id', seconds: 3 } as const;
    const translations = { reels: { language: 'es', layout: 'first', title: null, text: 'b' } } as const;
    expect(withTranslations(own, undefined)).toBe(own);
    expect(withTranslations(null, undefined)).toBeNull();
    expect(withTranslations(own, translations)).toEqual({ ...own, translations });
    expect(withTranslations(null, translations)).toEqual({
      ...{ text: '', title: null, hashtags: null, source: 'csv', matchedBy: 'key', seconds: null },
      translations,
    });
  });
});

describe('the languages in force', () => {
  const before = {
    es: { targets: ['reels', 'shorts'], layout: 'only' },
    fr: { targets: ['lemon8'], layout: 'last' },
  } as const;
  it.each<[string, [string, string][], 'first' | 'last' | null, object]>([
    ['stay where a run asks for none', [], 'last', before],
    [
      'change for the platforms that a run asks for',
      [['reels', 'fr']],
      'first',
      { es: { targets: ['shorts'], layout: 'only' }, fr: { targets: ['lemon8', 'reels'], layout: 'first' } },
    ],
    [
      'keep their layout where a run says none',
      [['reels', 'fr']],
      null,
      { es: { targets: ['shorts'], layout: 'only' }, fr: { targets: ['lemon8', 'reels'], layout: 'last' } },
    ],
    [
      'are gone without a platform',
      [['lemon8', 'es']],
      null,
      { es: { targets: ['lemon8', 'reels', 'shorts'], layout: 'only' } },
    ],
    [
      'begin with the translation first',
      [['rednote', 'zh']],
      null,
      { ...before, zh: { targets: ['rednote'], layout: 'first' } },
    ],
  ])('%s', (_name, byTarget, layout, expected) => {
    expect(languagesInForce(before, new Map(byTarget), layout)).toEqual(expected);
  });

  it.each<[unknown, object]>([
    [{ languages: before }, before],
    [{}, {}],
    [null, {}],
    [{ languages: { es: { targets: 'reels', layout: 'only' } } }, {}],
  ])('in the document %j are %j', (document, expected) => expect(languagesIn(document)).toEqual(expected));
});

it.each([
  ['caption_es', 'caption_es'],
  ['caption_pt-BR', 'caption_pt-BR'],
  ['TITLE_ZH-HANS-cn', 'title_zh-Hans-CN'],
  ['caption_yue', 'caption_yue'],
  ['SPEECH', 'speech'],
  ['speech_es', null],
  ['caption_e', null],
  ['caption_spanish', null],
  ['my caption_es', null],
  ['caption_es ', null],
  ['caption_es-', null],
  ['caption_es-x', null],
  ['caption_es-ab-ab', null],
  ['hashtags_es', null],
])('the column %j is %j', (name, own) => expect(translationColumn(name)).toBe(own));

it('blanks at the ends of words do not make a translation stale', () => {
  expect(wordsHash(' The sea\n')).toBe(ofText);
  expect(wordsHash('The  sea')).not.toBe(ofText);
  expect(ofText).toHaveLength(16);
});
