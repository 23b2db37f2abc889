import type { PhotoEncode, VideoEncode } from './target.ts';
import { cite } from './target.ts';

/** The conservative default where a platform publishes nothing. */
export const house = cite('D', 'house rule', '2026-11');

/** What every platform accepts: nobody has reported a refusal of such a file. */
export const everywhere = {
  containers: house.limit(['mp4'] as const),
  moovFirst: house.limit(true as const),
  oneIndex: house.limit(true as const),
  profiles: house.limit(['Constrained Baseline', 'Baseline', 'Main', 'High', 'Main 10', 'Main Still Picture']),
  // Apple's players show `hev1` as a black picture.
  hevcTag: house.limit('hvc1' as const),
  pixelFormats: house.limit(['yuv420p', 'yuvj420p']),
  sdr: house.limit(true as const),
  squarePixels: house.limit(true as const),
  progressive: house.limit(true as const),
  maxFps: house.limit(60),
  audioCodecs: house.limit(['aac']),
  maxChannels: house.limit(2),
  maxSampleRate: house.limit(48_000),
  audioTracks: house.limit(1 as const),
};

/**
 * One encoding for all platforms, so that they can share the file. 12 Mb/s is YouTube's figure for 1080p at 48-60 fps,
 * the highest that any of them publishes (https://support.google.com/youtube/answer/1722171, 2026-10).
 */
export const houseEncode: VideoEncode = { longSide: 1920, shortSide: 1080, crf: 18, maxKbps: 12_000, audioKbps: 192 };

/** 8 MB is the lowest size limit for a photo among the platforms, so all of them can share one file. */
export const houseImage: PhotoEncode = { maxWidth: 1440, quality: 92, maxBytes: 8_000_000 };
