import type { Issue, VideoProbe } from '../model.ts';
import type { Target } from '../targets/target.ts';
import { secondsTolerance, whyNotVideo } from './accept.ts';
import { pictureSettings } from './picture.ts';
import type { Fit, Operation } from './plan.ts';
import { soundSettings } from './sound.ts';

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
