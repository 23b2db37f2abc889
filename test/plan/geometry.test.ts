import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  containedIn,
  cutFor,
  cutFrom,
  fitInside,
  largeEnough,
  legalShape,
  type Size,
  uprightFrame,
} from '../../src/plan/geometry.ts';

const box = { longSide: 1920, shortSide: 1080 };
const sizes = fc.record({ width: fc.integer({ min: 2, max: 9000 }), height: fc.integer({ min: 2, max: 9000 }) });
const inWords = ({ width, height }: Size) => `${width}x${height}`;
const size = (text: string): Size => {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
};

describe('fitInside', () => {
  it.each([
    ['the box itself', '1080x1920', '1080x1920'],
    ['the box on its side', '1920x1080', '1920x1080'],
    ['4K', '2160x3840', '1080x1920'],
    ['a square fits the short side', '1440x1440', '1080x1080'],
    ['small stays small', '320x240', '320x240'],
    ['odd sizes become even, downwards', '405x721', '404x720'],
    ['one line high', '1920x1', '1920x2'],
    ['very tall', '100x9600', '20x1920'],
  ])('%s: %s becomes %s', (_odd, source, expected) => {
    expect(inWords(fitInside(size(source), box))).toBe(expected);
  });

  it('returns even sizes inside the box and never enlarges', () => {
    fc.assert(
      fc.property(sizes, (source) => {
        const { width, height } = fitInside(source, box);
        expect([width % 2, height % 2]).toEqual([0, 0]);
        expect(width).toBeLessThanOrEqual(source.width);
        expect(height).toBeLessThanOrEqual(source.height);
        expect(Math.max(width, height)).toBeLessThanOrEqual(box.longSide);
        expect(Math.min(width, height)).toBeLessThanOrEqual(box.shortSide);
      }),
    );
  });
});

describe('uprightFrame', () => {
  it.each<[string, string, 'blur' | 'pad' | 'crop', string]>([
    ['landscape', '1920x1080', 'blur', '1080x1920'],
    ['landscape', '1920x1080', 'pad', '1080x1920'],
    ['landscape, cut out', '1920x1080', 'crop', '606x1080'],
    ['small landscape', '640x360', 'blur', '640x1136'],
    ['a wide strip', '3000x100', 'blur', '1080x1920'],
  ])('%s %s with %s: %s', (_odd, source, fit, expected) => {
    expect(inWords(uprightFrame(size(source), box, fit))).toBe(expected);
  });

  it('returns an even portrait size inside the box', () => {
    fc.assert(
      fc.property(sizes, fc.constantFrom('blur', 'pad', 'crop'), (source, fit) => {
        const { width, height } = uprightFrame(source, box, fit);
        expect([width % 2, height % 2]).toEqual([0, 0]);
        expect(width).toBeLessThanOrEqual(box.shortSide);
        expect(height).toBeLessThanOrEqual(box.longSide);
        expect(height).toBeGreaterThanOrEqual(width);
      }),
    );
  });

  it('a crop is never larger than the source', () => {
    fc.assert(
      fc.property(sizes, (source) => {
        const { width, height } = uprightFrame(source, box, 'crop');
        expect(width).toBeLessThanOrEqual(source.width);
        expect(height).toBeLessThanOrEqual(Math.max(source.height, 2));
      }),
    );
  });
});

describe('cutFrom', () => {
  const cover = { width: 1080, height: 1440 };
  it.each([
    ['larger', '2160x3840', '1080x1440'],
    ['as large', '1080x1440', '1080x1440'],
    ['narrower', '540x960', '540x720'],
    ['flat', '1920x360', '270x360'],
    ['a pixel', '1x1', '1x1'],
  ])('%s: crops %s to %s', (_odd, source, expected) => {
    expect(inWords(cutFrom(size(source), cover))).toBe(expected);
  });

  it('is never larger than the source or the wanted frame', () => {
    fc.assert(
      fc.property(sizes, (source) => {
        const { width, height } = cutFrom(source, cover);
        expect(width).toBeLessThanOrEqual(Math.min(source.width, cover.width));
        expect(height).toBeLessThanOrEqual(Math.min(source.height, cover.height));
      }),
    );
  });
});

