import { describe, expect, it } from 'vitest';
import { isOut, ticked } from '../../src/posting/state.ts';

const key = '2025-01-01_00-00-00';
const [moment, before] = ['2026-12-02T12:00:00+00:00', '2026-12-01T12:00:00+00:00'];

describe('ticked', () => {
  it.each<[string, string, string[], string, boolean, number, object]>([
    ['a post', '', [], key, true, 1, { posted: moment, parts: [] }],
    ['a post that is out keeps its time', before, [], key, true, 1, { posted: before, parts: [] }],
    ['a post is taken back', before, [], key, false, 1, { posted: '', parts: [] }],
    ['the first of two parts', '', [], `${key}/part-1`, true, 2, { posted: '', parts: ['part-1'] }],
    ['the last of two parts', '', ['part-1'], `${key}/part-2`, true, 2, { posted: moment, parts: [] }],
    [
      'a part of a post that is out is taken back',
      before,
      [],
      `${key}/part-2`,
      false,
      2,
      { posted: '', parts: ['part-1'] },
    ],
    ['the only part that is out is taken back', '', ['part-1'], `${key}/part-1`, false, 2, { posted: '', parts: [] }],
    ['all parts at once', '', ['part-1'], key, true, 2, { posted: moment, parts: [] }],
    [
      'a part of an earlier, longer split is forgotten',
      '',
      ['part-3'],
      `${key}/part-1`,
      true,
      2,
      { posted: '', parts: ['part-1'] },
    ],
  ])('%s', (_name, posted, parts, id, isTicked, count, expected) => {
    expect(ticked({ posted, parts }, id, isTicked, moment, count)).toEqual(expected);
  });
});

it('a part is out alone or with its post', () => {
  expect(isOut({ posted: '', parts: ['part-1'] }, `${key}/part-1`)).toBe(true);
  expect(isOut({ posted: '', parts: ['part-1'] }, `${key}/part-2`)).toBe(false);
  expect(isOut({ posted: moment, parts: [] }, `${key}/part-2`)).toBe(true);
});
