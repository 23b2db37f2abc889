import type { CountingUnit } from '../model/caption.ts';
import type { IssueCode } from '../model/issue.ts';
import type { Container } from '../model/probe.ts';

export type { CountingUnit } from '../model/caption.ts';

/**
 * How well a figure is known.
 * A: official wording read in 2026 · B: official but older or second-hand · C: open-source code or measured on the real
 * page or device · D: guide or guess · ?: nothing found, which never means "no limit".
 */
export type Confidence = 'A' | 'B' | 'C' | 'D' | '?';

export interface Citation {
  readonly confidence: Confidence;
  /** An address, or `house rule`. */
  readonly source: string;
  /** `YYYY-MM`, when it was read. */
  readonly date: string;
}

/** A figure that cannot be written down without its source. `limit`: the platform refuses; `advice`: it prefers. */
export interface Limit<T> extends Citation {
  readonly value: T;
  readonly kind: 'limit' | 'advice';
}

export interface Source {
  limit<T>(value: T): Limit<T>;
  advice<T>(value: T): Limit<T>;
}

/** `const page = cite('A', 'https://...', '2026-10')`, then `page.limit(180)`. */
export function cite(confidence: Confidence, source: string, date: string): Source {
  const citation = { confidence, source, date };
  return {
    limit: (value) => ({ value, kind: 'limit', ...citation }),
    advice: (value) => ({ value, kind: 'advice', ...citation }),
  };
}

/** What a platform takes as it is. Asked by `whyNotVideo` of the original, of `encode`, and of the finished file. */
export interface VideoAccept {
  readonly containers: Limit<readonly Container[]>;
  readonly moovFirst: Limit<true>;
  /** One index of all samples, not an MP4 in fragments. */
  readonly oneIndex: Limit<true>;
  /** ffprobe's names. */
  readonly codecs: Limit<readonly string[]>;
  /** ffprobe's names of those that decoders in phones know; a profile that it has no name for passes. */
  readonly profiles: Limit<readonly string[]>;
  /** What MP4 and MOV call HEVC. */
  readonly hevcTag: Limit<'hvc1'>;
  readonly pixelFormats: Limit<readonly string[]>;
  /** Standard dynamic range only. */
  readonly sdr: Limit<true>;
  readonly squarePixels: Limit<true>;
  readonly progressive: Limit<true>;
  readonly maxFps: Limit<number>;
  readonly minFps?: Limit<number>;
  readonly maxWidth?: Limit<number>;
  /** Width by height, as shown. */
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
  readonly minSeconds?: Limit<number>;
  readonly maxSeconds?: Limit<number>;
  readonly maxBytes?: Limit<number>;
  readonly audioCodecs: Limit<readonly string[]>;
  readonly maxChannels: Limit<number>;
  /** Of the sound, Hz. */
  readonly maxSampleRate: Limit<number>;
  /** Exactly so many sound tracks; a silent one is made where there is none. */
  readonly audioTracks: Limit<1>;
}

/** What is worth saying of a video that is accepted all the same. */
export interface VideoAdvice {
  readonly maxSeconds?: Limit<number>;
  /** Longer ones with somebody else's sound are blocked if that is claimed. */
  readonly claimSeconds?: Limit<number>;
}

/** What is made where the original is not taken. The frame is a box that is never left, nor filled by enlarging. */
export interface VideoEncode {
  readonly longSide: number;
  readonly shortSide: number;
  /** Constant rate factor of x264: smaller is better and larger. */
  readonly crf: number;
  readonly maxKbps: number;
  readonly audioKbps: number;
}

export interface PhotoAccept {
  /** sharp's names. */
  readonly formats: Limit<readonly string[]>;
  readonly maxBytes?: Limit<number>;
  readonly minWidth?: Limit<number>;
  readonly maxWidth?: Limit<number>;
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
}

/** Followed where a photo is made anyway, and mentioned otherwise. */
export interface PhotoAdvice {
  readonly minAspect?: Limit<number>;
  readonly maxAspect?: Limit<number>;
}

/** What is drawn where the original is not taken, always JPEG in sRGB. */
export interface PhotoEncode {
  readonly maxWidth: number;
  /** Where to begin; stepped down until the file is small enough. */
  readonly quality: number;
  readonly maxBytes: number;
}

