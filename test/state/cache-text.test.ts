import { describe, expect, it } from 'vitest';
import { cacheText, occursMoreThan } from '../../src/state/cache-text.ts';

describe('a cache', () => {
  it.each<[string, readonly (readonly [string, string])[]]>([
    ['without an entry', []],
    ['with one entry', [['a.mp4', '{"bytes":1}']]],
    [
      'with several, whatever is in their names and values',
      [
        ['a "b"\n', '1'],
        ['c\\d', '"\u2028'],
        ['__proto__', ''],
      ],
    ],
  ])('%s is JSON', (_what, entries) => {
    const read = JSON.parse([...cacheText('files', entries)].join(''));
    expect(Object.keys(read)).toEqual(['schemaVersion', 'files']);
    expect([read.schemaVersion, Object.entries(read.files)]).toEqual([1, entries]);
  });
});

it.each([
  ['', 0, false],
  ['a', 0, false],
  ['\n', 0, true],
  ['\na\n', 2, false],
  ['\n\n\n', 2, true],
  ['a\nb\nc\n', 2, true],
])('%j has more than %i lines: %s', (text, most, more) => {
  expect(occursMoreThan(text, '\n', most)).toBe(more);
});
