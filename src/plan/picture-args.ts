import type { Colours, PictureSettings } from './plan.ts';

/** How the picture is encoded. */
export function x264(picture: PictureSettings, threads: number): string[] {
  const rate = picture.fps === null ? [] : ['-vsync', 'cfr', '-r', String(picture.fps)];
  return [
    ...['-c:v', 'libx264', '-preset', 'medium', '-profile:v', 'high', '-crf', String(picture.crf)],
    ...['-maxrate', `${picture.maxKbps}k`, '-bufsize', `${picture.maxKbps * 2}k`],
    // A key frame every two seconds, and closed groups between them (x264's default), as the platforms advise.
    ...['-force_key_frames', 'expr:gte(t,n_forced*2)', '-threads', String(threads)],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...rate,
  ];
}

/** From the first picture of the first input to `[picture]`. */
export function pictureFilters(picture: PictureSettings): string {
  // Square pixels before anything is measured in them.
  const square = `scale='trunc(iw*sar/2+0.5)*2':ih:${matrixOptions(picture)}:out_color_matrix=bt709:out_range=tv,setsar=1`;
  const steps = [...progressiveSdr(picture), square].join(',');
  return `[0:v:0]${steps}${shape(picture)},format=yuv420p,setsar=1[picture]`;
}

/** One frame of a video for an image: square pixels, full-range RGB, in the colours in which a player shows it. */
export function stillFilters(colours: Colours): string {
  // Rounded to the nearest, since an image has no need of even sizes.
  const square = `scale='trunc(iw*sar+0.5)':ih:${matrixOptions(colours)}`;
  return [...progressiveSdr(colours), square, 'format=rgb24'].join(',');
}

function progressiveSdr({ deinterlace, toneMap }: Colours): string[] {
  return [...(deinterlace ? ['yadif'] : []), ...(toneMap ? [toSdr] : [])];
}

/** What is tone-mapped is BT.709 already. */
function matrixOptions({ toneMap, matrix }: Colours): string {
  return `in_color_matrix=${toneMap ? 'bt709' : matrix}`;
}

/** HDR10 and HLG to BT.709, by way of linear light. `npl` is the white of a standard display. */
const toSdr = [
  'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709',
  'tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,format=yuv420p',
].join(',');

function shape({ width, height, fit }: PictureSettings): string {
  const whole = `scale=${width}:${height}:force_original_aspect_ratio=decrease`;
  const filled = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height}`;
  switch (fit) {
    case 'scale':
      return `,scale=${width}:${height}:flags=lanczos`;
    case 'crop':
      return `,${filled}`;
    case 'pad':
      return `,${whole},pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`;
    case 'blur':
      // Blurred at an eighth of the size: the same look for a fraction of the work.
      return (
        `,split[back][front];[back]${filled},scale=${eighth(width)}:${eighth(height)},boxblur=4:2,` +
        `scale=${width}:${height},setsar=1,eq=brightness=-0.12[fill];` +
        `[front]${whole},setsar=1[whole];[fill][whole]overlay=(W-w)/2:(H-h)/2`
      );
  }
}

function eighth(length: number): number {
  return Math.max(16, Math.round(length / 16) * 2);
}
