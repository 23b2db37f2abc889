import type { Issue } from '../model/issue.ts';
import type { Music, OriginalFile } from '../model/original.ts';
import type { ImageSettings } from '../model/render-job.ts';
import type { Size } from './geometry.ts';
import type { Removed } from './words/removed.ts';

/**
 * How a picture is fitted into a frame of another aspect ratio: `blur` shows it whole over a blurred copy of itself,
 * `pad` whole on black, `crop` cuts it, `keep` changes nothing.
 */
export const fits = ['keep', 'blur', 'pad', 'crop'] as const;
export type Fit = (typeof fits)[number];

/** How a video's picture is stored: everything needed to convert it to an upright BT.709 picture. */
export interface Stored {
  /** Mirrored left to right before the clockwise rotation. */
  readonly mirrored: boolean;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly interlaced: boolean;
  readonly matrix: 'bt601' | 'bt709' | 'bt2020' | 'smpte240m' | 'fcc';
  /** `p3`: Display P3, used by Apple's displays. */
  readonly primaries: 'bt709' | 'bt2020' | 'p3';
  /** `pq`: HDR10. */
  readonly transfer: 'sdr' | 'pq' | 'hlg';
  readonly range: 'limited' | 'full';
  /**
   * How HDR is converted to SDR: with the `zscale` filter in linear light, or with curves in builds without `zscale`.
   */
  readonly light: 'zscale' | 'curves';
}

/** Settings of the picture encoder. The output is always BT.709. */
export interface PictureSettings extends Stored {
  readonly width: number;
  readonly height: number;
  /** Display size: after rotation, in square pixels. */
  readonly source: Size;
  /** `scale`: the source already has this aspect ratio. */
  readonly fit: 'scale' | Exclude<Fit, 'keep'>;
  /** The point to keep in the frame when `crop` cuts, as fractions of width and height; 0.5, 0.5 is the centre. */
  readonly centre: { readonly x: number; readonly y: number };
  /** The source changes its frame size: each frame is scaled by its own size. */
  readonly varies?: true;
  /**
   * The last frame is held to the end, because the sound continues or ffmpeg would show the frame for too short a time.
   */
  readonly holds?: true;
  /**
   * The source has a lower or variable frame rate: each frame is repeated until the next one, the last until the end.
   */
  readonly repeats?: true;
  /** The constant frame rate of the output. */
  readonly fps: number;
  /** `auto`: a hardware encoder if one works, else `software` (libx264); or an encoder's name. */
  readonly encoder: string;
  readonly crf: number;
  readonly maxKbps: number;
}

/** What to do with a video that is longer than a platform accepts. */
export type Long = 'split' | 'trim' | 'reject';

export interface SoundSettings {
  readonly kbps: number;
  readonly channels: 1 | 2;
  /** Mix surround sound down to stereo. */
  readonly downmix: boolean;
  /** Gain in dB. */
  readonly gain: number;
  /** Index of the stream with the right channel, if left and right are separate mono tracks. */
  readonly right?: number;
}

/** A photo, and how it is fitted into the frame. */
export interface Slide {
  readonly photo: OriginalFile;
  readonly fit: ImageSettings['fit'];
  /** A smaller box in the frame for a photo that would otherwise be enlarged too much. */
  readonly within?: Size;
}

/** A video made from photos. */
export interface Slideshow {
  readonly slides: readonly Slide[];
  /** Seconds from the middle of one cross-fade to the middle of the next. */
  readonly slide: number;
  /** Duration of a cross-fade in seconds. */
  readonly fade: number;
  /** Total duration. */
  readonly seconds: number;
  /** null: silence. */
  readonly music: Music | null;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly crf: number;
  readonly maxKbps: number;
  readonly audioKbps: number;
}

