import type { OriginalFile, VideoProbe } from '../model.ts';
import type { Answers, Measure, Of } from '../plan/measure.ts';
import type { Tools } from '../tools/tools.ts';

export interface Video {
  readonly file: OriginalFile;
  readonly probe: VideoProbe;
}

type Look<Kind extends Measure['kind']> = (
  wanted: Of<Kind>,
  video: Video,
  tools: Tools,
  signal: AbortSignal,
) => Promise<Answers[Kind]>;

/** How each kind of question is answered. */
const looks: { readonly [Kind in Measure['kind']]: Look<Kind> } = {
  cover: async (stretch) => coverMoment(stretch),
};

/**
 * Answers a plan's question about a video.
 * @throws ProgramError if the video cannot be read, InterruptedError
 */
export async function measure<Kind extends Measure['kind']>(
  wanted: Of<Kind>,
  video: Video,
  tools: Tools,
  signal: AbortSignal,
): Promise<Answers[Kind]> {
  const look: Look<Kind> = looks[wanted.kind as Kind];
  return await look(wanted, video, tools, signal);
}

/** A second in, past the black or the blur with which many videos begin; the middle of shorter ones. */
function coverMoment({ from, to }: { readonly from: number; readonly to: number }): number {
  return Math.round((from + Math.min(1, (to - from) / 2)) * 1000) / 1000;
}
