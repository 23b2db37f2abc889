import type { Issue, VideoProbe, VideoStream } from '../model.ts';
import type { Target } from '../targets/target.ts';
import { displaySize, endsEarly } from './accept.ts';
import { frameRate } from './frame-rate.ts';
import { fitInside, legalShape, uprightFrame } from './geometry.ts';
import type { Fit, PictureSettings } from './plan.ts';
import { affordableKbps } from './rate.ts';
import { howStored } from './stored.ts';

/**
 * How a picture that has to be made anew is made.
 * @param reasons why the platform does not take it as it is
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
  const frame = legalShape(reshape ? uprightFrame(source, encode, fit) : fitInside(source, encode), accept);
  return {
    ...frame,
    source,
    fit: reshape || (video.changesSize && fit !== 'keep') ? fit : 'scale',
    centre: { x: 0.5, y: 0.5 },
    ...(video.changesSize && { varies: true }),
    ...(endsEarly(probe) && { holds: true }),
    fps: frameRate(video, accept),
    encoder: 'auto',
    crf: encode.crf,
    maxKbps: affordableKbps(probe.seconds, rules),
    ...howStored(video),
  };
}
