import { highestPeak } from './loudness.ts';
import type { SoundSettings } from './plan.ts';

/**
 * Which sound is taken, and how it is encoded.
 * @param from the number of the input with the sound, silent or not
 */
export function soundOptions(sound: 'copy' | 'silence' | SoundSettings, from: number): string[] {
  if (sound === 'copy') return ['-map', `${from}:a:0?`, '-c:a', 'copy'];
  if (sound === 'silence') return ['-map', `${from}:a:0`, '-c:a', 'aac', '-b:a', '64k'];
  const encoder = ['-c:a', 'aac', '-b:a', `${sound.kbps}k`, '-ar', '48000', '-ac', String(sound.channels)];
  return ['-map', `${from}:a:0`, '-af', soundFilters(sound), ...encoder];
}

/** To 48 kHz, in step with the clock: holes in the sound are filled with silence, as players do. */
export function soundFilters({ downmix, gain }: Pick<SoundSettings, 'downmix' | 'gain'>): string {
  const steps = [
    ...(downmix ? [toStereo] : []),
    ...(gain === 0 ? [] : [`volume=${gain}dB:precision=float`]),
    // Peaks between samples show at a higher rate only.
    ...(downmix || gain > 0 ? ['aresample=192000', limiter] : []),
    'aresample=48000:async=1:first_pts=0',
  ];
  return steps.join(',');
}

/** All in all, as `report` tells it; on what will be heard, so after the downmix, and after a gain. */
export function loudnessFilters(downmix: boolean, gain: number): string {
  const before = gain > 0 ? [soundFilters({ downmix, gain })] : downmix ? [toStereo] : [];
  return [...before, 'loudnorm=print_format=json'].join(',');
}

/**
 * By ITU-R BS.775, in floating point first: a matrix made to fit integers makes everything softer, by 8 dB for 5.1.
 * (`aresample=ocl=stereo` does nothing in ffmpeg 5.1.)
 */
const toStereo = 'aformat=sample_fmts=fltp,aformat=channel_layouts=stereo';

const limiter = `alimiter=limit=${(10 ** (highestPeak / 20)).toFixed(3)}:attack=5:release=50:level=0`;
