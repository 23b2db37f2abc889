import { expect, test } from 'vitest';
import { asciiDigits, readDate, readLine, toLine } from '../../src/exports/txt-lines.ts';

test.each<[string, string, ReturnType<typeof readLine>]>([
  ['a label and a value', 'Date: today', { label: 'Date', value: 'today' }],
  ['a space before the colon', 'Son : mer', { label: 'Son', value: 'mer' }],
  ['a value with a colon', 'Title: one: two', { label: 'Title', value: 'one: two' }],
  ['a label without a value', 'Title:', { label: 'Title', value: '' }],
  ['spaces around', '  Title:  boats  ', { label: 'Title', value: 'boats' }],
  ['a wide colon', 'リンク：a', { label: 'リンク', value: 'a' }],
  ['a small colon', 'Title\ufe55a', { label: 'Title', value: 'a' }],
  ['an upright colon', 'Title\ufe13a', { label: 'Title', value: 'a' }],
  ['marks of direction', '\u200fTitle\u200f: \u200ea', { label: 'Title', value: 'a' }],
  ['a label of 60 letters', `${'x'.repeat(60)}: a`, { label: 'x'.repeat(60), value: 'a' }],
  ['text of 61 letters before a colon', `${'x'.repeat(61)}: a`, null],
  ['no colon', 'the second line of a title', null],
  ['a colon at the start', ': a', null],
  ['a colon behind spaces', '   : a', null],
  ['one letter before the colon', 'A: b', { label: 'A', value: 'b' }],
  ['an address', 'https://example.org/a', null],
  ['an address in capitals behind a space', ' HTTP://example.org/a', null],
  ['an address behind a label', 'Link: https://example.org/a', { label: 'Link', value: 'https://example.org/a' }],
  ['a word that begins like an address', 'https: a', { label: 'https', value: 'a' }],
  ['nothing', '', null],
])('a line with %s', (_, line, read) => {
  expect(readLine(line)).toEqual(read);
});

test.each([
  ['with a label', ' Title: a ', { text: 'Title: a', label: 'Title', value: 'a' }],
  ['without a label', '\u200f second line ', { text: 'second line', label: null, value: '' }],
])('the text of a line %s has no spaces or marks around', (_, text, line) => {
  expect(toLine(text)).toEqual(line);
});

test.each([
  ['Arabic', '١٢٣٠٩', '12309'],
  ['Persian', '۱۲۳۰۹', '12309'],
  ['Devanagari', '१२३०९', '12309'],
  ['Thai', '๑๒๓๐๙', '12309'],
  ['wide', '１２３０９', '12309'],
  ['bold', '𝟏𝟐𝟑𝟎𝟗', '12309'],
  ['double-struck, beside the bold ones', '𝟙𝟚𝟛𝟘𝟡', '12309'],
  ['ASCII, beside letters of other scripts', 'é12309', 'é12309'],
  ['no', 'abc', 'abc'],
])('%s digits', (_, text, digits) => {
  expect(asciiDigits(text)).toBe(digits);
});

test('a date in Arabic digits', () => {
  expect(readDate('٢٠٢٥-٠٣-٠٢ ٠٩:١٥:٠٤ UTC')).toBe(Date.UTC(2025, 2, 2, 9, 15, 4) / 1000);
  expect(readDate('yesterday')).toBeNull();
});
