import { describe, expect, it } from 'vitest';
import { sizeCaption } from '../../../src/plan/caption.ts';
import { disclosedBy } from '../../../src/plan/words/told.ts';
import { targets } from '../../../src/targets/index.ts';
import { post } from '../../builders.ts';

const kinds = (text: string) => disclosedBy({ title: null, text, hashtags: null }, [], '').join(' ');

describe('a disclosure is known however it is spelled', () => {
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
  ])('%s', (written, label) => {
    const caption = { text: `${long}\n\n${written}`, title: null, hashtags: null, source: 'sidecar' } as const;
    const { body } = sizeCaption(post(), caption, words, null).caption;
    expect(body.toLowerCase().startsWith(`[${label}] `)).toBe(words.fold !== undefined);
  });
});

it('takes a sentence behind a Japanese label for a title', () => {
  const shorts = targets.find(({ name }) => name === 'shorts');
  const caption = {
    text: 'PR｜新しいリップを買いました #コスメ',
    title: null,
    hashtags: null,
    source: 'sidecar',
  } as const;
  expect(shorts && sizeCaption(post(), caption, shorts.words, null).caption.title).toBe('新しいリップを買いました');
});
