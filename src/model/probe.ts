/** Times in seconds of the file's timestamps; null if the container has none. */
export interface Packet {
  readonly shownAt: number | null;
  readonly decodedAt: number | null;
  readonly key: boolean;
}
export type Container = 'mp4' | 'mov' | 'other';

export interface VideoStream {
  /** Its index among all streams of the file, as in ffmpeg's `-map 0:<index>`. */
  readonly index: number;
  /** Its index among the streams of its kind, from 0, including still pictures. */
  readonly ordinal: number;
  /** ffprobe's codec name: `h264`, `hevc`, `vp9` ... */
  readonly codec: string;
  /** The container's codec tag: `avc1`, `hev1` ... */
  readonly tag: string;
  readonly profile: string | null;
  /** The stored size: before rotation and sample aspect ratio. */
  readonly width: number;
  readonly height: number;
  /** The clockwise rotation that a player applies: 0, 90, 180, 270. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Whether a player mirrors the picture left to right before rotating it. */
  readonly mirrored: boolean;
  /** Sample aspect ratio as a number; 1 for square pixels. */
  readonly sampleAspect: number;
  /** The duration of the picture alone, since the sound may be longer; null if unknown. */
  readonly seconds: number | null;
  readonly pixelFormat: string;
  readonly bitDepth: number;
  /** Average frames per second. */
  readonly fps: number;
  /** The lowest frame rate with a slot for every frame (`r_frame_rate`); far above `fps` for a variable frame rate. */
  readonly baseFps: number;
  readonly interlaced: boolean;
  readonly transfer: string | null;
  readonly primaries: string | null;
  readonly matrix: string | null;
  readonly range: 'limited' | 'full' | null;
  /** Bits per second; null if unknown. */
  readonly bitRate: number | null;
  /** The timestamp of its first frame, in seconds from the start of the file. */
  readonly startsAt: number;
  /** A profile of Dolby Vision whose colours ordinary players do not support; null for all other pictures. */
  readonly dolbyVision: number | null;
  /** The frame size changes; `width` and `height` are those of the first frame. */
  readonly changesSize: boolean;
  /**
   * If the picture starts between two key frames: the time of the first key frame, in seconds from the start of the
   * file. Earlier frames cannot be decoded. null: it starts with a key frame.
   */
  readonly keyFrameAt: number | null;
  /** The storage order of frames differs from the display order (B frames). */
  readonly reordered: boolean;
  /** The container has decode timestamps but no presentation timestamps, as AVI does. */
  readonly decodeTimesOnly: boolean;
}

export interface AudioStream {
  /** Its index among all streams of the file, as in ffmpeg's `-map 0:<index>`. */
  readonly index: number;
  /** Its index among the sound tracks of the file, from 0. */
  readonly ordinal: number;
  readonly codec: string;
  /** The container's codec tag: `mp4a` ... */
  readonly tag: string;
  readonly profile: string | null;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitRate: number | null;
  /** The track's name: `Game`, `Commentary`; null if it has none. */
  readonly title: string | null;
  /** ISO 639: `eng`; null if unknown. */
  readonly language: string | null;
  /** Its start, in seconds from the start of the file. */
  readonly startsAt: number;
}

export interface VideoProbe {
  readonly container: Container;
  /** ffprobe's name of the container, for messages. */
  readonly format: string;
  /** `moov` comes before `mdat`, so that the file can be read while it is transferred. MP4 and MOV only. */
  readonly moovFirst: boolean;
  /** A fragmented MP4 or MOV (`moof`), as streams are recorded. */
  readonly fragmented: boolean;
  /** The end of an MP4 or MOV is followed by bytes that are neither a box nor zeros. */
  readonly trailer: boolean;
  readonly seconds: number;
  /** Its packets end before the duration in the header, and no frame is that long: the file is truncated. */
  readonly breaksOff: boolean;
  /** Its timestamps jump, as in concatenated recordings. */
  readonly jumps: boolean;
  /** Edit lists combine several ranges of its stored picture or sound, which no remux preserves. */
  readonly severalEdits: boolean;
  /** The first timestamp of the file in seconds: broadcasts rarely start at 0. */
  readonly clock: number;
  readonly bytes: number;
  /** The selected picture: the default one, without cover art, stills and small previews of another track. */
  readonly video: VideoStream | null;
  /** The number of full-size video streams in the file. Only one of them is used. */
  readonly pictures: number;
  /** All sound tracks: the selected one first, the others in their order. */
  readonly audio: readonly AudioStream[];
  /** The file contains the place where it was recorded. */
  readonly hasLocation: boolean;
  /** `creation_time` of the container, Unix seconds; null or absent if unknown. */
  readonly createdAt?: number | null;
}

export interface ImageProbe {
  /** sharp's name: `jpeg`, `png`, `webp`, `heif`, `gif` ... */
  readonly format: string;
  /** The display size: after EXIF orientation. */
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
  /**
   * The name of a colour space other than sRGB, from a colour profile or other tags: `Display P3`, `PQ (HDR)`. null for
   * sRGB.
   */
  readonly profile: string | null;
  /** Its data is damaged, and a part of it looks wrong. */
  readonly flawed: boolean;
  /** EXIF, XMP, IPTC or another metadata block contains the place where it was made. */
  readonly hasLocation: boolean;
  /** A serial number, the owner's name, or a maker note, which may contain both in a proprietary format. */
  readonly hasSerial: boolean;
  /** Data follows the picture, such as the video of a motion photo, which may contain a place of its own. */
  readonly hasAttachment: boolean;
  /** All this can be removed without changing the picture. */
  readonly strippable: boolean;
}
