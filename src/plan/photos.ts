import type { ImageProbe, Issue } from '../model.ts';
import type { PhotoRules } from '../targets/target.ts';
import { whyNotImage } from './accept.ts';
import type { Size } from './geometry.ts';
import type { Fit, Operation } from './plan.ts';

export type PhotoDecision =
  | { readonly kind: 'make'; readonly operation: Operation; readonly why: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

/** Decides what becomes of one photo: left alone if the platform takes it, else drawn anew inside its limits. */
export function decidePhoto(probe: ImageProbe, rules: PhotoRules, fit: Fit): PhotoDecision {
  const reasons = whyNotImage(probe, rules.accept);
  if (reasons.length === 0) return { kind: 'make', operation: { kind: 'copy' }, why: [] };
  const reshape = reasons.some((issue) => issue.code === 'shape');
  if (reshape && fit === 'keep') return { kind: 'reject', issues: reasons.filter((issue) => issue.code === 'shape') };

  const size = drawnSize(probe, rules, reshape);
  const operation: Operation = {
    kind: 'image',
    at: null,
    settings: {
      format: 'jpeg',
      quality: rules.encode.quality,
      ...size,
      fit: reshape && fit !== 'keep' ? fit : 'scale',
    },
  };
  return { kind: 'make', operation, why: reasons.map((issue) => ({ ...issue, severity: 'info' })) };
}

/**
 * How many photos go into each package when there are more than one takes: as few packages as possible, filled from
 * the front (35 photos at 18 a package: 18 and 17).
 */
export function chunks<T>(items: readonly T[], max: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += max) result.push(items.slice(start, start + max));
  return result;
}

/**
 * Shrunk to the platform's widths; enlarged only where it is narrower than the platform takes. A shape that is taken for
 * the limit's own (by the tolerance of the predicate) is drawn as the limit's own, or rounding could carry it beyond.
 */
function drawnSize(probe: ImageProbe, rules: PhotoRules, reshape: boolean): Size {
  const { accept, encode } = rules;
  const maxWidth = accept.maxWidth?.value ?? Math.max(encode.width, encode.height);
  const minWidth = accept.minWidth?.value ?? 1;
  const aspect = nearestAspect(probe.width / probe.height, rules);
  const own = reshape ? Math.max(probe.width, probe.height * aspect) : probe.width;
  const width = Math.max(minWidth, Math.min(maxWidth, own));
  return { width: Math.round(width), height: Math.max(1, Math.round(width / aspect)) };
}

function nearestAspect(aspect: number, { accept }: PhotoRules): number {
  return Math.min(accept.maxAspect?.value ?? aspect, Math.max(accept.minAspect?.value ?? aspect, aspect));
}
