import type { OriginalFile } from '../model/original.ts';
import type { VideoProbe } from '../model/probe.ts';
import { keyFrameArgs } from '../plan/ffmpeg-args.ts';
import { storageOf } from '../plan/stored.ts';
import type { Tools } from '../tools/tools.ts';

interface Share {
  readonly x: number;
  readonly y: number;
}

/** Number of key frames to analyse, spread over the video. */
const sampledFrames = 7;
const maxBytes = 2_000_000;

/**
 * The best position of a crop window of this aspect ratio for the whole video; a moving window would be unpleasant to
 * watch. It is the median of the attention centres of some key frames, so that one unusual frame does not move it.
 * @returns the centre, as fractions of width and height
 * @throws ProgramError if ffmpeg cannot decode the video
 */
export async function attentionCentre(
  window: { readonly width: number; readonly height: number },
  { file, probe }: { readonly file: OriginalFile; readonly probe: VideoProbe },
  { ffmpeg, images }: Pick<Tools, 'ffmpeg' | 'images'>,
  signal: AbortSignal,
): Promise<Share> {
  const { video } = probe;
  if (video === null) return { x: 0.5, y: 0.5 };
  const length = video.seconds ?? probe.seconds;
  const found: Share[] = [];
  for (let index = 0; index < sampledFrames; index++) {
    const args = keyFrameArgs(file.path, video.index, ((index + 0.5) * length) / sampledFrames, storageOf(video));
    const frame = await ffmpeg.capture(args, maxBytes, signal);
    if (frame.length > 0) found.push(await images.attention(frame, window));
  }
  return { x: median(found.map(({ x }) => x)), y: median(found.map(({ y }) => y)) };
}

/** Rounded to thousandths, so that a difference of a pixel does not change the rendition key. */
function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0.5;
  return Math.round(middle * 1000) / 1000;
}
