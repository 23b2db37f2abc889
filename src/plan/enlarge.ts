import type { ImageSettings } from '../model/render-job.ts';
import type { Size } from './geometry.ts';

/** Above this scale a photo looks blurred. */
const most = 2;

/**
 * Fits a photo into a frame without enlarging it more than twice. A smaller photo is shown in the middle at twice its
 * size, over its blurred copy, or on black with `pad`. Cropping would enlarge it even more, so `crop` does not apply to
 * it.
 * @param fit the requested fit
 */
export function placed(
  photo: Size,
  frame: Size,
  fit: ImageSettings['fit'],
): Pick<ImageSettings, 'fit'> & { readonly within?: Size } {
  const [across, down] = [frame.width / photo.width, frame.height / photo.height];
  const enlargement = fit === 'crop' ? Math.max(across, down) : Math.min(across, down);
  if (enlargement <= most) return { fit };
  const within = {
    width: Math.min(frame.width, photo.width * most),
    height: Math.min(frame.height, photo.height * most),
  };
  return { fit: fit === 'pad' ? 'pad' : 'blur', within };
}
