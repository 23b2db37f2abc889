import { ProgramError } from '../errors.ts';
import type { VideoStream } from '../model/probe.ts';
import type { Frame } from '../model/render-job.ts';
import { displaySize } from '../plan/accept.ts';
import { type BestFrame, bestMeasured } from '../plan/best-frame.ts';
import { coverFrame } from '../plan/cover-frame.ts';
import {
  canDecodeAsIs,
  comparedSize,
  type FrameDecoding,
  frameDecodingArgs,
  frameDecodingBytes,
  readDecodedFrame,
} from '../plan/frame-args.ts';
import { type FrameMeasures, measureFrame } from '../plan/frame-measures.ts';
import { chooseKeyFrames } from '../plan/key-frame-choice.ts';
import { storageOf } from '../plan/stored.ts';
import { rgbOf, sampleOf, type YuvFrame } from '../plan/yuv.ts';
import { readBoxes } from '../probe/mp4/boxes.ts';
import { annexB } from '../probe/mp4/plain-picture.ts';
import { readPlainVideo } from '../probe/mp4/plain-video.ts';
import { spareBuffers } from '../tools/spare-buffers.ts';
import type { Tools } from '../tools/tools.ts';

/** The best of some frames, and the frame itself. */
export interface FoundFrame extends BestFrame {
  /** null if it was not kept, because a later frame seemed better at first. */
  readonly frame: Frame | null;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The most key frames that are decoded, and the bytes of all of them together. */
const maxFrames = 4;
const maxBytes = 16_000_000;

/**
 * Finds the best key frame of a plain MP4 or MOV with one start of ffmpeg: by the tables of the file some key frames
 * are chosen and read here, and ffmpeg gets nothing else. So a long video costs no more than a short one.
 * @returns null if the file is not plain, or has no fit key frame in the time range
 */
export async function keyFrameOfTables(
  stretch: Stretch,
  path: string,
  video: VideoStream,
  size: FrameDecoding['size'],
  { ffmpeg, files }: Pick<Tools, 'ffmpeg' | 'files'>,
  signal: AbortSignal,
): Promise<FoundFrame | null> {
  if (!canDecodeAsIs(storageOf(video), video.pixelFormat, size)) return null;
  const bytes = (await files.facts(path))?.bytes ?? 0;
  const read = async (at: number, length: number) => Buffer.from(await files.readAt(path, at, length));
  const plain = await readPlainVideo(read, bytes, await readBoxes(read, bytes));
  const chosen = chooseKeyFrames(plain?.keyFrames ?? [], stretch, maxFrames);
  if (plain === null || chosen.length === 0) return null;
  if (chosen.reduce((sum, each) => sum + each.bytes, 0) > maxBytes) return null;
  const { picture } = plain;
  const stdin: Uint8Array[] = [];
  for (const { offset, bytes: length } of chosen) {
    const units = annexB(await read(offset, length), picture);
    if (units === null) return null;
    stdin.push(units);
  }
  const job: FrameDecoding = { source: { codec: picture.codec, stdin }, stored: storageOf(video), size };
  const samples = await bestFrameOf(job, stretch, ffmpeg, signal, (index) => chosen[index]?.at ?? Number.NaN);
  // A frame that cannot be decoded leaves it open which ones these are.
  return samples?.count === chosen.length ? samples.found : null;
}

/**
 * The key frame at a time, decoded as when the best one is looked for: so a cover has the same bytes in a run that goes
 * on where another one stopped.
 * @returns null if the file is not plain, or has no key frame there
 */
export async function keyFrameAt(
  seconds: number,
  path: string,
  tools: Pick<Tools, 'ffmpeg' | 'files'>,
  signal: AbortSignal,
): Promise<Frame | null> {
  const bytes = (await tools.files.facts(path))?.bytes ?? 0;
  const read = async (at: number, length: number) => Buffer.from(await tools.files.readAt(path, at, length));
  const video = (await readPlainVideo(read, bytes, await readBoxes(read, bytes)))?.probe.video ?? null;
  if (video === null) return null;
  const stretch = { from: seconds - tolerance, to: seconds + tolerance };
  return (await keyFrameOfTables(stretch, path, video, displaySize(video), tools, signal))?.frame ?? null;
}

/** Times from frames and times from tables are rounded differently, in seconds. */
const tolerance = 0.002;

/**
 * Decodes a whole short video in one start of ffmpeg, which also finds damage, and finds its best key frame.
 * @param step the least distance between two frames that are compared, in seconds
 */
export async function keyFrameOfAll(
  stretch: Stretch,
  path: string,
  video: VideoStream,
  size: FrameDecoding['size'],
  step: number,
  { ffmpeg }: Pick<Tools, 'ffmpeg'>,
  signal: AbortSignal,
): Promise<FoundFrame | null> {
  if (!canDecodeAsIs(storageOf(video), video.pixelFormat, size)) return null;
  const job: FrameDecoding = { source: { file: path, stream: video.index, step }, stored: storageOf(video), size };
  return (await bestFrameOf(job, stretch, ffmpeg, signal))?.found ?? null;
}

/** @param timeOf the time of a frame by its index; by default the time in ffmpeg's output */
async function bestFrameOf(
  job: FrameDecoding,
  stretch: Stretch,
  ffmpeg: Tools['ffmpeg'],
  signal: AbortSignal,
  timeOf?: (index: number) => number,
): Promise<{ readonly found: FoundFrame | null; readonly count: number } | null> {
  const measured: FrameMeasures[] = [];
  let kept: { readonly at: number; readonly frame: YuvFrame } | null = null;
  const [whole, small] = [coverFrame(job.size), comparedSize(job.size)];
  const onFrame = (written: Uint8Array<ArrayBuffer>): boolean => {
    const { bytes, at: told } = readDecodedFrame(written, job);
    const at = told ?? timeOf?.(measured.length) ?? Number.NaN;
    const frame = { ...whole, bytes };
    measured.push(measureFrame(sampleOf(frame, job.stored, small, at)));
    const isBest = bestMeasured(measured, stretch)?.at === at;
    // Only one frame stays in memory: the best one so far.
    if (isBest) kept = { at, frame };
    return isBest && bytes === written;
  };
  try {
    await ffmpeg.frames(frameDecodingArgs(job), frameDecodingBytes(job), signal, onFrame);
  } catch (error) {
    if (error instanceof ProgramError) return null;
    throw error;
  }
  const best = bestMeasured(measured, stretch);
  const held = kept as { readonly at: number; readonly frame: YuvFrame } | null;
  const into = spareBuffers.take(whole.width * whole.height * 3);
  const frame = best && held?.at === best.at ? rgbOf(held.frame, job.stored, into) : null;
  if (held !== null) spareBuffers.give(held.frame.bytes);
  return { found: best && { ...best, frame }, count: measured.length };
}
