import { expect, it } from 'vitest';
import { chooseKeyFrames } from '../../src/plan/key-frame-choice.ts';

const frames = (...bytes: readonly number[]) => bytes.map((each, at) => ({ at, bytes: each }));
const whole = { from: 0, to: 100 };

it.each<[string, readonly number[], number, { from: number; to: number }, readonly number[]]>([
  ['all of a few', [9, 8, 7], 4, whole, [0, 1, 2]],
  ['the largest of each range', [5, 9, 5, 5, 8, 5], 2, whole, [1, 4]],
  ['the earlier one of two that are equally large', [7, 7, 7, 7], 2, whole, [0, 2]],
  ['no small ones, which are black or blurred', [1, 1, 9, 1, 8, 1], 4, whole, [2, 4]],
  ['small ones if all are', [1, 1, 1], 4, whole, [0, 1, 2]],
  ['only those in the time range', [9, 9, 9, 9], 4, { from: 1, to: 3 }, [1, 2]],
  ['not large ones outside of it, which make others small', [90, 5, 4, 90], 4, { from: 1, to: 3 }, [1, 2]],
  ['none without key frames', [], 4, whole, []],
  ['none if all are outside', [9, 9], 4, { from: 10, to: 20 }, []],
  ['ranges of nearly the same length', [5, 6, 7, 8, 9], 3, whole, [0, 2, 4]],
])('chooses %s', (_what, bytes, most, stretch, expected) => {
  expect(chooseKeyFrames(frames(...bytes), stretch, most).map(({ at }) => at)).toEqual(expected);
});