/** A time range of a source, in seconds from its start. */
export interface Span {
  readonly from: number;
  /** null: to the end. */
  readonly to: number | null;
  /**
   * The same end as a decode timestamp. Reading copied packets stops here, since some packets are displayed later than
   * decoded.
   */
  readonly decodedTo: number | null;
  /**
   * The timestamp of the frame that is visible at `from`, if it is well before `from`: reading starts there and display
   * at `from`. Only set where the picture is encoded.
   */
  readonly shownFrom?: number;
  /** The last frame is held until the end. */
  readonly holds?: true;
  /** The range is counted in decoded frames, because the file's timestamps jump and seeking would be wrong. */
  readonly byFrames?: true;
}

/** Fields shared by `remux` and `transcode`. */
interface Written {
  /** Absent: the whole source. */
  readonly span?: Span;
  /** The only HEVC tag that Apple's players accept. */
  readonly tag?: 'hvc1';
}

/** What is done with a file. `silence` creates a silent track if there is none or the sound is muted. */
export type Operation =
  | { readonly kind: 'copy' }
  | ({ readonly kind: 'remux'; readonly sound: 'copy' | 'silence' } & Written)
  /** A lossless copy of an image without the metadata stored beside the picture. */
  | { readonly kind: 'strip' }
  | ({
      readonly kind: 'transcode';
      readonly picture: 'copy' | PictureSettings;
      readonly sound: 'copy' | 'silence' | SoundSettings;
    } & Written)
  | { readonly kind: 'slideshow'; readonly show: Slideshow }
  /** A text of our own, as SubRip. */
  | { readonly kind: 'subtitles'; readonly text: string }
  /** `at`: a time in the video in seconds, or null if the source is an image. */
  | { readonly kind: 'image'; readonly at: null; readonly settings: ImageSettings }
  | { readonly kind: 'image'; readonly at: number; readonly stored: Stored; readonly settings: ImageSettings };

/** The name of the operation in documents and events, from a closed list. */
export function actionOf({ kind }: Operation): Exclude<Operation['kind'], 'strip' | 'subtitles'> | 'text' {
  if (kind === 'subtitles') return 'text';
  return kind === 'strip' ? 'remux' : kind;
}

/** The selected streams of a video, by their index among all streams of the file (`-map 0:<number>`). */
export interface Streams {
  readonly picture: number;
  /** null if the video has no sound. */
  readonly sound: number | null;
  /** Whether they are the first streams of their kinds. Only then do they not become part of the rendition key. */
  readonly areFirst: boolean;
}

/** One file to make or link. `key` covers everything that determines its bytes, so equal keys mean one file. */
export interface PlannedFile {
  /** File name inside the folder of its part. */
  readonly name: string;
  readonly role: 'video' | 'photo' | 'cover' | 'subtitles';
  readonly source: OriginalFile;
  readonly operation: Operation;
  /** null if the source is an image. */
  readonly streams: Streams | null;
  /**
   * The fallback if this file copies packets and its check fails: the same file with everything encoded. Its `why`
   * contains the failure. Absent if nothing is copied.
   */
  readonly instead?: PlannedFile;
  /** The expected duration in seconds; null for images. */
  readonly seconds: number | null;
  /** Why the original is not delivered unchanged. */
  readonly why: readonly Issue[];
  readonly key: string;
  /**
   * Key of the encoding that the platform would have if it were planned alone, where it is another one: a run for that
   * platform alone may have delivered it, and it is as good. Absent: the same.
   */
  readonly unsharedKey?: string;
}

/** The texts of a post, cut to the limits of a platform. */
export interface SizedCaption {
  /** null if the platform has no title. */
  readonly title: string | null;
  /** Without the hashtags. */
  readonly body: string;
  /** Without `#`. Those in a sentence of the body are not among them. */
  readonly hashtags: readonly string[];
  /** A text that goes on in replies: what is pasted into each of them. Absent for a single post. */
  readonly thread?: readonly string[] | undefined;
  readonly removed: readonly Removed[];
  /** BCP 47, if title and body are a translation. */
  readonly language?: string | undefined;
}

/** One upload. `folder` is `''` for the only part of a post, else `part-1`, `part-2` ... */
export interface PlannedPart {
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  readonly caption: SizedCaption;
}

export type Plan =
  | { readonly kind: 'deliver'; readonly parts: readonly PlannedPart[]; readonly issues: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };
