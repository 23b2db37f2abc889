import type { VideoStream } from '../model/probe.ts';
import type { VideoAccept } from '../targets/target.ts';

/** Rates that cameras and platforms know. */
const ntsc = 1000 / 1001;
const common = [24 * ntsc, 24, 25, 30 * ntsc, 30, 48, 50, 60 * ntsc, 60];

/** What is made for one platform suits the others too: all take 24 frames a second and more (house rule, 2026-11). */
const slowest = 24 * ntsc;

/**
 * The constant rate at which a picture is written: its own, or a whole fraction or multiple of it. Every second frame is
 * a steady picture, three of five are a stutter.
 */
export function frameRate(video: VideoStream, { minFps, maxFps }: VideoAccept): number {
  const min = Math.max(slowest, minFps?.value ?? 0) * 0.9995;
  const max = maxFps.value * 1.0005;
  const fps = steadyRate(video, max);
  if (!(fps > 0)) return 30;
  const even = fps > max ? fps / Math.ceil(fps / max) : fps < min ? fps * Math.ceil(min / fps) : fps;
  // Few rates between the limits have no multiple there, such as 23 of 22.
  return even > max ? 30 : nearest(even, 0.0005);
}

/**
 * The rate that a picture is meant to have. Where the frames come as they like (phones in the dark, recordings of a
 * screen), it is the one that times each of them; where that is only a clock (90000), the next that is common.
 */
function steadyRate({ fps, baseFps, interlaced }: VideoStream, max: number): number {
  // Fields are what the base rate counts.
  if (interlaced || Math.abs(baseFps - fps) <= fps * 0.01) return fps;
  if (baseFps <= max) return baseFps;
  const close = nearest(fps, 0.02);
  if (common.includes(close)) return close;
  return fps <= 30 ? 30 : Math.min(60, max);
}

/** The common rate within this share of `fps`, a whole one if there is; else `fps` itself. */
function nearest(fps: number, share: number): number {
  const close = common.filter((each) => Math.abs(each - fps) <= fps * share);
  const [first] = close.sort((a, b) => distance(a, fps, share) - distance(b, fps, share));
  return first ?? Math.round(fps * 1000) / 1000;
}

function distance(rate: number, fps: number, share: number): number {
  return Math.abs(rate - fps) - (share > 0.001 && Number.isInteger(rate) ? fps * share : 0);
}

/** A rate as ffmpeg reads it without rounding: `30`, `30000/1001`. */
export function rateText(fps: number): string {
  const whole = Math.round(fps / ntsc);
  return Math.abs(whole * ntsc - fps) < 1e-6 ? `${whole * 1000}/1001` : String(fps);
}
