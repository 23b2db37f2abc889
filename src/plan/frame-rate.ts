import type { VideoStream } from '../model/probe.ts';
import type { VideoAccept } from '../targets/target.ts';

/** Frame rates that cameras and platforms commonly use. */
const ntsc = 1000 / 1001;
const common = [24 * ntsc, 24, 25, 30 * ntsc, 30, 48, 50, 60 * ntsc, 60];

/**
 * Renditions for one platform should suit the others too, and all of them accept 24 frames a second and more (house
 * rule, 2026-11).
 */
const slowest = 24 * ntsc;

/**
 * The constant frame rate of the output: the source's own rate, or an integer fraction or multiple of it. Dropping
 * every second frame looks even; keeping three of five frames stutters.
 */
export function frameRate(video: VideoStream, { minFps, maxFps }: VideoAccept): number {
  const min = Math.max(slowest, minFps?.value ?? 0) * 0.9995;
  const max = maxFps.value * 1.0005;
  const fps = steadyRate(video, max);
  if (!(fps > 0)) return 30;
  const even = fps > max ? fps / Math.ceil(fps / max) : fps < min ? fps * Math.ceil(min / fps) : fps;
  // A few source rates have no multiple between narrow limits, such as 23 with a minimum of 22.
  return even > max ? 30 : nearest(even, 0.0005);
}

/**
 * The nominal frame rate. For variable frame rates (phones in the dark, screen recordings) it is the lowest rate at
 * which every frame has its own time slot; if that is only a time base (90000), the next common rate.
 */
function steadyRate({ fps, baseFps, interlaced }: VideoStream, max: number): number {
  // For interlaced video the base rate counts fields.
  if (interlaced || Math.abs(baseFps - fps) <= fps * 0.01) return fps;
  if (baseFps <= max) return baseFps;
  const close = nearest(fps, 0.02);
  if (common.includes(close)) return close;
  return fps <= 30 ? 30 : Math.min(60, max);
}

/** The common rate within this relative distance of `fps`, preferably an integer; else `fps` itself. */
function nearest(fps: number, share: number): number {
  const close = common.filter((each) => Math.abs(each - fps) <= fps * share);
  const [first] = close.sort((a, b) => distance(a, fps, share) - distance(b, fps, share));
  return first ?? Math.round(fps * 1000) / 1000;
}

function distance(rate: number, fps: number, share: number): number {
  return Math.abs(rate - fps) - (share > 0.001 && Number.isInteger(rate) ? fps * share : 0);
}

/** A rate in ffmpeg's exact notation: `30`, `30000/1001`. */
export function rateText(fps: number): string {
  const whole = Math.round(fps / ntsc);
  return Math.abs(whole * ntsc - fps) < 1e-6 ? `${whole * 1000}/1001` : String(fps);
}
