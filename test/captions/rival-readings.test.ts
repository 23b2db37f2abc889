import { describe, expect, it } from 'vitest';
import type { Plausibility } from '../../src/captions/plausible.ts';
import { hasMoreCommonWords, isRuledOut, type JudgedReading, marginOver } from '../../src/captions/rival-readings.ts';

const faultless: Plausibility = {
  ...{ oddWords: 0, isOdd: false, coverage: 1, punctuation: 1, isThin: false, mayBeUnknown: false },
};
const reading = (text: string, count = 0, language: string | null = null, odd: Partial<Plausibility> = {}) =>
  ({ text, words: { language, count }, looks: { ...faultless, ...odd } }) satisfies JudgedReading;
const latin = reading('xyzé');
const unknown = { mayBeUnknown: true };

describe('how many times likelier a decoding must be than another', () => {
  it.each<[string, JudgedReading, JudgedReading, number, number]>([
    // [what, the decoding, the other one, bytes beyond ASCII, times]
    ['with an impossible word', reading('Möwe'), reading('x', 0, null, { oddWords: 1 }), 1, 0],
    ['with letters of no language', reading('Möwe'), reading('x', 0, null, { coverage: 0.99 }), 1, 0],
    ['with nearly all letters of a language', reading('Möwe'), reading('x', 0, null, { coverage: 0.995 }), 1, 8],
    [
      'with faults, in a language that is not told',
      reading('Möwe'),
      reading('x', 0, null, { ...unknown, oddWords: 1 }),
      1,
      4,
    ],
    ['of one word', reading('Möwe'), latin, 1, 8],
    ['of one word, which comes twice', reading('Möwe ist\nMÖWE'), latin, 1, 8],
    ['of two words', reading('Möwe Krähe'), latin, 2, 8],
    ['of a word with a sign of its own', reading('e\u0301te\u0301'), latin, 2, 8],
    ['of two words beside common ones', reading('Möwe Krähe', 1, 'de'), latin, 2, 4],
    ['of two words beside as many common ones', reading('Möwe Krähe', 1, 'de'), reading('x', 1), 2, 8],
    ['of a common word', reading('für Möwe', 1, 'de'), latin, 2, 0],
    ['of a common word of another language', reading('für Möwe', 1, 'fr'), latin, 2, 4],
    ['of three words', reading('Möwe Krähe Gänse'), latin, 3, 3],
    ['of three words beside a common one', reading('Möwe Krähe Gänse', 1, 'de'), latin, 3, 0],
    ['of five words', reading('Möwe Krähe Gänse Föhn Öl'), latin, 5, 3],
    [
      'of five words, in a language that is not told',
      reading('Möwe Krähe Gänse Föhn Öl'),
      reading('x', 0, null, unknown),
      5,
      4,
    ],
    ['of six words', reading('Möwe Krähe Gänse Föhn Öl Käse'), latin, 6, 0],
    ['of plain words, which do not count', reading('one two six ten Möwe'), latin, 1, 8],
    ['of one word in Latin letters and one in others', reading('Möwe чай'), latin, 4, 8],
    ['of few Chinese characters', reading('海'), latin, 12, 10],
    ['of more Chinese characters', reading('海'), latin, 13, 0],
    [
      'of more Chinese characters, in a language that is not told',
      reading('海'),
      reading('x', 0, null, unknown),
      13,
      4,
    ],
    ['of Chinese beside Korean', reading('海'), reading('바다'), 4, 0],
    ['of kana beside Chinese', reading('うみ'), reading('海'), 4, 0],
    ['of katakana beside Chinese', reading('ウミ'), reading('海'), 4, 0],
    ['of few letters of Korean', reading('바다'), latin, 12, 10],
    ['of few letters beside others of the script', reading('чай'), reading('ыфя'), 3, 0],
    ['of few letters that are Hebrew in the other', reading('чай'), reading('שלום'), 8, 6],
    ['of more letters that are Hebrew in the other', reading('чай'), reading('שלום'), 9, 0],
    ['of plain words and few letters', reading('new чай'), latin, 3, 6],
  ])('%s: %s', (_name, first, other, high, times) => {
    expect(marginOver(first, other, high)).toBe(times);
  });

  it.each([
    ['Cyrillic', 'чай', 'привет'],
    ['Greek', 'θάλασσα', 'ήλιος'],
    ['Hebrew', 'שלום', 'עולם'],
    ['Arabic', 'بحر', 'سلام'],
    ['Thai', 'ทะเล', 'กาแฟ'],
  ])('few letters of %s: more than another script, no more than itself', (_script, one, other) => {
    expect(marginOver(reading(one), latin, 8)).toBe(6);
    expect(marginOver(reading(one), reading(other), 8)).toBe(0);
  });
});

describe('whether another decoding is ruled out', () => {
  it.each<[string, string, string, number, boolean]>([
    ['two words with letters that the language lacks in the other', 'niño\nseñor', 'nińo\nseńor', 9, true],
    ['a common word', 'mañana', 'mańana', 9, true],
    ['a single word that may be a name', 'Ibáñez', 'Ibáńez', 9, false],
    ['without enough common words', 'niño\nseñor', 'nińo\nseńor', 0, false],
    ['of letters that the language has in both', 'niño\nseñor', 'nióo\nseóor', 9, false],
  ])('by %s', (_name, first, other, count, expected) => {
    expect(isRuledOut(reading(other), reading(first, count, 'es'))).toBe(expected);
  });
});

describe('whether another decoding is better in its words', () => {
  const [good, bad] = ['großartige', 'groáartige'];
  it.each<[string, JudgedReading, JudgedReading, boolean]>([
    ['more common words', reading('x', 2, 'es'), reading('y', 1, 'de'), true],
    ['more common words, with a fault', reading('x', 2, 'es', { oddWords: 1 }), reading('y', 1, 'de'), false],
    ['fewer common words, and better letters', reading(good, 1, 'de'), reading(bad, 2, 'de'), false],
    ['as many, and better letters', reading(good, 1, 'de'), reading(bad, 1, 'de'), true],
    ['as many, and worse letters', reading(bad, 1, 'de'), reading(good, 1, 'de'), false],
    ['as many, and the same letters', reading(good, 1, 'de'), reading(good, 1, 'de'), false],
    ['as many of another language', reading(good, 1, 'de'), reading(bad, 1, 'fr'), false],
    ['none in both', reading(good), reading(bad), false],
    [
      'as many, with better letters in one of two lines',
      reading(`${bad}\n${good}`, 1, 'de'),
      reading(`${bad}\n${bad}`, 1, 'de'),
      true,
    ],
  ])('%s', (_name, other, first, expected) => {
    expect(hasMoreCommonWords(other, first)).toBe(expected);
  });
});
