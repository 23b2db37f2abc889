import type { VideoAccept } from '../targets/target.ts';

export interface Slides {
  /** Photos in one video: all of them unless the platform's limit is too short. */
  readonly perPart: number;
  /** Seconds for which each of so many photos is shown, in whole frames. */
  readonly lengthOf: (photos: number) => number;
  /** Seconds of the cross-fade, half of it in either slide. */
  readonly fade: number;
}

/** Less than a second is a flicker, not a photo. */
const shortest = 1;
const longestFade = 0.5;

/**
 * How long each photo is shown: as asked; shorter where all together would be longer than the platform takes, down to a
 * second each; in several videos, as few and as even as possible, where that is still too long. A show that is shorter
 * than the platform takes is shown slower.
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
  // Products of fractions may end a hair beside the whole number that they mean.
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