export interface PhotoRules {
  readonly accept: PhotoAccept;
  readonly advice: PhotoAdvice;
  readonly encode: PhotoEncode;
  /** All photos of a post are shown in the shape of the first. */
  readonly oneShape?: Limit<true>;
  readonly maxCount: Limit<number>;
}

export interface TextRule {
  readonly max: Limit<number>;
  /** What is cut anyway is cut to this. */
  readonly aim?: Limit<number>;
  readonly unit: CountingUnit;
}

/** Ways to reach somebody past the platform, which some platforms forbid in a post. */
export type ContactKind = 'link' | 'email' | 'phone' | 'messenger' | 'handle';

/** Kinds of words that platforms frown on; each has its issue, `word-absolute` and so on. */
export type WatchedKind = IssueCode extends infer Code ? (Code extends `word-${infer Kind}` ? Kind : never) : never;

/** What a post is about, by which a hashtag of several meanings is understood. */
export interface About {
  /** All its hashtags, as they are looked up: small letters without accents. */
  readonly tags: readonly string[];
  /** All its words, in small letters without accents. */
  readonly text: string;
}

export interface Words {
  /** null where the platform has no title. */
  readonly title: TextRule | null;
  /** The hashtags count too where they are written into the body. */
  readonly body: TextRule;
  readonly maxHashtags: Limit<number>;
  /** Room for all hashtags as tags of their own: characters and commas. */
  readonly maxTagRoom?: Limit<number>;
  /** Characters that the platform refuses. */
  readonly forbidden?: Limit<string>;
  /** Ways to reach somebody that are taken out of the words; without it all of them stay. */
  readonly noContacts?: Limit<readonly ContactKind[]>;
  /**
   * Words that are pointed out, in any case, and never reject a post. One in Latin letters is found as a whole word only;
   * a pattern says for itself in which company a word is meant.
   */
  readonly watched?: Readonly<Partial<Record<WatchedKind, Limit<readonly (string | RegExp)[]>>>>;
  /**
   * How much of the body is seen without a tap, in code units: what has to be told at first sight stands inside it. Told
   * as advice: it changes with the phone.
   */
  readonly fold?: Limit<number>;
  /** What the platform's people call a hashtag of another language, best first; it comes before that hashtag. */
  readonly topicsFor?: (hashtag: string, about: About) => readonly string[];
  /** Hashtags, in small letters, that go by another word here. */
  readonly wording?: Limit<Readonly<Record<string, string>>>;
  /** What handles on the platform itself are called by, in small letters: `IG: @maya` keeps its sign on Instagram. */
  readonly ownNetworks?: readonly string[];
  /** Hashtags, in small letters, that name the platform itself and stay. */
  readonly ownTags?: readonly string[];
  /** A hashtag is picked from a list while it is typed: caption.txt has each on a line of its own. */
  readonly pickedTags?: true;
}

/** What a creator has to tell the platform. The names are those of `declarations` in `post.json`. */
export type Declaration =
  | 'ai-generated'
  | 'your-brand'
  | 'branded-content'
  | 'library-sound'
  /** Its words or hashtags let one think so: a question. */
  | 'ai-asked'
  | 'branded-asked';

export interface Declarations {
  /** What to do about each in the platform's own form and words; where there is nothing to be done, nothing is said. */
  readonly when: Readonly<Partial<Record<Declaration, Limit<string>>>>;
  /** The form takes one answer only: what to do where a post is both paid for and made by AI, instead of each by itself. */
  readonly paidAndAi?: Limit<string>;
  /** What the form wants of every post, by a short name. */
  readonly always: Readonly<Record<string, Limit<string>>>;
}

/** A platform. One file and one line in index.ts add it everywhere: help, `--to`, `port targets`, the contract suite. */
export interface Target {
  readonly name: string;
  readonly title: string;
  /** Where a person uploads; null for an app without a page. */
  readonly upload: string | null;
  /** Another page, and for whom; where accounts of two kinds have a page each. */
  readonly uploadElsewhere?: { readonly for: string; readonly at: string };
  /** The upload page takes at most so many videos at a time, and names them by their files. */
  readonly uploadBatch?: Limit<number>;
  readonly video: { readonly accept: VideoAccept; readonly advice: VideoAdvice; readonly encode: VideoEncode };
  /** null where the platform takes no photos. */
  readonly photos: PhotoRules | null;
  readonly cover: { readonly size: Limit<{ readonly width: number; readonly height: number }> };
  readonly words: Words;
  readonly declarations: Declarations;
}
