import type { VideoAccept } from '../targets/target.ts';

export interface Slides {
  /** Photos per video: all of them unless the platform's limit is too short. */
  readonly perPart: number;
  /** Seconds per photo for a number of photos, rounded to whole frames. */
  readonly lengthOf: (photos: number) => number;
  /** Duration of the cross-fade in seconds; half of it belongs to either slide. */
  readonly fade: number;
}

/** A photo shown for less than a second is only a flicker. */
const shortest = 1;
const longestFade = 0.5;

/**
 * Chooses how long each photo is shown: the requested time; less, down to one second, if the whole would be longer than
 * the platform accepts; beyond that, the photos are split into as few and as even videos as possible. A slideshow that
 * is shorter than the platform's minimum is shown slower.
 */
export function slidesFor(
  photos: number,
  asked: number,
  { minSeconds, maxSeconds }: Pick<VideoAccept, 'minSeconds' | 'maxSeconds'>,
  fps: number,
): Slides {
  const max = maxSeconds?.value ?? Number.POSITIVE_INFINITY;
  const min = minSeconds?.value ?? 0;
  const most = Math.max(1, Math.min(photos, Math.floor(max / Math.min(shortest, asked))));
  const perPart = Math.ceil(photos / Math.ceil(photos / most));
  const wholeFrames = (seconds: number, round: (frames: number) => number) => round(seconds * fps) / fps;
  // Products of fractions can be slightly off the integer that they represent.
  const lengthOf = (count: number) =>
    Math.max(
      wholeFrames(min / count, (frames) => Math.ceil(frames - 1e-6)),
      Math.min(
        wholeFrames(asked, Math.round),
        wholeFrames(max / count, (frames) => Math.floor(frames + 1e-6)),
      ),
    );
  return { perPart, lengthOf, fade: Math.min(longestFade, lengthOf(perPart) / 2) };
}
