import type { Issue } from '../model/issue.ts';
import type { AudioStream, VideoProbe } from '../model/probe.ts';
import type { Target, VideoAccept } from '../targets/target.ts';
import { secondsTolerance, whyNotVideo } from './accept.ts';
import { pictureSettings } from './picture.ts';
import type { Fit, Long, Operation } from './plan.ts';
import { soundSettings } from './sound.ts';
import { monoPair } from './streams.ts';
import { noRequests, type VideoRequests } from './video-requests.ts';

export type VideoDecision =
  | { readonly kind: 'make'; readonly operation: Operation; readonly why: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

/** What has to be rewritten to solve an issue. `streams`: picture and sound. `none`: nothing helps. */
type Mend = 'container' | 'picture' | 'sound' | 'streams' | 'silence' | 'none';

/**
 * Decides about a video for a platform: copied if it is accepted unchanged, else the cheapest operation that solves
 * every issue, stream by stream. A video that is too long is decided as if it were cut already.
 */
export function decideVideo(
  probe: VideoProbe,
  rules: Target['video'],
  fit: Fit,
  requests: Pick<VideoRequests, 'long' | 'reasons' | 'gain'> = noRequests,
): VideoDecision {
  const reasons = [...whyNotVideo(probe, rules.accept), ...requests.reasons];
  const mend = (issue: Issue) => mendOf(issue, fit, requests.long, partBytes(probe, rules.accept));
  const hopeless = reasons.filter((issue) => mend(issue) === 'none');
  if (hopeless.length > 0 || probe.video === null) return { kind: 'reject', issues: hopeless };

  const mends = new Set(reasons.map(mend));
  const why = reasons.map((issue): Issue => ({ ...issue, severity: 'info' }));
  if (mends.size === 0) return { kind: 'make', operation: { kind: 'copy' }, why };
  if (probe.severalEdits) {
    mends.add('streams');
    why.push({ code: 'edit-lists', severity: 'info', actual: null, limit: null });
  }

  const { encode } = rules;
  const sound = mends.has('silence')
    ? 'silence'
    : mends.has('sound') || mends.has('streams')
      ? soundSettings(probe, encode, requests.gain)
      : 'copy';
  if (mends.has('picture') || mends.has('streams')) {
    const picture = pictureSettings(probe, probe.video, rules, fit, reasons);
    return { kind: 'make', operation: { kind: 'transcode', picture, sound }, why };
  }
  const tag = probe.video.codec === 'hevc' ? ({ tag: 'hvc1' } as const) : {};
  if (typeof sound === 'object') {
    return { kind: 'make', operation: { kind: 'transcode', picture: 'copy', sound, ...tag }, why };
  }
  return { kind: 'make', operation: { kind: 'remux', sound, ...tag }, why };
}

/** Streams that are not delivered, because only one sound and one picture are. */
export function leftOut({ audio, pictures }: VideoProbe): Issue[] {
  const [kept, ...others] = audio;
  const issues: Issue[] = [];
  if (kept && others.length > 0 && !monoPair(audio)) {
    const left = others.map(named).join(', ');
    issues.push({ code: 'audio-left-out', severity: 'warning', actual: left, limit: named(kept) });
  }
  if (pictures > 1) issues.push({ code: 'picture-left-out', severity: 'warning', actual: pictures - 1, limit: 1 });
  return issues;
}

/** `track 2 “Mic”, eng`, numbered as in players. */
function named({ ordinal, title, language }: AudioStream): string {
  const name = title === null ? '' : ` “${title}”`;
  return `track ${ordinal + 1}${name}${language === null ? '' : ` in ${language}`}`;
}

/**
 * Notices about a video that the platform accepts.
 * @param seconds the duration of the longest part
 */
export function adviceOnVideo(seconds: number, rules: Target['video']): Issue[] {
  const max = rules.advice.maxSeconds;
  if (!max || seconds <= max.value + secondsTolerance) return [];
  const code = max.confidence === '?' ? 'duration-unknown' : 'duration-advice';
  return [{ code, severity: 'warning', actual: Math.round(seconds * 100) / 100, limit: max.value }];
}

function mendOf(issue: Issue, fit: Fit, long: Long, bytesOfPart: number): Mend {
  switch (issue.code) {
    case 'container':
    case 'moov-position':
    case 'fragments':
    case 'trailer':
    case 'codec-tag':
    case 'audio-tracks':
    case 'picture-tracks':
    case 'location':
      return 'container';
    case 'audio-missing':
    case 'sound-muted':
      return 'silence';
    case 'audio-codec':
    case 'audio-channels':
    case 'audio-mono-pair':
    case 'sample-rate':
    case 'loudness':
      return 'sound';
    case 'clock-jumps':
    // If packets at the start are dropped, the copied rest was out of sync with every ffmpeg that was tried (2026-11).
    case 'key-frame-late':
    case 'copy-failed':
      return 'streams';
    case 'no-picture':
    case 'dolby-vision':
      return 'none';
    case 'duration':
      return long === 'reject' || Number(issue.actual) < Number(issue.limit) ? 'none' : 'container';
    case 'bytes':
      return bytesOfPart <= Number(issue.limit) ? 'container' : 'picture';
    case 'shape':
      return fit === 'keep' ? 'none' : 'picture';
    default:
      return 'picture';
  }
}

/**
 * The size of the largest part if a video is cut because of its duration; of one that is not, its own size or more. A
 * tenth is reserved for variable bit rates.
 */
function partBytes({ bytes, seconds }: VideoProbe, { maxSeconds }: VideoAccept): number {
  return maxSeconds ? (bytes * maxSeconds.value * 1.1) / seconds : bytes;
}
