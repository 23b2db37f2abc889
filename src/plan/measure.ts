import type { Loudness } from './loudness.ts';
import type { CutPoints } from './spans.ts';

/**
 * What a plan cannot know of a video from its probe. Planning stays pure: a plan that lacks an answer says so
 * (`kind: 'measure'`), render/measure.ts looks, and the plan is made again with what was found.
 */
export type Measure =
  /** The moment of the best still in a stretch, both ends in seconds from the start. */
  | { readonly kind: 'cover'; readonly from: number; readonly to: number }
  /** Where between two moments a video can be cut, in seconds from the start. */
  | { readonly kind: 'cut-points'; readonly from: number; readonly to: number }
  /** Whether there is any sound between two moments, in seconds from the start: it may set in late, or end early. */
  | { readonly kind: 'sound'; readonly from: number; readonly to: number }
  /** How loud the sound is, all in all. */
  | { readonly kind: 'loudness' }
  /** The same after a gain, dB, and with its peaks held down. */
  | { readonly kind: 'limited-loudness'; readonly gain: number }
  /** Where a window of this shape is best laid on the picture, for all of its length. */
  | { readonly kind: 'attention'; readonly width: number; readonly height: number }
  /** Whether this machine's ffmpeg has the filter: true of the machine, so it is not remembered with a video. */
  | { readonly kind: 'zscale' };

/** What each kind is answered with. */
export interface Answers {
  /** Seconds from the start. */
  readonly cover: number;
  readonly 'cut-points': CutPoints;
  readonly sound: boolean;
  /** null: silence. */
  readonly loudness: Loudness | null;
  readonly 'limited-loudness': Loudness | null;
  /** The middle of the window, in shares of width and height. */
  readonly attention: { readonly x: number; readonly y: number };
  readonly zscale: boolean;
}

/** The question of one kind. */
export type Of<Kind extends Measure['kind']> = Extract<Measure, { readonly kind: Kind }>;

/** The answers so far about one video. Asking for one that is not there notes it as wanted. */
export class Measurements {
  readonly #answers = new Map<string, unknown>();
  readonly #wanted = new Map<string, Measure>();

  /** undefined: not measured yet, and now wanted. */
  ask<Kind extends Measure['kind']>(measure: Of<Kind>): Answers[Kind] | undefined {
    const name = measureName(measure);
    if (!this.#answers.has(name)) this.#wanted.set(name, measure);
    return this.#answers.get(name) as Answers[Kind] | undefined;
  }

  /** What was asked for in vain since the last call. */
  takeWanted(): readonly Measure[] {
    const wanted = [...this.#wanted.values()];
    this.#wanted.clear();
    return wanted;
  }

  answer<Kind extends Measure['kind']>(measure: Of<Kind>, answer: Answers[Kind]): void {
    this.#answers.set(measureName(measure), answer);
  }
}

/** One string for each question, by which its answer is remembered. */
export function measureName(measure: Measure): string {
  return JSON.stringify(Object.entries(measure).sort(([a], [b]) => (a < b ? -1 : 1)));
}
