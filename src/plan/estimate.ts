import type { Forecast } from '../model/event.ts';
import type { PlannedFile } from './plan.ts';

/**
 * Cost of each operation, in seconds for one file at a time, measured on two cores in 2026-11 (process start, check and
 * hash included). Encoding speed is measured on each machine instead.
 */
const seconds = { link: 0.05, remux: 0.5, image: 0.25, still: 0.45, process: 0.6 } as const;

/** Bits per pixel that libx264 writes at the house quality; an average over footage of many kinds. */
const bitsPerPixel = 0.07;

/** How many million pixels have to be encoded; 0 if nothing is encoded. */
export function encodedMegapixels({ operation, seconds: length }: PlannedFile): number {
  if (operation.kind !== 'transcode' || operation.picture === 'copy') return 0;
  const { width, height, fps } = operation.picture;
  return (width * height * fps * (length ?? 0)) / 1e6;
}

/** The estimated size of the file in bytes. Links to originals use no space. */
export function estimatedBytes(file: PlannedFile): number {
  const { operation, source, seconds: length } = file;
  switch (operation.kind) {
    case 'copy':
    case 'subtitles':
      return 0;
    case 'image':
      return (operation.settings.width * operation.settings.height) / 4;
    case 'transcode': {
      if (operation.picture === 'copy' || !length) return source.bytes;
      const capped = operation.picture.maxKbps * 1000 * length;
      return Math.min(capped, encodedMegapixels(file) * 1e6 * bitsPerPixel) / 8;
    }
    default:
      return source.bytes;
  }
}

/**
 * The estimated time to make these files.
 * @param secondsPerMegapixel the encoding speed of this machine; null if nothing is encoded
 * @param jobs number of files at a time
 */
export function estimatedSeconds(
  files: readonly PlannedFile[],
  secondsPerMegapixel: number | null,
  jobs: number,
): number {
  const work = files.reduce((sum, file) => sum + workOf(file, secondsPerMegapixel ?? 0), 0);
  return work / jobs;
}

function workOf(file: PlannedFile, secondsPerMegapixel: number): number {
  const { operation } = file;
  switch (operation.kind) {
    case 'copy':
    case 'subtitles':
      return seconds.link;
    case 'remux':
    case 'strip':
      return seconds.remux;
    case 'image':
      return operation.at === null ? seconds.image : seconds.still;
    default:
      return seconds.process + encodedMegapixels(file) * secondsPerMegapixel;
  }
}

/** Counts the files by operation. A file shared by several platforms counts once. */
export function countWorks(files: readonly PlannedFile[]): Forecast['works'] {
  const works = { copy: 0, remux: 0, transcode: 0, slideshow: 0, image: 0 };
  for (const { operation, role } of files) {
    if (role === 'cover' || operation.kind === 'subtitles') continue;
    works[operation.kind === 'strip' ? 'remux' : operation.kind]++;
  }
  return works;
}
