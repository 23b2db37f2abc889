import { describe, expect, it } from 'vitest';
import { plausibilityOf } from '../../src/captions/plausible.ts';

describe('the share of lines for which a language has all letters', () => {
  it.each<[string, string, number]>([
    ['a line of one language', 'schöne Grüße', 1],
    ['a line without letters beyond ASCII', '100 €', 1],
    ['words of two languages, which count half', 'Grüße, señor, żółw', 0.5],
    ['one such word of three that no language has', 'Grüße señor żółw ñżðř ñżðř ñżðř', 0.25],
    ['a line of one language and one of none', 'schöne Grüße\nñżðř', 0.5],
    ['no line that counts', 'hello', 0],
  ])('%s', (_name, text, coverage) => {
    expect(plausibilityOf(text).coverage).toBe(coverage);
  });
});

describe('words that no person writes', () => {
  it.each([
    ['Cyrillic and Greek in one word', 'приβет'],
    ['Latin and Cyrillic in one word', 'Hällо'],
    ['a quotation mark in a word', 'Br”tchen'],
    ['an opening quotation mark at the end', 'Brö„'],
    ['a digit in a Thai word', 'กา๑กา'],
    ['a final letter inside', 'םש'],
    ['a soft sign at the start', 'ьпривет'],
    ['a sign of tables', 'Gr├╝sse'],
    ['a superscript before a letter', 'Fa²ade'],
    ['a section sign behind a letter', 'Stra§e'],
    ['capitals inside', 'flöGliÉgen'],
    ['only accented letters', 'Ïðîãóëêà'],
    ['one of a pair of marks', 'sagt ‹hällo'],
  ])('%s', (_name, text) => {
    expect(plausibilityOf(text).oddWords).toBeGreaterThan(0);
  });

  it.each([
    ['German', 'Möwen über Brötchen, schön'],
    ['Catalan', 'col·legi'],
    ['Catalan with accents', 'intel·ligència, ànimal·lè'],
    ['Japanese with Latin letters', 'カフェでlunch'],
    ['Chinese with Latin letters', '我的vlog日常'],
    ['quotation marks around words', '„schön“ und »grün«'],
    ['a pair of marks', '‹schön›'],
    ['a trade mark', 'Käse™ ist gut'],
    ['an arrow', 'Käse → Brot'],
    ['wide signs of East Asia', '早上好～新的一天＋早餐 東京～Tokyo'],
    ['Hebrew', 'שלום עולם'],
    ['a name with a capital inside, in the plural', 'McDonaldsé, iPhonés'],
    ['an abbreviation with an ending', 'TVs für DVDs, CDså'],
    ['nothing', ''],
  ])('none in %s', (_name, text) => {
    expect(plausibilityOf(text).oddWords).toBe(0);
  });
});
