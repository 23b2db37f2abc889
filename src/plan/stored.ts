import type { VideoStream } from '../model/probe.ts';
import { isHdr } from './accept.ts';
import type { Stored } from './plan.ts';

/** How to interpret the picture of a video. Missing tags get the values that players assume. */
export function storageOf(video: VideoStream): Stored {
  const { mirrored, rotation, interlaced } = video;
  return {
    ...{ mirrored, rotation, interlaced },
    matrix: matrixOf(video),
    primaries: primariesOf(video),
    transfer: video.transfer === 'smpte2084' ? 'pq' : video.transfer === 'arib-std-b67' ? 'hlg' : 'sdr',
    range: video.range ?? (video.pixelFormat.startsWith('yuvj') ? 'full' : 'limited'),
    light: 'zscale',
  };
}

/**
 * Players assume BT.601 for small pictures and BT.709 for large ones, by width and height, regardless of rotation
 * (mpv's `mp_csp_guess_colorspace`, video/csputils.c, 2026-11). So a portrait 480x854, which only editors and apps
 * write, is BT.709.
 */
function matrixOf(video: VideoStream): Stored['matrix'] {
  const { matrix, width, height } = video;
  if (matrix === 'bt709') return 'bt709';
  if (matrix === 'smpte170m' || matrix === 'bt470bg') return 'bt601';
  if (matrix?.startsWith('bt2020') || isHdr(video)) return 'bt2020';
  if (matrix === 'smpte240m' || matrix === 'fcc') return matrix;
  return width >= 1280 || height > 576 ? 'bt709' : 'bt601';
}

/** The primaries of BT.601 are so close to those of BT.709 that no player distinguishes them. */
function primariesOf(video: VideoStream): Stored['primaries'] {
  if (video.primaries === 'smpte432') return 'p3';
  if (video.primaries === 'bt2020') return 'bt2020';
  return video.primaries === null && matrixOf(video) === 'bt2020' ? 'bt2020' : 'bt709';
}
