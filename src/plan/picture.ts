import type { Issue, VideoProbe, VideoStream } from '../model.ts';
import type { Target, VideoAccept } from '../targets/target.ts';
import { displaySize, isHdr } from './accept.ts';
import { fitInside, legalShape, uprightFrame } from './geometry.ts';
import type { Colours, Fit, PictureSettings } from './plan.ts';
import { affordableKbps } from './rate.ts';

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
    fit: reshape ? fit : 'scale',
    fps: frameRate(video, accept),
    crf: encode.crf,
    maxKbps: affordableKbps(probe.seconds, rules),
    ...coloursOf(video),
  };
}

/** How the picture of a video is to be read. */
export function coloursOf(video: VideoStream): Colours {
  return { matrix: matrixOf(video), toneMap: isHdr(video), deinterlace: video.interlaced };
}

/** Where the file does not say, players take small pictures for BT.601 and large ones for BT.709. */
function matrixOf({ matrix, width, height }: VideoStream): PictureSettings['matrix'] {
  if (matrix === 'bt709') return 'bt709';
  if (matrix === 'smpte170m' || matrix === 'bt470bg') return 'bt601';
  if (matrix?.startsWith('bt2020')) return 'bt2020';
  return Math.min(width, height) >= 720 ? 'bt709' : 'bt601';
}

/** A rate is halved or doubled until it is allowed: every second frame is a steady picture, three of five are a stutter. */
function frameRate(video: VideoStream, accept: VideoAccept): number | null {
  const min = (accept.minFps?.value ?? 0) * 0.995;
  const max = accept.maxFps.value * 1.005;
  const { fps, baseFps } = video;
  if (fps >= min && fps <= max) return null;
  const steady = Math.abs(baseFps - fps) <= fps * 0.01;
  // Of a rate that varies the average says little: the rate that times each frame does, if it is allowed.
  if (fps < min && !steady) return baseFps >= min && baseFps <= max ? round(baseFps) : 30;
  let near = fps;
  while (near > max) near /= 2;
  while (near > 0 && near < min) near *= 2;
  return near > 0 && near <= max ? round(near) : 30;
}

function round(fps: number): number {
  return Math.round(fps * 1000) / 1000;
}
