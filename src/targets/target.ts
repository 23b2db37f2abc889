import type { CountingUnit } from '../model/caption.ts';
import type { IssueCode } from '../model/issue.ts';
import type { Container } from '../model/probe.ts';

export type { CountingUnit } from '../model/caption.ts';

/**
 * How reliable a figure is. A: official wording read in 2026 · B: official but older or second-hand · C: open-source
 * code, or measured on the real page or device · D: guide or guess · ?: no source found, which does not mean "no
 * limit".
 */
export type Confidence = 'A' | 'B' | 'C' | 'D' | '?';

export interface Citation {
  readonly confidence: Confidence;
  /** A URL, or `house rule`. */
  readonly source: string;
  /** The month in which the source was read, `YYYY-MM`. */
  readonly date: string;
}

/**
 * A figure together with its source. `limit`: the platform refuses anything beyond; `advice`: the platform recommends
 * it.
 */
export interface Limit<T> extends Citation {
  readonly value: T;
  readonly kind: 'limit' | 'advice';
}

export interface Source {
  limit<T>(value: T): Limit<T>;
  advice<T>(value: T): Limit<T>;
}

/** Creates a source: `const page = cite('A', 'https://...', '2026-10')`, then `page.limit(180)`. */
export function cite(confidence: Confidence, source: string, date: string): Source {
  const citation = { confidence, source, date };
  return {
    limit: (value) => ({ value, kind: 'limit', ...citation }),
    advice: (value) => ({ value, kind: 'advice', ...citation }),
  };
}

/**
 * The videos that a platform accepts unchanged. `whyNotVideo` tests the original, `encode` and the finished file
 * against it.
 */
export interface VideoAccept {
  readonly containers: Limit<readonly Container[]>;
  readonly moovFirst: Limit<true>;
  /** One index of all samples (`moov`), not a fragmented MP4. */
  readonly oneIndex: Limit<true>;
  /** Codec names as in ffprobe. */
  readonly codecs: Limit<readonly string[]>;
  /** H.264 and HEVC profiles that phones can decode, by ffprobe's names. A profile that ffprobe cannot name passes. */
  readonly profiles: Limit<readonly string[]>;
  /** The codec tag of HEVC in MP4 and MOV. */
  readonly hevcTag: Limit<'hvc1'>;
  readonly pixelFormats: Limit<readonly string[]>;
  /** Standard dynamic range only. */
  readonly sdr: Limit<true>;
  readonly squarePixels: Limit<true>;
  readonly progressive: Limit<true>;
  readonly maxFps: Limit<number>;
  readonly minFps?: Limit<number>;
  readonly maxWidth?: Limit<number>;
  /** The shorter and the longer side, as displayed, however the picture is turned. A smaller picture is enlarged. */
  readonly minShortSide?: Limit<number>;
  readonly maxShortSide?: Limit<number>;
  readonly maxLongSide?: Limit<number>;
  /** Width divided by height, as displayed. */
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
  readonly minSeconds?: Limit<number>;
  readonly maxSeconds?: Limit<number>;
  readonly maxBytes?: Limit<number>;
  readonly audioCodecs: Limit<readonly string[]>;
  readonly maxChannels: Limit<number>;
  /** Maximum sample rate of the sound, in Hz. */
  readonly maxSampleRate: Limit<number>;
  /** The exact number of sound tracks. A silent track is added if there is none. */
  readonly audioTracks: Limit<1>;
}

/** Limits that cause a notice but do not reject a video. */
export interface VideoAdvice {
  readonly maxSeconds?: Limit<number>;
  /** A longer video is blocked if the owner of its music claims it. */
  readonly claimSeconds?: Limit<number>;
}

/**
 * How a video is encoded if the original is not accepted. The frame size is an upper bound: a smaller picture is not
 * enlarged beyond what the platform requires.
 */
export interface VideoEncode {
  readonly longSide: number;
  readonly shortSide: number;
  /** Constant rate factor of x264: a smaller value means better quality and a larger file. */
  readonly crf: number;
  readonly maxKbps: number;
  readonly audioKbps: number;
}

export interface PhotoAccept {
  /** Image formats by sharp's names. */
  readonly formats: Limit<readonly string[]>;
  readonly maxBytes?: Limit<number>;
  readonly minWidth?: Limit<number>;
  readonly maxWidth?: Limit<number>;
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
}

/** Applied when a photo is re-encoded anyway; otherwise only mentioned. */
export interface PhotoAdvice {
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
}

/** How a photo is re-encoded if the original is not accepted: always as JPEG in sRGB. */
export interface PhotoEncode {
  readonly maxWidth: number;
  /** The initial quality; it is lowered until the file is small enough. */
  readonly quality: number;
  readonly maxBytes: number;
}

export interface PhotoRules {
  readonly accept: PhotoAccept;
  readonly advice: PhotoAdvice;
  readonly encode: PhotoEncode;
  /** The platform shows all photos of a post in the aspect ratio of the first. */
  readonly oneShape?: Limit<true>;
  readonly maxCount: Limit<number>;
}

