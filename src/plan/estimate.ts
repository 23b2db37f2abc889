import type { Forecast } from '../model/event.ts';
import type { PlannedFile } from './plan.ts';

/**
 * What the files of a run ask of a machine. Seconds are those of one file at a time, measured on two cores in 2026-11
 * (each process, its look at the result and the hash included); what is encoded is measured anew on each machine.
 */
const seconds = { link: 0.05, remux: 0.5, image: 0.25, still: 0.45, process: 0.6 } as const;

/** Bits for each pixel that libx264 writes at the house's quality, over footage of many kinds: a rule of thumb. */
const bitsPerPixel = 0.07;

/** So many million pixels have to be encoded; 0 for what is not encoded. */
export function encodedMegapixels({ operation, seconds: length }: PlannedFile): number {
  if (operation.kind !== 'transcode' || operation.picture === 'copy') return 0;
  const { width, height, fps } = operation.picture;
  return (width * height * fps * (length ?? 0)) / 1e6;
}

/** How large the file will be, in bytes. Links of originals take no room of their own. */
export function estimatedBytes(file: PlannedFile): number {
  const { operation, source, seconds: length } = file;
  switch (operation.kind) {
    case 'copy':
      return 0;
    case 'remux':
    case 'strip':
      return source.bytes;
    case 'image':
      return (operation.settings.width * operation.settings.height) / 4;
    default: {
      const cap = operation.kind === 'transcode' && operation.picture !== 'copy' ? operation.picture.maxKbps * 1000 : 0;
      const rate = Math.min(
        cap || Number.POSITIVE_INFINITY,
        (encodedMegapixels(file) / (length || 1)) * 1e6 * bitsPerPixel,
      );
      return rate > 0 && Number.isFinite(rate) ? (rate * (length ?? 0)) / 8 : source.bytes;
    }
  }
}

/**
 * The time to make these files.
 * @param secondsPerMegapixel what encoding takes here; null where nothing is encoded
 * @param jobs files at a time
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

/** What is done with how many files, each counted once however many platforms want it. */
export function countWorks(files: readonly PlannedFile[]): Forecast['works'] {
  const works = { copy: 0, remux: 0, transcode: 0, slideshow: 0, image: 0 };
  for (const { operation, role } of files) {
    if (role === 'cover') continue;
    works[operation.kind === 'strip' ? 'remux' : operation.kind]++;
  }
  return works;
}
