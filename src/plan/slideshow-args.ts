import type { Music } from '../model/original.ts';
import type { FfmpegInput, FfmpegJob } from '../model/render-job.ts';
import { softwareArgs } from './encoder-args.ts';
import { container } from './ffmpeg-args.ts';
import type { Slideshow } from './plan.ts';

/** Duration of the music's fade-out in seconds. */
const fadeOut = 2;

/**
 * Renders a slideshow in one pass from a concatenation of JPEGs, each slide twice and the last once more. Timestamps
 * are assigned so that interpolating between two copies of a slide is a still, and between two slides a cross-fade: one
 * input and two frames in memory for any number of photos. (npm's ffmpeg lacks `xfade`.)
 */
export function slideshowArgs(
  show: Slideshow,
  slides: string,
  { output, time, threads }: { readonly output: string; readonly time: number; readonly threads: number },
): FfmpegJob {
  const { slide, fade, seconds, music, fps, audioKbps } = show;
  const times = `floor(N/2)*${slide}+if(mod(N,2),${slide - fade / 2},if(N,${fade / 2},0))`;
  const filters = [
    `setpts='(${times})/TB'`,
    'scale=in_color_matrix=bt601:in_range=full:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1',
    `framerate=fps=${fps}:interp_start=0:interp_end=255:flags=0`,
    `trim=end=${seconds}`,
  ].join(',');
  // npm's ffmpeg would write a frame with a duration of one second thirty times, so each gets a duration of one frame.
  const pictures: FfmpegInput = {
    options: ['-format_whitelist', 'mjpeg', '-f', 'mjpeg', '-framerate', String(fps)],
    source: { file: slides },
  };
  const graph = [`[0:v:0]${filters}[picture]`, ...(music ? [musicFilters(music, seconds)] : [])].join(';');
  return {
    inputs: [pictures, music ? loop(music.path, seconds) : silence(seconds)],
    outputOptions: [
      ...['-filter_complex', graph, '-map', '[picture]', ...softwareArgs(show, threads)],
      ...['-map', music ? '[sound]' : '1:a:0', '-c:a', 'aac', '-b:a', `${music ? audioKbps : 64}k`, '-ac', '2'],
      ...container({ time }),
    ],
    output,
  };
}

function silence(seconds: number): FfmpegInput {
  return { options: ['-t', seconds.toFixed(3)], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } };
}

function loop(music: string, seconds: number): FfmpegInput {
  // A picture in a music file is its cover.
  return { options: ['-stream_loop', '-1', '-t', (seconds + 1).toFixed(3), '-vn'], source: { file: music } };
}

function musicFilters({ stream }: Music, seconds: number): string {
  const length = Math.min(fadeOut, seconds / 2);
  const fade = `afade=t=out:st=${(seconds - length).toFixed(3)}:d=${length.toFixed(3)}`;
  return `[1:${stream ?? 'a:0'}]aresample=48000,asetpts=N/SR/TB,apad,atrim=end=${seconds},${fade}[sound]`;
}
