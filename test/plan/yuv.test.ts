import { describe, expect, it } from 'vitest';
import type { Stored } from '../../src/plan/plan.ts';
import { rgbOf, sampleOf, yuvBytes } from '../../src/plan/yuv.ts';

/** A frame of one colour. */
const flat = (width: number, height: number, [luma, u, v]: readonly [number, number, number]) => {
  const bytes = new Uint8Array(yuvBytes({ width, height }));
  const colours = (yuvBytes({ width, height }) - width * height) / 2;
  bytes.fill(luma, 0, width * height);
  bytes.fill(u, width * height, width * height + colours);
  bytes.fill(v, width * height + colours);
  return { width, height, bytes };
};
const rgb = (frame: ReturnType<typeof flat>, stored: Pick<Stored, 'matrix' | 'range'>) =>
  rgbOf(frame, stored, new Uint8Array(frame.width * frame.height * 3));

describe('a frame in RGB', () => {
  // Code values of primaries: ITU-R BT.601-7, BT.709-6 and BT.2020-2, quantised as their tables say.
  it.each<[string, readonly [number, number, number], Stored['matrix'], Stored['range'], readonly number[]]>([
    ['black', [16, 128, 128], 'bt709', 'limited', [0, 0, 0]],
    ['white', [235, 128, 128], 'bt709', 'limited', [255, 255, 255]],
    ['below black', [0, 128, 128], 'bt709', 'limited', [0, 0, 0]],
    ['above white', [255, 128, 128], 'bt709', 'limited', [255, 255, 255]],
    ['red of BT.709', [63, 102, 240], 'bt709', 'limited', [255, 0, 0]],
    ['green of BT.709', [173, 42, 26], 'bt709', 'limited', [0, 255, 0]],
    ['blue of BT.709', [32, 240, 118], 'bt709', 'limited', [0, 0, 255]],
    ['red of BT.601', [81, 90, 240], 'bt601', 'limited', [255, 0, 0]],
    ['green of BT.601', [145, 54, 34], 'bt601', 'limited', [0, 255, 0]],
    ['blue of BT.601', [41, 240, 110], 'bt601', 'limited', [0, 0, 255]],
    ['red of BT.2020', [74, 97, 240], 'bt2020', 'limited', [255, 0, 0]],
    ['red of BT.601 in full range', [76, 85, 255], 'bt601', 'full', [254, 0, 0]],
    ['grey in full range', [100, 128, 128], 'bt709', 'full', [100, 100, 100]],
  ])('%s', (_name, yuv, matrix, range, expected) => {
    const { pixels } = rgb(flat(5, 3, yuv), { matrix, range });
    expect(pixels.length).toBe(5 * 3 * 3);
    for (const [index, value] of pixels.entries()) expect(Math.abs(value - (expected[index % 3] ?? 0))).toBeLessThan(3);
  });

  it('interpolates colours between their sites, in both directions', () => {
    const frame = flat(4, 4, [128, 128, 128]);
    // The right column of V is red.
    for (const row of [0, 1]) frame.bytes[16 + 4 + row * 2 + 1] = 200;
    const red = (x: number) => rgb(frame, { matrix: 'bt709', range: 'full' }).pixels[x * 3] ?? 0;
    expect(red(0)).toBe(128);
    expect(red(1)).toBeGreaterThan(red(0));
    expect(red(2)).toBeGreaterThan(red(1));
    expect(red(3)).toBe(red(2));
  });

  it('writes into the buffer that it is given', () => {
    const into = new Uint8Array(4 * 4 * 3);
    expect(rgbOf(flat(4, 4, [235, 128, 128]), { matrix: 'bt709', range: 'limited' }, into).pixels).toBe(into);
    expect(into.every((value) => value === 255)).toBe(true);
  });
});

describe('a small copy in grey', () => {
  it.each<[string, Stored['range'], number, number]>([
    ['limited range is stretched', 'limited', 126, 128],
    ['black of limited range', 'limited', 16, 0],
    ['white of limited range', 'limited', 235, 255],
    ['full range stays', 'full', 100, 100],
  ])('%s', (_name, range, luma, expected) => {
    const { pixels } = sampleOf(flat(9, 7, [luma, 0, 255]), { range }, { width: 4, height: 2 }, 0);
    expect([...pixels].every((value) => Math.abs(value - expected) <= 1)).toBe(true);
  });

  it('averages the pixels that each one covers', () => {
    const frame = flat(4, 2, [0, 128, 128]);
    frame.bytes.set([0, 100, 200, 200, 100, 200, 200, 200]);
    const sample = sampleOf(frame, { range: 'full' }, { width: 2, height: 1 }, 1.5);
    expect(sample).toEqual({ at: 1.5, width: 2, height: 1, pixels: new Uint8Array([100, 200]) });
  });
});
