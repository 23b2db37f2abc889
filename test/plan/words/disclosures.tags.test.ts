import { describe, expect, it } from 'vitest';
import { captionDisclosures, disclosedBy } from '../../../src/plan/words/caption-disclosures.ts';
import { brandOfTag, disclosedByTag, disclosuresIn, languageOf } from '../../../src/plan/words/disclosures.ts';

describe('disclosedByTag', () => {
  it.each<[string, string | null, string | null]>([
    ['ad', 'paid', null],
    ['AD', 'paid', null],
    ['aigenerated', 'ai', null],
    ['collab', 'asked-paid', null],
    ['mop', null, null],
    ['constructor', null, null],
    // A brand
    ['nikepartner', 'paid', 'nike'],
    ['nikepaidpartnership', 'paid', 'nike'],
    ['nikeambassador', 'paid', 'nike'],
    ['nikesponsored', 'paid', 'nike'],
    ['abcpartner', 'paid', 'abc'],
    ['abpartner', null, null],
    ['lifepartner', null, null],
    ['dancepartner', null, null],
    ['nikepartners1', null, null],
    // Somebody who gives
    ['sponsoredbynike', 'paid', null],
    ['giftedbyxy', 'paid', null],
    ['giftedbyx', null, null],
    ['regiftedbynike', null, null],
    ['iworkfornike', 'paid', null],
    ['howiworkfornike', null, null],
    // Denied
    ['unpaid', null, null],
    ['notgiftedbynike', null, null],
    // Korean, Japanese
    ['나이키협찬', 'paid', null],
    ['노협찬', null, null],
    ['나이키협찬품', null, null],
    ['ナイキpr', 'paid', null],
    ['花王タイアップ', 'paid', null],
    ['花王提供品', null, null],
    ['xnikepr', null, null],
  ])('#%s: %s of %s', (name, kind, brand) => {
    expect(disclosedByTag(name, () => null)).toBe(kind);
    expect(brandOfTag(name)).toBe(brand);
  });

  it.each(['notsponsored', 'nonsponsored', 'unsponsored', 'keinsponsored'])('#%s denies', (name) => {
    expect(disclosedByTag(name, () => null)).toBeNull();
    expect(brandOfTag(name)).toBeNull();
  });

  it('a hashtag of one language discloses in it alone', () => {
    expect(disclosedByTag('adv', () => 'it')).toBe('paid');
    expect(disclosedByTag('adv', () => null)).toBe('asked-paid');
    expect(disclosedByTag('adv', () => 'fr')).toBe('asked-paid');
  });
});

it.each([
  ['la mia ricetta', 'it'],
  ['LA MIA RICETTA', 'it'],
  ['Une recette avec amour', 'fr'],
  ['het recept', 'nl'],
  ['çok için', 'tr'],
  ['よい', 'ja'],
  ['ricetta', null],
  ['con Con', null],
  ['my mop', null],
  [`${'x '.repeat(300)}la mia ricetta`, null],
])('%j is in %s', (caption, expected) => {
  expect(languageOf(caption)).toBe(expected);
});

describe('disclosuresIn', () => {
  it.each<[string, string[]]>([
    ['sponsored', ['paid 0 sponsored']],
    ['paid partnership with @nike.', ['paid 0 paid partnership with @nike']],
    ['paid partnership with @nike and @puma', ['paid 0 paid partnership with @nike']],
    ['a sponsored post by @nike', ['paid 2 sponsored post by @nike']],
    ['a sponsored post by the @nike', ['paid 2 sponsored post']],
    ['Ad | x\nmade with AI', ['paid 0 Ad', 'ai 7 made with AI']],
    ['made with AI. Paid partnership', ['ai 0 made with AI', 'paid 14 Paid partnership']],
    ['(ad) (ad)', ['paid 0 (ad)', 'paid 5 (ad)']],
    ['ＡＤ｜x', ['paid 0 ＡＤ']],
    ['Publicite\u0301 | x', ['paid 0 Publicité']],
    ['p\u00adaid partnership with x', ['paid 0 paid partnership']],
    ['含广告', ['paid 0 含广告']],
    ['my mop', []],
    // Denied
    ['Not sponsored', []],
    ['I wish this was sponsored', []],
    ['not a paid partnership', []],
    ['This is not an ad: paid partnership', ['paid 19 paid partnership']],
    ['knot paid partnership', ['paid 5 paid partnership']],
    ['광고 아님', []],
    ['広告ではありません', []],
    ['不是广告', []],
    ['没有广告', []],
    ['沒有廣告', []],
  ])('%j', (text, expected) => {
    expect(disclosuresIn(text).map(({ kind, at, text: said }) => `${kind} ${at} ${said}`)).toEqual(expected);
  });
});

describe('disclosedBy', () => {
  const caption = (text: string, hashtags: readonly string[] | null = null, title: string | null = null) => ({
    title,
    text,
    hashtags,
  });
  it.each<[string, Parameters<typeof disclosedBy>, string[]]>([
    ['no caption', [null, [], ''], []],
    ['a title', [caption('', null, 'Ad | x'), [], ''], ['paid']],
    ['a hashtag in the text', [caption('x #ad'), [], ''], ['paid']],
    ['hashtags with signs', [caption('x', ['#ad', '＃＃aigenerated']), [], ''], ['paid', 'ai']],
    ['a hashtag for every post', [null, ['ad'], ''], ['paid']],
    ['a footer', [null, [], 'x #ad'], ['paid']],
    ['a question', [caption('x', ['collab']), [], ''], ['asked-paid']],
    ['a question that is answered', [caption('ad | x', ['collab']), [], ''], ['paid']],
    ['a question about AI', [caption('x', ['chatgpt']), [], ''], ['asked-ai']],
    ['a question about AI that is answered', [caption('x', ['chatgpt', 'aigenerated']), [], ''], ['ai']],
    ['a question beside another kind', [caption('made with AI', ['collab']), [], ''], ['ai', 'asked-paid']],
    ['no language', [caption('x', ['adv']), [], ''], ['asked-paid']],
    ['the language of the text', [caption('la mia ricetta', ['adv']), [], ''], ['paid']],
    ['the language of the title and a hashtag', [caption('x', ['adv', 'ricetta'], 'mia'), [], ''], ['paid']],
    ['the language of the footer', [caption('x', ['adv']), [], 'la mia ricetta'], ['paid']],
  ])('%s', (_odd, given, expected) => {
    expect(disclosedBy(...given)).toEqual(expected);
  });

  it('of a caption, with another footer, are others', () => {
    const written = { ...caption('la mia', ['ricetta']), source: 'csv' } as const;
    expect(captionDisclosures(written, '').phrases).toEqual([]);
    expect(captionDisclosures(written, 'x #ad').phrases).toEqual([{ kind: 'paid', text: 'ad', at: 0, end: 0 }]);
    expect(captionDisclosures(written, '').discloses('adv')).toBe('paid');
    expect(captionDisclosures(null, '').discloses('adv')).toBe('asked-paid');
    expect(captionDisclosures(null, 'ad | x #mop').phrases.map(({ text }) => text)).toEqual(['ad']);
  });
});
