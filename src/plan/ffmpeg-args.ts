import type { FfmpegInput, FfmpegJob } from '../tools/tools.ts';
import type { PictureSettings, SoundSettings } from './plan.ts';

/** What an ffmpeg job is made of, besides its operation. */
export interface MediaContext {
  /** Absolute paths. */
  readonly input: string;
  readonly output: string;
  /** Of the source. */
  readonly seconds: number;
  /** Of the post, unix seconds: written as `creation_time`. */
  readonly time: number;
  /** Threads of one encoder. */
  readonly threads: number;
}

/** A new container around the same packets: `moov` first, nothing private, and a silent track where one is missing. */
export function remuxArgs(sound: 'copy' | 'silence', context: MediaContext): FfmpegJob {
  return {
    inputs: inputs(sound, context),
    outputOptions: ['-map', '0:v:0', ...soundOptions(sound), '-c:v', 'copy', ...container(context)],
    output: context.output,
  };
}

/** One pass: the picture, the sound, or both are made anew; what is `copy` keeps its packets. */
export function transcodeArgs(
  picture: 'copy' | PictureSettings,
  sound: 'copy' | 'silence' | SoundSettings,
  context: MediaContext,
): FfmpegJob {
  const pictureOptions =
    picture === 'copy'
      ? ['-map', '0:v:0', '-c:v', 'copy']
      : ['-filter_complex', filters(picture), '-map', '[picture]', ...x264(picture, context.threads)];
  return {
    inputs: inputs(sound, context),
    outputOptions: [...pictureOptions, ...soundOptions(sound), ...container(context)],
    output: context.output,
  };
}

/** The frame at a moment, as one PNG on stdout. */
export function frameArgs(input: string, at: number): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: ['-ss', String(at)], source: { file: input } }],
    outputOptions: ['-map', '0:v:0', '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe'],
  };
}

/** A hash of every packet of one stream: equal before and after a remux. Works on every ffmpeg since 2.x. */
export function packetHashArgs(input: string, stream: 'v:0' | 'a:0'): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-c', 'copy', '-f', 'hash', '-hash', 'sha256'],
  };
}

/** A hash of what a stream decodes to: equal even where a container made packets change their form (MPEG-TS, AVI). */
export function contentHashArgs(input: string, stream: 'v:0' | 'a:0'): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: [], source: { file: input } }],
    outputOptions: ['-map', `0:${stream}`, '-f', 'hash', '-hash', 'sha256'],
  };
}

/** Decodes everything once and writes nothing; the first error ends it. */
export function decodeArgs(input: string): Omit<FfmpegJob, 'output'> {
  return {
    inputs: [{ options: ['-xerror', '-err_detect', 'explode'], source: { file: input } }],
    outputOptions: ['-map', '0:v:0', '-map', '0:a:0?', '-f', 'null'],
  };
}

function inputs(sound: 'copy' | 'silence' | SoundSettings, { input, seconds }: MediaContext): FfmpegInput[] {
  const file: FfmpegInput = { options: [], source: { file: input } };
  if (sound !== 'silence') return [file];
  // Bounded here, since `-shortest` cuts the picture by whatever the muxer has in its queue.
  return [file, { options: ['-t', seconds.toFixed(3)], source: { lavfi: 'anullsrc=r=48000:cl=stereo' } }];
}

function soundOptions(sound: 'copy' | 'silence' | SoundSettings): string[] {
  if (sound === 'copy') return ['-map', '0:a:0?', '-c:a', 'copy'];
  if (sound === 'silence') return ['-map', '1:a:0', '-c:a', 'aac', '-b:a', '64k'];
  return ['-map', '0:a:0', '-c:a', 'aac', '-b:a', `${sound.kbps}k`, '-ar', '48000', '-ac', String(sound.channels)];
}

/** Metadata is dropped (phones write places and names into it), all but the date of the post. */
function container({ time }: MediaContext): string[] {
  const created = new Date(time * 1000).toISOString();
  return [
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
    '-metadata',
    `creation_time=${created}`,
    '-movflags',
    '+faststart',
    // Old builds give up where sound comes long before the next frame: slideshows of one frame in seconds.
    '-max_muxing_queue_size',
    '9999',
    '-f',
    'mp4',
  ];
}

function x264(picture: PictureSettings, threads: number): string[] {
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

function filters(picture: PictureSettings): string {
  const steps = [
    ...(picture.deinterlace ? ['yadif'] : []),
    ...(picture.toneMap ? [toSdr] : []),
    // Square pixels before anything is measured in them.
    `scale='trunc(iw*sar/2+0.5)*2':ih:in_color_matrix=${picture.toneMap ? 'bt709' : picture.matrix}:out_color_matrix=bt709:out_range=tv,setsar=1`,
  ];
  return `[0:v:0]${steps.join(',')}${shape(picture)},format=yuv420p,setsar=1[picture]`;
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
