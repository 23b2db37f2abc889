import type { FfmpegJob } from '../model/render-job.ts';
import { stretch } from './ffmpeg-args.ts';
import { filtered, loudnessFilters } from './sound-args.ts';

/** Lists the packets of one stream from `from` (or slightly earlier) to `to`, one line each with its timestamps. */
export function packetListArgs(
  input: string,
  stream: number,
  { from, to }: { readonly from: number; readonly to: number | null },
  options: readonly string[] = [],
): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [...options, ...stretch(from, to)], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-c', 'copy', '-f', 'framemd5'],
  };
}

/** Detects silences in a time range, written as metadata lines to stdout. Pauses for breath are too short to count. */
export function silenceArgs(input: string, stream: number, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = 'silencedetect=noise=-40dB:d=0.25,ametadata=mode=print:file=-';
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-af', filter, '-f', 'null'],
  };
}

/** Detects scene changes in a time range, written as metadata lines to stdout. A small picture is enough for that. */
export function sceneArgs(input: string, stream: number, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = "scale=160:-2,select='gt(scene,0.3)',metadata=mode=print:file=-";
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-vf', filter, '-f', 'null'],
  };
}

/**
 * Measures the loudness of a sound; ffmpeg prints it at the end.
 * @param stream index of the stream in the file
 * @param right index of the stream with the right channel, if it is a separate track
 * @param gain gain in dB before the limiter; 0: unchanged
 */
export function loudnessArgs(
  input: string,
  { stream, right }: { readonly stream: number; readonly right: number | undefined },
  downmix: boolean,
  gain: number,
): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [], source: { file: input } }],
    outputOptions: [...filtered({ input: 0, stream }, right, loudnessFilters(downmix, gain)), '-f', 'null'],
  };
}
