import { createHash } from 'node:crypto';
import { jpegSegments } from './jpeg.ts';
import { pngSegments } from './png.ts';
import type { Segment } from './segment.ts';
import { webpFile, webpSegments } from './webp.ts';

/**
 * The stretches of a JPEG, PNG or WebP, by its content.
 * @returns null for other files, and for those that are not whole: nothing can be cut out of them
 */
export function segmentsOf(bytes: Uint8Array): readonly Segment[] | null {
  return jpegSegments(bytes) ?? pngSegments(bytes) ?? webpSegments(bytes);
}

/**
 * The same picture, bit for bit, with its colour profile and nothing else: no EXIF, no words, no thumbnail, nothing behind.
 * What is kept is listed, not what is dropped. Only for pictures that stand upright without EXIF.
 * @returns null where `segmentsOf` is null
 */
export function pictureAlone(bytes: Uint8Array): Uint8Array | null {
  const segments = segmentsOf(bytes);
  if (segments === null) return null;
  const picture = Buffer.concat(segments.filter(({ kind }) => kind === 'picture').map((each) => each.bytes));
  return webpSegments(bytes) === null ? picture : webpFile(picture);
}

/** Names the picture in a file, whatever stands beside it: equal for two files that show the same, bit for bit. */
export function pictureHash(bytes: Uint8Array): string | null {
  const picture = pictureAlone(bytes);
  return picture === null ? null : createHash('sha256').update(picture).digest('hex');
}
