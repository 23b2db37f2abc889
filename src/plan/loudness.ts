/** A measurement by EBU R128. */
export interface Loudness {
  /** Integrated loudness, LUFS. */
  readonly integrated: number;
  /** True peak, dBTP. */
  readonly truePeak: number;
}

export interface Gain {
  /** Gain in dB, to one decimal. */
  readonly gain: number;
  /** The resulting loudness, LUFS. */
  readonly reached: number;
  /** Whether a limiter has to reduce peaks for that gain. */
  readonly limited: boolean;
}

/** Differences in LU up to this count as equal, as in EBU R128. */
const tolerance = 0.5;

/**
 * The true peak before encoding, dBTP. Platforms ask for -1; AAC raises peaks of sharp sounds by up to 2 dB (clicks and
 * drums at 128 kbit/s, measured 2026-11), and peaks between samples are higher still.
 */
export const highestPeak = -2;

/** The most that the limiter may reduce peaks, in dB. The result is measured. */
const limiterRoom = 7;

/**
 * The constant gain for a wanted loudness. It is the same for the whole file, so that the mix is preserved. A gain of 0
 * means that the loudness is right already or cannot be raised.
 */
export function gainFor({ integrated, truePeak }: Loudness, wanted: number): Gain {
  if (Math.abs(wanted - integrated) <= tolerance) return { gain: 0, reached: integrated, limited: false };
  const room = highestPeak - truePeak;
  const gain = round(Math.min(wanted - integrated, Math.max(0, room + limiterRoom)));
  return { gain, reached: round(integrated + gain), limited: gain > room };
}

/**
 * Decides about a gain that needs the limiter. Where most of the sound is transients, the limiter removes what the gain
 * adds; then only the gain that the peaks allow is applied.
 * @param limited the measured loudness after `gain` and limiter; null: silent
 */
export function worthwhileGain({ integrated, truePeak }: Loudness, gain: number, limited: Loudness | null): Gain {
  const plain = Math.max(0, Math.floor((highestPeak - truePeak) * 10) / 10);
  const reached = limited?.integrated ?? Number.NEGATIVE_INFINITY;
  if (reached >= integrated + plain + tolerance) return { gain, reached: round(reached), limited: true };
  return { gain: plain, reached: round(integrated + plain), limited: true };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
