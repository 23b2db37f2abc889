import type { Issue } from '../model/issue.ts';
import type { Music, OriginalFile } from '../model/original.ts';
import type { ImageSettings } from '../model/render-job.ts';
import type { Size } from './geometry.ts';
import type { Removed } from './words/removed.ts';

/** How a picture of another shape comes into a frame: whole over a blurred fill, whole on black, or cut. */
export type Fit = 'keep' | 'blur' | 'pad' | 'crop';

/** How a video's picture is stored, and what it takes to show it as it is meant. */
export interface Stored {
  /** Mirrored left to right, and then turned clockwise. */
  readonly mirrored: boolean;
  readonly rotation: 0 | 90 | 180 | 270;
  readonly interlaced: boolean;
  readonly matrix: 'bt601' | 'bt709' | 'bt2020' | 'smpte240m' | 'fcc';
  /** `p3`: Apple's displays (Display P3). */
  readonly primaries: 'bt709' | 'bt2020' | 'p3';
  /** `pq`: HDR10. */
  readonly transfer: 'sdr' | 'pq' | 'hlg';
  readonly range: 'limited' | 'full';
  /** What takes HDR to SDR: the filter that computes with light, or curves for a build that lacks it. */
  readonly light: 'zscale' | 'curves';
}

/** Only what is encoded has encoder settings: a copy cannot. What is written is always BT.709. */
export interface PictureSettings extends Stored {
  readonly width: number;
  readonly height: number;
  /** As shown: turned upright, in square pixels. */
  readonly source: Size;
  /** `scale`: the source has this shape already. */
  readonly fit: 'scale' | Exclude<Fit, 'keep'>;
  /** What is to stay where `crop` cuts, as shares of width and height: the middle is 0.5, 0.5. */
  readonly centre: { readonly x: number; readonly y: number };
  /** Frames have several sizes: each is fitted into the frame by its own. */
  readonly varies?: true;
  /** The last frame is held to the end: its sound goes on, or it stands for longer than ffmpeg would show it. */
  readonly holds?: true;
  /** Its frames come more slowly than the rate that is written: each is repeated until the next one, the last to the end. */
  readonly repeats?: true;
  /** The constant rate that is written. */
  readonly fps: number;
  /** `auto`: the graphics card's if it works, else `software`, which is libx264; or the name of one. */
  readonly encoder: string;
  readonly crf: number;
  readonly maxKbps: number;
}

/** What becomes of a video that is longer than a platform takes. */
export type Long = 'split' | 'trim' | 'reject';

export interface SoundSettings {
  readonly kbps: number;
  readonly channels: 1 | 2;
  /** Surround to stereo. */
  readonly downmix: boolean;
  /** Amplification in dB. */
  readonly gain: number;
  /** The stream that is the right channel, where the first sound is the left one only. */
  readonly right?: number;
}

/** A photo, and how it comes into the frame. */
export interface Slide {
  readonly photo: OriginalFile;
  readonly fit: ImageSettings['fit'];
  /** The box inside the frame in which it stands, where it would be enlarged too much otherwise. */
  readonly within?: Size;
}

/** A video made of photos. */
export interface Slideshow {
  readonly slides: readonly Slide[];
  /** Seconds from the middle of one cross-fade to the middle of the next. */
  readonly slide: number;
  /** Seconds that a cross-fade takes. */
  readonly fade: number;
  /** Of the whole. */
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

/** A stretch of a source, in seconds from its beginning. */
export interface Span {
  readonly from: number;
  /** null: to the end. */
  readonly to: number | null;
  /**
   * The same end by the time at which packets are decoded, some of which are shown later: where reading copied ones ends.
   */
  readonly decodedTo: number | null;
  /**
   * When the frame that is seen at `from` is due, where that is well before: it is read from there, and shown from `from`
   * on. Only where the picture is encoded.
   */
  readonly shownFrom?: number;
  /** The last frame stands until the end, long after the one before it. */
  readonly holds?: true;
  /** Counted by what is decoded from the beginning on: the file's own clock jumps, so nothing is found by it. */
  readonly byFrames?: true;
}

/** What `remux` and `transcode` have in common. */
interface Written {
  /** Absent: all of the source. */
  readonly span?: Span;
  /** Apple's players know HEVC by this tag only. */
  readonly tag?: 'hvc1';
}

/** What becomes of a file. `silence` makes a silent track, where there is none or where it is muted. */
export type Operation =
  | { readonly kind: 'copy' }
  | ({ readonly kind: 'remux'; readonly sound: 'copy' | 'silence' } & Written)
  /** An image without what stands beside its picture, which keeps every bit. */
  | { readonly kind: 'strip' }
  | ({
      readonly kind: 'transcode';
      readonly picture: 'copy' | PictureSettings;
      readonly sound: 'copy' | 'silence' | SoundSettings;
    } & Written)
  | { readonly kind: 'slideshow'; readonly show: Slideshow }
  /** `at`: the moment of a video, in seconds; null where the source is an image. */
  | { readonly kind: 'image'; readonly at: null; readonly settings: ImageSettings }
  | { readonly kind: 'image'; readonly at: number; readonly stored: Stored; readonly settings: ImageSettings };

/** What documents and events call it: their list is closed. */
export function actionOf({ kind }: Operation): Exclude<Operation['kind'], 'strip'> {
  return kind === 'strip' ? 'remux' : kind;
}

/** The streams of a video that are used, by their numbers among all streams of the file (`-map 0:<number>`). */
export interface Streams {
  readonly picture: number;
  /** null: it has no sound. */
  readonly sound: number | null;
  /** The first of their kinds in the file: what a rendition's name takes for granted. */
  readonly areFirst: boolean;
}

/** One file to be made or linked: all that decides its bytes is in `key`, so equal keys are one file. */
export interface PlannedFile {
  /** Name in the folder of its part. */
  readonly name: string;
  readonly role: 'video' | 'photo' | 'cover';
  readonly source: OriginalFile;
  readonly operation: Operation;
  /** Of a source that is a video; null where it is an image. */
  readonly streams: Streams | null;
  /**
   * What is made where this one copies packets and its check finds them wrong: the same with all of it encoded. Its `why`
   * says so. Absent: nothing is copied.
   */
  readonly instead?: PlannedFile;
  /** What the result must last, in seconds; null for images. */
  readonly seconds: number | null;
  /** Why it does not go out as it came. */
  readonly why: readonly Issue[];
  readonly key: string;
}

/** Sized words, ready for a platform. */
export interface SizedCaption {
  /** null where the platform has none. */
  readonly title: string | null;
  /** Without the hashtags. */
  readonly body: string;
  /** Without `#`. */
  readonly hashtags: readonly string[];
  readonly removed: readonly Removed[];
}

/** What is uploaded in one go. `folder` is `''` for the only part of a post, else `part-1`, `part-2` ... */
export interface PlannedPart {
  readonly folder: string;
  readonly files: readonly PlannedFile[];
  readonly caption: SizedCaption;
}

export type Plan =
  | { readonly kind: 'deliver'; readonly parts: readonly PlannedPart[]; readonly issues: readonly Issue[] }
  | { readonly kind: 'reject'; readonly issues: readonly Issue[] };
