import type { OriginalFile, VideoProbe } from '../model.ts';
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
/** What is longer is sampled at eight places of three seconds: reading all of a film for one still would take minutes. */
const wholeUpTo = 24;
const places = 8;

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
  const looked = placesOf(stretch);
  const step = looked.reduce((sum, { from, to }) => sum + to - from, 0) / maxSamples;
  const look = async (frames: Sampling['frames']): Promise<BestFrame | null> => {
    const samples = [];
    for (const { from, to } of looked) {
      const sampling = { input: file.path, size, frames, from, to, step };
      const bytes = sampleBytes(size) * (maxSamples + 2);
      samples.push(...readSamples(await ffmpeg.capture(sampleArgs(sampling), bytes, signal), sampling));
    }
    // The key frame before a place counts too: often there is none inside.
    return bestFrame(
      samples.filter(({ at }) => at >= stretch.from),
      stretch,
    );
  };
  const key = await look('key');
  if (key?.fit) return key.at;
  const any = await look('all');
  return any?.at ?? key?.at ?? (stretch.from + stretch.to) / 2;
}

function placesOf({ from, to }: Stretch): Stretch[] {
  if (to - from <= wholeUpTo) return [{ from, to }];
  const length = 3;
  const gap = (to - from - length) / (places - 1);
  return Array.from({ length: places }, (_, index) => ({
    from: from + index * gap,
    to: from + index * gap + length,
  }));
}
