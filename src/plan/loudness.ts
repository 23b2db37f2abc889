/** Measured after EBU R128. */
export interface Loudness {
  /** Of the whole, LUFS. */
  readonly integrated: number;
  /** dBTP. */
  readonly truePeak: number;
}

export interface Gain {
  /** dB, to one digit. */
  readonly gain: number;
  /** What comes of it, LUFS. */
  readonly reached: number;
  /** Peaks have to be held down for it. */
  readonly limited: boolean;
}

/** What EBU R128 calls the same loudness, in LU. */
const tolerance = 0.5;

/**
 * No peak goes beyond before it is encoded, dBTP. Platforms ask for -1; between samples peaks rise, and AAC raises those of
 * sharp sounds by up to 2 dB (clicks and drums at 128 kbit/s, measured 2026-11).
 */
export const highestPeak = -2;

/** So much may be taken off peaks, dB. What comes of it is measured. */
const limiterRoom = 7;

/**
 * How much louder or softer a sound has to become, the same from beginning to end, so that music stays as it was mixed.
 * A gain of 0: it is as wanted, or can be no louder.
 */
export function gainFor({ integrated, truePeak }: Loudness, wanted: number): Gain {
  if (Math.abs(wanted - integrated) <= tolerance) return { gain: 0, reached: integrated, limited: false };
  const room = highestPeak - truePeak;
  const gain = round(Math.min(wanted - integrated, Math.max(0, room + limiterRoom)));
  return { gain, reached: round(integrated + gain), limited: gain > room };
}

/**
 * The gain that is worth it, of a sound whose peaks would have to be held down: where most of it is sharp, the limiter takes
 * as much as the gain gave, and then it is only made as loud as its peaks allow.
 * @param limited how loud it is after `gain` and the limiter; null: silent
 */
export function gainWorthIt({ integrated, truePeak }: Loudness, gain: number, limited: Loudness | null): Gain {
  const plain = Math.max(0, Math.floor((highestPeak - truePeak) * 10) / 10);
  const reached = limited?.integrated ?? Number.NEGATIVE_INFINITY;
  if (reached >= integrated + plain + tolerance) return { gain, reached: round(reached), limited: true };
  return { gain: plain, reached: round(integrated + plain), limited: true };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
