import type { Span } from './plan.ts';

/** What lies between two moments of a video, in seconds from its beginning. */
export interface CutPoints {
  /** Frames that need none before them, nor any that is shown before them needs one after: packets can be parted here. */
  readonly keyFrames: readonly KeyFrame[];
  readonly silences: readonly { readonly from: number; readonly to: number }[];
  /** Frames that look unlike the one before, by 0 to 1. */
  readonly scenes: readonly { readonly at: number; readonly score: number }[];
  /** Frames that stand for long, as of slides: from when to when; `to` null: beyond what was looked at. */
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

/** What a platform takes in one go, in seconds. */
export interface Allowed {
  readonly longest: number;
  readonly shortest: number;
}

/**
 * Cuts a video that is too long into stretches that are not. Each ends in the last tenth of what is allowed: where the
 * picture is copied at the key frame nearest to a silence or a change of scene, where it is encoded exactly there.
 * `trim`: the first stretch only, and that as long as can be.
 * @param look what lies in a window; undefined while that is not known, and the rest is a forecast
 * @param start what comes before is left out, seconds
 * @returns null where a picture that shall be copied has no key frame in a window
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
    const decodedTo = picture === 'copied' ? down(cut.decodedAt) : to;
    spans.push({ from, to, decodedTo, ...begins, ...(still && { holds: true }) });
    from = to;
    begins = still ? { shownFrom: down(still.from), holds: true } : {};
    if (how === 'trim') return spans;
    // What was not looked at yet cannot be gone on from.
    if (points === undefined) break;
  }
  return [...spans, { from, to: null, decodedTo: null, ...begins }];
}

/** Whether a still is seen at a moment, and not only until it. */
function standsAt({ from, to }: CutPoints['stills'][number], at: number): boolean {
  return from < at && (to === null || to > at + 0.002);
}

/** The last tenth of what is allowed, and early enough that what is left is not too short. */
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

/** A change of scene in silence; else the middle of the longest silence; else the hardest change of scene. */
function bestRest({ silences, scenes }: CutPoints, window: Window): number {
  const inside = (at: number) => at >= window.from && at <= window.to;
  const changes = scenes.filter(({ at }) => inside(at)).toSorted((a, b) => b.score - a.score);
  const quiet = changes.find(({ at }) => silences.some(({ from, to }) => at >= from && at <= to));
  if (quiet) return quiet.at;
  const rests = silences.toSorted((a, b) => b.to - b.from - (a.to - a.from)).map(({ from, to }) => (from + to) / 2);
  return rests.find(inside) ?? changes[0]?.at ?? window.to;
}

/** How far the nearest silence or change of scene lies, in seconds. */
function distance(at: number, { silences, scenes }: CutPoints): number {
  const toSilence = silences.map(({ from, to }) => Math.max(0, from - at, at - to));
  return Math.min(Number.MAX_VALUE, ...toSilence, ...scenes.map((scene) => Math.abs(scene.at - at)));
}

function exactly(at: number): KeyFrame {
  return { at, decodedAt: at };
}

/** To the millisecond before, as ffmpeg is told: one that began there is not cut off. */
export function down(seconds: number): number {
  return Math.floor(seconds * 1000 + 1e-6) / 1000;
}
