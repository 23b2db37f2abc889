import { describe, expect, it } from 'vitest';
import {
  firstWord,
  sentenceBefore,
  sentencesOf,
  shortWordBefore,
  wordBefore,
} from '../../../src/plan/words/boundaries.ts';

/** `·` shows where a sentence ends. */
const shown = (text: string) => sentencesOf(text).join('·');

describe('sentencesOf', () => {
  it.each([
    'One! ·Two? ·Three',
    'First. ·Second',
    '¿Sí? ·¡No!',
    'Hi! ·(Really?) yes',
    'Bake 2 tsp.\n·Mix',
    'no end',
    // A sign in brackets is said about what goes on.
    'my grandma (92!!) reacts',
    'my grandma (92!!) ·Reacts',
    'my grandma (92!) ·3 times',
    'my grandma (92!!)  reacts',
    // No white space, no end
    '世界.Hello',
    '世界.@maya',
    '世界.3',
    '世界.·@世界',
    'Im 3.Mai',
    // Abbreviations
    'Go to St. Petersburg',
    'Mr. Smith',
    '(approx. Two)',
    '½ tsp. Salt',
    'u.a. Katzen',
    'Tiere, z. B. Hunde',
    'He sat. ·Then left',
    'mall. ·Then',
    '17.00 น. ถึง 20.00 น. ครับ',
    'ق.م. ثم',
    // Numbers of a list or a date
    '1. Eggs',
    'Bake 20. Then',
    'in 2024. ·Then',
    'at 3.5. ·Then',
    'v2. ·Then',
    'seit 2024. Mai',
    'seit 2024.  Mai',
    'by 2024. now. ·Mai',
    'since 2024. ·May',
    'Rome, 12.5. April',
    // Initials
    'George W. Bush',
    'J. R. Smith',
    'Plan B. ·THEN',
    'Plan b. ·Then',
    'CLUB. ·Then',
    'taller than I. ·Then',
    'Mafia III. ·Then',
    'I. ·Then',
    'K.  Bush',
    'I.  ·Then',
    'I. know J. Smith',
    'the (what?) thing! ·then',
    '1.  Eggs',
    'Plan B. ·3 Eggs For Me',
    // A list inside a line
    'My routine ·1. Wash 2. Dry',
    'My routine ·1) Wash 2) Dry',
    'a ·1️⃣. b 2. c',
    '1. Wash 2. Dry',
    'room 1. is big',
    '',
  ])('%j', (expected) => {
    expect(shown(expected.replaceAll('·', ''))).toBe(expected);
  });
});

describe('firstWord', () => {
  it.each([
    ['hello world', 'hello'],
    ['  hello', 'hello'],
    ['3 eggs', '3'],
    ['你好世界', '你好'],
    ['!hello', ''],
    ['👋 hi', ''],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(firstWord(text)).toBe(expected);
  });
});

/** `·` shows from where, and `|` up to where a boundary is searched. */
const searched = (written: string) => {
  const text = written.replace(/[·|]/g, '');
  const from = Math.max(0, written.indexOf('·'));
  return { text, from, end: written.replace('·', '').indexOf('|') };
};

describe('wordBefore', () => {
  it.each([
    ['one t|wo', 'one '],
    ['one| two', 'one'],
    ['one |two', 'one '],
    ['one two|', 'one two'],
    ['one |  two', 'one '],
    ['on·e t|wo', 'one '],
    ['one t·w|o', 'one t'],
    ['at f/2|.8 x', 'at '],
    ['at f·/2|.8 x', 'at f'],
    ['hi @|maya', 'hi '],
    ['花100|元', '花'],
    ['a😀|b', 'a😀'],
    ['5|% x', ''],
    ['20|°C', ''],
    ['so good!| yes', 'so good!'],
    [`${'x'.repeat(290)}|${'x'.repeat(10)}`, ''],
    [`xx·${'x'.repeat(288)}|${'x'.repeat(10)}`, 'xx'],
  ])('%j: %j', (written, expected) => {
    const { text, from, end } = searched(written);
    expect(text.slice(0, wordBefore(text, from, end))).toBe(expected);
  });
});

describe('shortWordBefore', () => {
  it.each([
    ['one t|wo', 'one '],
    ['one| two', 'one'],
    ['one |two', 'one '],
    ['on|e', 'on'],
    ['花100|元', '花'],
    [`a xx|${'x'.repeat(22)}`, 'a '],
    [`a xx|${'x'.repeat(23)}`, 'a xx'],
    [`a ${'x'.repeat(22)}|x`, 'a '],
  ])('%j: %j', (written, expected) => {
    const { text, end } = searched(written);
    expect(text.slice(0, shortWordBefore(text, end))).toBe(expected);
  });
});

describe('sentenceBefore', () => {
  it.each([
    ['One. Two t|hree', 'One. '],
    ['One. |Two', 'One. '],
    ['One.|   Two', 'One.'],
    ['One|. Two', ''],
    ['One t|wo', ''],
    ['On·e t|wo', 'On'],
    ['One. ·Two|', 'One. Two'],
    ['On·e. Tw|o', 'One. '],
    ['One\nT|wo', 'One\n'],
  ])('%j: %j', (written, expected) => {
    const { text, from, end } = searched(written);
    expect(text.slice(0, sentenceBefore(text, from, end))).toBe(expected);
  });
});
