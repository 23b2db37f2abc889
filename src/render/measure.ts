import type { OriginalFile, VideoProbe } from '../model.ts';
import type { Answers, Measure } from '../plan/measure.ts';

/** Answers a plan's question about a video. */
export async function measure<Kind extends Measure['kind']>(
  { kind }: Measure & { readonly kind: Kind },
  video: { readonly file: OriginalFile; readonly probe: VideoProbe },
): Promise<Answers[Kind]> {
  switch (kind) {
    case 'cover':
      return coverMoment(video.probe);
    default:
      throw new Error(`nobody measures ${kind}`);
  }
}

/** A second in, past the black or the blur with which many videos begin; the middle of shorter ones. */
function coverMoment({ video, seconds }: VideoProbe): number {
  return Math.round(Math.min(1, (video?.seconds ?? seconds) / 2) * 1000) / 1000;
}
