import { createHash } from 'node:crypto';
import { jpegSegments } from './jpeg.ts';
import { pngSegments } from './png.ts';
import type { Segment } from './segment.ts';
import { webpFile, webpSegments } from './webp.ts';

/**
 * The segments of a JPEG, PNG or WebP, recognised by content.
 * @returns null for other files and incomplete ones: they cannot be stripped
 */
export function segmentsOf(bytes: Uint8Array): readonly Segment[] | null {
  return jpegSegments(bytes) ?? pngSegments(bytes) ?? webpSegments(bytes);
}

/**
 * The same picture, losslessly, with its colour profile only: no EXIF, texts, thumbnail or trailing data. Uses an
 * allowlist. Only for pictures that are upright without EXIF.
 * @returns null if `segmentsOf` returns null
 */
export function pictureAlone(bytes: Uint8Array): Uint8Array | null {
  const segments = segmentsOf(bytes);
  if (segments === null) return null;
  const picture = Buffer.concat(segments.filter(({ kind }) => kind === 'picture').map((each) => each.bytes));
  return webpSegments(bytes) === null ? picture : webpFile(picture);
}

/** A hash of the picture without metadata: equal for two files with the same picture data. */
export function pictureHash(bytes: Uint8Array): string | null {
  const picture = pictureAlone(bytes);
  return picture === null ? null : createHash('sha256').update(picture).digest('hex');
}
