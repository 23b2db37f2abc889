import { describe, expect, it } from 'vitest';
import {
  canDecodeAsIs,
  comparedSize,
  type FrameDecoding,
  frameDecodingBytes,
  readDecodedFrame,
} from '../../src/plan/frame-args.ts';
import { difference, measureFrame } from '../../src/plan/frame-measures.ts';
import type { Stored } from '../../src/plan/plan.ts';
import { readSamples, sampleBytes } from '../../src/plan/sample-args.ts';
import { rgbOf, sampleOf, yuvBytes } from '../../src/plan/yuv.ts';
import { pictureSettings } from '../builders.ts';

const stored: Stored = pictureSettings();
const ofFile = (width: number, height: number): FrameDecoding => ({
  source: { file: 'a.mp4', stream: 0, step: 1 },
  stored,
  size: { width, height },
});
const ofStream = (width: number, height: number): FrameDecoding => ({
  ...ofFile(width, height),
  source: { codec: 'h264', stdin: [] },
});

describe('frames that are taken as decoders make them', () => {
  it.each<[string, Partial<Stored>, string, number, number, boolean]>([
    ['an ordinary one', {}, 'yuv420p', 1080, 1920, true],
    ['one of full range', { range: 'full' }, 'yuvj420p', 1080, 1920, true],
    ['one of ten bits', {}, 'yuv420p10le', 1080, 1920, true],
    ['one of more colours', {}, 'yuv444p', 1080, 1920, false],
    ['HDR', { transfer: 'pq' }, 'yuv420p10le', 1080, 1920, false],
    ['Display P3', { primaries: 'p3' }, 'yuv420p', 1080, 1920, false],
    ['fields', { interlaced: true }, 'yuv420p', 1080, 1920, false],
    ['16 pixels wide and high', {}, 'yuv420p', 16, 16, true],
    ['15 pixels wide', {}, 'yuv420p', 15, 16, false],
    ['15 pixels high', {}, 'yuv420p', 16, 15, false],
  ])('%s', (_odd, odd, format, width, height, expected) => {
    expect(canDecodeAsIs({ ...stored, ...odd }, format, { width, height })).toBe(expected);
  });

  it('a frame of a file takes two rows more than one of a stream', () => {
    expect(frameDecodingBytes(ofStream(20, 16))).toBe(20 * 16 * 1.5);
    expect(frameDecodingBytes(ofFile(20, 16))).toBe(20 * 18 * 1.5);
    expect(frameDecodingBytes(ofStream(21, 17))).toBe(21 * 17 + 2 * 11 * 9);
    expect(frameDecodingBytes(ofStream(4320, 7680))).toBe(1080 * 1920 * 1.5);
  });

  it.each([
    [20, 16],
    [21, 17],
  ])('the time and the pixels of %i x %i of a file are read apart', (width, height) => {
    const size = yuvBytes({ width, height });
    const plain = Uint8Array.from({ length: size }, (_, at) => (at % 251) + 1);
    const [across, half] = [(width + 1) >> 1, (height + 1) >> 1];
    const rows = new Uint8Array(width * 2);
    rows.set([0x40, 0x42, 0x0f, 0, 1, 0]);
    const planes = [
      [...plain.subarray(0, width * height), ...rows],
      [...plain.subarray(width * height, width * height + across * half), ...new Uint8Array(across)],
      [...plain.subarray(width * height + across * half), ...new Uint8Array(across)],
    ];
    const look = ofFile(width, height);
    const { bytes, at } = readDecodedFrame(Uint8Array.from(planes.flat()), look);
    expect(planes.flat()).toHaveLength(frameDecodingBytes(look));
    expect(at).toBe(1 + 2 ** 32 / 1e6);
    expect([...bytes]).toEqual([...plain]);
  });

  it('a frame of a stream is taken whole and has no time', () => {
    const bytes = new Uint8Array(frameDecodingBytes(ofStream(20, 16)));
    expect(readDecodedFrame(bytes, ofStream(20, 16))).toEqual({ bytes, at: null });
  });

  it('frames are compared at 448 pixels of the longer side at most', () => {
    expect(comparedSize({ width: 1080, height: 1920 })).toEqual({ width: 252, height: 448 });
    expect(comparedSize({ width: 100, height: 60 })).toEqual({ width: 100, height: 60 });
  });
});

describe('samples', () => {
  const size = { width: 8, height: 4 };
  const sample = (level: number, microseconds: number) => {
    const bytes = new Uint8Array(8 * 5).fill(level, 0, 32);
    for (let place = 0; place < 6; place++) bytes[32 + place] = Math.floor(microseconds / 256 ** place) % 256;
    return bytes;
  };
  const joined = (...all: readonly Uint8Array[]) => Uint8Array.from(all.flatMap((each) => [...each]));

  it('are read with their times, in the order in which they were written', () => {
    const written = joined(sample(7, 0), sample(9, 70_000_000), sample(11, 1_500_000));
    expect(
      readSamples(written, {
        size,
        places: [
          { from: 0, to: 5 },
          { from: 60, to: 80 },
        ],
      }),
    ).toEqual([
      { at: 0, ...size, pixels: new Uint8Array(32).fill(7) },
      { at: 70, ...size, pixels: new Uint8Array(32).fill(9) },
      { at: 1.5, ...size, pixels: new Uint8Array(32).fill(11) },
    ]);
  });

  it('at the end of the last range or behind it are left out, as is one that was cut off', () => {
    const written = joined(sample(7, 4_999_999), sample(8, 5_000_000), sample(9, 6_000_000), new Uint8Array(39));
    expect(readSamples(written, { size, places: [{ from: 0, to: 5 }] }).map(({ at }) => at)).toEqual([4.999999]);
  });

  it('take a row more than their pixels', () => {
    expect(sampleBytes(size)).toBe(40);
    expect(sampleBytes({ width: 1080, height: 1920 })).toBe(252 * 449);
  });
});

