import type { VideoProbe } from '../model/probe.ts';
import type { VideoEncode } from '../targets/target.ts';
import type { SoundSettings } from './plan.ts';
import { monoPair } from './streams.ts';

/** For one channel two thirds of the rate are as good. */
const monoShare = 2 / 3;

/**
 * How a sound that has to be made anew is made.
 * @param gain dB
 */
export function soundSettings(probe: VideoProbe, encode: VideoEncode, gain: number): SoundSettings {
  const pair = monoPair(probe.audio);
  const source = pair ? 2 : (probe.audio[0]?.channels ?? 2);
  const channels = source === 1 ? 1 : 2;
  const kbps = channels === 1 ? Math.round(encode.audioKbps * monoShare) : encode.audioKbps;
  return { kbps, channels, downmix: source > 2, gain, ...(pair && { right: pair.right }) };
}
