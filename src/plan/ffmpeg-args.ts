import type { FfmpegInput, FfmpegJob } from '../model/render-job.ts';
import { coverScale } from './cover-frame.ts';
import { encoderUse } from './encoder-args.ts';

import { asStored, isTurnedHere, pictureFilters, stillFilters } from './picture-args.ts';
import type { PictureSettings, SoundSettings, Span, Stored, Streams } from './plan.ts';

import { type SoundSource, soundOptions } from './sound-args.ts';

/** The input of an ffmpeg job besides its operation. */
export interface MediaContext {
  /** Absolute path. */
  readonly input: string;
  readonly output: string;
  readonly streams: Streams;
  /** Duration of the output. */
  readonly seconds: number;
  readonly span?: Span | undefined;
  readonly tag?: 'hvc1' | undefined;
  /** Time of the post in Unix seconds, written as `creation_time`. */
  readonly time: number;
  /** Threads per encoder. */
  readonly threads: number;
  /** `software` (the default) or ffmpeg's name of an H.264 encoder. */
  readonly encoder?: string;
}

/**
 * Remux: copies the packets into a new container with `moov` first, without private metadata, and adds a silent track
 * if the sound is missing.
 */
export function remuxArgs(sound: 'copy' | 'silence', context: MediaContext): FfmpegJob {
  return {
    inputs: inputs(sound, context),
    outputOptions: [...copiedPicture(context), ...soundOptions(sound, soundSource(sound, context)), ...ending(context)],
    output: context.output,
  };
}

/** Encodes picture, sound or both in one pass. A stream marked `copy` keeps its packets. */
export function transcodeArgs(
  settings: 'copy' | PictureSettings,
  sound: 'copy' | 'silence' | SoundSettings,
  context: MediaContext,
): FfmpegJob {
  const sources = inputs(sound, context);
  const rest = [...soundOptions(sound, soundSource(sound, context)), ...ending(context)];
  if (settings === 'copy') {
    return { inputs: sources, outputOptions: [...copiedPicture(context), ...rest], output: context.output };
  }
  const picture = withHeldFrames(settings, context.span);
  const { open, upload, options } = encoderUse(context.encoder ?? 'software', picture, context.threads);
  const shown = [
    '-filter_complex',
    pictureFilters(picture, context.streams.picture, upload, sources.length, context.span),
    '-map',
    '[picture]',
  ];
  const all = isTurnedHere(picture) ? [...sources.map(readAsStored), spare] : sources;
  return {
    inputs: all.map((input, index) => (index === 0 ? { ...input, options: [...open, ...input.options] } : input)),
    outputOptions: [...shown, ...options, ...durationLimit(context), ...rest],
    output: context.output,
  };
}

/**
 * Settings for a time range, which may start with a frame whose timestamp is much earlier and end with a held frame.
 */
function withHeldFrames(picture: PictureSettings, span: Span | undefined): PictureSettings {
  if (span?.shownFrom !== undefined) return { ...picture, repeats: true };
  return span?.holds ? { ...picture, holds: true } : picture;
}

/**
 * Limits the duration: at a constant rate ffmpeg shows the last frame for as long as the one before it, which may be
 * seconds.
 */
function durationLimit({ seconds, span }: MediaContext): string[] {
  const begin = span?.byFrames && span.from > 0 ? ['-ss', span.from.toFixed(3)] : [];
  return [...begin, ...(seconds > 0 ? ['-t', seconds.toFixed(3)] : [])];
}

function copiedPicture({ tag, streams }: MediaContext): string[] {
  return ['-map', `0:${streams.picture}`, '-c:v', 'copy', ...(tag ? ['-tag:v', tag] : [])];
}

/** An unused second input for `pictureFilters`. */
const spare: FfmpegInput = { options: ['-t', '0.1'], source: { lavfi: 'color=size=16x16:rate=10' } };

