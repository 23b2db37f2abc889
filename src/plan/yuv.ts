import type { Frame } from '../model/render-job.ts';
import type { Sample } from './frame-measures.ts';
import type { Size } from './geometry.ts';
import type { Stored } from './plan.ts';

/** A frame as decoders make it: brightness of each pixel, then two colours for each 2 x 2 pixels (`yuv420p`). */
export interface YuvFrame extends Size {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Colours have half the size, rounded up. */
const half = (length: number) => (length + 1) >> 1;

export function yuvBytes({ width, height }: Size): number {
  return width * height + 2 * half(width) * half(height);
}

/** Kr and Kb of each matrix (ITU-T H.273, table 4). */
const weights = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
  smpte240m: [0.212, 0.087],
  fcc: [0.3, 0.11],
} as const satisfies Record<Stored['matrix'], readonly [number, number]>;

/** Numbers are integers in this unit, which is faster: a frame has two million pixels. */
const one = 65_536;

/**
 * Converts a frame to RGB. Colours between their sites, which are left of every second pixel, are interpolated.
 * @param into gets the pixels: three bytes for each
 */
export function rgbOf(
  { width, height, bytes }: YuvFrame,
  { matrix, range }: Pick<Stored, 'matrix' | 'range'>,
  into: Uint8Array<ArrayBuffer>,
): Frame {
  const [kr, kb] = weights[matrix];
  const kg = 1 - kr - kb;
  const [black, light, colour] = range === 'full' ? [0, 1, 1] : [16, 255 / 219, 255 / 224];
  // A colour is the sum of eight bytes: two sites, each of two rows with the weights three and one.
  const each = (factor: number) => Math.round((factor * colour * one) / 8);
  const [redOfV, blueOfU] = [each(2 * (1 - kr)), each(2 * (1 - kb))];
  const [greenOfU, greenOfV] = [each((-2 * kb * (1 - kb)) / kg), each((-2 * kr * (1 - kr)) / kg)];
  const lumas = Int32Array.from({ length: 256 }, (_, value) => Math.round((value - black) * light * one + one / 2));
  const across = half(width);
  const [startU, startV] = [width * height, width * height + across * half(height)];
  const pixels = new Uint8ClampedArray(into.buffer, into.byteOffset, width * height * 3);
  // What each site adds to a pixel, with the last one twice.
  const [reds, greens, blues] = [new Int32Array(across + 1), new Int32Array(across + 1), new Int32Array(across + 1)];
  const lastRow = half(height) - 1;
  for (let y = 0; y < height; y++) {
    // Sites are between two rows.
    const near = (y >> 1) * across;
    const far = Math.min(lastRow, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * across;
    for (let x = 0; x <= across; x++) {
      const site = x < across ? x : across - 1;
      const u = (bytes[startU + near + site] as number) * 3 + (bytes[startU + far + site] as number) - 512;
      const v = (bytes[startV + near + site] as number) * 3 + (bytes[startV + far + site] as number) - 512;
      reds[x] = redOfV * v;
      greens[x] = greenOfU * u + greenOfV * v;
      blues[x] = blueOfU * u;
    }
    let at = y * width * 3;
    for (let x = 0; x < width; x++) {
      const luma = lumas[bytes[y * width + x] as number] as number;
      const [site, next] = [x >> 1, (x + 1) >> 1];
      pixels[at] = (luma + (reds[site] as number) + (reds[next] as number)) >> 16;
      pixels[at + 1] = (luma + (greens[site] as number) + (greens[next] as number)) >> 16;
      pixels[at + 2] = (luma + (blues[site] as number) + (blues[next] as number)) >> 16;
      at += 3;
    }
  }
  return { width, height, pixels: into };
}

/** A small greyscale copy: each pixel is the average of those that it covers. @param size at most that of the frame */
export function sampleOf(
  { width, height, bytes }: YuvFrame,
  { range }: Pick<Stored, 'range'>,
  size: Size,
  at: number,
): Sample {
  const columns = Uint32Array.from({ length: size.width + 1 }, (_, x) => Math.floor((x * width) / size.width));
  const [black, light] = range === 'full' ? [0, 1] : [16, 255 / 219];
  const pixels = new Uint8ClampedArray(size.width * size.height);
  const sums = new Uint32Array(size.width);
  for (let row = 0; row < size.height; row++) {
    const [from, to] = [Math.floor((row * height) / size.height), Math.floor(((row + 1) * height) / size.height)];
    sums.fill(0);
    for (let y = from; y < to; y++) {
      for (let x = 0; x < size.width; x++) {
        let sum = 0;
        const end = y * width + (columns[x + 1] as number);
        for (let each = y * width + (columns[x] as number); each < end; each++) sum += bytes[each] as number;
        sums[x] = (sums[x] as number) + sum;
      }
    }
    for (let x = 0; x < size.width; x++) {
      const count = (to - from) * ((columns[x + 1] as number) - (columns[x] as number));
      pixels[row * size.width + x] = ((sums[x] as number) / count - black) * light;
    }
  }
  return { at, ...size, pixels: new Uint8Array(pixels.buffer) };
}
