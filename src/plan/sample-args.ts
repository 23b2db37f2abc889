import type { FfmpegJob } from '../model/render-job.ts';
import type { Sample } from './frame-measures.ts';
import { fitInside, type Size } from './geometry.ts';

/** How a video is sampled. */
export interface Sampling {
  readonly input: string;
  /** Index of its picture among all streams. */
  readonly stream: number;
  /** Display size. */
  readonly size: Size;
  /** `key`: only key frames, which takes a hundredth of the time of `all`. */
  readonly frames: 'key' | 'all';
  /** Decodes all frames, although only key frames are sampled, so that damage between them is found. */
  readonly decodesAll?: boolean;
  /** The time ranges to sample, in order: seconds from the start. */
  readonly places: readonly { readonly from: number; readonly to: number }[];
  /** Minimum distance of two samples in seconds. */
  readonly step: number;
}

/** Large enough to distinguish sharp from blurred, small enough to be cheap. */
export const sampleBox = { longSide: 448, shortSide: 448 };

/**
 * Writes small greyscale frames to stdout, each followed by one row of pixels that encodes its timestamp: the only way
 * to get frames and timestamps from one process with any ffmpeg. One process for all ranges, since starting one takes
 * longer than sampling a range.
 */
export function sampleArgs(sampling: Sampling): Omit<FfmpegJob, 'output'> {
  const { input, frames, places, decodesAll = false } = sampling;
  const skip = frames === 'key' && !decodesAll ? ['-skip_frame', 'nokey'] : ['-skip_loop_filter', 'all'];
  const inputs = places.map(({ from, to }) => {
    // Without accurate seeking, frames between the previous key frame and `from` are included, with negative
    // timestamps.
    const seek = ['-noaccurate_seek', '-ss', from.toFixed(6), '-t', (to - from).toFixed(6)];
    return { options: [...seek, '-threads', '1', ...skip], source: { file: input } };
  });
  const samples = places.map(({ from }, index) => sampleGraph(index, from, sampling));
  const all = places.map((_, index) => `[sample${index}]`).join('');
  const graph = places.length === 1 ? samples : [...samples, `${all}concat=n=${places.length}[samples]`];
  const last = places.length === 1 ? '[sample0]' : '[samples]';
  return {
    inputs,
    // A still needs only a few decodable frames; by default ffmpeg fails if two thirds of the frames have errors.
    outputOptions: [
      ...['-max_error_rate', '1', '-filter_complex', graph.join(';'), '-map', last],
      ...['-fps_mode', 'passthrough', '-f', 'rawvideo'],
    ],
  };
}

function sampleGraph(index: number, from: number, { stream, size, frames, step, decodesAll }: Sampling): string {
  const { width, height } = fitInside(size, sampleBox);
  const wanted = frames === 'all' ? 'gte(t,0)' : decodesAll ? 'key' : '1';
  const filters = [
    `select='${wanted}*(isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(3)}))'`,
    `scale=${width}:${height}:flags=area`,
    // HDR is judged in its stored form: black stays black, and the order of brightness is the same.
    `format=gray,setsar=1,split[frame${index}][copy${index}]`,
  ].join(',');
  const stamp = `[copy${index}]${timeRow({ width, height: 1 }, from)}[time${index}]`;
  return `[${index}:${stream}]${filters};${stamp};[frame${index}][time${index}]vstack[sample${index}]`;
}

/** Filters that turn a grey frame into one row that encodes its time: six bytes of microseconds, the lowest first. */
export function timeRow({ width, height }: Size, from: number): string {
  const microseconds = `max(0,(T+${from.toFixed(6)})*1000000)`;
  return `crop=${width}:${height}:0:0,geq=lum='mod(floor(${microseconds}/pow(256,X)),256)'`;
}

/**
 * Parses the samples that ffmpeg wrote for `sampleArgs`. With `key` the first sample of a range may be before its
 * `from`.
 */
export function readSamples(written: Uint8Array, { size, places }: Pick<Sampling, 'size' | 'places'>): Sample[] {
  const end = Math.max(...places.map(({ to }) => to));
  const { width, height } = fitInside(size, sampleBox);
  const length = width * (height + 1);
  return Array.from({ length: Math.floor(written.length / length) }, (_, index) => {
    const frame = written.subarray(index * length, (index + 1) * length);
    const pixels = frame.subarray(0, width * height);
    const stamp = frame.subarray(width * height, width * height + 6);
    const microseconds = stamp.reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
    return { at: microseconds / 1e6, width, height, pixels };
  }).filter(({ at }) => at < end);
}

/** Size of one sample in bytes. */
export function sampleBytes(size: Size): number {
  const { width, height } = fitInside(size, sampleBox);
  return width * (height + 1);
}
