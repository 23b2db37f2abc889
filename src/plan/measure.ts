import type { Loudness } from './loudness.ts';
import type { CutPoints } from './spans.ts';

/**
 * Measurements that a plan may need besides the probe. Planning stays pure: a plan with a missing measurement records a
 * request, render/measure.ts measures, and the plan is made again with the result.
 */
export type Measure =
  /** The time of the best cover frame in a range, in seconds from the start. */
  | { readonly kind: 'cover'; readonly from: number; readonly to: number }
  /** Where the video can be cut within a range, in seconds from the start. */
  | { readonly kind: 'cut-points'; readonly from: number; readonly to: number }
  /** Whether a range contains any sound, in seconds from the start: sound may start late or end early. */
  | { readonly kind: 'sound'; readonly from: number; readonly to: number }
  /** The loudness of the whole sound. */
  | { readonly kind: 'loudness' }
  /** The loudness after a gain in dB and the limiter. */
  | { readonly kind: 'limited-loudness'; readonly gain: number }
  /** The best position of a crop window of this aspect ratio, for the whole video. */
  | { readonly kind: 'attention'; readonly width: number; readonly height: number }
  /** Whether this machine's ffmpeg has the filter. It depends on the machine, so it is not cached with a video. */
  | { readonly kind: 'zscale' };

/** The result type of each measurement. */
export interface Answers {
  /** Seconds from the start. */
  readonly cover: number;
  readonly 'cut-points': CutPoints;
  readonly sound: boolean;
  /** null: silence. */
  readonly loudness: Loudness | null;
  readonly 'limited-loudness': Loudness | null;
  /** The centre of the window, as fractions of width and height. */
  readonly attention: { readonly x: number; readonly y: number };
  readonly zscale: boolean;
}

/** The measurement of one kind. */
export type Of<Kind extends Measure['kind']> = Extract<Measure, { readonly kind: Kind }>;

/** The measurements of one video so far. Asking for a missing one records it as wanted. */
export class Measurements {
  readonly #answers = new Map<string, unknown>();
  readonly #wanted = new Map<string, Measure>();

  /** undefined: not measured yet; the measurement is recorded as wanted. */
  ask<Kind extends Measure['kind']>(measure: Of<Kind>): Answers[Kind] | undefined {
    const name = measureName(measure);
    if (!this.#answers.has(name)) this.#wanted.set(name, measure);
    return this.#answers.get(name) as Answers[Kind] | undefined;
  }

  /** Returns the missing measurements that were asked for since the last call. */
  takeWanted(): readonly Measure[] {
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    return wanted;
  }

  answer<Kind extends Measure['kind']>(measure: Of<Kind>, answer: Answers[Kind]): void {
    this.#answers.set(measureName(measure), answer);
  }
}

/** The cache key of a measurement. */
export function measureName(measure: Measure): string {
  return JSON.stringify(Object.entries(measure).sort(([a], [b]) => (a < b ? -1 : 1)));
}
