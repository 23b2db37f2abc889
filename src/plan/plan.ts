import type { Issue, OriginalFile } from '../model.ts';
import type { ImageSettings } from '../tools/tools.ts';
import type { Removed } from './words/removed.ts';

/** How a picture of another shape comes into a frame: whole over a blurred fill, whole on black, or cut. */
export type Fit = 'keep' | 'blur' | 'pad' | 'crop';

/** How a video's picture is stored, and what it takes to show it as it is meant. */
export interface Colours {
  readonly matrix: 'bt601' | 'bt709' | 'bt2020';
  readonly toneMap: boolean;
  readonly deinterlace: boolean;
}

/** Only what is encoded has encoder settings: a copy cannot. What is written is always BT.709. */
export interface PictureSettings extends Colours {
  readonly width: number;
  readonly height: number;
  /** `scale`: the source has this shape already. */
  readonly fit: 'scale' | Exclude<Fit, 'keep'>;
  /** Constant rate to write; null leaves the timing as it is. */
  readonly fps: number | null;
  readonly crf: number;
  readonly maxKbps: number;
}

export interface SoundSettings {
  readonly kbps: number;
  readonly channels: 1 | 2;
}

/** What becomes of a file. `silence` makes a silent track where there is none. */
export type Operation =
  | { readonly kind: 'copy' }
  | { readonly kind: 'remux'; readonly sound: 'copy' | 'silence' }
  /** An image without what stands beside its picture, which keeps every bit. */
  | { readonly kind: 'strip' }
  | {
      readonly kind: 'transcode';
      readonly picture: 'copy' | PictureSettings;
      readonly sound: 'copy' | 'silence' | SoundSettings;
    }
  /** `at`: the moment of a video, in seconds; null where the source is an image. */
  | { readonly kind: 'image'; readonly at: null; readonly settings: ImageSettings }
  | { readonly kind: 'image'; readonly at: number; readonly colours: Colours; readonly settings: ImageSettings };

/** What documents and events call it: their list is closed. */
export function actionOf({ kind }: Operation): Exclude<Operation['kind'], 'strip'> {
  return kind === 'strip' ? 'remux' : kind;
}

/** One file to be made or linked: all that decides its bytes is in `key`, so equal keys are one file. */
export interface PlannedFile {
  /** Name in the folder of its part. */
  readonly name: string;
  readonly role: 'video' | 'photo' | 'cover';
  readonly source: OriginalFile;
  readonly operation: Operation;
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
