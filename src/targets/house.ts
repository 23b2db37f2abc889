import type { PhotoEncode, VideoEncode } from './target.ts';
import { cite } from './target.ts';

/** Where a platform says nothing, the safe reading that all of them take. */
export const house = cite('D', 'house rule', '2026-11');

/** What every platform takes: the one file of which nobody has reported a refusal. */
export const everywhere = {
  containers: house.limit(['mp4'] as const),
  moovFirst: house.limit(true as const),
  oneIndex: house.limit(true as const),
  profiles: house.limit(['Constrained Baseline', 'Baseline', 'Main', 'High', 'Main 10', 'Main Still Picture']),
  // Apple's players show `hev1` as black.
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
 * One encoding for all platforms, so that they share it. 12 Mb/s is YouTube's figure for 1080p at 48-60 fps, the
 * highest that any of them names (https://support.google.com/youtube/answer/1722171, 2026-10).
 */
export const houseEncode: VideoEncode = { longSide: 1920, shortSide: 1080, crf: 18, maxKbps: 12_000, audioKbps: 192 };

/** 8 MB is the least that any platform takes of a photo, so that they can share one. */
export const houseImage: PhotoEncode = { maxWidth: 1440, quality: 92, maxBytes: 8_000_000 };
