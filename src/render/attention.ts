import type { OriginalFile } from '../model/original.ts';
import type { VideoProbe } from '../model/probe.ts';
import { glanceArgs } from '../plan/ffmpeg-args.ts';
import { howStored } from '../plan/stored.ts';
import type { Tools } from '../tools/tools.ts';

interface Share {
  readonly x: number;
  readonly y: number;
}

/** Key frames that are looked at, spread over the video. */
const glances = 7;
const maxBytes = 2_000_000;

/**
 * Where a window of this shape is best laid on a video, for all of its length: a window that wanders makes people seasick.
 * The median of what draws attention in some key frames, so that one odd frame does not move it.
 * @returns its middle, in shares of width and height
 * @throws ProgramError where ffmpeg cannot decode it
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
  for (let glance = 0; glance < glances; glance++) {
    const args = glanceArgs(file.path, video.index, ((glance + 0.5) * length) / glances, howStored(video));
    const frame = await ffmpeg.capture(args, maxBytes, signal);
    if (frame.length > 0) found.push(await images.attention(frame, window));
  }
  return { x: median(found.map(({ x }) => x)), y: median(found.map(({ y }) => y)) };
}

/** In thousandths: a pixel more or less is no other rendition. */
function median(values: readonly number[]): number {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0.5;
  return Math.round(middle * 1000) / 1000;
}
