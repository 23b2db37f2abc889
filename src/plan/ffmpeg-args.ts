import type { FfmpegInput, FfmpegJob } from '../model/render-job.ts';
import { encoderUse } from './encoder-args.ts';

import { asStored, isTurnedHere, pictureFilters, stillFilters } from './picture-args.ts';
import type { PictureSettings, SoundSettings, Span, Stored, Streams } from './plan.ts';

import { type SoundSource, soundOptions } from './sound-args.ts';

/** What an ffmpeg job is made of, besides its operation. */
export interface MediaContext {
  /** Absolute paths. */
  readonly input: string;
  readonly output: string;
  readonly streams: Streams;
  /** Of what is written. */
  readonly seconds: number;
  readonly span?: Span | undefined;
  readonly tag?: 'hvc1' | undefined;
  /** Of the post, unix seconds: written as `creation_time`. */
  readonly time: number;
  /** Threads of one encoder. */
  readonly threads: number;
  /** `software`, where it is not said, or ffmpeg's name of an H.264 encoder. */
  readonly encoder?: string;
}

/** A new container around the same packets: `moov` first, nothing private, and a silent track where one is missing. */
export function remuxArgs(sound: 'copy' | 'silence', context: MediaContext): FfmpegJob {
  return {
    inputs: inputs(sound, context),
    outputOptions: [...copiedPicture(context), ...soundOptions(sound, soundSource(sound, context)), ...ending(context)],
    output: context.output,
  };
}

/** One pass: the picture, the sound, or both are made anew; what is `copy` keeps its packets. */
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
  const picture = standingIn(settings, context.span);
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
    outputOptions: [...shown, ...options, ...noLonger(context), ...rest],
    output: context.output,
  };
}

/** A stretch may begin with a frame that is due long before it, and end with one that stands. */
function standingIn(picture: PictureSettings, span: Span | undefined): PictureSettings {
  if (span?.shownFrom !== undefined) return { ...picture, repeats: true };
  return span?.holds ? { ...picture, holds: true } : picture;
}

/** At a constant rate ffmpeg shows the last frame for as long as the one before it, which may stand for seconds. */
function noLonger({ seconds, span }: MediaContext): string[] {
  const begin = span?.byFrames && span.from > 0 ? ['-ss', span.from.toFixed(3)] : [];
  return [...begin, ...(seconds > 0 ? ['-t', seconds.toFixed(3)] : [])];
}

function copiedPicture({ tag, streams }: MediaContext): string[] {
  return ['-map', `0:${streams.picture}`, '-c:v', 'copy', ...(tag ? ['-tag:v', tag] : [])];
}

/** An input for `pictureFilters` that nobody sees. */
const spare: FfmpegInput = { options: ['-t', '0.1'], source: { lavfi: 'color=size=16x16:rate=10' } };

/**
 * The frame at a moment, upright and in its colours, on stdout: as one JPEG at the best quality there is, which nobody can
 * tell from the frame and which has a third of a PNG's bytes. No larger than the largest cover.
 */
export function stillArgs(input: string, stream: number, at: number, stored: Stored): Omit<FfmpegJob, 'output'> {
  const jpeg = ['-c:v', 'mjpeg', '-q:v', '1', '-qmin', '1', '-f', 'image2pipe'];
  return {
    inputs: [{ options: [...asStored, '-ss', at.toFixed(6)], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-vf', `${stillFilters(stored)},${forCovers}`, '-frames:v', '1', ...jpeg],
  };
}

/** Shrinks what is larger than any cover, whose shape may be another; then colours as every JPEG has them. */
const forCovers = [
  "scale='min(iw,1080)':'min(ih,1920)':force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd",
  'out_color_matrix=bt601:out_range=full,format=yuvj444p',
].join(':');

/** The key frame before a moment, small and in the colours that are stored, as one PNG on stdout: to see what is where. */
export function glanceArgs(input: string, stream: number, at: number, stored: Stored): Omit<FfmpegJob, 'output'> {
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

/** A hash of every packet of one stream: equal before and after a remux. Works on every ffmpeg since 2.x. */
export function packetHashArgs(input: string, stream: number): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-c', 'copy', '-f', 'hash', '-hash', 'sha256'],
  };
}

/** A hash of what a stream decodes to: equal even where a container made packets change their form (MPEG-TS, AVI). */
export function contentHashArgs(input: string, stream: number, span?: Span): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: span ? stretch(span.from, span.to) : [], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-f', 'hash', '-hash', 'sha256'],
  };
}

/**
 * Decodes these streams once and writes nothing; the first error ends it.
 * @param seconds of the beginning, where that is enough
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
 * The source, and after it what the sound comes from: silence, or for a stretch the source once more, since its picture
 * and its sound end by different clocks.
 */
function inputs(sound: 'copy' | 'silence' | SoundSettings, context: MediaContext): FfmpegInput[] {
  const { input, seconds, span } = context;
  const file = (options: readonly string[]): FfmpegInput => ({ options, source: { file: input } });
  const pictures = file(span && !span.byFrames ? stretch(span.shownFrom ?? span.from, span.decodedTo) : []);
  // Bounded here, since `-shortest` cuts the picture by whatever the muxer has in its queue.
  const skipped = span?.byFrames ? span.from : 0;
  const silence = { options: ['-t', (seconds + skipped).toFixed(3)], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } };
  if (sound === 'silence') return [pictures, silence];
  return span && !span.byFrames ? [pictures, file(stretch(span.from, span.to))] : [pictures];
}

/** The input that holds the sound, and the stream in it; null where there is none. */
function soundSource(sound: 'copy' | 'silence' | SoundSettings, { span, streams }: MediaContext): SoundSource | null {
  if (sound === 'silence') return { input: 1, stream: 0 };
  return streams.sound === null ? null : { input: span && !span.byFrames ? 1 : 0, stream: streams.sound };
}

/** Options of an input that is read from one moment to another, in seconds. */
export function stretch(from: number, to: number | null): string[] {
  return [...(from > 0 ? ['-ss', from.toFixed(3)] : []), ...(to === null ? [] : ['-t', (to - from).toFixed(3)])];
}

/** Seeking lands before the wanted moment; copied packets from there would come along without `-copypriorss 0`. */
function ending(context: MediaContext): string[] {
  return [
    ...(context.span && context.span.from > 0 && !context.span.byFrames ? ['-copypriorss', '0'] : []),
    ...container(context),
  ];
}

/** Metadata is dropped (phones write places and names into it), all but the date of the post. */
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
    // Old builds give up where sound comes long before the next frame: slideshows of one frame in seconds.
    '-max_muxing_queue_size',
    '9999',
    '-f',
    'mp4',
  ];
}
