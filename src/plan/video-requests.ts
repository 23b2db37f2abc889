import type { Issue } from '../model/issue.ts';
import type { Post } from '../model/post.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { VideoAdvice } from '../targets/target.ts';
import { gainFor, worthwhileGain } from './loudness.ts';
import type { Measurements } from './measure.ts';
import type { Long } from './plan.ts';
import { soundOwner } from './sound-owner.ts';

/** Options for videos beyond what platforms require. */
export interface VideoOptions {
  readonly long: Long;
  readonly sound: 'keep' | 'mute';
  /** LUFS; null: unchanged. */
  readonly loudness: number | null;
  /** Names of the creator: account, profile. */
  readonly names: readonly string[];
}

/** The result of these options for one video. */
export interface VideoRequests {
  readonly long: Long;
  /** Why the video is re-encoded even if the platform would accept it. */
  readonly reasons: readonly Issue[];
  /** Gain in dB. */
  readonly gain: number;
  /** Notices for the user. */
  readonly issues: readonly Issue[];
}

/** Only what the platform requires. */
export const noRequests: VideoRequests = { long: 'reject', reasons: [], gain: 0, issues: [] };

export function requestsFor(
  post: Post,
  probe: VideoProbe,
  { claimSeconds }: VideoAdvice,
  options: VideoOptions,
  measurements: Measurements,
): VideoRequests {
  const { long, sound, loudness, names } = options;
  const requests: VideoRequests = { ...noRequests, long };
  if (probe.audio.length === 0) return requests;
  const owner = soundOwner(post.sound, names);
  if (owner === 'library' && sound === 'mute') {
    return { ...requests, reasons: [{ code: 'sound-muted', severity: 'info', actual: post.sound, limit: null }] };
  }
  const risk: Issue[] = [];
  if (owner === 'library') {
    const claim = claimSeconds && probe.seconds > claimSeconds.value ? claimSeconds.value : null;
    const code = claim === null ? 'sound-library' : 'sound-claim';
    risk.push({ code, severity: 'warning', actual: post.sound, limit: claim });
  }
  if (owner === 'unknown' && post.sound !== null) {
    // Most creators' own sounds carry a display name that an export does not contain, so this is a warning only if
    // muting is requested.
    const severity = sound === 'mute' ? 'warning' : 'info';
    risk.push({ code: 'sound-unknown', severity, actual: post.sound, limit: null });
  }
  const loud = loudness === null ? noRequests : louder(loudness, measurements);
  return { ...requests, reasons: loud.reasons, gain: loud.gain, issues: [...risk, ...loud.issues] };
}

function louder(wanted: number, measurements: Measurements): Pick<VideoRequests, 'reasons' | 'gain' | 'issues'> {
  const measured = measurements.ask({ kind: 'loudness' });
  // Silence has no loudness and cannot be amplified.
  if (!measured) return noRequests;
  const requested = gainFor(measured, wanted);
  const needsLimiter = requested.limited && requested.gain > 0;
  const afterwards = needsLimiter ? measurements.ask({ kind: 'limited-loudness', gain: requested.gain }) : null;
  if (afterwards === undefined) return noRequests;
  const { gain, reached, limited } = needsLimiter ? worthwhileGain(measured, requested.gain, afterwards) : requested;
  const reasons: Issue[] =
    gain === 0 ? [] : [{ code: 'loudness', severity: 'info', actual: measured.integrated, limit: wanted }];
  const short = wanted - reached > 1;
  const issues: Issue[] = limited
    ? [{ code: 'loudness-limited', severity: short ? 'warning' : 'info', actual: reached, limit: wanted }]
    : [];
  return { reasons, gain, issues };
}
