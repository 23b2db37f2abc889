import type { FfmpegJob } from '../tools/tools.ts';
import { stretch } from './ffmpeg-args.ts';
import { loudnessFilters } from './sound-args.ts';

/** A line for each packet of one stream from `from` (or a little before) to `to`, with its times from `from` on. */
export function packetListArgs(
  input: string,
  stream: 'v:0' | 'a:0',
  { from, to }: { readonly from: number; readonly to: number | null },
  options: readonly string[] = [],
): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [...options, ...stretch(from, to)], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-c', 'copy', '-f', 'framemd5'],
  };
}

/** Silences of a stretch, as lines of metadata on stdout. A breath is not one. */
export function silenceArgs(input: string, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = 'silencedetect=noise=-40dB:d=0.25,ametadata=mode=print:file=-';
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', '0:a:0', '-af', filter, '-f', 'null'],
  };
}

/** Changes of scene in a stretch, as lines of metadata on stdout. A small picture changes where a large one does. */
export function sceneArgs(input: string, from: number, to: number): Omit<FfmpegJob, 'output'> {
  const filter = "scale=160:-2,select='gt(scene,0.3)',metadata=mode=print:file=-";
  return {
    inputs: [{ options: stretch(from, to), source: { file: input } }],
    outputOptions: ['-map', '0:v:0', '-vf', filter, '-f', 'null'],
  };
}

/** The loudness of the first sound, told at the end. @param gain dB, after which its peaks are held down; 0: as it is */
export function loudnessArgs(input: string, downmix: boolean, gain: number): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [], source: { file: input } }],
    outputOptions: ['-map', '0:a:0', '-af', loudnessFilters(downmix, gain), '-f', 'null'],
  };
}
