import type { Target } from '../targets/target.ts';

/**
 * The encoder's cap, or less where a file at that rate could exceed the platform's size. 3 % is left to the container.
 * @param seconds of the source: what is longer than the platform takes is cut
 */
export function affordableKbps(seconds: number, { accept, encode }: Target['video']): number {
  if (!accept.maxBytes || seconds <= 0) return encode.maxKbps;
  const whole = (accept.maxBytes.value * 8 * 0.97) / 1000 / Math.min(seconds, accept.maxSeconds?.value ?? seconds);
  return Math.max(100, Math.min(encode.maxKbps, Math.floor(whole - encode.audioKbps)));
}
