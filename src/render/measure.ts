import type { OriginalFile, VideoProbe } from '../model.ts';
import type { Answers, Measure } from '../plan/measure.ts';

/** Answers a plan's question about a video. */
export async function measure<Kind extends Measure['kind']>(
  wanted: Measure & { readonly kind: Kind },
  _video: { readonly file: OriginalFile; readonly probe: VideoProbe },
): Promise<Answers[Kind]> {
  switch (wanted.kind) {
    case 'cover':
      return coverMoment(wanted);
    default:
      throw new Error(`nobody measures ${wanted.kind}`);
  }
}

/** A second in, past the black or the blur with which many videos begin; the middle of shorter ones. */
function coverMoment({ from, to }: { readonly from: number; readonly to: number }): number {
  return Math.round((from + Math.min(1, (to - from) / 2)) * 1000) / 1000;
}
