import { difference, type FrameMeasures, measureFrame, type Sample } from './frame-measures.ts';

export interface BestFrame {
  /** Seconds from the start of the video. */
  readonly at: number;
  /** false if all samples are black, empty or blurred and this is the least bad of them. */
  readonly fit: boolean;
}

/**
 * Selects the best frame for a cover.
 *
 * Rejects black frames (less than one pixel in a hundred is lit), empty frames (a single colour, as in a fade) and
 * blurred frames (variance of the Laplacian in the sharpest quarter below that of any focused picture, or below a tenth
 * of this video's sharpest frame). Scores the others by sharpness, medium brightness, contrast, few clipped pixels and
 * entropy. Earlier frames score slightly higher, because a cover should not reveal the end; the very start and end
 * score slightly lower, because videos fade there. Of a run of similar frames only the earliest that is about as good
 * competes.
 *
 * @param stretch the time range that the samples come from, in seconds
 * @returns null without samples
 */
export function bestFrame(
  samples: readonly Sample[],
  stretch: { readonly from: number; readonly to: number },
): BestFrame | null {
  return bestMeasured(samples.map(measureFrame), stretch);
}

/** The same of frames that were measured already. */
export function bestMeasured(
  measured: readonly FrameMeasures[],
  stretch: { readonly from: number; readonly to: number },
): BestFrame | null {
  const frames = measured.toSorted((a, b) => a.at - b.at);
  const sharpest = Math.max(0, ...frames.map(({ sharpness }) => sharpness));
  const usable = frames.filter((look) => isUsable(look, sharpest));
  const scored = (usable.length > 0 ? usable : frames).map((look) => ({ look, score: scoreOf(look, stretch) }));
  const [best] = [...scored].sort((a, b) => b.score - a.score);
  if (!best) return null;
  const first = scored.find(
    ({ look, score }) => score >= best.score * aboutAsGood && difference(look, best.look) < alike,
  );
  return { at: (first ?? best).look.at, fit: usable.length > 0 };
}

/** Mean tile difference below which two frames show the same picture. */
const alike = 4;
const aboutAsGood = 0.9;

function isUsable({ lit, contrast, sharpness }: FrameMeasures, sharpest: number): boolean {
  return lit >= 0.01 && contrast >= 6 && sharpness >= Math.max(12, sharpest / 10);
}

function scoreOf(look: FrameMeasures, { from, to }: { readonly from: number; readonly to: number }): number {
  const { brightness, contrast, clipped, entropy, sharpness } = look;
  const sharp = sharpness / (sharpness + 200);
  const exposed = 1 - Math.min(1, Math.abs(brightness - 115) / 140) ** 2;
  const place = (look.at - from) / Math.max(to - from, 0.001);
  const early = 1 - 0.15 * place;
  const inside = look.at - from < 0.25 || to - look.at < 0.5 ? 0.9 : 1;
  return sharp * exposed * (contrast / (contrast + 30)) * (1 - clipped) * (entropy / 8) * early * inside;
}
