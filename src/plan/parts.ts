import type { Issue } from '../model/issue.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { secondsTolerance } from './accept.ts';
import type { Measurements } from './measure.ts';
import type { Fit, Operation, Span } from './plan.ts';
import { type CutPoints, chooseSpans, down, type Window } from './spans.ts';
import { decideVideo, type VideoDecision } from './video.ts';
import type { VideoRequests } from './video-requests.ts';

/** One upload of a video. */
export interface VideoPart {
  readonly operation: Operation;
  /** The operation to use if a copied stream fails its check: everything encoded. null if nothing is copied. */
  readonly instead: Operation | null;
  /** The range in the source, in seconds. */
  readonly from: number;
  readonly to: number;
}

export type PartsDecision =
  | {
      readonly kind: 'make';
      readonly parts: readonly VideoPart[];
      readonly why: readonly Issue[];
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

/** The minimum length of a part in seconds, even if a platform has no minimum. */
const shortestPart = 1;

const noCutPoints: CutPoints = { keyFrames: [], silences: [], scenes: [], stills: [] };

/** Decides about a video, and about each part of it if it is too long for the platform. */
export function decideParts(
  probe: VideoProbe,
  rules: Target['video'],
  fit: Fit,
  requests: VideoRequests,
  measurements: Measurements,
): PartsDecision {
  const decision = decideVideo(probe, rules, fit, requests);
  if (decision.kind === 'reject') return decision;
  const max = rules.accept.maxSeconds;
  const start = probe.video?.keyFrameAt ?? 0;
  const late = decision.why.filter(({ code }) => code === 'key-frame-late');
  const anewOf = (operation: Operation): Operation | null =>
    copiesOf(operation)
      ? fallbackFor(decideVideo(probe, rules, fit, withReason(requests, copyFailed)), operation)
      : null;
  if (!max || probe.seconds - start <= max.value + secondsTolerance || requests.long === 'reject') {
    const { operation, why } = decision;
    const whole: Span = { from: down(start), to: null, decodedTo: null };
    const part = start > 0 ? partOf(operation, whole, probe, measurements) : { operation, from: 0, to: probe.seconds };
    return { kind: 'make', parts: [{ ...part, instead: anewOf(part.operation) }], why, issues: late };
  }

  const how = requests.long;
  // An audio packet can extend past the end by less than the tolerance.
  const allowed = { longest: max.value, shortest: Math.max(rules.accept.minSeconds?.value ?? 0, shortestPart) };
  // If timestamps jump, seeking does not work: the video is cut exactly at the limit.
  const look = (window: Window) => {
    const points = probe.jumps ? noCutPoints : measurements.ask({ kind: 'cut-points', ...window });
    // The last frame of a truncated file is not a still: held for the duration in the header, the file would look whole.
    return probe.breaksOff && points ? { ...points, stills: [] } : points;
  };
  const spansOf = (picture: 'copied' | 'encoded') => chooseSpans(probe.seconds, allowed, how, picture, look, start);
  const parts = (from: VideoDecision & { kind: 'make' }, spans: readonly Span[]): PartsDecision => ({
    kind: 'make',
    parts: spans.map((span) => {
      const part = partOf(from.operation, span, probe, measurements);
      return { ...part, instead: anewOf(part.operation) };
    }),
    why: from.why,
    issues: [...late, cutIssue(how, spans, probe.seconds, max.value)],
  });

  const spans = spansOf(encodesPicture(decision.operation) ? 'encoded' : 'copied');
  if (spans !== null) return parts(decision, spans);
  const reason: Issue = { code: 'no-key-frame', severity: 'info', actual: null, limit: null };
  const anew = decideVideo(probe, rules, fit, withReason(requests, reason));
  return anew.kind === 'reject' ? anew : parts(anew, spansOf('encoded') ?? []);
}

/** A stream was copied and its check failed: several edit lists, or frames that a container cannot hold. */
export const copyFailed: Issue = { code: 'copy-failed', severity: 'info', actual: null, limit: null };

function withReason(requests: VideoRequests, reason: Issue): VideoRequests {
  return { ...requests, reasons: [...requests.reasons, reason] };
}

function copiesOf(operation: Operation): boolean {
  return (
    operation.kind === 'remux' ||
    (operation.kind === 'transcode' && (operation.picture === 'copy' || operation.sound === 'copy'))
  );
}

/** The fallback for the same range. A silent part stays silent. */
function fallbackFor(anew: VideoDecision, planned: Operation): Operation | null {
  if (anew.kind === 'reject' || anew.operation.kind !== 'transcode') return null;
  if (planned.kind !== 'remux' && planned.kind !== 'transcode') return null;
  const { span, sound } = planned;
  return { ...anew.operation, ...(sound === 'silence' && { sound }), ...(span && { span }) };
}

function encodesPicture(operation: Operation): boolean {
  return operation.kind === 'transcode' && operation.picture !== 'copy';
}

function partOf(
  operation: Operation,
  span: Span,
  probe: VideoProbe,
  measurements: Measurements,
): Omit<VideoPart, 'instead'> {
  const from = span.from;
  const to = span.to ?? probe.seconds;
  if (operation.kind !== 'remux' && operation.kind !== 'transcode') return { operation, from, to };
  if (probe.jumps) return { operation: { ...operation, span: { ...span, byFrames: true } }, from, to };
  // A part without sound would have no sound track, but platforms require one.
  const isMute = probe.audio.length > 0 && measurements.ask({ kind: 'sound', from, to }) === false;
  return { operation: { ...operation, ...(isMute ? { sound: 'silence' } : {}), span }, from, to };
}

function cutIssue(how: 'split' | 'trim', spans: readonly Span[], seconds: number, limit: number): Issue {
  if (how === 'split') {
    return { code: 'duration-split', severity: 'info', actual: rounded(seconds), limit };
  }
  return { code: 'duration-trimmed', severity: 'info', actual: rounded(seconds - (spans[0]?.to ?? seconds)), limit };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
