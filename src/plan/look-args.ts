import type { FfmpegJob } from '../model/render-job.ts';
import { stretch } from './ffmpeg-args.ts';
import { filtered, loudnessFilters } from './sound-args.ts';

/** A line for each packet of one stream from `from` (or a little before) to `to`, with its times from `from` on. */
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

/** Silences of a stretch, as lines of metadata on stdout. A breath is not one. */
export function silenceArgs(input: string, stream: number, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = 'silencedetect=noise=-40dB:d=0.25,ametadata=mode=print:file=-';
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-af', filter, '-f', 'null'],
  };
}

/** Changes of scene in a stretch, as lines of metadata on stdout. A small picture changes where a large one does. */
export function sceneArgs(input: string, stream: number, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = "scale=160:-2,select='gt(scene,0.3)',metadata=mode=print:file=-";
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-vf', filter, '-f', 'null'],
  };
}

/**
 * The loudness of a sound, told at the end.
 * @param stream its number in the file; `right`: that of its right channel, where that is a track of its own
 * @param gain dB, after which its peaks are held down; 0: as it is
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
