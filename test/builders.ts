import type { OriginalFile } from '../src/model/original.ts';
import type { Post } from '../src/model/post.ts';
import type { AudioStream, ImageProbe, VideoProbe, VideoStream } from '../src/model/probe.ts';
import type { PictureSettings, Streams } from '../src/plan/plan.ts';
import type { PlanOptions } from '../src/plan/post.ts';

/** Values that every platform takes as they are; a test says what is odd about its own. */

export function videoStream(odd: Partial<VideoStream> = {}): VideoStream {
  return {
    index: 0,
    ordinal: 0,
    codec: 'h264',
    tag: odd.codec === 'hevc' ? 'hvc1' : 'avc1',
    profile: 'High',
    width: 1080,
    height: 1920,
    rotation: 0,
    mirrored: false,
    sampleAspect: 1,
    seconds: null,
    pixelFormat: 'yuv420p',
    bitDepth: 8,
    fps: 30,
    baseFps: 30,
    interlaced: false,
    transfer: 'bt709',
    primaries: 'bt709',
    matrix: 'bt709',
    range: 'limited',
    bitRate: 4_000_000,
    startsAt: 0,
    dolbyVision: null,
    changesSize: false,
    keyFrameAt: null,
    reordered: false,
    decodeTimesOnly: false,
    ...odd,
  };
}

export function audioStream(odd: Partial<AudioStream> = {}): AudioStream {
  return {
    ...{
      index: 1,
      ordinal: 0,
      codec: 'aac',
      tag: 'mp4a',
      profile: 'LC',
      channels: 2,
      sampleRate: 48_000,
      bitRate: 128_000,
    },
    ...{ title: null, language: null, startsAt: 0 },
    ...odd,
  };
}

export function videoProbe(odd: Partial<VideoProbe> = {}, picture: Partial<VideoStream> = {}): VideoProbe {
  return {
    container: 'mp4',
    format: 'mov',
    moovFirst: true,
    fragmented: false,
    trailer: false,
    seconds: 20,
    breaksOff: false,
    jumps: false,
    severalEdits: false,
    clock: 0,
    bytes: 10_000_000,
    video: videoStream(picture),
    pictures: 1,
    audio: [audioStream()],
    hasLocation: false,
    ...odd,
  };
}

/** Picture and sound as nearly every file has them. */
export const streams: Streams = { picture: 0, sound: 1, areFirst: true };

/** A picture that is only encoded. */
export function pictureSettings(odd: Partial<PictureSettings> = {}): PictureSettings {
  const { width = 1080, height = 1920 } = odd;
  return {
    width,
    height,
    source: { width, height },
    fit: 'scale',
    centre: { x: 0.5, y: 0.5 },
    fps: 30,
    encoder: 'software',
    crf: 18,
    maxKbps: 12_000,
    mirrored: false,
    rotation: 0,
    interlaced: false,
    matrix: 'bt709',
    primaries: 'bt709',
    transfer: 'sdr',
    range: 'limited',
    light: 'zscale',
    ...odd,
  };
}

export function imageProbe(odd: Partial<ImageProbe> = {}): ImageProbe {
  return {
    format: 'jpeg',
    width: 1080,
    height: 1350,
    bytes: 500_000,
    orientation: 1,
    hasAlpha: false,
    frames: 1,
    space: 'srgb',
    profile: null,
    flawed: false,
    hasLocation: false,
    hasSerial: false,
    hasAttachment: false,
    strippable: true,
    ...odd,
  };
}

export function originalFile(name = 'a'): OriginalFile {
  return { path: `/originals/${name}.mp4`, bytes: 1000, sha256: name.padEnd(64, '0') };
}

export function post(odd: Partial<Post> = {}): Post {
  return {
    key: '2025-03-02_09-15-04',
    time: 1_740_906_904,
    kind: 'video',
    visibility: 'everyone',
    links: [],
    coverLink: null,
    title: null,
    sound: null,
    location: null,
    likes: null,
    aiGenerated: false,
    disclosure: [],
    ...odd,
  };
}

/** What a person gets who asks for nothing, but that nothing is cut. */
export function planOptions(odd: Partial<PlanOptions> = {}): PlanOptions {
  const slides = { photos: 'images', slideSeconds: 3, music: null } as const;
  return {
    fit: 'blur',
    cover: null,
    long: 'reject',
    sound: 'keep',
    loudness: null,
    names: [],
    encoder: 'software',
    ...slides,
    ...odd,
  };
}
