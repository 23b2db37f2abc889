import { describe, expect, it } from 'vitest';
import { count, countTags, endThatFits } from '../../../src/plan/counting.ts';
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
  ])('%j in %s is %d', (text, unit, expected) => {
    expect(count(text, unit)).toBe(expected);
  });
});

it.each<[string, CountingUnit]>([
  ['é汉😀 a', 'bytes'],
  ['é汉😀 a', 'characters'],
  ['é汉😀 a', 'half-width'],
  ['\udc00x\ud800', 'bytes'],
])('the end that fits in %j, in %s, is the last one', (text, unit) => {
  for (let max = 0; max < 20; max++) {
    const end = endThatFits(text, unit, max);
    expect(count(text.slice(0, end), unit)).toBeLessThanOrEqual(max);
    if (end < text.length) expect(count(text.slice(0, end + 2), unit)).toBeGreaterThan(max);
  }
});

it.each([
  [[], 0],
  [['one'], 3],
  [['one', 'two'], 7],
  [['slow food', 'two'], 15],
])('YouTube counts %j as %d', (tags, expected) => {
  expect(countTags(tags)).toBe(expected);
});
