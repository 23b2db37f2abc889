import type { VideoAccept, VideoEncode } from '../targets/target.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export type AspectRange = Pick<VideoAccept, 'minAspect' | 'maxAspect'>;

/** The nearest aspect ratio (width divided by height) within limits, of which either may be missing. */
export function nearestAspect(aspect: number, { minAspect, maxAspect }: AspectRange): number {
  return Math.min(maxAspect?.value ?? Number.POSITIVE_INFINITY, Math.max(minAspect?.value ?? 0, aspect));
}

/**
 * The largest even size with the same aspect ratio inside the encoder's box, which is rotated for landscape sources.
 * Never enlarges.
 */
export function fitInside(source: Size, box: Pick<VideoEncode, 'longSide' | 'shortSide'>): Size {
  const wide = source.width > source.height;
  const maxWidth = wide ? box.longSide : box.shortSide;
  const maxHeight = wide ? box.shortSide : box.longSide;
  const scale = Math.min(1, maxWidth / source.width, maxHeight / source.height);
  return { width: even(source.width * scale), height: even(source.height * scale) };
}

/**
 * The portrait frame for a source of another aspect ratio: as large as the source's detail justifies (its visible width
 * fills the frame), never larger than the box.
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

/** The same shape with a shorter side that the platform accepts: some refuse small pictures. */
export function largeEnough(
  frame: Size,
  { minShortSide, ...range }: Pick<VideoAccept, 'minShortSide'> & AspectRange,
): Size {
  const short = minShortSide?.value ?? 0;
  if (Math.min(frame.width, frame.height) >= short) return frame;
  // Rounding moves the shape of a small frame further than that of a large one.
  const aspect = nearestAspect(frame.width / frame.height, range);
  const long = 2 * Math.round((short * Math.max(aspect, 1 / aspect)) / 2);
  return aspect < 1 ? { width: short, height: long } : { width: long, height: short };
}

/** The largest even size with the source's aspect ratio inside a frame. */
export function containedIn(source: Size, frame: Size): Size {
  const scale = Math.min(frame.width / source.width, frame.height / source.height);
  return { width: even(source.width * scale), height: even(source.height * scale) };
}

/**
 * The crop of a source of another aspect ratio: the size to which the source is scaled, and the offset of the frame in
 * it, in even pixels. `centre` (fractions of width and height) is in the middle of the frame, as far as the edges
 * allow.
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

/** The largest frame with the wanted aspect ratio that can be cropped from the source without enlarging it. */
export function cutFrom(source: Size, wanted: Size): Size {
  const scale = Math.min(1, source.width / wanted.width, source.height / wanted.height);
  return {
    width: Math.max(1, Math.round(wanted.width * scale)),
    height: Math.max(1, Math.round(wanted.height * scale)),
  };
}

/** Rounding to even sizes can move an aspect ratio slightly past a limit; then the longer side is reduced. */
export function legalShape(frame: Size, { minAspect, maxAspect }: AspectRange): Size {
  const { width, height } = frame;
  if (maxAspect && width > height * maxAspect.value) return { width: even(height * maxAspect.value), height };
  if (minAspect && width < height * minAspect.value) return { width, height: even(width / minAspect.value) };
  return frame;
}

/**
 * Rounds down to an even number: H.264 in 4:2:0 stores chroma for every second pixel and has no odd sizes. Rounding up
 * would enlarge.
 */
function even(value: number): number {
  // Products of ratios can be slightly below the integer that they represent.
  return Math.max(2, Math.floor((value + 1e-6) / 2) * 2);
}
