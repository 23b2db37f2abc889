import { describe, expect, it } from 'vitest';
import { bestMeasured } from '../../src/plan/best-frame.ts';
import type { FrameMeasures } from '../../src/plan/frame-measures.ts';

/** A good frame. Those of different times look different. */
const frame = (at: number, odd: Partial<FrameMeasures> = {}): FrameMeasures => ({
  ...{ at, lit: 1, brightness: 115, contrast: 50, clipped: 0, entropy: 7, sharpness: 500 },
  print: new Array(64).fill(Math.round(at * 10)),
  ...odd,
});
const all = { from: 0, to: 10 };

describe('the best of measured frames', () => {
  it.each<[string, Partial<FrameMeasures>]>([
    ['the sharper', { sharpness: 100 }],
    ['the lighter', { brightness: 30 }],
    ['the less light', { brightness: 220 }],
    ['that with more contrast', { contrast: 20 }],
    ['that of which less is clipped', { clipped: 0.5 }],
    ['that with more detail', { entropy: 3 }],
  ])('is %s, although it is a little later', (_which, worse) => {
    expect(bestMeasured([frame(3, worse), frame(4)], all)).toEqual({ at: 4, fit: true });
  });

  it.each<[string, number, number, { readonly from: number; readonly to: number }, number]>([
    ['the earlier', 3, 4, all, 3],
    ['the earlier of a part', 103, 104, { from: 100, to: 110 }, 103],
    ['not the very first', 0.2, 1, all, 1],
    ['not the very first of a part', 100.2, 101, { from: 100, to: 110 }, 101],
    ['one a quarter of a second from the start', 0.25, 1, all, 0.25],
    ['one a quarter of a second from the start of a part', 100.25, 101, { from: 100, to: 110 }, 100.25],
  ])('is, of two that are as good, %s', (_which, one, other, stretch, expected) => {
    expect(bestMeasured([frame(one), frame(other)], stretch)?.at).toBe(expected);
    expect(bestMeasured([frame(other), frame(one)], stretch)?.at).toBe(expected);
  });

  it.each([
    ['half a second before the end, if it is a little better', 9.5, 9.5],
    ['not closer to the end, although it is a little better', 9.6, 9],
  ])('is one %s', (_which, late, expected) => {
    expect(bestMeasured([frame(9), frame(late, { sharpness: 640 })], all)?.at).toBe(expected);
  });

  it.each<[string, number, number, number]>([
    ['the earlier, if it is about as good', 500, 40, 3],
    ['the better, if the earlier is much worse', 250, 40, 4],
    ['the earlier, if they differ in a little', 500, 43.9, 3],
    ['the better, if they differ in more', 500, 44, 4],
  ])('is, of two that look alike, %s', (_which, sharpness, level, expected) => {
    const [one, other] = [40, level].map((each) => new Array<number>(64).fill(each));
    const frames = [frame(3, { sharpness, print: one ?? [] }), frame(4, { sharpness: 620, print: other ?? [] })];
    expect(bestMeasured(frames, all)?.at).toBe(expected);
  });

  it.each<[Partial<FrameMeasures>, boolean]>([
    [{ lit: 0.01 }, true],
    [{ lit: 0.009 }, false],
    [{ contrast: 6 }, true],
    [{ contrast: 5.9 }, false],
    [{ sharpness: 12 }, true],
    [{ sharpness: 11.9 }, false],
  ])('of a single frame with %j is fit for a cover: %s', (odd, fit) => {
    expect(bestMeasured([frame(3, odd)], all)).toEqual({ at: 3, fit });
  });

  it.each([
    [100, 3],
    [99, 4],
  ])('is no blurred one: %i, where the sharpest has 1000', (sharpness, expected) => {
    const frames = [frame(3, { sharpness }), frame(4, { sharpness: 1000, clipped: 0.99 })];
    expect(bestMeasured(frames, all)).toEqual({ at: expected, fit: true });
  });

  it('is the least bad where none is fit', () => {
    expect(bestMeasured([frame(3, { lit: 0, entropy: 1 }), frame(4, { lit: 0 })], all)).toEqual({ at: 4, fit: false });
  });
});
