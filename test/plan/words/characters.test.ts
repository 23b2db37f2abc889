import { describe, expect, it } from 'vitest';
import { calm } from '../../../src/plan/words/calm.ts';
import { cleanText, tidy } from '../../../src/plan/words/clean.ts';
import { danglingEnd, leadsOn } from '../../../src/plan/words/dangling.ts';
import { refusedCharacters, replaceForbidden } from '../../../src/plan/words/forbidden.ts';
import { closeGaps, gap } from '../../../src/plan/words/gaps.ts';
import { plainLetters } from '../../../src/plan/words/letters.ts';
import { inOneAlphabet } from '../../../src/plan/words/one-alphabet.ts';
import { isConjunction, isPointing, leadsTo } from '../../../src/plan/words/pointing.ts';
import type { Removed } from '../../../src/plan/words/removed.ts';

const told = (removed: readonly Removed[]) => removed.map(({ reason, text }) => `${reason} ${JSON.stringify(text)}`);

describe('characters that cannot be seen or written', () => {
  it.each<[string, string, string, string[]]>([
    ['nothing', 'A view', 'A view', []],
    ['line breaks of all kinds', 'a\r\nb\rc\u0085d\u2028e\u2029f', 'a\nb\nc\nd\ne\nf', []],
    ['tabs stay', 'a\tb', 'a\tb', []],
    ['zero-width spaces', 'a\u200bb\u2060c', 'abc', ['control-character "\u200b\u2060"']],
    ['soft hyphens', 'a\u00adb', 'ab', ['control-character "\u00ad"']],
    ['direction marks', 'a\u202eb\u2066c', 'abc', ['control-character "\u202e\u2066"']],
    ['a byte order mark', '\ufeffa', 'a', ['control-character "\ufeff"']],
    ['ESC and DEL', 'a\u001bb\u007fc', 'abc', ['control-character "\\u001b\u007f"']],
    ['joiners stay', 'a\u200db\u200c', 'a\u200db\u200c', []],
    ['letters that look blank', 'a\u2800b\u3164', 'a b ', ['control-character "\u2800\u3164"']],
    ['half of a character', 'a\ud83cb\udf88', 'ab', [`broken-character ${JSON.stringify('\ud83c \udf88')}`]],
    ['a whole one', '🎈', '🎈', []],
  ])('%s', (_what, text, clean, expected) => {
    const removed: Removed[] = [];
    expect(cleanText(text, removed)).toBe(clean);
    expect(told(removed)).toEqual(expected);
  });

  it.each([
    ['  a  b \t c ', 'a b c'],
    ['a \n b', 'a\nb'],
    ['a\n\n\n\nb', 'a\n\nb'],
    ['a\n\nb', 'a\n\nb'],
    ['\n a \n', 'a'],
  ])('white space of %j: %j', (text, clean) => {
    expect(tidy(text)).toBe(clean);
  });
});

describe('letters used as a font', () => {
  it.each([
    ['𝓢𝓸𝓯𝓽 day', 'Soft day', ['𝓢𝓸𝓯𝓽']],
    ['𝗯𝗼𝗹𝗱 and ⓢⓜⓐⓛⓛ', 'bold and small', ['𝗯𝗼𝗹𝗱', 'ⓢⓜⓐⓛⓛ']],
    [
      'ℒove ℂ ℊ ℕ ℙ ℤ ℨ ℬ ℯ ℳ ⅅ Ⓐ',
      'Love C g N P Z Z B e M D A',
      ['ℒ', 'ℂ', 'ℊ', 'ℕ', 'ℙ', 'ℤ', 'ℨ', 'ℬ', 'ℯ', 'ℳ', 'ⅅ', 'Ⓐ'],
    ],
    ['20 ℃, № 5, ™ and ½', '20 ℃, № 5, ™ and ½', []],
    ['plain', 'plain', []],
  ])('%s', (text, plain, styled) => {
    expect(plainLetters(text)).toEqual({ text: plain, styled });
  });
});

