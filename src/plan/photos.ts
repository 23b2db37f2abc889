import type { Issue } from '../model/issue.ts';
import type { ImageProbe } from '../model/probe.ts';
import type { PhotoRules } from '../targets/target.ts';
import { isSameShape, whyNotImage } from './accept.ts';
import { type AspectRange, nearestAspect } from './geometry.ts';
import { photoFrame } from './photo-frame.ts';
import type { Fit, Operation } from './plan.ts';

export type PhotoDecision =
  | { readonly kind: 'make'; readonly operation: Operation; readonly why: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

export type PhotosDecision<P> =
  | {
      readonly kind: 'make';
      /** The uploads: each photo once, in order. */
      readonly packages: readonly (readonly (P & Made)[])[];
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };
type Made = Omit<PhotoDecision & { readonly kind: 'make' }, 'kind'>;

/**
 * Decides about the photos of a post: how many packages, the aspect ratio of each package where a platform requires
 * one, and the operation for each photo. A photo that cannot be made to fit rejects the post.
 */
export function decidePhotos<P extends { readonly probe: ImageProbe }>(
  photos: readonly P[],
  rules: PhotoRules,
  fit: Fit,
): PhotosDecision<P> {
  const packages = chunks(photos, rules.maxCount.value).map((chunk) => {
    const shape = sharedShape(chunk[0]?.probe, rules, fit);
    return chunk.map((photo) => ({ photo, decision: decidePhoto(photo.probe, rules, fit, shape) }));
  });
  const refused = packages.flat().flatMap(({ decision }) => (decision.kind === 'reject' ? decision.issues : []));
  if (refused.length > 0) return { kind: 'reject', issues: refused };
  const made = packages.map((chunk) =>
    chunk.flatMap(({ photo, decision }) =>
      decision.kind === 'make' ? [{ ...photo, operation: decision.operation, why: decision.why }] : [],
    ),
  );
  const split: Issue = { code: 'photo-count', severity: 'info', actual: photos.length, limit: rules.maxCount.value };
  const issues = [
    ...(packages.length > 1 ? [split] : []),
    ...cutByPlatform(made, rules, fit),
    ...unadvised(made, rules),
  ];
  return { kind: 'make', packages: made, issues };
}

/**
 * Decides about one photo: copied if the platform accepts it; stripped of metadata if only that is a problem; else
 * re-encoded within the platform's limits.
 * @param shape the required aspect ratio (width divided by height), if the post is shown in one
 */
export function decidePhoto(
  probe: ImageProbe,
  rules: PhotoRules,
  fit: Fit,
  shape: number | null = null,
): PhotoDecision {
  const reasons = [...whyNotImage(probe, rules.accept), ...whyNotShared(probe, shape)];
  const shapes = reasons.filter(({ code }) => code === 'shape');
  if (shapes.length > 0 && fit === 'keep') return { kind: 'reject', issues: shapes };
  const why = reasons.map((issue): Issue => ({ ...issue, severity: 'info' }));
  if (reasons.length === 0) return { kind: 'make', operation: { kind: 'copy' }, why };
  if (probe.strippable && reasons.every(({ code }) => besideThePicture.has(code))) {
    return { kind: 'make', operation: { kind: 'strip' }, why };
  }
  const { quality, maxBytes } = rules.encode;
  const settings = { format: 'jpeg', quality, maxBytes, ...photoFrame(probe, rules, fit, shape) } as const;
  return { kind: 'make', operation: { kind: 'image', at: null, settings }, why };
}

/**
 * Splits photos into packages when there are more than fit into one: as few packages as possible and evenly sized (35
 * photos with at most 18 a package: 18 and 17).
 */
export function chunks<T>(items: readonly T[], max: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += max) result.push(items.slice(start, start + max));
  return result;
}

/** Issues that concern metadata and not the picture itself. */
const besideThePicture: ReadonlySet<string> = new Set(['location', 'serial-number', 'image-attachment']);

/**
 * The aspect ratio of the first photo, limited to what the platform accepts. With `--fit keep` the platform crops
 * instead.
 */
function sharedShape(first: ImageProbe | undefined, rules: PhotoRules, fit: Fit): number | null {
  if (!first || !rules.oneShape || fit === 'keep') return null;
  return nearestAspect(first.width / first.height, rules.accept);
}

function whyNotShared({ width, height }: ImageProbe, shape: number | null): Issue[] {
  if (shape === null || isSameShape(width / height, shape)) return [];
  const limit = Math.round(shape * 100) / 100;
  return [{ code: 'shape', severity: 'error', actual: `${width}x${height}`, limit }];
}

function cutByPlatform(
  packages: readonly (readonly { readonly probe: ImageProbe }[])[],
  rules: PhotoRules,
  fit: Fit,
): Issue[] {
  if (!rules.oneShape || fit !== 'keep') return [];
  return packages.flatMap(([first, ...others]): Issue[] => {
    if (!first) return [];
    const { width, height } = first.probe;
    const cut = others.filter(({ probe }) => !isSameShape(probe.width / probe.height, width / height));
    if (cut.length === 0) return [];
    return [{ code: 'shape-shared', severity: 'warning', actual: cut.length, limit: `${width}x${height}` }];
  });
}

/** Photos that are delivered in an aspect ratio which the platform accepts but does not show well. */
function unadvised(
  packages: readonly (readonly { readonly probe: ImageProbe; readonly operation: Operation }[])[],
  { advice }: PhotoRules,
): Issue[] {
  const odd = packages.flat().filter(({ probe, operation }) => {
    const { width, height } = operation.kind === 'image' ? operation.settings : probe;
    return !isSameShape(nearestAspect(width / height, advice), width / height);
  });
  if (odd.length === 0) return [];
  return [{ code: 'shape-advice', severity: 'info', actual: odd.length, limit: rangeInWords(advice) }];
}

function rangeInWords({ minAspect, maxAspect }: AspectRange): string {
  return [minAspect, maxAspect].flatMap((limit) => (limit ? [Math.round(limit.value * 100) / 100] : [])).join(' to ');
}
