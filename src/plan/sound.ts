import type { VideoProbe } from '../model.ts';
import type { VideoEncode } from '../targets/target.ts';
import type { SoundSettings } from './plan.ts';

/** How a sound that has to be made anew is made. */
export function soundSettings(probe: VideoProbe, encode: VideoEncode): SoundSettings {
  return { kbps: encode.audioKbps, channels: probe.audio[0]?.channels === 1 ? 1 : 2 };
}
