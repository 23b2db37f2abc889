import type { Frame } from '../model/render-job.ts';
import type { Size } from './geometry.ts';

/** A frame that is larger is scaled down to cover this size: no cover is larger, but its aspect ratio may differ. */
const largest = { width: 1080, height: 1920 };

/** Scales a frame for covers. */
export const coverScale = [
  `scale='min(iw,${largest.width})':'min(ih,${largest.height})'`,
  'force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd,format=rgb24,setsar=1',
].join(':');

/** The size that `coverScale` makes of a frame of this size, with ffmpeg's rounding. */
export function coverFrame({ width, height }: Size): Size {
  const box = { width: Math.min(width, largest.width), height: Math.min(height, largest.height) };
  return {
    width: Math.max(box.width, Math.round((box.height * width) / height)),
    height: Math.max(box.height, Math.round((box.width * height) / width)),
  };
}

/**
 * Parses a binary PPM of 8 bits, the simplest image with a header (https://netpbm.sourceforge.net/doc/ppm.html).
 * @returns null if it is another format, or short
 */
export function readPpm(bytes: Uint8Array<ArrayBuffer>): Frame | null {
  const head = String.fromCharCode(...bytes.subarray(0, 40));
  const [all = '', width, height] = /^P6\s(\d{1,5})\s(\d{1,5})\s255\s/.exec(head) ?? [];
  const size = { width: Number(width), height: Number(height) };
  const pixels = bytes.subarray(all.length);
  return all !== '' && pixels.length === size.width * size.height * 3 ? { ...size, pixels } : null;
}
