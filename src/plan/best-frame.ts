import { difference, type Look, lookAt, type Sample } from './frame-look.ts';

export interface BestFrame {
  /** Seconds from the start of the video. */
  readonly at: number;
  /** false: all there were are black, empty or blurred, and this is the least bad of them. */
  readonly fit: boolean;
}

/**
 * The frame that makes the best cover.
 *
 * Out go black frames (not one pixel in a hundred is lit), empty ones (a single colour, as in a fade) and blurred ones
 * (by the variance of the Laplacian in their sharpest quarter: below what any focused picture has, or below a tenth
 * of this video's sharpest). Of the others the best one is sharp, of middle brightness, with contrast, little that is
 * burnt out or drowned, and much to see (entropy); earlier is a little better than later, since a cover that gives
 * the end away is none; the very start and end are a little worse, since there videos fade. Look-alikes (a picture
 * that stands) compete once: the earliest that is about as good stands for all.
 *
 * @param stretch from which the samples are, in seconds
 * @returns null without samples
 */
export function bestFrame(
  samples: readonly Sample[],
  stretch: { readonly from: number; readonly to: number },
): BestFrame | null {
  const looks = samples.map(lookAt).sort((a, b) => a.at - b.at);
  const sharpest = Math.max(0, ...looks.map(({ sharpness }) => sharpness));
  const usable = looks.filter((look) => isUsable(look, sharpest));
  const scored = (usable.length > 0 ? usable : looks).map((look) => ({ look, score: scoreOf(look, stretch) }));
  const [best] = [...scored].sort((a, b) => b.score - a.score);
  if (!best) return null;
  const first = scored.find(
    ({ look, score }) => score >= best.score * aboutAsGood && difference(look, best.look) < alike,
  );
  return { at: (first ?? best).look.at, fit: usable.length > 0 };
}

/** Average difference of two frames' tiles below which they show the same. */
const alike = 4;
const aboutAsGood = 0.9;

function isUsable({ lit, contrast, sharpness }: Look, sharpest: number): boolean {
  return lit >= 0.01 && contrast >= 6 && sharpness >= Math.max(12, sharpest / 10);
}

function scoreOf(look: Look, { from, to }: { readonly from: number; readonly to: number }): number {
  const { brightness, contrast, clipped, entropy, sharpness } = look;
  const sharp = sharpness / (sharpness + 200);
  const exposed = 1 - Math.min(1, Math.abs(brightness - 115) / 140) ** 2;
  const place = (look.at - from) / Math.max(to - from, 0.001);
  const early = 1 - 0.15 * place;
  const inside = look.at - from < 0.25 || to - look.at < 0.5 ? 0.9 : 1;
  return sharp * exposed * (contrast / (contrast + 30)) * (1 - clipped) * (entropy / 8) * early * inside;
}
