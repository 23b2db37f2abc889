import type { FfmpegJob } from '../model/render-job.ts';
import { toBt709 } from './colour-args.ts';
import { coverFrame } from './cover-frame.ts';
import { fitInside, type Size } from './geometry.ts';
import { asStored, turn } from './picture-args.ts';
import type { Stored } from './plan.ts';
import { sampleBox, timeRow } from './sample-args.ts';
import { yuvBytes } from './yuv.ts';

/** The decoding of key frames to raw frames, so that a cover needs no second start of a program. */
export interface FrameDecoding {
  readonly source:
    | { readonly file: string; readonly stream: number; readonly step: number }
    /** Key frames alone, as an elementary stream with their parameter sets. */
    | { readonly codec: 'h264' | 'hevc'; readonly stdin: readonly Uint8Array[] };
  readonly stored: Stored;
  /** Display size of the video. */
  readonly size: Size;
}

/** Pixel formats whose frames lose nothing that a cover shows when they become `yuv420p`. */
const plainFormats = ['yuv420p', 'yuvj420p', 'yuv420p10le'];

/** Whether frames of such a picture can be taken as they are: not if colours, fields or tiny sizes need more work. */
export function canDecodeAsIs(stored: Stored, pixelFormat: string, size: Size): boolean {
  const isPlain = plainFormats.includes(pixelFormat) && toBt709(stored).length === 0 && !stored.interlaced;
  return isPlain && size.width >= 16 && size.height >= 16;
}

/**
 * Writes frames to stdout as raw `yuv420p`, upright and as large as for a cover. From a file all frames are decoded and
 * key frames are written, each followed by two rows that encode its time; of a stream of key frames all are written,
 * without times.
 */
export function frameDecodingArgs({ source, stored, size }: FrameDecoding): Omit<FfmpegJob, 'output'> {
  const isFile = 'file' in source;
  const { width, height } = coverFrame(size);
  const turned = stored.rotation === 90 || stored.rotation === 270;
  const scale = `scale=${turned ? height : width}:${turned ? width : height}:flags=lanczos+accurate_rnd`;
  const whole = [...(isFile ? [selectKeys(source.step)] : []), scale, 'format=yuv420p|yuvj420p', ...turn(stored)];
  const stamp = `split[frame][copy];[copy]${timeRow({ width, height: 2 }, 0)}[time];[frame][time]vstack`;
  const graph = `[0:${isFile ? source.stream : 0}]${[...whole, 'setsar=1', ...(isFile ? [stamp] : [])].join(',')}[looks]`;
  const options = ['-threads', '1', ...(isFile ? asStored : ['-f', source.codec])];
  return {
    inputs: [{ options, source: isFile ? { file: source.file } : { stdin: source.stdin } }],
    outputOptions: [
      ...['-max_error_rate', '1', '-filter_complex', graph, '-map', '[looks]'],
      ...['-fps_mode', 'passthrough', '-f', 'rawvideo'],
    ],
  };
}

function selectKeys(step: number): string {
  return `select='key*(isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(3)}))'`;
}

/** The size of what is written for each frame: with the rows that encode the time. */
function writtenSize({ source, size }: FrameDecoding): Size {
  const { width, height } = coverFrame(size);
  return 'file' in source ? { width, height: height + 2 } : { width, height };
}

/** Bytes of what is written for each frame. */
export function frameDecodingBytes(job: FrameDecoding): number {
  return yuvBytes(writtenSize(job));
}

/** The size of the grey copy by which frames are compared. */
export function comparedSize(size: Size): Size {
  return fitInside(coverFrame(size), sampleBox);
}

/** Parses what ffmpeg wrote for one frame. @returns its time in seconds: null from a stream */
export function readDecodedFrame(
  written: Uint8Array<ArrayBuffer>,
  job: FrameDecoding,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly at: number | null } {
  const size = coverFrame(job.size);
  if (!('file' in job.source)) return { bytes: written, at: null };
  const { width, height } = writtenSize(job);
  const time = width * size.height;
  const at = written.subarray(time, time + 6).reduce((sum, byte, place) => sum + byte * 256 ** place, 0) / 1e6;
  // Each plane is followed by its part of the rows.
  const [across, luma] = [(width + 1) >> 1, width * size.height];
  const chroma = across * ((size.height + 1) >> 1);
  const written420 = (plane: number) => width * height + plane * across * ((height + 1) >> 1);
  const bytes = new Uint8Array(luma + 2 * chroma);
  bytes.set(written.subarray(0, luma));
  for (const plane of [0, 1]) {
    bytes.set(written.subarray(written420(plane), written420(plane) + chroma), luma + plane * chroma);
  }
  return { bytes, at };
}
