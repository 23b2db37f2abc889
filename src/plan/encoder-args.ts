import type { FfmpegJob } from '../model/render-job.ts';
import { rateText } from './frame-rate.ts';
import type { PictureSettings } from './plan.ts';

/** The picture settings that an encoder needs. */
export type Encoded = Pick<PictureSettings, 'fps' | 'crf' | 'maxKbps' | 'repeats'>;

/** Options for one encoder. */
export interface EncoderUse {
  /** Options before the first input that open the hardware device. */
  readonly open: readonly string[];
  /** Filters that upload the picture to the hardware device. */
  readonly upload: readonly string[];
  readonly options: readonly string[];
}

/** Hardware encoders in the order in which `auto` tries them: the fastest at equal quality first. */
export const hardwareEncoders = ['h264_nvenc', 'h264_videotoolbox', 'h264_qsv', 'h264_vaapi', 'h264_amf'] as const;

/**
 * The options for an encoder.
 * @param encoder `software`, or ffmpeg's name of an H.264 encoder
 * @param threads number of encoder threads, where the encoder supports them
 */
export function encoderUse(encoder: string, picture: Encoded, threads: number): EncoderUse {
  if (encoder === 'software' || encoder === 'libx264') {
    return { open: [], upload: [], options: softwareArgs(picture, threads) };
  }
  const { open = [], upload = [], quality } = special(encoder, picture);
  return { open, upload, options: ['-c:v', encoder, ...quality, ...steady(picture), ...whatIsWritten] };
}

/**
 * Without these, `superfast` encodes weak noise as detail and uses twenty times the bytes. The look-ahead is in frames.
 */
const lookAhead = ['-mbtree', '1', '-rc-lookahead', '20'];

/** H.264 by libx264, which every build has. Preset and rate factor come from test/bench/ENCODER.md. */
export function softwareArgs(picture: Encoded, threads: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'superfast', ...lookAhead, '-profile:v', 'high', '-crf', String(picture.crf)],
    ...capped(picture),
    ...['-threads', String(threads)],
    ...steady(picture),
    ...whatIsWritten,
  ];
}

/** Encodes a few blank frames with the options of a render, to test whether the encoder works on this machine. */
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
  /** Quality options; each encoder has its own instead of a rate factor. The bit rate stays below the cap. */
  readonly quality: readonly string[];
}

/**
 * From ffmpeg's own lists of options (`-h encoder=...`, 2018 to 5.1) and https://trac.ffmpeg.org/wiki/HWAccelIntro,
 * 2026-11.
 */
function special(encoder: string, picture: Encoded): Special {
  const high = ['-profile:v', 'high', ...capped(picture)];
  // Figures for hardware match x264's slower presets: 19 where `medium` would need 20 for the same quality.
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
 * Sets a constant frame rate. Avoids the `fps` filter, because in old builds it shows the last frame of a slideshow for
 * twice its duration. Where that filter is needed to repeat frames, its output is written without a second rate
 * conversion: old builds would write each frame again for its duration in the source (2018, measured 2026-11).
 */
function steady({ fps, repeats }: Encoded): string[] {
  return ['-fps_mode', repeats ? 'vfr' : 'cfr', '-r', rateText(fps)];
}

function capped({ maxKbps }: Encoded): string[] {
  return ['-maxrate', `${maxKbps}k`, '-bufsize', `${maxKbps * 2}k`];
}

/** A key frame every two seconds and closed GOPs (the default), as the platforms recommend; BT.709, with its tags. */
const whatIsWritten = [
  ...['-force_key_frames', 'expr:gte(t,n_forced*2)'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];
