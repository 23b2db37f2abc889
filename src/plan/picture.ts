import type { Issue } from '../model/issue.ts';
import type { VideoProbe, VideoStream } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { displaySize, endsEarly } from './accept.ts';
import { frameRate } from './frame-rate.ts';
import { fitInside, largeEnough, legalShape, uprightFrame } from './geometry.ts';
import type { Fit, PictureSettings } from './plan.ts';
import { affordableKbps } from './rate.ts';
import { storageOf } from './stored.ts';

/**
 * The settings for encoding a picture.
 * @param reasons why the platform does not accept the original
 */
export function pictureSettings(
  probe: VideoProbe,
  video: VideoStream,
  rules: Target['video'],
  fit: Fit,
  reasons: readonly Issue[],
): PictureSettings {
  const { accept, encode } = rules;
  const source = displaySize(video);
  const reshape = fit !== 'keep' && reasons.some((issue) => issue.code === 'shape');
  const fps = frameRate(video, accept);
  const fitting = reshape ? uprightFrame(source, encode, fit) : fitInside(source, encode);
  const frame = largeEnough(legalShape(fitting, accept), accept);
  return {
    ...frame,
    source,
    fit: reshape || (video.changesSize && fit !== 'keep') ? fit : 'scale',
    centre: { x: 0.5, y: 0.5 },
    ...(video.changesSize && { varies: true }),
    ...holdSettings(probe, video, fps),
    fps,
    encoder: 'auto',
    crf: encode.crf,
    maxKbps: affordableKbps(probe.seconds, rules),
    ...storageOf(video),
  };
}

/**
 * At a constant rate ffmpeg shows the last frame as often as those before it (2018 to 5.1), whatever its duration. That
 * matters for sources with a lower or variable frame rate.
 */
function holdSettings(probe: VideoProbe, video: VideoStream, fps: number): Pick<PictureSettings, 'holds' | 'repeats'> {
  // If a truncated file were extended to the duration in its header, it would look complete.
  if (probe.breaksOff) return {};
  const uneven = !video.interlaced && Math.abs(video.baseFps - video.fps) > video.fps * 0.01;
  // If the time base is finer than the output rate, the frame times of a phone fluctuate: repeating by timestamp would
  // stutter.
  const isOnGrid = video.baseFps <= fps * 1.005;
  if (video.fps < fps * 0.75 || (uneven && isOnGrid)) return { repeats: true };
  return endsEarly(probe) || uneven ? { holds: true } : {};
}
