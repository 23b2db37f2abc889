import type { Target } from '../targets/target.ts';

/** The encoder's cap, or less where a file at that rate could exceed the platform's size. 3 % is left to the container. */
export function affordableKbps(seconds: number, { accept, encode }: Target['video']): number {
  if (!accept.maxBytes || seconds <= 0) return encode.maxKbps;
  const whole = (accept.maxBytes.value * 8 * 0.97) / 1000 / seconds;
  return Math.max(100, Math.min(encode.maxKbps, Math.floor(whole - encode.audioKbps)));
}
