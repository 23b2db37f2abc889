import { highestPeak } from './loudness.ts';
import type { SoundSettings } from './plan.ts';

/** The location of a sound: index of the ffmpeg input, and index of the stream in it. */
export interface SoundSource {
  readonly input: number;
  readonly stream: number;
}

/**
 * Options that select and encode the sound.
 * @param from the input of the sound, silent or not; null: there is none
 */
export function soundOptions(sound: 'copy' | 'silence' | SoundSettings, from: SoundSource | null): string[] {
  if (from === null) return [];
  const map = ['-map', `${from.input}:${from.stream}`];
  if (sound === 'copy') return [...map, '-c:a', 'copy'];
  if (sound === 'silence') return [...map, '-c:a', 'aac', '-b:a', '64k'];
  const encoder = ['-c:a', 'aac', '-b:a', `${sound.kbps}k`, '-ar', '48000', '-ac', String(sound.channels)];
  return [...filtered(from, sound.right, soundFilters(sound)), ...encoder];
}

/** Options that filter a sound. Two mono tracks are first joined into one stereo track. */
export function filtered({ input, stream }: SoundSource, right: number | undefined, filters: string): string[] {
  if (right === undefined) return ['-map', `${input}:${stream}`, '-af', filters];
  const side = (each: number, name: string) => `[${input}:${each}]${inStep},${oneChannel}[${name}]`;
  const pair = `${side(stream, 'left')};${side(right, 'right')};[left][right]${asStereo}`;
  return ['-filter_complex', `${pair},${filters}[sound]`, '-map', '[sound]'];
}

const inStep = 'aresample=48000:async=1:first_pts=0';
const oneChannel = 'aformat=channel_layouts=mono';
/** `amerge` would lose the right channel: it treats both as centre. */
const asStereo = 'join=inputs=2:channel_layout=stereo:map=0.0-FL|1.0-FR';

/** Resamples to 48 kHz in sync with the timestamps: gaps are filled with silence, as players do. */
export function soundFilters({ downmix, gain }: Pick<SoundSettings, 'downmix' | 'gain'>): string {
  const steps = [
    ...(downmix ? [toStereo] : []),
    ...(gain === 0 ? [] : [`volume=${gain}dB:precision=float`]),
    // Peaks between samples appear only at a higher sample rate.
    ...(downmix || gain > 0 ? ['aresample=192000', limiter] : []),
    inStep,
  ];
  return steps.join(',');
}

/** Measures the loudness after downmix and gain, as it will be heard. */
export function loudnessFilters(downmix: boolean, gain: number): string {
  const before = gain > 0 ? [soundFilters({ downmix, gain })] : downmix ? [toStereo] : [];
  return [...before, 'loudnorm=print_format=json'].join(',');
}

/**
 * Downmix by ITU-R BS.775, in floating point first: a matrix normalised for integers lowers the volume, by 8 dB for
 * 5.1. (`aresample=ocl=stereo` has no effect in ffmpeg 5.1.)
 */
const toStereo = 'aformat=sample_fmts=fltp,aformat=channel_layouts=stereo';

const limiter = `alimiter=limit=${(10 ** (highestPeak / 20)).toFixed(3)}:attack=5:release=50:level=0`;
