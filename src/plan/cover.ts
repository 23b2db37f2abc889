import type { ImageProbe, OriginalFile, Post, VideoProbe } from '../model.ts';
import type { Target } from '../targets/target.ts';
import { displaySize } from './accept.ts';
import { cutFrom, type Size } from './geometry.ts';
import type { Measurements } from './measure.ts';
import { coloursOf } from './picture.ts';
import type { PlannedFile } from './plan.ts';
import { planned } from './planned-file.ts';

/** A stretch of a video, in seconds from its start. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** All of a video's picture, which its sound may outlast. */
export function wholePicture({ video, seconds }: VideoProbe): Stretch {
  return { from: 0, to: video?.seconds ?? seconds };
}

/**
 * The still of a video, or of the stretch of it that is uploaded in one go: its best frame, cut to the platform's shape.
 * The moment is asked for by stretch alone, so all platforms that have the same stretch show the same moment.
 */
export function coverOfVideo(
  post: Post,
  { file, probe }: { readonly file: OriginalFile; readonly probe: VideoProbe },
  { from, to }: Stretch,
  target: Target,
  measurements: Measurements,
): PlannedFile[] {
  if (probe.video === null) return [];
  const at = measurements.ask({ kind: 'cover', from, to }) ?? from;
  const settings = coverSettings(displaySize(probe.video), target);
  return [planned(post, file, { kind: 'image', at, colours: coloursOf(probe.video), settings }, cover)];
}

/** The still of a photo post: its first photo, cut to the platform's shape. */
export function coverOfPhotos(
  post: Post,
  { file, probe }: { readonly file: OriginalFile; readonly probe: ImageProbe },
  target: Target,
): PlannedFile {
  return planned(post, file, { kind: 'image', at: null, settings: coverSettings(probe, target) }, cover);
}

const cover = { name: 'cover.jpg', role: 'cover', seconds: null, why: [] } as const;

/** What Instagram takes, the strictest of all. */
const maxCoverBytes = 8_000_000;

/** As much of the platform's shape as the source has in it: never enlarged. */
function coverSettings(source: Size, target: Target) {
  const size = cutFrom(source, target.cover.size.value);
  return { format: 'jpeg', quality: 92, maxBytes: maxCoverBytes, ...size, fit: 'crop' } as const;
}
