import type { FfmpegInput, FfmpegJob } from '../model/render-job.ts';
import type { LazyAbilities } from './ffmpeg-abilities.ts';
import { pasteable } from './run-program.ts';

/**
 * The maximum size of a frame in pixels: 8192 x 4320 passes. A PNG frame of 8192 x 8192 would take 0.5 GB of memory
 * from a 0.5 MB file.
 */
export const maxFramePixels = 36_000_000;

/**
 * Restricts what media can make ffmpeg open: files and pipes, never a URL. A playlist named `.mp4` is refused by the
 * list of demuxers, which contains no playlist, concat script or image pattern. Also limits the frame size.
 */
export const mediaGuard = [
  ...['-max_pixels', `${maxFramePixels}`],
  ...['-protocol_whitelist', 'file,pipe'],
  ...['-format_whitelist', 'mov,matroska,webm,avi,flv,mpegts,mpeg,asf,ogg,gif,mp3,aac,wav,flac,m4v,h264,hevc'],
];

/**
 * Translates options for the version: `-fps_mode` was added in 5.1, and `-vsync`, which old builds need instead, is
 * removed since 9.
 */
export async function optionsForVersion<Job extends Pick<FfmpegJob, 'outputOptions'>>(
  job: Job,
  { hasFpsMode }: LazyAbilities,
): Promise<Job> {
  if (!job.outputOptions.includes('-fps_mode') || (await hasFpsMode())) return job;
  return { ...job, outputOptions: job.outputOptions.map((option) => (option === '-fps_mode' ? '-vsync' : option)) };
}

export function sourceOf({ source }: FfmpegInput): string {
  if ('file' in source) return `file:${source.file}`;
  return 'stdin' in source ? 'pipe:0' : source.lavfi;
}

export function inputOptions({ source, options }: FfmpegInput, first: boolean, chatty = false): string[] {
  // `-progress` on stderr is the same for every ffmpeg from 2 to 8, unlike the status line.
  const level = chatty ? 'info' : 'warning';
  const global = ['-y', '-hide_banner', '-nostdin', '-nostats', '-loglevel', level, '-progress', 'pipe:2'];
  return [...(first ? global : []), ...('lavfi' in source ? ['-f', 'lavfi'] : mediaGuard), ...options];
}

export const progressLine =
  /^(frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time\w*|dup_frames|drop_frames|speed|progress)=/;

/** The output's current duration from a line of `-progress`; null for other lines. */
export function secondsOf(line: string): number | null {
  const [, hours, minutes, seconds] = /^out_time=(\d+):(\d\d):(\d\d\.\d+)/.exec(line) ?? [];
  return seconds === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** The command of a job, for a bug report. */
export function commandOf(path: string, job: Omit<FfmpegJob, 'output'> & { readonly output: unknown }): string {
  const inputs = job.inputs.flatMap((input, index) => [...inputOptions(input, index === 0), '-i', sourceOf(input)]);
  const output = typeof job.output === 'string' ? `file:${job.output}` : '-';
  return pasteable([path, ...inputs, ...job.outputOptions, output]);
}
