import type { VideoProbe } from '../model/probe.ts';
import type { VideoEncode } from '../targets/target.ts';
import type { SoundSettings } from './plan.ts';
import { monoPair } from './streams.ts';

/** One channel needs two thirds of the bit rate. */
const monoShare = 2 / 3;

/**
 * The settings for encoding a sound.
 * @param gain gain in dB
 */
export function soundSettings(probe: VideoProbe, encode: VideoEncode, gain: number): SoundSettings {
  const pair = monoPair(probe.audio);
  const source = pair ? 2 : (probe.audio[0]?.channels ?? 2);
  const channels = source === 1 ? 1 : 2;
  const kbps = channels === 1 ? Math.round(encode.audioKbps * monoShare) : encode.audioKbps;
  return { kbps, channels, downmix: source > 2, gain, ...(pair && { right: pair.right }) };
}
