import { describe, expect, it } from 'vitest';
import { plainForm } from '../../../src/plan/words/plain-form.ts';

describe('words that look equal are equal', () => {
  it.each<[string, string, string]>([
    ['plain words', 'paid ad, реклама', 'paid ad, реклама'],
    ['a soft hyphen', 'sp\u00adon\u00adsored', 'sponsored'],
    ['zero-width spaces', 'a\u200bd a\ufeffd a\u2060d', 'ad ad ad'],
    ['direction marks', '\u200ea\u200fd\u202a\u202e\u2066\u2069', 'ad'],
    ['joiners between Latin or Cyrillic letters', 'a\u200cd \u0430\u200d\u200c\u0434', 'ad \u0430\u0434'],
    ['joiners elsewhere stay', 'می\u200cشود 👩\u200d🍳', 'می\u200cشود 👩\u200d🍳'],
    ['Arabic that is drawn out', 'إعـــلان', 'إعلان'],
    ['Arabic vowel marks', 'إِعْلَان', 'إعلان'],
    ['letters and marks', 'publicite\u0301 \u304b\u3099', 'publicité \u304c'],
    ['Arabic letters and their marks', '\u0627\u0655\u0639\u0644\u0627\u0646', '\u0625\u0639\u0644\u0627\u0646'],
    ['Korean in pieces', '\u1100\u116a\u11bc\u1100\u1169', '광고'],
    ['strokes through letters', 'a\u0336d\u0336 a\u0332d\u0338', 'ad ad'],
    ['fonts', '𝐚𝐝 𝓪𝓭 ℴ ℒ', 'ad ad o L'],
    ['full-width letters and digits', 'ａｄ ＡＤ １０', 'ad AD 10'],
    ['letters in circles', 'ⓐⓓ ⒶⒹ Ⓐ\ufe0f', 'ad AD A'],
    ['letters in brackets, squares and circles', '⒜⒟ 🄐🄓 🄰🄳 🅐🅓 🅰🅳 🅰️🅳️', 'ad ad ad ad ad ad'],
    ['the first and last of each row', '⒜⒵ 🄐🄩 🄰🅉 🅐🅩 🅰🆉', 'az az az az az'],
    ['what is beside these rows stays', '🄏 🄪 🅪 🆎', '🄏 🄪 🅪 🆎'],
    ['raised letters and Roman numerals', 'ᵃᵈ ʰˢ ⁱⁿ ₐₓ Ⅰ', 'ad hs in ax I'],
    ['small capitals', 'ᴀᴅ ʙᴄᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'ad bcefghijklmnopqrstuvwyz'],
    ['the letters i of Turkish', 'İlan ısı', 'ilan isi'],
    ['rare letters', 'ɑ ɡ ԁ ԛ ԝ Ԁ Ԛ Ԝ', 'a g d q w D Q W'],
    ['line breaks of all kinds', 'a\rb\u0085c\u2028d\u2029e', 'a\nb\nc\nd\ne'],
    ['one of Windows stays', 'a\r\nb', 'a\r\nb'],
    ['one alphabet in a word', 'раid', 'paid'],
    ['one alphabet behind hidden characters', 'р\u00adаid', 'paid'],
    ['emoji and symbols', '🌅 ½ ℃ ™ №', '🌅 ½ ℃ ™ №'],
  ])('%s', (_what, text, expected) => {
    expect(plainForm(text).text).toBe(expected);
  });
});

it.each<[string, string]>([
  ['plain ad', 'ad'],
  ['so \u00ad\u00adplain ad', 'ad'],
  ['𝐬𝐨 𝐩𝐥𝐚𝐢𝐧 ad', 'ad'],
  ['cafe\u0301, cafe\u0301: ad', 'ad'],
  ['🅰🅳 \u200bp\u200bl\u200ba\u200bi\u200bn 🅰 ad', ' ad'],
  ['إعـــلان ad', 'ad'],
])('a place in the plain form of %j is found in the original', (text, word) => {
  const { text: plain, written } = plainForm(text);
  expect(text.slice(written(plain.lastIndexOf(word)))).toBe(word);
});

it('each letter of the plain form has its place in the original', () => {
  const { text, written } = plainForm('a\u00adb𝐜\u200b\u200bd🅴f');
  expect([...text].map((letter, at) => `${letter} ${written(at)}`)).toEqual([
    'a 0',
    'b 2',
    'c 3',
    'd 7',
    'e 8',
    'f 10',
  ]);
  expect(written(text.length)).toBe(11);
});
