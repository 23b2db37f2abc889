import type { OriginalFile } from '../model/original.ts';
import type { VideoProbe } from '../model/probe.ts';
import { displaySize } from '../plan/accept.ts';
import { type BestFrame, bestFrame } from '../plan/best-frame.ts';
import { readSamples, type Sampling, sampleArgs, sampleBytes } from '../plan/sample-args.ts';
import type { Tools } from '../tools/tools.ts';

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Of a stretch, however long it is. */
const maxSamples = 24;
/**
 * What is longer, in seconds, is sampled at eight places of three seconds: reading all of a film for one still would take
 * minutes. Of key frames a minute has a few dozen, as many as the places with those before them.
 */
const wholeUpTo = { key: 60, all: 24 };
/** Where the places show nothing, since what can be decoded begins far before them, so much is read after all: seconds. */
const bearable = 180;
const placesAtMost = 8;

/**
 * Pixels of all frames: so many are decoded in the time in which a program starts (60 ms, libavcodec 59, 2026-11). A clip
 * that has no more is decoded whole, so that damage is noticed of one that goes out as it is too. Of longer ones that would
 * cost more than all else that a copy takes.
 */
const decodedAnyway = 32_000_000;

/**
 * The moment of the best still in a stretch of a video: among its key frames, for they cost next to nothing; where
 * none of them will do (all are black or blurred, or there is but one), among all frames.
 * @returns seconds from the start
 * @throws ProgramError where ffmpeg cannot decode it
 */
export async function coverMoment(
  stretch: Stretch,
  { file, probe }: { readonly file: OriginalFile; readonly probe: VideoProbe },
  { ffmpeg }: Pick<Tools, 'ffmpeg'>,
  signal: AbortSignal,
): Promise<number> {
  const { video } = probe;
  if (video === null) return stretch.from;
  const size = displaySize(video);
  const look = async (frames: Sampling['frames'], whole: number): Promise<BestFrame | null> => {
    const places = placesOf(stretch, whole);
    const step = places.reduce((sum, { from, to }) => sum + to - from, 0) / maxSamples;
    const pixels = video.width * video.height * video.fps * probe.seconds;
    const decodesAll = places.length === 1 && pixels <= decodedAnyway;
    const sampling = { input: file.path, stream: video.index, size, frames, places, step, decodesAll };
    const bytes = sampleBytes(size) * (maxSamples + 2 * places.length);
    const samples = readSamples(await ffmpeg.capture(sampleArgs(sampling), bytes, signal), sampling);
    // The key frame before a place counts too: often there is none inside.
    return bestFrame(
      samples.filter(({ at }) => at >= stretch.from),
      stretch,
    );
  };
  const key = await look('key', wholeUpTo.key);
  if (key?.fit) return key.at;
  const any = await look('all', wholeUpTo.all);
  const length = stretch.to - stretch.from;
  // Where nothing is found, what is seen at the beginning: further on may be a frame that comes behind the stretch.
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
