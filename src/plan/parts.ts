import type { Issue, VideoProbe } from '../model.ts';
import type { Target } from '../targets/target.ts';
import { secondsTolerance } from './accept.ts';
import type { Measurements } from './measure.ts';
import type { Fit, Operation, Span } from './plan.ts';
import { chooseSpans } from './spans.ts';
import { decideVideo, type VideoDecision } from './video.ts';
import type { Wishes } from './wishes.ts';

/** What is uploaded of a video in one go. */
export interface VideoPart {
  readonly operation: Operation;
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

/** Decides what becomes of a video, and of each stretch of it where it is too long for the platform. */
export function decideParts(
  probe: VideoProbe,
  rules: Target['video'],
  fit: Fit,
  wishes: Wishes,
  measurements: Measurements,
): PartsDecision {
  const decision = decideVideo(probe, rules, fit, wishes);
  if (decision.kind === 'reject') return decision;
  const max = rules.accept.maxSeconds;
  if (!max || probe.seconds <= max.value + secondsTolerance || wishes.long === 'reject') {
    const { operation, why } = decision;
    return { kind: 'make', parts: [{ operation, from: 0, to: probe.seconds }], why, issues: [] };
  }

  const how = wishes.long;
  // A packet of sound may reach over the end: by less than the tolerance.
  const allowed = { longest: max.value, shortest: Math.max(rules.accept.minSeconds?.value ?? 0, shortestPart) };
  const spansOf = (picture: 'copied' | 'encoded') =>
    chooseSpans(probe.seconds, allowed, how, picture, (window) => measurements.ask({ kind: 'cut-points', ...window }));
  const parts = (from: VideoDecision & { kind: 'make' }, spans: readonly Span[]): PartsDecision => ({
    kind: 'make',
    parts: spans.map((span) => partOf(from.operation, span, probe, measurements)),
    why: from.why,
    issues: [toldOfCut(how, spans, probe.seconds, max.value)],
  });

  const spans = spansOf(encodesPicture(decision.operation) ? 'encoded' : 'copied');
  if (spans !== null) return parts(decision, spans);
  const reason: Issue = { code: 'no-key-frame', severity: 'info', actual: null, limit: null };
  const anew = decideVideo(probe, rules, fit, { ...wishes, reasons: [...wishes.reasons, reason] });
  return anew.kind === 'reject' ? anew : parts(anew, spansOf('encoded') ?? []);
}

function encodesPicture(operation: Operation): boolean {
  return operation.kind === 'transcode' && operation.picture !== 'copy';
}

function partOf(operation: Operation, span: Span, probe: VideoProbe, measurements: Measurements): VideoPart {
  const from = span.from;
  const to = span.to ?? probe.seconds;
  if (operation.kind !== 'remux' && operation.kind !== 'transcode') return { operation, from, to };
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
