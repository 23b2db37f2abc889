import type { Issue } from '../model/issue.ts';
import type { ImageProbe } from '../model/probe.ts';
import type { PhotoRules } from '../targets/target.ts';
import { isSameShape, whyNotImage } from './accept.ts';
import { type AspectRange, nearestAspect, photoFrame } from './photo-frame.ts';
import type { Fit, Operation } from './plan.ts';

export type PhotoDecision =
  | { readonly kind: 'make'; readonly operation: Operation; readonly why: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };

export type PhotosDecision<P> =
  | {
      readonly kind: 'make';
      /** What is uploaded in one go: each photo once, in their order. */
      readonly packages: readonly (readonly (P & Made)[])[];
      readonly issues: readonly Issue[];
    }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };
type Made = Omit<PhotoDecision & { readonly kind: 'make' }, 'kind'>;

/**
 * Decides what becomes of the photos of a post: into how many packages they go, which shape each package has where a
 * platform wants one, and what is done with each photo. One that cannot be made to fit rejects the post.
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
 * Decides what becomes of one photo: left alone if the platform takes it; without what stands beside its picture if only
 * that is in the way; else drawn anew inside the platform's limits.
 * @param shape width by height that it has to have, where its post is shown in one shape
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
 * How many photos go into each package when there are more than one takes: as few packages as possible, filled from
 * the front (35 photos at 18 a package: 18 and 17).
 */
export function chunks<T>(items: readonly T[], max: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += max) result.push(items.slice(start, start + max));
  return result;
}

/** Reasons that say nothing against the picture itself. */
const besideThePicture: ReadonlySet<string> = new Set(['location', 'serial-number', 'image-attachment']);

/** The first photo's shape, as far as the platform takes it. Who keeps shapes (`--fit keep`) leaves cutting to the platform. */
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

/** Photos that go out in a shape which the platform takes and does not show well. */
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
  return [minAspect, maxAspect].flatMap((limit) => (limit ? [limit.value] : [])).join(' to ');
}
