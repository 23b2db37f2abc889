import type { Issue, VideoProbe, VideoStream } from '../model.ts';
import type { Target, VideoAccept, VideoEncode } from '../targets/target.ts';
import { displaySize, isHdr, secondsTolerance, whyNotVideo } from './accept.ts';
import { fitInside, legalShape, uprightFrame } from './geometry.ts';
import type { Fit, Operation, PictureSettings, SoundSettings } from './plan.ts';

export type VideoDecision =
  | { readonly kind: 'make'; readonly operation: Operation; readonly why: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

/** Which part of a file has to be written anew to mend this. `none`: nothing that is made of the original can. */
type Mend = 'container' | 'picture' | 'sound' | 'silence' | 'none';

/**
 * Decides what becomes of a video for a platform: left alone if it is taken as it is; else the least that mends every
 * reason, stream by stream.
 */
export function decideVideo(probe: VideoProbe, rules: Target['video'], fit: Fit): VideoDecision {
  const reasons = whyNotVideo(probe, rules.accept);
  const hopeless = reasons.filter((issue) => mendOf(issue, fit) === 'none');
  if (hopeless.length > 0 || probe.video === null) return { kind: 'reject', issues: hopeless };

  const mends = new Set(reasons.map((issue) => mendOf(issue, fit)));
  const why = reasons.map((issue): Issue => ({ ...issue, severity: 'info' }));
  if (mends.size === 0) return { kind: 'make', operation: { kind: 'copy' }, why };

  const sound = mends.has('silence') ? 'silence' : mends.has('sound') ? soundSettings(probe, rules.encode) : 'copy';
  if (mends.has('picture')) {
    const picture = pictureSettings(probe, probe.video, rules, fit, reasons);
    return { kind: 'make', operation: { kind: 'transcode', picture, sound }, why };
  }
  if (typeof sound === 'object') {
    return { kind: 'make', operation: { kind: 'transcode', picture: 'copy', sound }, why };
  }
  return { kind: 'make', operation: { kind: 'remux', sound }, why };
}

/** What a person should know of a video that the platform takes all the same. */
export function adviceOnVideo(probe: VideoProbe, rules: Target['video']): Issue[] {
  const max = rules.advice.maxSeconds;
  if (!max || probe.seconds <= max.value + secondsTolerance) return [];
  const code = max.confidence === '?' ? 'duration-unknown' : 'duration-advice';
  return [{ code, severity: 'warning', actual: Math.round(probe.seconds * 100) / 100, limit: max.value }];
}

function mendOf(issue: Issue, fit: Fit): Mend {
  switch (issue.code) {
    case 'container':
    case 'moov-position':
    case 'audio-tracks':
    case 'location':
      return 'container';
    case 'audio-missing':
      return 'silence';
    case 'audio-codec':
    case 'audio-channels':
      return 'sound';
    case 'no-picture':
    case 'duration':
      return 'none';
    case 'shape':
      return fit === 'keep' ? 'none' : 'picture';
    default:
      return 'picture';
  }
}

function soundSettings(probe: VideoProbe, encode: VideoEncode): SoundSettings {
  return { kbps: encode.audioKbps, channels: probe.audio[0]?.channels === 1 ? 1 : 2 };
}

function pictureSettings(
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
    matrix: matrixOf(video),
    toneMap: isHdr(video),
    deinterlace: video.interlaced,
  };
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

/** The encoder's cap, or less where a file at that rate could exceed the platform's size. 3 % is left to the container. */
function affordableKbps(seconds: number, { accept, encode }: Target['video']): number {
  if (!accept.maxBytes || seconds <= 0) return encode.maxKbps;
  const whole = (accept.maxBytes.value * 8 * 0.97) / 1000 / seconds;
  return Math.max(100, Math.min(encode.maxKbps, Math.floor(whole - encode.audioKbps)));
}
