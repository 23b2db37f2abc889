import { readsStored, toBt709 } from './colour-args.ts';
import { rateText } from './frame-rate.ts';
import { containedIn, cutFor, type Size } from './geometry.ts';
import type { PictureSettings, Span, Stored } from './plan.ts';

/** Input option: the filters below rotate the picture. */
export const asStored = ['-noautorotate'];

/**
 * Whether our filters rotate the picture. ffmpeg rotates automatically, but old builds treat a mirrored picture as
 * rotated by 180 degrees, and deinterlacing has to run before the rotation.
 */
export function isTurnedHere({ mirrored, interlaced, rotation }: Stored): boolean {
  return mirrored || (interlaced && rotation !== 0);
}

/**
 * The filter graph from the picture of the first input to `[picture]`.
 * @param stream its index in that input
 * @param upload filters that pass the picture to a hardware encoder
 * @param spare index of an unused input. In a graph with a single input, old builds pass on the rotation flag although
 * the picture is already rotated.
 * @param span the time range to read; undefined: everything
 */
export function pictureFilters(
  picture: PictureSettings,
  stream: number,
  upload: readonly string[],
  spare: number,
  span?: Span,
): string {
  const { width, height } = picture;
  const colours = [...toBt709(picture), 'format=yuv420p', 'setsar=1'].join(',');
  const [before, after] = layout(picture, { width, height });
  const here = isTurnedHere(picture);
  const steps = [
    ...early(span),
    ...progressive(picture),
    ...(here ? [noFlag, ...turn(picture)] : []),
    before,
    colours,
  ].join(',');
  const handed = [...repeatFilters(picture), ...upload].map((filter) => `,${filter}`).join('');
  return `[0:${stream}]${steps}${after}${handed}[picture]${here ? `;[${spare}:v:0]nullsink` : ''}`;
}

/** Moves the frame that is visible at the start of a time range, but has an earlier timestamp, to the start. */
function early(span: Span | undefined): string[] {
  if (span?.shownFrom === undefined) return [];
  return [`setpts='max(0,PTS-${(span.from - span.shownFrom).toFixed(3)}/TB)'`];
}

/** Repeats each frame until the next one, and the last frame until the output ends. */
function repeatFilters({ fps, holds, repeats }: PictureSettings): string[] {
  const atRate = repeats ? [`fps=${rateText(fps)}:start_time=0`] : [];
  return [...atRate, ...(holds || repeats ? ['tpad=stop_mode=clone:stop=-1'] : [])];
}

/** Filters for a still: upright, square pixels, full-range RGB, with the colours that a player shows. */
export function stillFilters(stored: Stored): string {
  const { rotation } = stored;
  // In a rotated picture the pixel aspect ratio is rotated too. Rounds to the nearest: images may have odd sizes.
  const size = rotation === 90 || rotation === 270 ? ['iw', 'trunc(ih/sar+0.5)'] : ['trunc(iw*sar+0.5)', 'ih'];
  const square = `scale='${size[0]}':'${size[1]}':${readAs(stored)}`;
  const converted = toBt709(stored);
  const rgb =
    converted.length > 0 ? ['scale=in_color_matrix=bt709:in_range=limited', 'format=rgb24'] : ['format=rgb24'];
  return [...progressive(stored), ...turn(stored), square, ...converted, ...rgb].join(',');
}

/**
 * Deinterlaces. Keeps the motion rate as YouTube recommends: one frame per two fields
 * (https://support.google.com/youtube/answer/1722171, 2026-10).
 */
function progressive({ interlaced }: Stored): string[] {
  return interlaced ? ['bwdif=mode=send_frame'] : [];
}

/** Filters that rotate and mirror a stored picture as players do. */
export function turn({ mirrored, rotation }: Stored): string[] {
  const turned = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] }[rotation];
  return [...(mirrored ? ['hflip'] : []), ...turned];
}

/** Frames carry the rotation flag too, and new builds write it into the file. */
const noFlag = 'sidedata=mode=delete:type=DISPLAYMATRIX';

/**
 * Filters that scale into the frame, and filters that fill the rest of it. Colours are converted in between, on fewer
 * pixels.
 */
function layout(picture: PictureSettings, frame: Size): readonly [before: string, after: string] {
  const { fit, source, centre, varies } = picture;
  if (varies) return eachBySize(picture, frame);
  const scaled = ({ width, height }: Size) => `scale=${width}:${height}:flags=lanczos:${readAs(picture)}`;
  switch (fit) {
    case 'scale':
      return [scaled(frame), ''];
    case 'crop': {
      const { size, x, y } = cutFor(source, frame, centre);
      return [`${scaled(size)},crop=${frame.width}:${frame.height}:${x}:${y}`, ''];
    }
    case 'pad':
      return [scaled(containedIn(source, frame)), `,pad=${frame.width}:${frame.height}:(ow-iw)/2:(oh-ih)/2`];
    case 'blur':
      return [scaled(containedIn(source, frame)), blurredFill(frame)];
  }
}

/** The same for a source that changes its frame size: ffmpeg evaluates the expressions for each size. */
function eachBySize(picture: PictureSettings, frame: Size): readonly [before: string, after: string] {
  const { width, height } = frame;
  const covers = picture.fit === 'crop';
  const [pick, even] = covers ? ['max', 'ceil'] : ['min', 'trunc'];
  const side = (a: string, b: string) => `'2*${even}(${pick}(${a},${b})/2${covers ? '-' : '+'}0.000001)'`;
  const size = `w=${side(`${width}`, `${height}*dar`)}:h=${side(`${height}`, `${width}/dar`)}`;
  const scaled = `scale=${size}:flags=lanczos:${readAs(picture)},setsar=1`;
  if (covers) return [`${scaled},crop=${width}:${height}`, ''];
  if (picture.fit === 'blur') return [scaled, blurredFill(frame)];
  return [scaled, `,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`];
}

/** Blurs at an eighth of the size: the same appearance for a fraction of the cost. */
function blurredFill({ width, height }: Size): string {
  const small = `${eighth(width)}:${eighth(height)}`;
  return (
    `,split[back][front];[back]scale=${small}:force_original_aspect_ratio=increase,crop=${small},boxblur=4:2,` +
    `scale=${width}:${height}:flags=bicubic,setsar=1,lutyuv=y='16+(val-16)*0.65'[fill];` +
    `[fill][front]overlay=(W-w)/2:(H-h)/2,format=yuv420p,setsar=1`
  );
}

function eighth(length: number): number {
  return Math.max(16, Math.round(length / 16) * 2);
}

/** Options of `scale` for the input's matrix and range. They stay unchanged if a later filter converts them. */
function readAs(stored: Stored): string {
  const { matrix, range } = stored;
  const to = readsStored(stored) ? matrix : 'bt709';
  return `in_color_matrix=${matrix}:in_range=${range}:out_color_matrix=${to}:out_range=limited`;
}
