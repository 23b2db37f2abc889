import type { Span } from './plan.ts';

/** Possible cut points of a time range, in seconds from the start. */
export interface CutPoints {
  /** Key frames of closed GOPs: no frame depends on another across them, so packets can be split here. */
  readonly keyFrames: readonly KeyFrame[];
  readonly silences: readonly { readonly from: number; readonly to: number }[];
  /** Scene changes, with a score from 0 to 1. */
  readonly scenes: readonly { readonly at: number; readonly score: number }[];
  /** Frames that are shown for a long time, such as slides. `to` null: until after the measured range. */
  readonly stills: readonly { readonly from: number; readonly to: number | null }[];
}

export interface KeyFrame {
  readonly at: number;
  readonly decodedAt: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Durations that a platform accepts for one upload, in seconds. */
export interface Allowed {
  readonly longest: number;
  readonly shortest: number;
}

/**
 * Cuts a video that is too long into time ranges. Each ends in the last tenth of the allowed duration: if the picture
 * is copied, at the key frame nearest to a silence or scene change; if it is encoded, exactly there. `trim`: the first
 * range only, as long as possible.
 * @param look the cut points of a window; undefined while they are not measured, and then the rest is a forecast
 * @param start the start in seconds; anything before is left out
 * @returns null if a picture that has to be copied has no key frame in a window
 */
export function chooseSpans(
  seconds: number,
  allowed: Allowed,
  how: 'split' | 'trim',
  picture: 'copied' | 'encoded',
  look: (window: Window) => CutPoints | undefined,
  start = 0,
): readonly Span[] | null {
  const spans: Span[] = [];
  let from = down(start);
  let begins: Pick<Span, 'shownFrom' | 'holds'> = {};
  while (seconds - from > allowed.longest) {
    const window = windowAfter(from, seconds, allowed);
    const points = look(window);
    const cut = points === undefined ? exactly(window.to) : chooseCut(points, window, how, picture);
    if (cut === null) return null;
    const to = down(cut.at);
    const still = picture === 'encoded' ? points?.stills.find((each) => standsAt(each, to)) : undefined;
    spans.push({ from, to, decodedTo: down(cut.decodedAt), ...begins, ...(still && { holds: true }) });
    from = to;
    begins = still ? { shownFrom: down(still.from), holds: true } : {};
    if (how === 'trim') return spans;
    // The next range starts at this end, which is not measured yet.
    if (points === undefined) break;
  }
  return [...spans, { from, to: null, decodedTo: null, ...begins }];
}

/** Whether a still is visible at a time, and not only until then. */
function standsAt({ from, to }: CutPoints['stills'][number], at: number): boolean {
  return from < at && (to === null || to > at + 0.002);
}

/** The last tenth of the allowed duration, ending early enough that the remainder is not too short. */
function windowAfter(from: number, seconds: number, { longest, shortest }: Allowed): Window {
  const to = Math.min(from + longest, seconds - shortest);
  return { from: down(Math.min(from + longest * 0.9, to)), to: down(to) };
}

function chooseCut(
  points: CutPoints,
  window: Window,
  how: 'split' | 'trim',
  picture: 'copied' | 'encoded',
): KeyFrame | null {
  if (picture === 'encoded') return exactly(how === 'trim' ? window.to : bestRest(points, window));
  const inside = points.keyFrames.filter(({ at }) => at >= window.from && at <= window.to);
  if (how === 'trim') return inside.at(-1) ?? null;
  const near = (a: KeyFrame, b: KeyFrame) => distance(a.at, points) - distance(b.at, points) || b.at - a.at;
  return inside.toSorted(near)[0] ?? null;
}

/** A scene change during silence; else the middle of the longest silence; else the strongest scene change. */
function bestRest({ silences, scenes }: CutPoints, window: Window): number {
  const inside = (at: number) => at >= window.from && at <= window.to;
  const changes = scenes.filter(({ at }) => inside(at)).toSorted((a, b) => b.score - a.score);
  const quiet = changes.find(({ at }) => silences.some(({ from, to }) => at >= from && at <= to));
  if (quiet) return quiet.at;
  const rests = silences.toSorted((a, b) => b.to - b.from - (a.to - a.from)).map(({ from, to }) => (from + to) / 2);
  return rests.find(inside) ?? changes[0]?.at ?? window.to;
}

/** The distance to the nearest silence or scene change, in seconds. */
function distance(at: number, { silences, scenes }: CutPoints): number {
  const toSilence = silences.map(({ from, to }) => Math.max(0, from - at, at - to));
  return Math.min(Number.MAX_VALUE, ...toSilence, ...scenes.map((scene) => Math.abs(scene.at - at)));
}

function exactly(at: number): KeyFrame {
  return { at, decodedAt: at };
}

/** Rounds down to the millisecond, the precision that ffmpeg gets, so that a frame starting here is not cut off. */
export function down(seconds: number): number {
  return Math.floor(seconds * 1000 + 1e-6) / 1000;
}
