import type { ImageProbe } from '../model/probe.ts';
import type { PhotoRules } from '../targets/target.ts';
import { isSameShape } from './accept.ts';
import { placed } from './enlarge.ts';
import { nearestAspect, type Size } from './geometry.ts';
import type { Fit } from './plan.ts';

/**
 * The maximum size of a drawn photo: a long screenshot is a photo too, and a JPEG in memory takes six bytes a pixel.
 */
const maxPixels = 20_000_000;
/**
 * A JPEG of noise, the worst of pictures, has 0.38 bytes a pixel at the lowest quality that tools/sharp.ts uses (measured
 * 2026-11), so a larger frame may not fit into a platform's limit.
 */
const pixelsOfByte = 2.5;
/** JPEG's own limit is 65,535. */
const maxHeight = 65_000;

/**
 * The frame of a re-encoded photo. Its aspect ratio is that of its package, else the nearest that the platform accepts
 * or (since it is re-encoded anyway) recommends. It is as large as the photo's detail justifies within the platform's
 * widths; enlarged only if it is too narrow for the platform, and then at most twice (`placed`). `--fit keep` keeps
 * every ratio.
 */
export function photoFrame(
  { width, height }: ImageProbe,
  rules: PhotoRules,
  fit: Fit,
  shape: number | null,
): Size & ReturnType<typeof placed> {
  const inFrame = (frame: Size, how: Parameters<typeof placed>[2]) => ({
    ...frame,
    ...placed({ width, height }, frame, how),
  });
  const own = width / height;
  const legal = nearestAspect(own, rules.accept);
  const wanted = shape ?? (fit === 'keep' ? legal : nearestAspect(legal, rules.advice));
  // An aspect ratio within the tolerance is drawn as exactly the wanted one, because rounding could move it past a
  // limit.
  if (fit === 'keep') return { ...sized(width, wanted, rules), fit: 'scale' };
  if (isSameShape(own, wanted)) return inFrame(sized(width, wanted, rules), 'scale');
  const worth = fit === 'crop' ? Math.min(width, height * wanted) : Math.max(width, height * wanted);
  return inFrame(sized(worth, wanted, rules), fit);
}

function sized(worth: number, aspect: number, { accept, encode }: PhotoRules): Size {
  const pixels = Math.min(maxPixels, encode.maxBytes * pixelsOfByte);
  const most = Math.min(worth, encode.maxWidth, Math.sqrt(pixels * aspect), maxHeight * aspect);
  const width = Math.max(1, accept.minWidth?.value ?? 1, Math.round(most));
  const height = width / aspect;
  // A very flat photo has a height of a few pixels, which rounding must not move past the limit.
  const isTooFlat = accept.maxAspect && width / Math.round(height) > accept.maxAspect.value * 1.004;
  const whole = isTooFlat ? Math.ceil(height) : Math.round(height);
  return { width, height: Math.min(maxHeight, Math.max(1, whole)) };
}
