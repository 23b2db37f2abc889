import type { OriginalFile } from '../model/original.ts';
import type { Post } from '../model/post.ts';
import type { ImageProbe, VideoProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { displaySize } from './accept.ts';
import { cutFrom, type Size } from './geometry.ts';
import type { Measurements } from './measure.ts';
import type { PlannedFile } from './plan.ts';
import { planned } from './planned-file.ts';
import { withLight } from './settle.ts';
import { howStored } from './stored.ts';
import { streamsOf } from './streams.ts';

/** A stretch of a video, in seconds from its start. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** When the frame that is seen at `from` is due, where that is well before. */
  readonly shownFrom?: number | undefined;
}

/** All of a video's picture, which its sound may outlast. */
export function wholePicture({ video, seconds }: VideoProbe): Stretch {
  return { from: 0, to: video?.seconds ?? seconds };
}

export interface CoverOptions {
  /** The moment that a person chose, in seconds; null: the creator's own cover, else the best frame. */
  readonly cover: number | null;
  /** The picture that a person chose, for all parts of the post; null or absent: none. */
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
 * The still of a video, or of the stretch of it that is uploaded in one go, cut to the platform's shape: the picture or the
 * moment that a person chose; else, where the video begins, the cover that its creator chose on TikTok; else the best frame. That is
 * asked for by stretch alone, so all platforms that have the same stretch show the same moment.
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
      { kind: 'image', at, stored: withLight(howStored(probe.video), measurements), settings },
      { ...cover, streams: streamsOf(probe) },
    ),
  ];
}

/** Exports link to covers of many sizes. One that is much smaller than a frame of the video would be mush beside it. */
function isWorthIt(still: Size, frame: Size, target: Target): boolean {
  return coverSettings(still, target).width >= coverSettings(frame, target).width / 2;
}

/** An image, such as the first photo of a post, cut to the platform's shape. */
export function coverOfImage(post: Post, { file, probe }: Image, target: Target): PlannedFile {
  return planned(
    post,
    file,
    { kind: 'image', at: null, settings: coverSettings(probe, target) },
    { ...cover, streams: null },
  );
}

const cover = { name: 'cover.jpg', role: 'cover', seconds: null, why: [] } as const;

/** What Instagram takes, the strictest of all. */
const maxCoverBytes = 8_000_000;

/**
 * As much of the platform's shape as the source has in it: never enlarged, since a platform does that as well as we do and
 * none names a least size for covers. So a video of 640x360 has one of 203x360 for Shorts.
 */
function coverSettings(source: Size, target: Target) {
  const size = cutFrom(source, target.cover.size.value);
  return { format: 'jpeg', quality: 92, maxBytes: maxCoverBytes, ...size, fit: 'crop' } as const;
}
