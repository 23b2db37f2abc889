import type { FfmpegJob } from '../model/render-job.ts';
import { rateText } from './frame-rate.ts';
import type { PictureSettings } from './plan.ts';

/** What of a picture an encoder is told. */
export type Encoded = Pick<PictureSettings, 'fps' | 'crf' | 'maxKbps' | 'repeats'>;

/** How an encoder is used. */
export interface EncoderUse {
  /** Of the first input, by which the hardware is opened. */
  readonly open: readonly string[];
  /** Filters that hand the finished picture to it. */
  readonly upload: readonly string[];
  readonly options: readonly string[];
}

/** Those of graphics cards and processors, in the order in which `auto` tries them: the fastest at equal quality first. */
export const hardwareEncoders = ['h264_nvenc', 'h264_videotoolbox', 'h264_qsv', 'h264_vaapi', 'h264_amf'] as const;

/**
 * @param encoder `software`, or ffmpeg's name of an H.264 encoder
 * @param threads of the encoder, where it has threads
 */
export function encoderUse(encoder: string, picture: Encoded, threads: number): EncoderUse {
  if (encoder === 'software' || encoder === 'libx264') {
    return { open: [], upload: [], options: softwareArgs(picture, threads) };
  }
  const { open = [], upload = [], quality } = special(encoder, picture);
  return { open, upload, options: ['-c:v', encoder, ...quality, ...steady(picture), ...whatIsWritten] };
}

/** Without it, `superfast` takes weak noise for detail and spends twenty times the bytes on it. In frames. */
const lookAhead = ['-mbtree', '1', '-rc-lookahead', '20'];

/** H.264 by libx264, the encoder that every build has. Preset and rate factor: test/bench/ENCODER.md. */
export function softwareArgs(picture: Encoded, threads: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'superfast', ...lookAhead, '-profile:v', 'high', '-crf', String(picture.crf)],
    ...capped(picture),
    ...['-threads', String(threads)],
    ...steady(picture),
    ...whatIsWritten,
  ];
}

/** A few frames of nothing through an encoder, with the very options of a render: whether it works on this machine. */
export function encoderTrialArgs(encoder: string): Omit<FfmpegJob, 'output'> {
  const { open, upload, options } = encoderUse(encoder, { fps: 25, crf: 20, maxKbps: 4000 }, 1);
  return {
    inputs: [{ options: open, source: { lavfi: 'color=size=256x256:rate=25:duration=0.2' } }],
    outputOptions: ['-vf', ['format=yuv420p', ...upload].join(','), '-frames:v', '1', ...options, '-f', 'null'],
  };
}

interface Special {
  readonly open?: readonly string[];
  readonly upload?: readonly string[];
  /** Profile and rate: what each has instead of a rate factor, always below the cap. */
  readonly quality: readonly string[];
}

/** By ffmpeg's own lists of options (`-h encoder=...`, 2018 to 5.1) and https://trac.ffmpeg.org/wiki/HWAccelIntro, 2026-11. */
function special(encoder: string, picture: Encoded): Special {
  const high = ['-profile:v', 'high', ...capped(picture)];
  // Figures of hardware are near those of x264's slower presets: 19 to the 20 that `medium` would need for the same picture.
  const level = String(picture.crf + 1);
  const share = ['-b:v', `${Math.round(picture.maxKbps * 0.7)}k`];
  switch (encoder) {
    case 'h264_nvenc':
      return { quality: ['-preset', 'slow', '-rc', 'vbr', '-cq', level, '-b:v', '0', ...high] };
    case 'h264_qsv':
      return { upload: ['format=nv12'], quality: ['-preset', 'slow', '-global_quality', level, ...high] };
    case 'h264_vaapi':
      return {
        open: ['-vaapi_device', '/dev/dri/renderD128'],
        upload: ['format=nv12', 'hwupload'],
        quality: [...share, ...high],
      };
    case 'h264_amf':
      return { quality: ['-quality', 'quality', '-rc', 'vbr_peak', ...share, ...high] };
    default:
      return { quality: [...share, ...high] };
  }
}

/**
 * Not by the filter `fps`: in old builds it shows the last frame of a slideshow for twice its time. Where that filter is
 * needed to repeat frames, its frames are written as they come: old builds write each once more for the time that the
 * source's frame stands (2018, measured 2026-11).
 */
function steady({ fps, repeats }: Encoded): string[] {
  return ['-fps_mode', repeats ? 'vfr' : 'cfr', '-r', rateText(fps)];
}

function capped({ maxKbps }: Encoded): string[] {
  return ['-maxrate', `${maxKbps}k`, '-bufsize', `${maxKbps * 2}k`];
}

/** A key frame every two seconds, and closed groups between them (the default), as the platforms advise; BT.709, and said so. */
const whatIsWritten = [
  ...['-force_key_frames', 'expr:gte(t,n_forced*2)'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];
