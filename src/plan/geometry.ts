import type { VideoAccept, VideoEncode } from '../targets/target.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest even size of the same shape inside the encoder's box, which lies on its side for wide sources. Never enlarges. */
export function fitInside(source: Size, box: Pick<VideoEncode, 'longSide' | 'shortSide'>): Size {
  const wide = source.width > source.height;
  const maxWidth = wide ? box.longSide : box.shortSide;
  const maxHeight = wide ? box.shortSide : box.longSide;
  const scale = Math.min(1, maxWidth / source.width, maxHeight / source.height);
  return { width: even(source.width * scale), height: even(source.height * scale) };
}

/**
 * The upright frame into which a source of another shape is fitted: as large as the source's detail is worth (its
 * shown width fills the frame), never beyond the box.
 */
export function uprightFrame(
  source: Size,
  box: Pick<VideoEncode, 'longSide' | 'shortSide'>,
  fit: 'blur' | 'pad' | 'crop',
): Size {
  const aspect = box.shortSide / box.longSide;
  const own =
    fit === 'crop' ? Math.min(source.width, source.height * aspect) : Math.max(source.width, source.height * aspect);
  const width = Math.min(box.shortSide, own);
  return { width: even(width), height: even(width / aspect) };
}

/** The largest even size of the source's shape inside a frame. */
export function containedIn(source: Size, frame: Size): Size {
  const scale = Math.min(frame.width / source.width, frame.height / source.height);
  return { width: even(source.width * scale), height: even(source.height * scale) };
}

/**
 * How a frame is cut out of a source of another shape: the size to which the source is scaled, and where in it the frame
 * lies, in even pixels. `centre` (shares of width and height) is in the middle of it as far as the edges allow.
 */
export function cutFor(
  source: Size,
  frame: Size,
  centre: { readonly x: number; readonly y: number },
): { readonly size: Size; readonly x: number; readonly y: number } {
  const scale = Math.max(frame.width / source.width, frame.height / source.height);
  const size = {
    width: Math.max(frame.width, even(source.width * scale)),
    height: Math.max(frame.height, even(source.height * scale)),
  };
  const place = (share: number, whole: number, part: number) =>
    Math.floor(Math.min(Math.max(0, share * whole - part / 2), whole - part) / 2) * 2;
  return { size, x: place(centre.x, size.width, frame.width), y: place(centre.y, size.height, frame.height) };
}

/** The largest frame of the wanted shape that can be cut out of the source without enlarging it. */
export function cutFrom(source: Size, wanted: Size): Size {
  const scale = Math.min(1, source.width / wanted.width, source.height / wanted.height);
  return {
    width: Math.max(1, Math.round(wanted.width * scale)),
    height: Math.max(1, Math.round(wanted.height * scale)),
  };
}

/** Even sizes can carry a shape at the edge of what is allowed a hair beyond it: then the longer side gives way. */
export function legalShape(frame: Size, { minAspect, maxAspect }: Pick<VideoAccept, 'minAspect' | 'maxAspect'>): Size {
  const { width, height } = frame;
  if (maxAspect && width > height * maxAspect.value) return { width: even(height * maxAspect.value), height };
  if (minAspect && width < height * minAspect.value) return { width, height: even(width / minAspect.value) };
  return frame;
}

/** Chroma is stored for every second pixel only: H.264 in 4:2:0 has no odd sizes. Down, since up would enlarge. */
function even(value: number): number {
  // Products of ratios may end a hair below the whole number that they mean.
  return Math.max(2, Math.floor((value + 1e-6) / 2) * 2);
}
