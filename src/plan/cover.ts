import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ImageProbe, VideoProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { displaySize } from './accept.ts';
import { withLight } from './apply-measurements.ts';
import { cutFrom, type Size } from './geometry.ts';
import type { Measurements } from './measure.ts';
import type { PlannedFile } from './plan.ts';
import { planned } from './planned-file.ts';
import { storageOf } from './stored.ts';
import { streamsOf } from './streams.ts';

/** A time range of a video, in seconds from its start. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The timestamp of the frame that is visible at `from`, if it is well before `from`. */
  readonly shownFrom?: number | undefined;
}

/** The time range of the whole picture. The sound may be longer. */
export function wholePicture({ video, seconds }: VideoProbe): Stretch {
  return { from: 0, to: video?.seconds ?? seconds };
}

export interface CoverOptions {
  /** The time that the user chose, in seconds; null: the creator's own cover, else the best frame. */
  readonly cover: number | null;
  /** The picture that the user chose for all parts of the post; null or absent: none. */
  readonly coverPicture?: Image | null;
}

interface VideoMaterial {
  readonly file: OriginalFile;
  readonly probe: VideoProbe;
  readonly still: Image | null;
}

interface Image {
  readonly file: OriginalFile;
  readonly probe: ImageProbe;
}

/**
 * Plans the cover of a video, or of one part of it, cropped to the platform's aspect ratio. The source is the picture
 * or time that the user chose; else, for the part that starts the video, the cover chosen on TikTok; else the best
 * frame. The best frame depends on the time range only, so all platforms with the same range show the same frame.
 */
export function coverOfVideo(
  post: Post,
  { file, probe, still }: VideoMaterial,
  { from, to, shownFrom = from }: Stretch,
  target: Target,
  options: CoverOptions,
  measurements: Measurements,
): PlannedFile[] {
  if (options.coverPicture) return [coverOfImage(post, options.coverPicture, target)];
  if (probe.video === null) return [];
  const shown = displaySize(probe.video);
  const chosen = options.cover !== null && options.cover >= from && options.cover < to ? options.cover : null;
  if (chosen === null && still && from <= (probe.video.keyFrameAt ?? 0) && isWorthIt(still.probe, shown, target)) {
    return [coverOfImage(post, still, target)];
  }
  const at = chosen ?? measurements.ask({ kind: 'cover', from: shownFrom, to }) ?? shownFrom;
  const settings = coverSettings(shown, target);
  return [
    planned(
      post,
      file,
      { kind: 'image', at, stored: withLight(storageOf(probe.video), measurements), settings },
      { ...cover, streams: streamsOf(probe) },
    ),
  ];
}

/** Exports link to covers of many sizes. A cover that is much smaller than a frame of the video would look blurred. */
function isWorthIt(still: Size, frame: Size, target: Target): boolean {
  return coverSettings(still, target).width >= coverSettings(frame, target).width / 2;
}

/** Plans a cover from an image, such as the first photo of a post, cropped to the platform's aspect ratio. */
export function coverOfImage(post: Post, { file, probe }: Image, target: Target): PlannedFile {
  return planned(
    post,
    file,
    { kind: 'image', at: null, settings: coverSettings(probe, target) },
    { ...cover, streams: null },
  );
}

const cover = { name: 'cover.jpg', role: 'cover', seconds: null, why: [] } as const;

/** Instagram's limit, the strictest of all. */
const maxCoverBytes = 8_000_000;

/**
 * The largest crop with the platform's aspect ratio. Never enlarged, since a platform scales as well as we do and none
 * has a minimum size for covers. So the cover of a 640x360 video is 203x360 for Shorts.
 */
function coverSettings(source: Size, target: Target) {
  const size = cutFrom(source, target.cover.size.value);
  return { format: 'jpeg', quality: 92, maxBytes: maxCoverBytes, ...size, fit: 'crop' } as const;
}