describe('measures of a frame', () => {
  const frame = (width: number, height: number, level: (x: number, y: number) => number) => ({
    at: 2,
    width,
    height,
    pixels: Uint8Array.from({ length: width * height }, (_, at) => level(at % width, Math.floor(at / width))),
  });

  it('tells light, contrast, clipping and entropy of four levels', () => {
    const { at, lit, brightness, contrast, clipped, entropy } = measureFrame(
      frame(16, 16, (x) => [3, 40, 252, 39][x % 4] ?? 0),
    );
    expect({ at, lit, brightness, clipped, entropy }).toEqual({
      at: 2,
      lit: 0.5,
      brightness: 83.5,
      clipped: 0.5,
      entropy: 2,
    });
    expect(contrast).toBeCloseTo(Math.sqrt((80.5 ** 2 + 43.5 ** 2 + 168.5 ** 2 + 44.5 ** 2) / 4), 9);
    expect(measureFrame(frame(8, 8, (x) => (x < 4 ? 4 : 251))).clipped).toBe(0);
  });

  it('the sharpest quarter of 64 tiles counts, by the variance of the Laplacian', () => {
    // Vertical lines of 0 and 100 in the upper half: the Laplacian is 200 or -200 at each pixel.
    const striped = measureFrame(frame(64, 64, (x, y) => (y < 34 && x % 2 === 1 ? 100 : 0)));
    expect(striped.sharpness).toBeCloseTo(200 ** 2, -3);
    expect(measureFrame(frame(64, 64, () => 100)).sharpness).toBe(0);
    expect(measureFrame(frame(64, 64, (x) => x * 2)).sharpness).toBe(0);
  });

  it('the print has the brightness of each tile, row by row, and edges do not count', () => {
    const { print } = measureFrame(frame(32, 32, (x, y) => (x >> 2) * 10 + (y >> 2)));
    expect(print).toEqual(Array.from({ length: 64 }, (_, tile) => (tile % 8) * 10 + Math.floor(tile / 8)));
    const edged = measureFrame(frame(32, 32, (x, y) => (x === 0 || y === 0 || x === 31 || y === 31 ? 255 : 8)));
    expect(edged.print).toEqual(new Array(64).fill(8));
  });

  it('the difference of two frames is the mean of that of their tiles', () => {
    const [dark, light] = [10, 30].map((level) => measureFrame(frame(32, 32, () => level)));
    const half = measureFrame(frame(32, 32, (x) => (x < 16 ? 10 : 30)));
    if (!dark || !light) throw new Error('unreachable');
    expect([difference(dark, light), difference(light, dark), difference(dark, half), difference(dark, dark)]).toEqual([
      20, 20, 10, 0,
    ]);
  });
});

describe('colours of a decoded frame', () => {
  const rgb = (width: number, height: number, bytes: readonly number[], odd: Partial<Stored> = {}) => {
    const frame = { width, height, bytes: Uint8Array.from(bytes) };
    return [...rgbOf(frame, { ...stored, ...odd }, new Uint8Array(width * height * 3)).pixels];
  };

  // Computed from Kr and Kb of ITU-T H.273.
  it.each<[Stored['matrix'], readonly number[]]>([
    ['bt601', [239, 125, 100]],
    ['bt709', [249, 134, 97]],
    ['bt2020', [243, 127, 96]],
    ['smpte240m', [249, 135, 98]],
    ['fcc', [239, 124, 99]],
  ])('of one colour by %s', (matrix, expected) => {
    const found = rgb(2, 2, [150, 150, 150, 150, 100, 180], { matrix });
    for (const [at, value] of found.entries()) expect(Math.abs(value - (expected[at % 3] ?? 0))).toBeLessThanOrEqual(1);
  });

  it('each pixel gets its own brightness', () => {
    const grey = rgb(3, 3, [0, 10, 20, 30, 40, 50, 60, 70, 80, ...new Array(8).fill(128)], { range: 'full' });
    expect(grey).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80].flatMap((level) => [level, level, level]));
  });

  it('a colour is mixed from the two nearest sites of two rows, three parts of the nearer', () => {
    // V is 128 in the upper row of sites and 168 in the lower one: 1.5748 x 40 = 63 more of red.
    const frame = [...new Array(16).fill(100), ...new Array(4).fill(128), 128, 128, 168, 168];
    const red = rgb(4, 4, frame, { range: 'full' }).filter((_, at) => at % 12 === 0);
    expect(red).toEqual([100, 116, 147, 163]);
  });
});

describe('the small grey copy of a frame', () => {
  it('each pixel is the mean of those that it covers, also where sizes are no multiples', () => {
    const bytes = Uint8Array.from([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140]);
    const sample = sampleOf({ width: 5, height: 3, bytes }, { range: 'full' }, { width: 2, height: 2 }, 1);
    expect(sample).toEqual({ at: 1, width: 2, height: 2, pixels: new Uint8Array([5, 30, 80, 105]) });
  });

  it('below black and above white it is black and white', () => {
    const bytes = Uint8Array.from([0, 16, 235, 255]);
    const sample = sampleOf({ width: 4, height: 1, bytes }, { range: 'limited' }, { width: 4, height: 1 }, 0);
    expect([...sample.pixels]).toEqual([0, 0, 255, 255]);
  });
});