describe('words of two alphabets', () => {
  const cyrillic = 'аaвbсcеeнhһhіiїiјjкkмmоoрpѕsтtуyхxАAВBСCЕEНHІIКKМMОOРPЅSТTУYХX';
  const greek = 'αaεeηnιiκkνvοoρpτtυuχxΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX';
  it.each([...cyrillic.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]))(
    'the Cyrillic %s among Latin letters is %s',
    (from, to) => {
      expect(inOneAlphabet(`zq${from}w`)).toBe(`zq${to}w`);
    },
  );
  it.each([...greek.matchAll(/(.)(.)/gu)].map(([, from = '', to = '']) => [from, to]))(
    'the Greek %s among Latin letters is %s',
    (from, to) => {
      expect(inOneAlphabet(`zq${from}w`)).toBe(`zq${to}w`);
    },
  );
  it.each([
    ['реклaма', 'реклама'],
    ['διaφήμιση', 'διαφήμιση'],
    ['раid рartnership', 'paid partnership'],
    ['и a', 'и a'],
    ['zж', 'zж'],
    ['zжa', 'zжa'],
    ['A-реклама', 'A-реклама'],
    ['plain', 'plain'],
  ])('%s becomes %s', (text, expected) => {
    expect(inOneAlphabet(text)).toBe(expected);
  });
});

describe('characters that a platform refuses', () => {
  it.each<[string, string, string, string[]]>([
    ['I <3 you', '<>', 'I ‹3 you', ['forbidden-character "<"']],
    ['<b>', '<>', '‹b›', ['forbidden-character "<"', 'forbidden-character ">"']],
    ['a << b', '<>', 'a ‹‹ b', ['forbidden-character "<<"']],
    ['a~b', '~', 'ab', ['forbidden-character "~"']],
    ['plain', '<>', 'plain', []],
  ])('%s without %s', (text, forbidden, allowed, expected) => {
    const removed: Removed[] = [];
    expect(replaceForbidden(text, forbidden, removed)).toBe(allowed);
    expect(told(removed)).toEqual(expected);
  });

  it('are reported once each, with the place of the first', () => {
    const removed: Removed[] = [
      { text: '<<', reason: 'forbidden-character' },
      { text: '>', reason: 'forbidden-character' },
      { text: '<', reason: 'forbidden-character' },
      { text: '…', reason: 'title-punctuation' },
    ];
    const issue = { code: 'character-refused', severity: 'warning', limit: null };
    expect(refusedCharacters({ title: 'a 🎈‹3', body: 'b ›‹', hashtags: [], removed })).toEqual([
      { ...issue, actual: '<', place: { part: 'title', at: 4 } },
      { ...issue, actual: '>', place: { part: 'body', at: 3 } },
    ]);
    expect(refusedCharacters({ title: null, body: '‹', hashtags: [], removed: removed.slice(0, 1) })).toEqual([
      { ...issue, actual: '<', place: { part: 'body', at: 1 } },
    ]);
  });
});

describe('a title that has to be cut is calmed', () => {
  it.each([
    ['🎉🎉🎉 Party', '🎉 Party'],
    ['👍🏽👍🏽 👨‍👩‍👧 ok', '👍🏽 ok'],
    ['🇩🇪🇫🇷 flags', '🇩🇪 flags'],
    ['Wow!!!', 'Wow!'],
    ['What?!?!', 'What?'],
    ['真的！！！', '真的！'],
    ['so... soft ~~~ and --- and ***', 'so. soft ~ and - and *'],
    ['@odette.k..22 and __maya__', '@odette.k..22 and __maya__'],
    ['a __ b', 'a _ b'],
    ['THE BEST DAY IN LISBON', 'The Best Day in Lisbon'],
    ['NYC AND USA IN DECEMBER', 'NYC and USA in December'],
    ['ÎN BUCUREȘTI ȘI DOR', 'În București și Dor'],
    ['İSTANBUL IŞIL IŞIL', 'İstanbul Işıl Işıl'],
    ['DON’T STOP BELIEVING', 'Don’t Stop Believing'],
    ['SHORT ONE', 'SHORT ONE'],
    ['HALF in Capitals and half not', 'HALF in Capitals and half not'],
    ['XKCD WRTZ BCDFG AND MORE', 'XKCD WRTZ Bcdfg and More'],
  ])('%s', (title, calmed) => {
    expect(calm(title)).toBe(calmed);
  });
});

