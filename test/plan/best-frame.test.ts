import { describe, expect, it } from 'vitest';
import { bestFrame } from '../../src/plan/best-frame.ts';
import { measureFrame, type Sample } from '../../src/plan/frame-measures.ts';

const [width, height] = [90, 160];

/** A frame whose pixels are made by a function of their place. */
function frame(at: number, level: (x: number, y: number) => number): Sample {
  const pixels = Uint8Array.from({ length: width * height }, (_, index) =>
    Math.max(0, Math.min(255, level(index % width, Math.floor(index / width)))),
  );
  return { at, width, height, pixels };
}

/** A picture with edges, texture and a wide range of light; `seed` tells one from another. */
const scene = (seed: number) => (x: number, y: number) =>
  60 + (((x >> 3) * 7 + (y >> 3) * 13 + seed * 29) % 11) * 13 + ((x * 31 + y * 17) % 7) * 2;
const slope = (x: number, y: number) => 40 + x + y / 2;
const sharp = (at: number, seed = 1) => frame(at, scene(seed));
const black = (at: number) => frame(at, () => 16);
const grey = (at: number) => frame(at, () => 120);
const blurred = (at: number) => frame(at, slope);
const dim = (at: number) => frame(at, (x, y) => scene(1)(x, y) / 4);
const burnt = (at: number) => frame(at, (x, y) => scene(1)(x, y) * 2.5);
const faded = (at: number) => frame(at, (x, y) => 120 + scene(1)(x, y) / 10);
const words = (at: number) => frame(at, (x, y) => (y > 70 && y < 90 && (x >> 2) % 2 === 0 ? 235 : 16));

const all = { from: 0, to: 10 };

describe('bestFrame', () => {
  it.each<[string, Sample[], number]>([
    ['past the black', [black(1), sharp(2)], 2],
    ['past the blur', [blurred(1), sharp(2)], 2],
    ['black, then blurred, then sharp', [black(0), blurred(1), sharp(3)], 3],
    ['a single colour is nothing to see', [grey(1), sharp(8)], 8],
    ['white words on black are something to see', [black(1), words(2)], 2],
    ['well lit rather than dim', [dim(1), sharp(2)], 2],
    ['well lit rather than burnt out', [burnt(1), sharp(2)], 2],
    ['rather than in the middle of a fade', [faded(1), sharp(2)], 2],
    ['the earliest of look-alikes', [sharp(2), sharp(3), sharp(4)], 2],
    ['whatever the order in which they come', [sharp(4), sharp(2), black(0)], 2],
    ['not the very first where the next is as good', [sharp(0, 1), sharp(1, 2)], 1],
  ])('%s', (_odd, samples, at) => {
    expect(bestFrame(samples, all)).toEqual({ at, fit: true });
  });

  it('marks the least bad frame if none is usable', () => {
    expect(bestFrame([black(0), blurred(1), black(2)], all)).toEqual({ at: 1, fit: false });
  });

  it('returns null without samples', () => {
    expect(bestFrame([], all)).toBeNull();
  });
});

describe('lookAt', () => {
  it('a sharp face in front of a blurred background counts as sharp', () => {
    const portrait = measureFrame(
      frame(0, (x, y) => (x > 20 && x < 70 && y > 20 && y < 80 ? scene(1)(x, y) : slope(x, y))),
    );
    expect(portrait.sharpness).toBeGreaterThan(measureFrame(blurred(0)).sharpness * 20);
  });

  it('measures a picture that is half black and half white', () => {
    const { brightness, contrast, clipped, entropy, lit } = measureFrame(frame(0, (x) => (x < width / 2 ? 0 : 255)));
    expect({ brightness, contrast, clipped, entropy, lit }).toEqual({
      brightness: 127.5,
      contrast: 127.5,
      clipped: 1,
      entropy: 1,
      lit: 0.5,
    });
  });

  it('measures a picture smaller than its tiles', () => {
    const tiny = measureFrame({ at: 0, width: 2, height: 2, pixels: Uint8Array.of(0, 255, 0, 255) });
    expect(tiny).toMatchObject({ brightness: 127.5, sharpness: 0 });
  });
});
