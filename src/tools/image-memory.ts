import PQueue from 'p-queue';

/** What sharp's metadata says of the pixels of an image. */
interface PixelFacts {
  readonly format?: string;
  readonly isProgressive?: boolean;
  readonly channels?: number;
  readonly depth?: string;
  readonly width: number;
  readonly height: number;
}

/** Larger images are refused before they are decoded. 12,000 x 12,000 passes, which is more than any phone takes. */
export const maxPixels = 150_000_000;

/** Files are read completely to find hidden metadata. No photo that a platform accepts is larger. */
export const maxFileBytes = 100_000_000;

/** The maximum memory for decoding one image. */
export const maxDecodeBytes = 1_000_000_000;

/** Images that need more than this are decoded one at a time. */
const largeDecodeBytes = 250_000_000;
const large = new PQueue({ concurrency: 1 });

/**
 * Estimates the memory for decoding by bytes per pixel, measured with libvips 8.18 on images of 49 million pixels,
 * 2026-11. Formats that are decoded line by line need almost none.
 */
export function decodeBytes({ format, isProgressive, channels = 4, depth, width, height }: PixelFacts): number {
  const interlaced = channels * (depth === 'ushort' ? 2 : 1) + 0.5;
  const each =
    format === 'heif'
      ? 18.5
      : format === 'png' && isProgressive
        ? interlaced
        : format === 'jpeg' && isProgressive
          ? 6
          : format === 'webp'
            ? 8
            : format === 'gif'
              ? 5
              : 0.5;
  return width * height * each;
}

/** Runs `work`; for images that take a lot of memory to decode, one at a time. */
export async function inTurn<T>(found: PixelFacts, work: () => Promise<T>): Promise<T> {
  return decodeBytes(found) > largeDecodeBytes ? await large.add(work) : await work();
}
