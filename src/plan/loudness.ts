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

/** No peak goes beyond, dBTP: between samples and through AAC, peaks rise. A convention of all platforms. */
export const highestPeak = -1;

/** So much may be taken off peaks before it is heard, dB. */
const limiterRoom = 6;

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

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
