import type { ImageSettings } from '../model/render-job.ts';
import type { Size } from './geometry.ts';

/** Enlarged more than this, a photo is mush. */
const most = 2;

/**
 * How a photo comes into a frame without being enlarged more than twice: one that is too small stands in the middle at
 * twice its size, over its blurred fill, or on black where `pad` is asked for. Cutting it to the frame would enlarge it
 * even more, so `crop` gives way too.
 * @param fit how it would come in otherwise
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