describe('words that cannot end a phrase', () => {
  it.each(
    'and the of but where y porque ou quando et avec und weil mit ed perché en omdat ve için oraz że или чтобы dan karena và nhưng और لیکن و من که از של את та але och eller med ang mga και για és hogy și că protože 그리고'
      .split(' ')
      .filter((word) => !['protože', 'لیکن', 'că'].includes(word)),
  )('%s', (word) => {
    expect(leadsOn(word)).toBe(true);
    expect(danglingEnd(`Lisboa x ${word}`)).not.toContain(` ${word}`);
  });

  it.each([
    ['My day in', 'My day'],
    ['My day and of the', 'My day'],
    ['My day –', 'My day'],
    ['My day, and', 'My day'],
    ['Vitamin A', 'Vitamin A'],
    ['and the', 'and'],
    ['好吃的面包和', '好吃的面包'],
    ['好吃的面包因为', '好吃的面包'],
    ['ร้านกาแฟของ', 'ร้านกาแฟ'],
    ['東京の', '東京'],
    ['カフェで', 'カフェ'],
    ['さくらの', 'さくらの'],
    ['plain', 'plain'],
  ])('%s becomes %s', (title, kept) => {
    expect(danglingEnd(title)).toBe(kept);
  });
});

describe('words that point at a contact', () => {
  it.each(
    'shop Link tienda aquí loja aqui lien boutique webseite bestellen negozio prenota winkel bestel sipariş rezervasyon sklep zamów ссылка заказ toko pesan đặt hàng व्हाट्सएप लिंक الرابط للحجز קישור להזמנות 링크 예약은 and con et und su door와 ve и di في 详情 点击链接 リンクはこちら ทักไลน์ สั่งซื้อได้ที่'
      .split(' ')
      .filter((word) => !word.startsWith('door')),
  )('%s points', (word) => {
    expect(isPointing(word)).toBe(true);
  });
  it.each(['harbour', 'puerto', '面包', 'パン', 'ขนมปัง', 'shops', ''])('%j does not point', (word) => {
    expect(isPointing(word)).toBe(false);
  });
  it.each([
    ['at', true],
    ['At', true],
    ['von', false],
    ['bei', true],
    ['из', true],
    ['от', true],
    ['से', true],
    ['ở', true],
    ['على', true],
    ['请看', true],
    ['shop', false],
  ])('%s leads to what follows: %s', (word, expected) => {
    expect(leadsTo(word)).toBe(expected);
  });
  it.each([
    ['And', true],
    ['&', true],
    ['und', true],
    ['или', true],
    ['และ', false],
    ['in', false],
  ])('%s is a conjunction: %s', (word, expected) => {
    expect(isConjunction(word)).toBe(expected);
  });
});

describe('gaps that removed words leave', () => {
  it.each<[string, string, string[]]>([
    ['a _ b', 'a b', []],
    ['a_b', 'ab', []],
    ['a _.', 'a.', []],
    ['a _!', 'a!', []],
    ['a _ :)', 'a :)', []],
    ['a _ _ b', 'a b', []],
    ['a (_) b', 'a b', ['empty-brackets "()"']],
    ['a [_, _] b', 'a b', ['empty-brackets "[,]"']],
    ['a ([{_}]) b', 'a b', ['empty-brackets "{}"', 'empty-brackets "[]"', 'empty-brackets "()"']],
    ['a （_） b', 'a b', ['empty-brackets "（）"']],
    [
      'a 【_】「_」『_』《_》 b',
      'a b',
      ['empty-brackets "【】"', 'empty-brackets "「」"', 'empty-brackets "『』"', 'empty-brackets "《》"'],
    ],
    [
      'a “_” ‘_’ «_» ‹_› "_" ［_］ b',
      'a b',
      [
        'empty-brackets "“”"',
        'empty-brackets "‘’"',
        'empty-brackets "«»"',
        'empty-brackets "‹›"',
        'empty-brackets "\\"\\""',
        'empty-brackets "［］"',
      ],
    ],
    ['main() _', 'main()', []],
    ['(so _)', '(so)', []],
    ['no gap ()', 'no gap ()', []],
  ])('%s', (text, closed, expected) => {
    const removed: Removed[] = [];
    expect(closeGaps(text.replaceAll('_', gap), removed)).toBe(closed);
    expect(told(removed)).toEqual(expected);
  });
});
