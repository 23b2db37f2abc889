import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slidesFor } from '../../src/plan/slide-lengths.ts';
import { cite } from '../../src/targets/target.ts';

const source = cite('D', 'a test', '2026-11');
const limits = (min: number | null, max: number | null) => ({
  ...(min === null ? {} : { minSeconds: source.limit(min) }),
  ...(max === null ? {} : { maxSeconds: source.limit(max) }),
});

describe('slidesFor', () => {
  it.each<[string, number, number, ReturnType<typeof limits>, string]>([
    ['as asked', 9, 3, limits(null, 180), '9 x 3'],
    ['no limit at all', 500, 3, limits(null, null), '500 x 3'],
    ['exactly as long as it may be', 60, 3, limits(null, 180), '60 x 3'],
    ['shorter, so that all fit', 35, 10, limits(null, 180), '35 x 5.133'],
    ['a second each at the least', 170, 3, limits(null, 180), '170 x 1.033'],
    ['in two, where a second each is too long', 200, 3, limits(null, 180), '100 x 1.8'],
    ['as even as it goes', 361, 3, limits(null, 180), '121 x 1.467'],
    ['longer, where it would be too short', 1, 1, limits(3, 900), '1 x 3'],
    ['whole frames', 3, 1.01, limits(null, 180), '3 x 1'],
    ['one photo', 1, 3, limits(null, 180), '1 x 3'],
  ])('%s', (_odd, photos, asked, accept, expected) => {
    const { perPart, lengthOf } = slidesFor(photos, asked, accept, 30);
    expect(`${perPart} x ${Math.round(lengthOf(perPart) * 1000) / 1000}`).toBe(expected);
  });

  it('stays within the limits, at least a second per photo, with a fade of at most half a slide', () => {
    const asked = fc.double({ min: 1, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), asked, fc.integer({ min: 10, max: 900 }), (photos, length, max) => {
        const { perPart, lengthOf, fade } = slidesFor(photos, length, limits(3, max), 30);
        for (let left = photos; left > 0; left -= perPart) {
          const shown = Math.min(left, perPart);
          const slide = lengthOf(shown);
          expect(slide * shown).toBeLessThanOrEqual(max + 1e-9);
          expect(slide * shown).toBeGreaterThanOrEqual(3 - 1e-9);
          expect(slide).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(fade).toBeLessThanOrEqual(slide / 2 + 1e-9);
        }
      }),
    );
  });
});
