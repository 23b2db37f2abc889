import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutFrom, fitInside, legalShape, type Size, uprightFrame } from '../../src/plan/geometry.ts';

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

describe('legalShape', () => {
  const limit = (value: number) =>
    ({ value, kind: 'limit', confidence: 'A', source: 'a test', date: '2026-10' }) as const;
  it.each([
    ['no limits', '1080x566', {}, '1080x566'],
    ['inside', '1080x1080', { maxAspect: limit(1) }, '1080x1080'],
    ['a hair too wide: narrower', '1082x1080', { maxAspect: limit(1) }, '1080x1080'],
    ['a hair too tall: lower', '1078x1352', { minAspect: limit(4 / 5) }, '1078x1346'],
  ])('%s: %s', (_odd, frame, limits, expected) => {
    expect(inWords(legalShape(size(frame), limits))).toBe(expected);
  });
});
