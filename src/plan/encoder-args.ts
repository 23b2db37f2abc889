import { rateText } from './frame-rate.ts';
import type { PictureSettings } from './plan.ts';

/** What of a picture an encoder is told. */
type Encoded = Pick<PictureSettings, 'fps' | 'crf' | 'maxKbps'>;

/** H.264 by libx264, the encoder that every build has. Preset and rate factor: test/bench/ENCODER.md. */
export function softwareArgs(picture: Encoded, threads: number): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', 'medium', '-profile:v', 'high', '-crf', String(picture.crf)],
    ...capped(picture),
    ...['-threads', String(threads)],
    ...steady(picture),
    ...whatIsWritten,
  ];
}

/** Not by the filter `fps`: in old builds it shows the last frame of a slideshow for twice its time. */
function steady({ fps }: Encoded): string[] {
  return ['-fps_mode', 'cfr', '-r', rateText(fps)];
}

function capped({ maxKbps }: Encoded): string[] {
  return ['-maxrate', `${maxKbps}k`, '-bufsize', `${maxKbps * 2}k`];
}

/** A key frame every two seconds, and closed groups between them (the default), as the platforms advise; BT.709, and said so. */
const whatIsWritten = [
  ...['-force_key_frames', 'expr:gte(t,n_forced*2)'],
  ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
];
