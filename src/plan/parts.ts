import type { Issue } from '../model/issue.ts';
import type { VideoProbe } from '../model/probe.ts';
import type { Target } from '../targets/target.ts';
import { secondsTolerance } from './accept.ts';
import type { Measurements } from './measure.ts';
import type { Fit, Operation, Span } from './plan.ts';
import { type CutPoints, chooseSpans, down, type Window } from './spans.ts';
import { decideVideo, type VideoDecision } from './video.ts';
import type { VideoRequests } from './wishes.ts';

/** What is uploaded of a video in one go. */
export interface VideoPart {
  readonly operation: Operation;
  /** What is done where something is copied and comes out wrong: all of it made anew. null: nothing is copied. */
  readonly instead: Operation | null;
  /** Of the source, in seconds. */
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

/** No part is shorter than this even where a platform names no minimum, in seconds. */
const shortestPart = 1;

const noCutPoints: CutPoints = { keyFrames: [], silences: [], scenes: [], stills: [] };

/** Decides what becomes of a video, and of each stretch of it where it is too long for the platform. */
export function decideParts(
  probe: VideoProbe,
  rules: Target['video'],
  fit: Fit,
  wishes: VideoRequests,
  measurements: Measurements,
): PartsDecision {
  const decision = decideVideo(probe, rules, fit, wishes);
  if (decision.kind === 'reject') return decision;
  const max = rules.accept.maxSeconds;
  const start = probe.video?.keyFrameAt ?? 0;
  const late = decision.why.filter(({ code }) => code === 'key-frame-late');
  const anewOf = (operation: Operation): Operation | null =>
    copiesOf(operation) ? insteadOf(decideVideo(probe, rules, fit, withReason(wishes, copyFailed)), operation) : null;
  if (!max || probe.seconds - start <= max.value + secondsTolerance || wishes.long === 'reject') {
    const { operation, why } = decision;
    const whole: Span = { from: down(start), to: null, decodedTo: null };
    const part = start > 0 ? partOf(operation, whole, probe, measurements) : { operation, from: 0, to: probe.seconds };
    return { kind: 'make', parts: [{ ...part, instead: anewOf(part.operation) }], why, issues: late };
  }

  const how = wishes.long;
  // A packet of sound may reach over the end: by less than the tolerance.
  const allowed = { longest: max.value, shortest: Math.max(rules.accept.minSeconds?.value ?? 0, shortestPart) };
  // Where the clock jumps nothing is found by it: cuts come where the limit is.
  const look = (window: Window) => {
    const points = probe.jumps ? noCutPoints : measurements.ask({ kind: 'cut-points', ...window });
    // The last frame of a file that is cut off is no still: held to the length in the header it would look whole.
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
    issues: [...late, toldOfCut(how, spans, probe.seconds, max.value)],
  });

  const spans = spansOf(encodesPicture(decision.operation) ? 'encoded' : 'copied');
  if (spans !== null) return parts(decision, spans);
  const reason: Issue = { code: 'no-key-frame', severity: 'info', actual: null, limit: null };
  const anew = decideVideo(probe, rules, fit, withReason(wishes, reason));
  return anew.kind === 'reject' ? anew : parts(anew, spansOf('encoded') ?? []);
}

/** Something was copied, and the check found it wrong: several edit lists, frames that a container cannot hold. */
export const copyFailed: Issue = { code: 'copy-failed', severity: 'info', actual: null, limit: null };

function withReason(wishes: VideoRequests, reason: Issue): VideoRequests {
  return { ...wishes, reasons: [...wishes.reasons, reason] };
}

function copiesOf(operation: Operation): boolean {
  return (
    operation.kind === 'remux' ||
    (operation.kind === 'transcode' && (operation.picture === 'copy' || operation.sound === 'copy'))
  );
}

/** The same stretch, and silence where that was silent. */
function insteadOf(anew: VideoDecision, planned: Operation): Operation | null {
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
  // Of a stretch without any sound no track would come out, and platforms want one.
  const isMute = probe.audio.length > 0 && measurements.ask({ kind: 'sound', from, to }) === false;
  return { operation: { ...operation, ...(isMute ? { sound: 'silence' } : {}), span }, from, to };
}

function toldOfCut(how: 'split' | 'trim', spans: readonly Span[], seconds: number, limit: number): Issue {
  if (how === 'split') {
    return { code: 'duration-split', severity: 'info', actual: rounded(seconds), limit };
  }
  return { code: 'duration-trimmed', severity: 'info', actual: rounded(seconds - (spans[0]?.to ?? seconds)), limit };
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