export interface TextRule {
  readonly max: Limit<number>;
  /** The length to which a text is cut if it has to be cut. */
  readonly aim?: Limit<number>;
  readonly unit: CountingUnit;
}

/** The rule for a text that may have a second limit in another unit: Bluesky counts graphemes and bytes. */
export interface LongText extends TextRule {
  readonly also?: Pick<TextRule, 'max' | 'unit'>;
}

/** Ways to contact somebody outside the platform, which some platforms forbid in a post. */
export type ContactKind = 'link' | 'email' | 'phone' | 'messenger' | 'handle';

/** Kinds of words that platforms discourage. Each kind has its issue code: `word-absolute` and so on. */
export type WatchedKind = IssueCode extends infer Code ? (Code extends `word-${infer Kind}` ? Kind : never) : never;

/** The subject of a post, used to choose between several meanings of a hashtag. */
export interface About {
  /** All its hashtags, normalised: lower case without accents. */
  readonly tags: readonly string[];
  /** All its words, in lower case without accents. */
  readonly text: string;
}

export interface Words {
  /** null if the platform has no title. */
  readonly title: TextRule | null;
  /** Includes the hashtags if they are written into the body. */
  readonly body: LongText;
  readonly maxHashtags: Limit<number>;
  /** The length of a single hashtag, without `#`. */
  readonly hashtag?: TextRule;
  /** The limit for all hashtags in a separate tag field: characters and commas. */
  readonly maxTagRoom?: Limit<number>;
  /** Characters that the platform refuses. */
  readonly forbidden?: Limit<string>;
  /** Kinds of contacts that are removed from the text. Absent: all of them stay. */
  readonly noContacts?: Limit<readonly ContactKind[]>;
  /**
   * Words that cause a notice, in any case; they never reject a post. A word in Latin letters matches as a whole word
   * only; a pattern can include the context in which a word is meant.
   */
  readonly watched?: Readonly<Partial<Record<WatchedKind, Limit<readonly (string | RegExp)[]>>>>;
  /**
   * How much of the body is visible without a tap, in code units: disclosures have to come within it. It is advice,
   * because it differs between phones.
   */
  readonly fold?: Limit<number>;
  /** The platform's own topics for a hashtag of another language, best first. They come before that hashtag. */
  readonly topicsFor?: (hashtag: string, about: About) => readonly string[];
  /** Replacements for hashtags that are called otherwise on this platform, in lower case. */
  readonly wording?: Limit<Readonly<Record<string, string>>>;
  /** The language of nearly all of its readers, as BCP 47; absent where they have many. */
  readonly language?: Limit<string>;
  /** Names by which this platform is called, in lower case: `IG: @maya` keeps its @ on Instagram. */
  readonly ownNetworks?: readonly string[];
  /** Hashtags that name the platform itself and are kept, in lower case. */
  readonly ownTags?: readonly string[];
  /** Hashtags are words of the text here: one in a sentence stays there, and is not repeated at the end. */
  readonly tagsInText?: true;
  /** A text that is too long can go on in replies (`--thread`): how many posts a thread may have. */
  readonly thread?: Limit<number>;
  /** Hashtags are picked from a list while typing, so caption.txt has each on a line of its own. */
  readonly pickedTags?: true;
}

/** A disclosure that the creator has to make to the platform. The names are those of `declarations` in `post.json`. */
export type Declaration =
  | 'ai-generated'
  | 'your-brand'
  | 'branded-content'
  | 'library-sound'
  /** The words or hashtags suggest it, so the creator is asked. */
  | 'ai-asked'
  | 'branded-asked';

export interface Declarations {
  /**
   * The instruction for each declaration, in the words of the platform's own form. Absent if there is nothing to do.
   */
  readonly when: Readonly<Partial<Record<Declaration, Limit<string>>>>;
  /** The form accepts one answer only: the instruction for a post that is both paid and made by AI. */
  readonly paidAndAi?: Limit<string>;
  /** Instructions for every post, by a short name. */
  readonly always: Readonly<Record<string, Limit<string>>>;
}

/**
 * A platform. One file and one line in index.ts add it everywhere: help, `--to`, `port targets`, the contract suite.
 */
export interface Target {
  readonly name: string;
  /** Other names that people say; `--to` takes them too. */
  readonly aliases: readonly string[];
  readonly title: string;
  /** `--to all` means it too. Other platforms are named one by one. */
  readonly isInAll?: true;
  /** The page for uploads; null if the platform has an app only. */
  readonly upload: string | null;
  /** A second upload page and the kind of account it is for. */
  readonly uploadElsewhere?: { readonly for: string; readonly at: string };
  /** How many videos the upload page takes at a time. It titles them by their file names. */
  readonly uploadBatch?: Limit<number>;
  readonly video: { readonly accept: VideoAccept; readonly advice: VideoAdvice; readonly encode: VideoEncode };
  /** null if the platform takes no photos. */
  readonly photos: PhotoRules | null;
  readonly cover: { readonly size: Limit<{ readonly width: number; readonly height: number }> };
  readonly words: Words;
  readonly declarations: Declarations;
}
