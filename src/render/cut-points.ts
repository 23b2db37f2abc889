import type { Packet, VideoProbe } from '../model/probe.ts';
import { sceneArgs, silenceArgs } from '../plan/look-args.ts';
import type { CutPoints, KeyFrame, Window } from '../plan/spans.ts';
import type { Tools } from '../tools/tools.ts';

/** Seconds to look ahead: frames stored before a key frame may be displayed after it. */
const lookAhead = 2;

const maxListBytes = 4_000_000;

/** Finds where a video can be cut within a time range. */
export async function findCutPoints(
  path: string,
  probe: VideoProbe,
  { from, to }: Window,
  tools: Tools,
  signal: AbortSignal,
): Promise<CutPoints> {
  const { clock, video } = probe;
  const [sound] = probe.audio;
  if (video === null) return { keyFrames: [], silences: [], scenes: [], stills: [] };
  const packets = await tools.ffprobe.packets(path, video.index, clock + from, clock + to + lookAhead, signal);
  const keyFrames = cleanKeyFrames(packets)
    .map(({ at, decodedAt }) => ({ at: at - clock, decodedAt: decodedAt - clock }))
    .filter(({ at }) => at >= from && at <= to);
  const silences = sound ? readSilences(await lines(silenceArgs(path, sound.index, from, to)), to - from) : [];
  const scenes = readScenes(await lines(sceneArgs(path, video.index, from, to)));
  return {
    keyFrames,
    silences: silences.map((each) => ({ from: from + each.from, to: from + each.to })),
    scenes: scenes.map((each) => ({ at: from + each.at, score: each.score })),
    stills: stillsOf(packets, clock),
  };

  async function lines(job: Parameters<Tools['ffmpeg']['capture']>[0]): Promise<string[]> {
    const said = await tools.ffmpeg.capture(job, maxListBytes, signal);
    return new TextDecoder().decode(said).split('\n');
  }
}

/** Key frames of closed GOPs: everything decoded before is also displayed before. */
export function cleanKeyFrames(packets: readonly Packet[]): KeyFrame[] {
  const firstShownAfter: number[] = [];
  let first = Number.POSITIVE_INFINITY;
  for (const { shownAt } of packets.toReversed()) {
    firstShownAfter.unshift(first);
    first = Math.min(first, shownAt ?? Number.NEGATIVE_INFINITY);
  }
  const clean: KeyFrame[] = [];
  let lastShown = Number.NEGATIVE_INFINITY;
  for (const [index, { shownAt, decodedAt, key }] of packets.entries()) {
    const parted = shownAt !== null && lastShown < shownAt && shownAt < (firstShownAfter[index] ?? 0);
    if (key && parted && decodedAt !== null) clean.push({ at: shownAt, decodedAt });
    lastShown = Math.max(lastShown, shownAt ?? Number.POSITIVE_INFINITY);
  }
  return clean;
}

/**
 * A frame displayed for longer than this many seconds counts as a still, and the next part may start in the middle of
 * it: two frames at 12 a second.
 */
const stillSeconds = 0.17;

/** Frames that are displayed for a long time, from the packets since the key frame before a window. */
function stillsOf(packets: readonly Packet[], clock: number): CutPoints['stills'] {
  const shown = packets.flatMap(({ shownAt, decodedAt }) => shownAt ?? decodedAt ?? []).toSorted((a, b) => a - b);
  return shown.flatMap((at, index) => {
    const next = shown[index + 1] ?? null;
    const stands = next === null || next - at > stillSeconds;
    return stands ? [{ from: at - clock, to: next === null ? null : next - clock }] : [];
  });
}

/** Parses `lavfi.silence_start=1.5`, `lavfi.silence_end=2.25`. The last silence may extend to the end. */
function readSilences(lines: readonly string[], end: number): { readonly from: number; readonly to: number }[] {
  const silences: { from: number; to: number }[] = [];
  for (const line of lines) {
    const [, what, seconds] = /^lavfi\.silence_(start|end)=(-?[\d.]+)/.exec(line) ?? [];
    if (what === 'start') silences.push({ from: Math.max(0, Number(seconds)), to: end });
    const last = silences.at(-1);
    if (what === 'end' && last) last.to = Number(seconds);
  }
  return silences;
}

/** Parses `frame:0 pts:1024 pts_time:1.5` and, on the next line, `lavfi.scene_score=0.73`. */
function readScenes(lines: readonly string[]): { readonly at: number; readonly score: number }[] {
  let at = 0;
  return lines.flatMap((line) => {
    at = Number(/pts_time:(-?[\d.]+)/.exec(line)?.[1] ?? at);
    const score = /^lavfi\.scene_score=([\d.]+)/.exec(line)?.[1];
    return score === undefined ? [] : [{ at, score: Number(score) }];
  });
}