const limit = (value: number) =>
  ({ value, kind: 'limit', confidence: 'A', source: 'a test', date: '2026-10' }) as const;

describe('containedIn', () => {
  it.each([
    ['landscape in an upright frame', '1920x1080', '1080x1920', '1080x606'],
    ['upright in a frame on its side', '1080x1920', '1920x1080', '606x1080'],
    ['small: enlarged', '540x100', '1080x1920', '1080x200'],
    ['of the same shape', '540x960', '1080x1920', '1080x1920'],
    ['a line', '2000x1', '1080x1920', '1080x2'],
  ])('%s: %s in %s is %s', (_odd, source, frame, expected) => {
    expect(inWords(containedIn(size(source), size(frame)))).toBe(expected);
  });
});

describe('cutFor', () => {
  it.each<[string, string, string, readonly [number, number], string]>([
    ['the middle', '1920x1080', '606x1080', [0.5, 0.5], '1920x1080 at 656, 0'],
    ['left of the middle, in even pixels', '1920x1080', '606x1080', [0.3, 0.5], '1920x1080 at 272, 0'],
    ['no further left than the edge', '1920x1080', '606x1080', [0.05, 0], '1920x1080 at 0, 0'],
    ['no further right than the edge', '1920x1080', '606x1080', [0.95, 1], '1920x1080 at 1314, 0'],
    ['lower than the middle', '1080x1920', '1080x1080', [0.5, 0.6], '1080x1920 at 0, 612'],
    ['no lower than the edge', '1080x1920', '1080x1080', [0.5, 0.9], '1080x1920 at 0, 840'],
    ['scaled down by height', '3840x2160', '606x1080', [0.5, 0.5], '1920x1080 at 656, 0'],
    ['scaled down by width', '2160x3840', '1080x1080', [0.5, 0.5], '1080x1920 at 0, 420'],
    ['enlarged', '100x100', '200x400', [0.5, 0.5], '400x400 at 100, 0'],
  ])('%s: of %s for %s', (_what, source, frame, [x, y], expected) => {
    const cut = cutFor(size(source), size(frame), { x, y });
    expect(`${inWords(cut.size)} at ${cut.x}, ${cut.y}`).toBe(expected);
  });
});

describe('largeEnough', () => {
  it.each<[string, string, Parameters<typeof largeEnough>[1], string]>([
    ['no limit', '100x178', {}, '100x178'],
    ['as large as it has to be', '320x568', { minShortSide: limit(320) }, '320x568'],
    ['wide, as large as it has to be', '568x320', { minShortSide: limit(320) }, '568x320'],
    ['small and upright', '100x178', { minShortSide: limit(320) }, '320x570'],
    ['small and wide', '178x100', { minShortSide: limit(320) }, '570x320'],
    ['a small square', '100x100', { minShortSide: limit(320) }, '320x320'],
    ['a hair wider than allowed', '102x100', { minShortSide: limit(320), maxAspect: limit(1) }, '320x320'],
    ['a hair taller than allowed', '50x102', { minShortSide: limit(320), minAspect: limit(0.5) }, '320x640'],
    ['inside of both', '60x100', { minShortSide: limit(320), minAspect: limit(0.5), maxAspect: limit(1) }, '320x534'],
  ])('%s: %s', (_odd, frame, limits, expected) => {
    expect(inWords(largeEnough(size(frame), limits))).toBe(expected);
  });
});

describe('legalShape', () => {
  it.each([
    ['no limits', '1080x566', {}, '1080x566'],
    ['inside', '1080x1080', { maxAspect: limit(1) }, '1080x1080'],
    ['a hair too wide: narrower', '1082x1080', { maxAspect: limit(1) }, '1080x1080'],
    ['as wide as it may be', '1080x1080', { maxAspect: limit(1), minAspect: limit(1) }, '1080x1080'],
    ['a hair too tall: lower', '1078x1352', { minAspect: limit(4 / 5) }, '1078x1346'],
  ])('%s: %s', (_odd, frame, limits, expected) => {
    expect(inWords(legalShape(size(frame), limits))).toBe(expected);
  });
});
