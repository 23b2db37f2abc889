import type { FfmpegJob } from '../tools/tools.ts';
import type { Sample } from './frame-look.ts';
import { fitInside, type Size } from './geometry.ts';

/** What of a video is sampled, and how closely. */
export interface Sampling {
  readonly input: string;
  /** As shown. */
  readonly size: Size;
  /** `key`: only frames that decode by themselves, which takes a hundredth of the time of `all`. */
  readonly frames: 'key' | 'all';
  /** Seconds from the start. */
  readonly from: number;
  readonly to: number;
  /** Seconds between two samples, at least. */
  readonly step: number;
}

/** Large enough to tell sharp from blurred, small enough to cost nothing. */
const box = { longSide: 448, shortSide: 448 };

/**
 * Small grey frames on stdout, each followed by one row of pixels that says when it is shown: the only way to have
 * frames and their times out of one process with any ffmpeg.
 */
export function sampleArgs(sampling: Sampling): Omit<FfmpegJob, 'output'> {
  const { input, frames, from, to, step } = sampling;
  const { width, height } = fitInside(sampling.size, box);
  // Without accurate seeking comes what lies between the key frame before and `from` too, at times below zero.
  const seek = ['-noaccurate_seek', '-ss', from.toFixed(6), '-t', (to - from).toFixed(6)];
  const skip = frames === 'key' ? ['-skip_frame', 'nokey'] : ['-skip_loop_filter', 'all'];
  const microseconds = `max(0,(T+${from.toFixed(6)})*1000000)`;
  const wanted = frames === 'key' ? '1' : 'gte(t,0)';
  const filters = [
    `select='${wanted}*(isnan(prev_selected_t)+gte(t-prev_selected_t,${step.toFixed(3)}))'`,
    `scale=${width}:${height}:flags=area`,
    // HDR is judged as it is stored: black is black, and light comes in the same order.
    'format=gray,setsar=1,split[frame][copy]',
  ].join(',');
  const stamp = `[copy]crop=${width}:1:0:0,geq=lum='mod(floor(${microseconds}/pow(256,X)),256)'[time]`;
  const graph = `[0:v:0]${filters};${stamp};[frame][time]vstack[sample]`;
  return {
    inputs: [{ options: [...seek, '-threads', '1', ...skip], source: { file: input } }],
    outputOptions: ['-filter_complex', graph, '-map', '[sample]', '-fps_mode', 'passthrough', '-f', 'rawvideo'],
  };
}

/** The samples in what `sampleArgs` made ffmpeg write. With `key` the first may be of before `from`. */
export function readSamples(written: Uint8Array, { size, to }: Pick<Sampling, 'size' | 'to'>): Sample[] {
  const { width, height } = fitInside(size, box);
  const length = width * (height + 1);
  return Array.from({ length: Math.floor(written.length / length) }, (_, index) => {
    const frame = written.subarray(index * length, (index + 1) * length);
    const pixels = frame.subarray(0, width * height);
    const stamp = frame.subarray(width * height, width * height + 6);
    const microseconds = stamp.reduce((sum, byte, place) => sum + byte * 256 ** place, 0);
    return { at: microseconds / 1e6, width, height, pixels };
  }).filter(({ at }) => at < to);
}

/** Bytes that one sample takes. */
export function sampleBytes(size: Size): number {
  const { width, height } = fitInside(size, box);
  return width * (height + 1);
}
