import { describe, expect, it } from 'vitest';
import { count, countTags, endThatFits } from '../../../src/plan/counting.ts';
import { visitWeighed } from '../../../src/plan/words/weighted.ts';
import type { CountingUnit } from '../../../src/targets/target.ts';

describe('count', () => {
  it.each<[string, CountingUnit, number]>([
    ['', 'half-width', 0],
    ['a', 'half-width', 1],
    ['ab', 'half-width', 1],
    ['Claude 4.6发布，AI助手又进化了', 'half-width', 15],
    ['汉'.repeat(20), 'half-width', 20],
    ['a'.repeat(40), 'half-width', 20],
    ['a'.repeat(41), 'half-width', 21],
    ['😀', 'half-width', 2],
    ['é', 'bytes', 2],
    ['汉', 'bytes', 3],
    ['😀', 'bytes', 4],
    ['😀', 'characters', 2],
    ['abc', 'characters', 3],
    ['é', 'characters', 1],
    ['e\u0301', 'characters', 2],
    ['\ud800', 'bytes', 3],
    ['\udc00\ud800', 'bytes', 6],
    ['ÿ', 'half-width', 1],
    ['ÿÿ', 'half-width', 2],
    ['\u007f\u007f', 'half-width', 1],
    ['🇩🇪👨‍👩‍👧‍👦e\u0301\r\na', 'graphemes', 5],
    ['é', 'emoji-bytes', 1],
    ['汉字', 'emoji-bytes', 2],
    ['😀', 'emoji-bytes', 4],
    ['👨‍👩‍👧‍👦', 'emoji-bytes', 25],
    ['1️⃣', 'emoji-bytes', 7],
    ['1 ©', 'emoji-bytes', 4],
    // The examples of X's own documentation and of its library's tests.
    ['Hello, wörld', 'weighted', 12],
    ['e\u0301', 'weighted', 1],
    ['汉字', 'weighted', 4],
    ['สวัสดี', 'weighted', 6],
    ['“quoted” – … €', 'weighted', 16],
    ['😀', 'weighted', 2],
    ['👨‍👩‍👧‍👦', 'weighted', 2],
    ['👋🏽🇩🇪1️⃣', 'weighted', 6],
    ['https://example.com', 'weighted', 23],
    [`https://example.com/${'a'.repeat(300)}?b=c`, 'weighted', 23],
    ['see example.com now', 'weighted', 31],
    ['你好example.com', 'weighted', 27],
    ['See https://example.com/a. And', 'weighted', 32],
    // Not surely a link for X: the larger number counts.
    [`example.com/${'a'.repeat(100)}`, 'weighted', 112],
    ['https://кто.рф', 'weighted', 23],
    ['maya@example.com', 'weighted', 16],
    ['node.js and e.g. this', 'weighted', 21],
    ['EXAMPLE.COM', 'weighted', 23],
    ['sub.sub.example.co.uk', 'weighted', 23],
    ['a.com b.com', 'weighted', 47],
    ['a.com, b.com.', 'weighted', 49],
    ['https://a.com/?', 'weighted', 24],
    ['https://a.com:8080/b?c=d#e', 'weighted', 23],
    ['https://a.com/(b)', 'weighted', 26],
    ['http://a.com', 'weighted', 23],
    ['HTTPS://A.COM/(b)', 'weighted', 26],
    ['𝐚', 'weighted', 2],
    ['\0', 'weighted', 1],
    ['http://a', 'weighted', 8],
    [`https://localhost.localhost/${'a'.repeat(30)}`, 'weighted', 58],
    [`a.com:8080/${'b'.repeat(20)}?c=d`, 'weighted', 35],
    [`a.com?b=${'c'.repeat(20)}`, 'weighted', 28],
    [`a.com/${'汉'.repeat(3)}`, 'weighted', 29],
    ['@example.com ＠example.com', 'weighted', 26],
    ['$example.com #example.com', 'weighted', 25],
    ['example.com@maya', 'weighted', 16],
    ['example.com-x', 'weighted', 13],
    ['example.comx', 'weighted', 12],
    ['\u10ff\u2000\u200d\u2010\u201f\u2032\u2037', 'weighted', 7],
    ['\u1100', 'weighted', 2],
    ['\u1fff', 'weighted', 2],
    ['\u2020\u2031\u2038', 'weighted', 6],
    ['x\u200f', 'weighted', 3],
  ])('%j in %s is %d', (text, unit, expected) => {
    expect(count(text, unit)).toBe(expected);
  });
});

it.each<[string, CountingUnit]>([
  ['é汉😀 a', 'bytes'],
  ['é汉😀 a', 'characters'],
  ['é汉😀 a', 'half-width'],
  ['\udc00x\ud800', 'bytes'],
  ['é汉😀 a', 'graphemes'],
  ['é汉😀 a', 'emoji-bytes'],
  ['é汉😀 a', 'weighted'],
])('the end that fits in %j, in %s, is the last one', (text, unit) => {
  for (let max = 0; max < 20; max++) {
    const end = endThatFits(text, unit, max);
    expect(count(text.slice(0, end), unit)).toBeLessThanOrEqual(max);
    if (end < text.length) expect(count(text.slice(0, end + 2), unit)).toBeGreaterThan(max);
  }
});

it.each([
  ['a example.com b', 24, 'a '],
  ['a example.com b', 25, 'a example.com'],
  ['a example.com b', 26, 'a example.com '],
  ['a. example.com', 1, 'a'],
  ['😀. b', 1, ''],
])('of %j in %d, as X counts, a link is taken as a whole: %j', (text, max, expected) => {
  expect(text.slice(0, endThatFits(text, 'weighted', max))).toBe(expected);
});

it.each([
  [1, ['a']],
  [3, ['a', ' ', 'b.com']],
  [4, ['a', ' ', 'b.com', ' ']],
  [9, ['a', ' ', 'b.com', ' ', '😀', '!']],
])('X’s count goes on until %i parts are enough', (most, expected) => {
  const text = 'a b.com 😀!';
  const seen: string[] = [];
  visitWeighed(text, (start, end) => seen.push(text.slice(start, end)) < most);
  expect(seen).toEqual(expected);
});

it.each([
  [[], 0],
  [['one'], 3],
  [['one', 'two'], 7],
  [['slow food', 'two'], 15],
])('YouTube counts %j as %d', (tags, expected) => {
  expect(countTags(tags)).toBe(expected);
});
