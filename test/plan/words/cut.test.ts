import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingUnits } from '../../../src/model/caption.ts';
import { count } from '../../../src/plan/counting.ts';
import { cut } from '../../../src/plan/cut.ts';
import { graphemeBefore } from '../../../src/plan/words/boundaries.ts';
import type { CountingUnit } from '../../../src/targets/target.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const anyText = fc.string({ unit: 'grapheme', maxLength: 400 });

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
    const units = fc.constantFrom<CountingUnit>(...countingUnits);
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

describe('cut, at the best place', () => {
  it.each<[string, string, number, string, string]>([
    ['after a sentence', 'One sentence. Another that does not fit', 30, 'One sentence. Another that…', 'does not fit'],
    [
      'after a sentence that fills half',
      'A sentence that is long. Another one',
      30,
      'A sentence that is long. …',
      'Another one',
    ],
    ['no room for the space', 'A sentence that is long. Another one', 25, 'A sentence that is long.…', 'Another one'],
    [
      'after a line',
      'The first line is here\nand the second is longer',
      30,
      'The first line is here…',
      'and the second is longer',
    ],
    ['Chinese, between words', '今天我们一起去了东京的海边看日落', 9, '今天我们一起去了…', '东京的海边看日落'],
    ['Chinese, after a sentence', '今天我们去了东京。明天去大阪看城堡', 12, '今天我们去了东京。…', '明天去大阪看城堡'],
    ['Japanese', '東京でおいしいラーメンを食べました', 9, '東京でおいしい…', 'ラーメンを食べました'],
    ['Thai', 'วันนี้เราไปเที่ยวทะเล', 15, 'วันนี้เราไป…', 'เที่ยวทะเล'],
    ['Japanese, in one script', 'ひらがなだけでかいたぶんしょうです', 9, 'ひらがなだけ…', 'でかいたぶんしょうです'],
    ['Japanese, with long vowels', 'サーフィンラーメンコーヒー', 9, 'サーフィン…', 'ラーメンコーヒー'],
    ['Lao', 'ມື້ນີ້ພວກເຮົາໄປທ່ຽວທະເລ', 14, 'ມື້ນີ້ພວກເຮົາ…', 'ໄປທ່ຽວທະເລ'],
    ['Khmer', 'ថ្ងៃនេះយើងទៅលេងសមុទ្រ', 14, 'ថ្ងៃនេះយើង…', 'ទៅលេងសមុទ្រ'],
    ['Burmese', 'ဒီနေ့ပင်လယ်ကိုသွားတယ်', 14, 'ဒီနေ့ပင်လယ်…', 'ကိုသွားတယ်'],
    ['Hindi: never before a vowel sign', 'नमस्तेनमस्ते', 10, 'नमस्तेनम…', 'स्ते'],
    ['Arabic', 'صباح الخير من الميناء', 14, 'صباح الخير من…', 'الميناء'],
    ['Korean', '오늘은 바다에 갔어요', 9, '오늘은 바다에…', '갔어요'],
    ['not inside a flag', 'a 🇩🇪🇫🇷🇮🇹', 8, 'a 🇩🇪…', '🇫🇷🇮🇹'],
    ['not inside a skin tone', '👋🏽👋🏽👋🏽', 6, '👋🏽…', '👋🏽👋🏽'],
    ['not inside a keycap', '1️⃣2️⃣3️⃣', 6, '1️⃣…', '2️⃣3️⃣'],
    ['not inside a hashtag', 'some words and a #longhashtag here', 27, 'some words and a…', '#longhashtag here'],
    ['not inside a link', 'see my page https://example.com/page', 24, 'see my page…', 'https://example.com/page'],
    ['not inside a phone number', 'Book a table at +49 30 1234567', 24, 'Book a table at…', '+49 30 1234567'],
    [
      'not inside an address that is spelled out',
      'Write to maya at example dot com',
      22,
      'Write to…',
      'maya at example dot com',
    ],
    ['nor a handle', 'Find me here, IG: @maya.b', 18, 'Find me here,…', 'IG: @maya.b'],
    ['not inside an aperture', 'Shot at f/2.8 in Lisbon', 13, 'Shot at…', 'f/2.8 in Lisbon'],
    ['but behind it', 'Shot at f/2.8 in Lisbon', 14, 'Shot at f/2.8…', 'in Lisbon'],
    ['not inside a ratio', 'The perfect ratio 1:2 for coffee', 20, 'The perfect ratio…', '1:2 for coffee'],
    ['nor a time', 'open daily 10:30 to 22:00', 14, 'open daily…', '10:30 to 22:00'],
    ['nor a version', 'The version 4.6.1 is out', 16, 'The version…', '4.6.1 is out'],
    ['nor a price', 'costs $1,299.99 today', 12, 'costs…', '$1,299.99 today'],
    ['nor a number and what it counts', '今天在上海花了100元吃饭', 11, '今天在上海花了…', '100元吃饭'],
    ['nor two words with a stroke', 'A view and/or a walk', 12, 'A view…', 'and/or a walk'],
    ['nor a quotation mark and its word', 'say "hello there" to me', 10, 'say…', '"hello there" to me'],
    ['nothing but a link', 'https://example.com/page', 20, '', 'https://example.com/page'],
    ['room for the ellipsis only', 'words', 1, '', 'words'],
    ['less than nothing', 'words', -3, '', 'words'],
  ])('%s', (_odd, text, max, expected, rest) => {
    expect(cut(text, { max, unit: 'characters' })).toEqual({ text: expected, rest });
  });

  it('a boundary is found without reading the whole text, and is the same', () => {
    const odd = fc.constantFrom(
      '🇩🇪',
      '🇫',
      '👨‍👩‍👧',
      'e\u0301',
      'क्षि',
      '\u0301',
      '\r\n',
      'a',
      ' ',
      '汉',
      '각',
      '\u200d',
      '👋🏽',
    );
    fc.assert(
      fc.property(fc.array(odd, { maxLength: 40 }), fc.nat(120), (pieces, at) => {
        const text = pieces.join('');
        const starts = [...graphemes.segment(text)].map(({ index }) => index).concat(text.length);
        expect(graphemeBefore(text, at)).toBe(starts.filter((start) => start <= at).at(-1));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['combining marks', `a${'\u0301'.repeat(100_000)}`],
    ['flags', '🇩🇪'.repeat(50_000)],
    ['a word', 'a'.repeat(1_000_000)],
    ['Chinese without a full stop', '汉字'.repeat(500_000)],
    ['Thai', 'วันนี้เราไปเที่ยวทะเล'.repeat(40_000)],
    ['joined emoji', `👩${'‍👩'.repeat(50_000)}`],
  ])('much of it: %s', (_odd, text) => {
    for (const unit of countingUnits) {
      const { text: kept, rest } = cut(text, { max: 100, unit });
      expect(count(kept, unit)).toBeLessThanOrEqual(100);
      expect(kept.replace(/…$/, '') + rest).toBe(text);
    }
  });
});
