import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { disclosedBy } from '../../../src/plan/words/caption-disclosures.ts';
import { targets } from '../../../src/targets/index.ts';
import { post } from '../../builders.ts';

const kinds = (text: string) => disclosedBy({ title: null, text, hashtags: null }, [], '').join(' ');

describe('a disclosure is recognised in any spelling', () => {
  it.each<[string, string]>([
    ['letters and accents apart, as macOS writes them', 'Publicité | Mon mixeur'.normalize('NFD')],
    ['Korean in single letters', '[광고] 새로운 립'.normalize('NFD')],
    ['full width', 'ＡＤ｜新しいリップ'],
    ['small capitals', 'ᴀᴅ | my mop'],
    ['letters in squares', '🅰🅳 | my mop'],
    ['a mathematical font', '𝙖𝙙 | my mop'],
    ['zero-width spaces inside', 'Paid partn\u200bership with @nike'],
    ['soft hyphens inside', 'p\u00adaid partnership'],
    ['a joiner inside a hashtag', 'my mop #a\u200dd'],
    ['a hashtag in small capitals', 'my mop #ᴀᴅ'],
    ['Turkish capitals', 'İŞ BİRLİĞİ içerir'],
    ['Turkish capitals without a dot', 'TANITIM | yeni mikser'],
    ['stretched Arabic', 'إعـــلان | ميكسر جديد'],
    ['a space behind its sign', '# ad my new mop'],
    ['behind a dash at the end', 'my new mop - ad'],
    ['behind an emoji at the end', 'my new mop 💕 ad'],
    ['a star before it', '*gifted my new mop'],
    ['shouted at the start', 'AD I tried the new mop'],
    ['before hashtags', 'ad #mop #cleaning'],
    ['with a reason', 'Werbung, da Marken genannt werden'],
    ['a link that pays, in Swedish', 'min favorit #annonslänk'],
    ['a label in Danish', 'Annonce: min nye mixer'],
    ['a present, in Korean', '제품만 제공받아 솔직하게 작성했습니다'],
    ['a present with thanks', 'thank you @dyson for gifting me this mop'],
    ['a dot before it', '.ad my new mop'],
    ['a stroke before it', '/ad my new mop'],
    ['behind a stroke at the end', 'my new mop /ad'],
    ['letters apart behind a sign', '# a d my new mop'],
    ['a dot inside a hashtag', '#a.d my new mop'],
    ['letters apart as a label', 'a d | my new mop'],
    ['a dot inside brackets', '(a.d) my new mop'],
    ['full width hashtag', '新しいモップ ＃ａｄ'],
    ['full width sign, Chinese', '新拖把＃广告'],
    ['a hashtag in mathematical letters', 'my mop #𝐚𝐝'],
    ['a Cyrillic letter in a hashtag', 'my new mop #аd'],
    ['a Greek letter in a hashtag', 'my new mop #αd'],
    ['a letter of the Komi', 'my new mop #aԁ'],
    ['Cyrillic letters in a saying', 'раid рartnership with @nike'],
    ['a Latin letter in a Russian hashtag', 'новая швабра #реклaма'],
    ['a Latin letter in a Greek hashtag', 'νέα σφουγγαρίστρα #διaφήμιση'],
    ['raised letters', 'my new mop | ᵃᵈ'],
    ['a hashtag in raised letters', 'my new mop #ᵃᵈ'],
    ['a Latin alpha', 'my new mop #ɑd'],
    ['a hashtag in filled squares', 'my new mop #🅰🅳'],
    ['a hashtag in squares as emoji', 'my new mop #🅰️🅳️'],
    ['a hashtag in squares', 'my new mop #🄰🄳'],
    ['a hashtag in filled circles', 'my new mop #🅐🅓'],
    ['a hashtag in circles', 'my new mop #ⓐⓓ'],
    ['a hashtag in brackets of its own', 'my new mop #⒜⒟'],
    ['a square for one letter', 'my new mop #a🅳'],
    ['a hyphen in a hashtag', '#a-d my new mop'],
    ['between tildes', '~ad~ my new mop'],
    ['between tildes at the end', 'my new mop ~ad~'],
    ['in brackets at the end', 'my new mop (ad)'],
    ['in square brackets', '[AD] my new mop'],
    ['in curly brackets', '{ad} my new mop'],
    ['between stars', 'my new mop *ad*'],
    ['between dots', '•ad• my new mop'],
    ['between dots at the end', 'my new mop •ad•'],
    ['between raised dots', 'my new mop ·ad·'],
    ['between underscores', '_ad_ my new mop'],
    ['between hyphens', 'my new mop -ad-'],
    ['between strokes', 'my new mop |ad|'],
    ['between slashes', 'my new mop /ad/ so good'],
    ['between stars that are signs', '✦ ad ✦ my new mop'],
    ['between emoji', 'my new mop ✨ad✨'],
    ['between emoji, before more', 'my new mop ✨ad✨ and bucket'],
    ['between emoji at the start', '✨ad✨ my new mop'],
    ['before a stroke', 'ad | my new mop'],
    ['behind a stroke, before emoji', 'my new mop | ad ✨✨'],
    ['behind a dash, before emoji', 'my new mop - ad 💕'],
    ['a sentence of its own at the end', 'my new mop is so soft! Ad.'],
    ['before an arrow', 'ad → my new mop'],
    ['before dots', 'ad... my new mop'],
    ['between tildes, German', 'mein neuer Mopp ~Werbung~'],
    ['between dots, Korean', '•광고• 새 걸레'],
    ['the mark of Romania', 'Rețeta mea cu ciocolată și smântână (P) #reteta'],
    ['a present of no friend, in Japanese', '化粧水をプレゼントいただきました'],
    ['an associate', 'As an Amazon Associate I earn from qualifying purchases'],
  ])('%s', (_, text) => expect(kinds(text)).toBe('paid'));

  it.each([
    'a salad with bread',
    'AD 79: the volcano',
    'AD 79 the volcano erupted',
    'wish this was sponsored lol',
    'Ad astra per aspera',
    'Friday night 🍺 pub',
    'new record: PR #gym',
    'Werbung, die nervt',
    'AI papi',
    'a b c d',
    'a day in my life',
    'open /admin',
    'photo (P) by me',
    '友達から誕生日プレゼントいただきました',
    'an ad hoc plan',
    'ad hoc, ad lib',
    'ad_hoc query in sql',
    'ad-lib at the end',
    'this ad made me cry',
    'salad - adventure - sleep',
    'and/or adding',
    'my iPhone и я',
    'add me ~ adieu ~',
    'that ad was ~wild~',
    'https://example.com/ad/page',
    '5 μm of dust',
    '🅰️ team',
    'vitamins ⒜ and ⒟',
  ])('not in: %s', (text) => expect(kinds(text)).toBe(''));
});

