import type { Target } from '../targets/target.ts';

/**
 * The bit rate cap: the encoder's, or less if a file at that rate could exceed the platform's size limit. 3 % is
 * reserved for the container.
 * @param seconds duration of the source; anything beyond the platform's limit is cut
 */
export function affordableKbps(seconds: number, { accept, encode }: Target['video']): number {
  if (!accept.maxBytes || seconds <= 0) return encode.maxKbps;
  const whole = (accept.maxBytes.value * 8 * 0.97) / 1000 / Math.min(seconds, accept.maxSeconds?.value ?? seconds);
  return Math.max(100, Math.min(encode.maxKbps, Math.floor(whole - encode.audioKbps)));
}
