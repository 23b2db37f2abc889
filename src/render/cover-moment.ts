import type { OriginalFile } from '../model/original.ts';
import type { VideoProbe } from '../model/probe.ts';
import { displaySize } from '../plan/accept.ts';
import { type BestFrame, bestFrame } from '../plan/best-frame.ts';
import { readSamples, type Sampling, sampleArgs, sampleBytes } from '../plan/sample-args.ts';
import type { Tools } from '../tools/tools.ts';
import { keyFrameOfAll, keyFrameOfTables } from './cover-frame.ts';
import type { Stills } from './stills.ts';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Per time range, whatever its length. */
const maxSamples = 24;
/**
 * A longer range, in seconds, is sampled in eight windows of three seconds: decoding a whole film for one still would
 * take minutes. For key frames the limit is a minute, which has a few dozen, about as many as the windows.
 */
const wholeUpTo = { key: 60, all: 24 };
/**
 * If the windows are empty because decodable data starts far before them, a range of this many seconds is decoded
 * completely.
 */
const bearable = 180;
const placesAtMost = 8;

/**
 * Total pixels that can be decoded in the time that a program needs to start (60 ms, libavcodec 59, 2026-11). A clip
 * below this is decoded completely, which also finds damage in a video that is delivered as a copy. For longer videos
 * that would cost more than everything else about a copy.
 */
const decodedAnyway = 32_000_000;

/**
 * Finds the best cover frame in a time range: among its key frames, which are cheap to decode; if none is usable (all
 * black or blurred, or only one), among all frames.
 * @param stills gets the frame if it was decoded whole
 * @returns seconds from the start
 * @throws ProgramError if ffmpeg cannot decode the video
 */
export async function coverMoment(
  stretch: Stretch,
  { file, probe }: { readonly file: OriginalFile; readonly probe: VideoProbe },
  { ffmpeg, files }: Pick<Tools, 'ffmpeg' | 'files'>,
  signal: AbortSignal,
  stills?: Stills,
): Promise<number> {
  const { video } = probe;
  if (video === null) return stretch.from;
  const size = displaySize(video);
  const pixels = video.width * video.height * video.fps * probe.seconds;
  const isShort = pixels <= decodedAnyway && stretch.from === 0;
  const step = (stretch.to - stretch.from) / maxSamples;
  const found = isShort
    ? await keyFrameOfAll(stretch, file.path, video, size, step, { ffmpeg }, signal)
    : await keyFrameOfTables(stretch, file.path, video, size, { ffmpeg, files }, signal);
  if (found?.fit) {
    if (found.frame !== null) stills?.hold(file.path, video.index, found.at, found.frame);
    return found.at;
  }
  const look = async (frames: Sampling['frames'], whole: number): Promise<BestFrame | null> => {
    const places = placesOf(stretch, whole);
    const step = places.reduce((sum, { from, to }) => sum + to - from, 0) / maxSamples;
    const decodesAll = places.length === 1 && pixels <= decodedAnyway;
    const sampling = { input: file.path, stream: video.index, size, frames, places, step, decodesAll };
    const bytes = sampleBytes(size) * (maxSamples + 2 * places.length);
    const samples = readSamples(await ffmpeg.capture(sampleArgs(sampling), bytes, signal), sampling);
    // The key frame before a window counts too: often there is none inside.
    return bestFrame(
      samples.filter(({ at }) => at >= stretch.from),
      stretch,
    );
  };
  const key = isShort && found !== null ? found : await look('key', wholeUpTo.key);
  if (key?.fit) return key.at;
  const any = await look('all', wholeUpTo.all);
  const length = stretch.to - stretch.from;
  // Without a result use the frame visible at the start of the range: a later time could show a frame after the range.
  const none = key?.at ?? stretch.from;
  if (any?.fit || length <= wholeUpTo.all || length > bearable) return any?.at ?? none;
  return (await look('all', bearable))?.at ?? none;
}

function placesOf({ from, to }: Stretch, whole: number): Stretch[] {
  if (to - from <= whole) return [{ from, to }];
  const length = 3;
  const gap = (to - from - length) / (placesAtMost - 1);
  return Array.from({ length: placesAtMost }, (_, index) => ({
    from: from + index * gap,
    to: from + index * gap + length,
  }));
}
