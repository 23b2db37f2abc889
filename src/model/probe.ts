/** Times in seconds of the file's own clock; null where the container does not say. */
export interface Packet {
  readonly shownAt: number | null;
  readonly decodedAt: number | null;
  readonly key: boolean;
}
export type Container = 'mp4' | 'mov' | 'other';

export interface VideoStream {
  /** Its number among all streams of the file, as ffmpeg's `-map 0:<index>` counts them. */
  readonly index: number;
  /** Its place among the streams of its kind, from 0, still pictures included. */
  readonly ordinal: number;
  /** ffprobe's codec name: `h264`, `hevc`, `vp9` ... */
  readonly codec: string;
  /** What the container calls it: `avc1`, `hev1` ... */
  readonly tag: string;
  readonly profile: string | null;
  /** As stored: before rotation and before the sample aspect ratio. */
  readonly width: number;
  readonly height: number;
  /** Clockwise turn that a player applies: 0, 90, 180, 270. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** A player mirrors the picture left to right before it turns it. */
  readonly mirrored: boolean;
  /** Sample aspect ratio as a number; 1 for square pixels. */
  readonly sampleAspect: number;
  /** Of the picture alone, which sound may outlast; null where the file does not say. */
  readonly seconds: number | null;
  readonly pixelFormat: string;
  readonly bitDepth: number;
  /** Average frames a second. */
  readonly fps: number;
  /** The rate that could time every frame exactly; far above `fps` where the rate varies. */
  readonly baseFps: number;
  readonly interlaced: boolean;
  readonly transfer: string | null;
  readonly primaries: string | null;
  readonly matrix: string | null;
  readonly range: 'limited' | 'full' | null;
  /** Bits a second; null where the file does not say. */
  readonly bitRate: number | null;
  /** When its first frame is due, in seconds from the file's beginning. */
  readonly startsAt: number;
  /** Profile of Dolby Vision whose colours only its own players know; null for all other pictures. */
  readonly dolbyVision: number | null;
  /** Its frames have several sizes; `width` and `height` are those of the first. */
  readonly changesSize: boolean;
  /**
   * Where it begins between two key frames: when the first of them is shown, in seconds from the file's beginning. What
   * comes before cannot be shown. null: it begins with one.
   */
  readonly keyFrameAt: number | null;
  /** Frames are stored in another order than they are shown in (B frames). */
  readonly reordered: boolean;
  /** The container says when frames are decoded and not when they are shown, as AVI does. */
  readonly decodeTimesOnly: boolean;
}

export interface AudioStream {
  /** Its number among all streams of the file, as ffmpeg's `-map 0:<index>` counts them. */
  readonly index: number;
  /** Its place among the sound tracks of the file, from 0. */
  readonly ordinal: number;
  readonly codec: string;
  /** What the container calls it: `mp4a` ... */
  readonly tag: string;
  readonly profile: string | null;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitRate: number | null;
  /** As the file calls it: `Game`, `Commentary`; null where it has no name of its own. */
  readonly title: string | null;
  /** ISO 639: `eng`; null where the file does not say. */
  readonly language: string | null;
  /** When it sets in, in seconds from the file's beginning. */
  readonly startsAt: number;
}

export interface VideoProbe {
  readonly container: Container;
  /** ffprobe's name of the container, for people. */
  readonly format: string;
  /** `moov` before `mdat`, so that a platform can read the file while it arrives. Only MP4 and MOV have it. */
  readonly moovFirst: boolean;
  /** An MP4 or MOV in fragments (`moof`), as streams are recorded. */
  readonly fragmented: boolean;
  /** Bytes that are no box follow the end of an MP4 or MOV, and are not only zeros. */
  readonly trailer: boolean;
  readonly seconds: number;
  /** Its packets end before the length in its header, though no frame stands that long: the file was cut off. */
  readonly breaksOff: boolean;
  /** Its clock jumps: recordings that were put together. */
  readonly jumps: boolean;
  /** Edit lists put its picture or sound together from several stretches of what is stored, which no remux keeps. */
  readonly severalEdits: boolean;
  /** What the file's own clock shows at its beginning, in seconds: broadcasts seldom begin at 0. */
  readonly clock: number;
  readonly bytes: number;
  /** The picture that is used: no cover art, no still, no small preview of another track; the default one. */
  readonly video: VideoStream | null;
  /** Moving pictures of full size in the file. Of several, one is used. */
  readonly pictures: number;
  /** All sound tracks: the one that is used first, the others in their order. */
  readonly audio: readonly AudioStream[];
  /** The file says where it was filmed. */
  readonly hasLocation: boolean;
  /** `creation_time` of the container, unix seconds; null or absent where the file does not say. */
  readonly createdAt?: number | null;
}

export interface ImageProbe {
  /** sharp's name: `jpeg`, `png`, `webp`, `heif`, `gif` ... */
  readonly format: string;
  /** As shown: after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  /** EXIF orientation, 1-8. */
  readonly orientation: number;
  readonly hasAlpha: boolean;
  /** 1 for a still. */
  readonly frames: number;
  /** sharp's name of the colour space: `srgb`, `cmyk`, `rgb16` ... */
  readonly space: string;
  /** Name of colours that are not sRGB, by a colour profile or otherwise: `Display P3`, `PQ (HDR)`. null where they are. */
  readonly profile: string | null;
  /** Its data are spoilt, and part of it looks wrong. */
  readonly flawed: boolean;
  /** EXIF, XMP, IPTC or a note beside the picture says where it was made. */
  readonly hasLocation: boolean;
  /** A serial number, the owner's name, or a maker's note, which holds both in a form of its own. */
  readonly hasSerial: boolean;
  /** Something lies behind the picture, such as the film of a motion photo, and may hold a place of its own. */
  readonly hasAttachment: boolean;
  /** All this can be cut out of the file, and the picture stays as it is, bit for bit. */
  readonly strippable: boolean;
}
