import type { FfmpegJob } from '../model/render-job.ts';
import type { Sample } from './frame-look.ts';
import { fitInside, type Size } from './geometry.ts';

/** What of a video is sampled, and how closely. */
export interface Sampling {
  readonly input: string;
  /** The number of its picture among all streams. */
  readonly stream: number;
  /** As shown. */
  readonly size: Size;
  /** `key`: only frames that decode by themselves, which takes a hundredth of the time of `all`. */
  readonly frames: 'key' | 'all';
  /** All frames are decoded, though only key frames are looked at: what is damaged between them is found. */
  readonly decodesAll?: boolean;
  /** Where it is looked at, one after the other: seconds from the start. */
  readonly places: readonly { readonly from: number; readonly to: number }[];
  /** Seconds between two samples, at least. */
  readonly step: number;
}

/** Large enough to tell sharp from blurred, small enough to cost nothing. */
const box = { longSide: 448, shortSide: 448 };

/**
 * Small grey frames on stdout, each followed by one row of pixels that says when it is shown: the only way to have
 * frames and their times out of one process with any ffmpeg. One process for all places: it takes longer to start than
 * to look at a place.
 */
export function sampleArgs(sampling: Sampling): Omit<FfmpegJob, 'output'> {
  const { input, frames, places, decodesAll = false } = sampling;
  const skip = frames === 'key' && !decodesAll ? ['-skip_frame', 'nokey'] : ['-skip_loop_filter', 'all'];
  const inputs = places.map(({ from, to }) => {
    // Without accurate seeking comes what lies between the key frame before and `from` too, at times below zero.
    const seek = ['-noaccurate_seek', '-ss', from.toFixed(6), '-t', (to - from).toFixed(6)];
    return { options: [...seek, '-threads', '1', ...skip], source: { file: input } };
  });
  const samples = places.map(({ from }, index) => sampleGraph(index, from, sampling));
  const all = places.map((_, index) => `[sample${index}]`).join('');
  const graph = places.length === 1 ? samples : [...samples, `${all}concat=n=${places.length}[samples]`];
  const last = places.length === 1 ? '[sample0]' : '[samples]';
  return {
    inputs,
    // What can be decoded is enough for a still, however little it is; two thirds of errors are a failure otherwise.
    outputOptions: [
      ...['-max_error_rate', '1', '-filter_complex', graph.join(';'), '-map', last],
      ...['-fps_mode', 'passthrough', '-f', 'rawvideo'],
    ],
  };
}

function sampleGraph(index: number, from: number, { stream, size, frames, step, decodesAll }: Sampling): string {
  const { width, height } = fitInside(size, box);
  const microseconds = `max(0,(T+${from.toFixed(6)})*1000000)`;
  const wanted = frames === 'all' ? 'gte(t,0)' : decodesAll ? 'key' : '1';
  const filters = [
    `select='${wanted}*(isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(3)}))'`,
    `scale=${width}:${height}:flags=area`,
    // HDR is judged as it is stored: black is black, and light comes in the same order.
    `format=gray,setsar=1,split[frame${index}][copy${index}]`,
  ].join(',');
  const time = `geq=lum='mod(floor(${microseconds}/pow(256,X)),256)'`;
  const stamp = `[copy${index}]crop=${width}:1:0:0,${time}[time${index}]`;
  return `[${index}:${stream}]${filters};${stamp};[frame${index}][time${index}]vstack[sample${index}]`;
}

/** The samples in what `sampleArgs` made ffmpeg write. With `key` the first of a place may be of before its `from`. */
export function readSamples(written: Uint8Array, { size, places }: Pick<Sampling, 'size' | 'places'>): Sample[] {
  const end = Math.max(...places.map(({ to }) => to));
  const { width, height } = fitInside(size, box);
  const length = width * (height + 1);
  return Array.from({ length: Math.floor(written.length / length) }, (_, index) => {
    const frame = written.subarray(index * length, (index + 1) * length);
    const pixels = frame.subarray(0, width * height);
    const stamp = frame.subarray(width * height, width * height + 6);
    const microseconds = stamp.reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
    return { at: microseconds / 1e6, width, height, pixels };
  }).filter(({ at }) => at < end);
}

/** Bytes that one sample takes. */
export function sampleBytes(size: Size): number {
  const { width, height } = fitInside(size, box);
  return width * (height + 1);
}