/** Extracts the frame at a time, upright, with converted colours and as large as a cover, to stdout as a PPM. */
export function stillArgs(input: string, stream: number, at: number, stored: Stored): Omit<FfmpegJob, 'output'> {
  const filters = `${stillFilters(stored)},${coverScale}`;
  return {
    inputs: [{ options: [...asStored, '-ss', at.toFixed(6)], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-vf', filters, '-frames:v', '1', '-c:v', 'ppm', '-f', 'image2pipe'],
  };
}

/**
 * Extracts the key frame before a time, small and in its stored colours, as one PNG on stdout: for finding the subject.
 */
export function keyFrameArgs(input: string, stream: number, at: number, stored: Stored): Omit<FfmpegJob, 'output'> {
  const filters = stillFilters({ ...stored, transfer: 'sdr', primaries: 'bt709' });
  const small = 'scale=448:448:force_original_aspect_ratio=decrease';
  return {
    inputs: [{ options: [...asStored, '-noaccurate_seek', '-ss', at.toFixed(6)], source: { file: input } }],
    outputOptions: [
      ...['-map', `0:${stream}`, '-vf', `${filters},${small}`, '-frames:v', '1'],
      ...['-c:v', 'png', '-f', 'image2pipe'],
    ],
  };
}

/**
 * Hashes every packet of each of these streams, one line a stream on stdout. The hashes are equal before and after a remux.
 * Works with every ffmpeg since 2.x, which `streamhash` does not.
 * @param streams indexes among all streams; at least one
 */
export function packetHashArgs(input: string, streams: readonly number[]): Omit<FfmpegJob, 'output'> {
  const hashOf = (stream: number) => ['-map', `0:${stream}`, '-c', 'copy', '-f', 'hash', '-hash', 'sha256'];
  return {
    inputs: [{ options: [], source: { file: input } }],
    // Each output goes to stdout; the last one's name is added by the caller, as everywhere.
    outputOptions: streams.flatMap((stream, index) => [...(index > 0 ? ['pipe:1'] : []), ...hashOf(stream)]),
  };
}

/** Hashes the decoded stream. The hash is equal even if a container changed the form of packets (MPEG-TS, AVI). */
export function contentHashArgs(input: string, stream: number, span?: Span): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: span ? stretch(span.from, span.to) : [], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-f', 'hash', '-hash', 'sha256'],
  };
}

/**
 * Decodes the streams once without writing anything; stops at the first error.
 * @param seconds decodes only this much from the start; null: everything
 */
export function decodeArgs(input: string, streams: Streams, seconds: number | null = null): Omit<FfmpegJob, 'output'> {
  const sound = streams.sound === null ? [] : ['-map', `0:${streams.sound}`];
  return {
    inputs: [{ options: [...stretch(0, seconds), '-xerror', '-err_detect', 'explode'], source: { file: input } }],
    outputOptions: ['-map', `0:${streams.picture}`, ...sound, '-f', 'null'],
  };
}

function readAsStored(input: FfmpegInput): FfmpegInput {
  return 'file' in input.source ? { ...input, options: [...asStored, ...input.options] } : input;
}

/**
 * The inputs: the source, then the source of the sound. That is silence, or for a time range the same file again,
 * because picture and sound can end at different timestamps.
 */
function inputs(sound: 'copy' | 'silence' | SoundSettings, context: MediaContext): FfmpegInput[] {
  const { input, seconds, span } = context;
  const file = (options: readonly string[]): FfmpegInput => ({ options, source: { file: input } });
  const pictures = file(span && !span.byFrames ? stretch(span.shownFrom ?? span.from, span.decodedTo) : []);
  // The duration is limited at the input, because `-shortest` cuts the picture by what the muxer has in its queue.
  const skipped = span?.byFrames ? span.from : 0;
  const silence = { options: ['-t', (seconds + skipped).toFixed(3)], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } };
  if (sound === 'silence') return [pictures, silence];
  return span && !span.byFrames ? [pictures, file(stretch(span.from, span.to))] : [pictures];
}

/** The input and stream that contain the sound; null if there is none. */
function soundSource(sound: 'copy' | 'silence' | SoundSettings, { span, streams }: MediaContext): SoundSource | null {
  if (sound === 'silence') return { input: 1, stream: 0 };
  return streams.sound === null ? null : { input: span && !span.byFrames ? 1 : 0, stream: streams.sound };
}

/** Options to read an input from one time to another, in seconds. */
export function stretch(from: number, to: number | null): string[] {
  return [...(from > 0 ? ['-ss', from.toFixed(3)] : []), ...(to === null ? [] : ['-t', (to - from).toFixed(3)])];
}

/**
 * Ends the output. Seeking starts before the wanted time; without `-copypriorss 0` the copied packets would include
 * those.
 */
function ending(context: MediaContext): string[] {
  return [
    ...(context.span && context.span.from > 0 && !context.span.byFrames ? ['-copypriorss', '0'] : []),
    ...container(context),
  ];
}

/** Drops all metadata (phones write places and names into it) except the date of the post. */
export function container({ time }: Pick<MediaContext, 'time'>): string[] {
  const created = new Date(time * 1000).toISOString();
  return [
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    '-metadata',
    `creation_time=${created}`,
    '-movflags',
    '+faststart',
    // Old builds abort if sound arrives long before the next frame, as in slideshows with one frame in several seconds.
    '-max_muxing_queue_size',
    '9999',
    '-f',
    'mp4',
  ];
}