/** Words in which the labels stand as parts: none of them discloses. */
const long = 'Bread, radishes and a salad made by Gladys; publishing is advancing, the beanzeiged reklamen. '.repeat(
  25,
);

describe.each(targets)('for $title a short label at the end is shown at the start', ({ words }) => {
  it.each([
    ['ad', 'ad'],
    ['# ad', 'ad'],
    ['Ad | my mop', 'ad'],
    ['my mop - ad', 'ad'],
    ['publi', 'publi'],
    ['Anzeige | Mixer', 'anzeige'],
    ['İŞ BİRLİĞİ içerir', 'i̇ş bi̇rli̇ği̇ içerir'],
    ['~ad~', 'ad'],
    ['my mop •ad•', 'ad'],
    ['#🅰🅳', '🅰🅳'],
  ])('%s', (written, label) => {
    const caption = { text: `${long}\n\n${written}`, title: null, hashtags: null, source: 'sidecar' } as const;
    const { body } = sizeCaption(post(), caption, words, null).caption;
    expect(body.toLowerCase().startsWith(`[${label}] `)).toBe(words.fold !== undefined);
  });
});

it.each([
  ['PR｜新しいリップを買いました #コスメ', '新しいリップを買いました'],
  ['~ad~ my new mop', 'my new mop'],
  ['•ad• my new mop', 'my new mop'],
  ['✦ ad ✦ my new mop', 'my new mop'],
  ['{ad} my new mop', 'my new mop'],
  ['#🅰🅳 my new mop', 'my new mop'],
  ['# ad my new mop', 'my new mop'],
  ['#a.d my new mop', 'my new mop'],
  ['*gifted my new mop', 'my new mop'],
  ['AD I tried the new mop', 'I tried the new mop'],
  ['my new mop #аd', 'my new mop'],
])('takes no label for a title: %s', (text, title) => {
  const shorts = targets.find(({ name }) => name === 'shorts');
  const caption = { text, title: null, hashtags: null, source: 'sidecar' } as const;
  expect(shorts && sizeCaption(post(), caption, shorts.words, null).caption.title).toBe(title);
});

it('hashtags in other scripts are kept unchanged and come first', () => {
  for (const { words } of targets) {
    const text = 'my new mop #mop #cleaning #аd';
    const caption = { text, title: null, hashtags: null, source: 'sidecar' } as const;
    expect(sizeCaption(post(), caption, words, null).caption.hashtags[0]).toBe('аd');
  }
});
