/**
 * How platforms count a text; `plan/counting.ts` has the details.
 * - `half-width`: RedNote. A code unit above 127 counts two, and half the sum is rounded up.
 * - `characters`: UTF-16 code units
 * - `bytes`: UTF-8
 * - `graphemes`: what a reader sees as one character, such as a flag or a letter with its marks
 * - `weighted`: X. A link counts 23; an emoji and a letter beyond the alphabets of Europe and the Near East count two.
 * - `emoji-bytes`: Threads. An emoji counts its UTF-8 bytes.
 */
export const countingUnits = ['half-width', 'characters', 'bytes', 'graphemes', 'weighted', 'emoji-bytes'] as const;
export type CountingUnit = (typeof countingUnits)[number];

export type CaptionSource = 'edited' | 'csv' | 'sidecar' | 'listing' | 'export' | 'none';

/** How a translation shares the text of a post with its original. */
export const translationLayouts = ['only', 'first', 'last'] as const;
export type TranslationLayout = (typeof translationLayouts)[number];

/** The words of a post in the language of a platform's readers. Without words the original goes out. */
export interface Translation {
  /** BCP 47. */
  readonly language: string;
  readonly layout: TranslationLayout;
  /** null: the original has none, so one is made from the text. */
  readonly title: string | null;
  /** Without the hashtags, which come from the original. */
  readonly text: string;
  /** `refused`: the answer of the translator was not used; `failed`: there was none; `stale`: made of other words. */
  readonly trouble?: { readonly kind: 'refused' | 'failed' | 'stale'; readonly reason: string };
}

/** The caption of a post before it is adapted to a platform. */
export interface Caption {
  readonly text: string;
  readonly source: CaptionSource;
  /** The title of a photo post, or one that a person wrote; null: a title is made from the text. */
  readonly title: string | null;
  /** Hashtags that a person wrote, without `#`; null: those in the text are used. */
  readonly hashtags: readonly string[] | null;
  /** By platform; absent if there are none. */
  readonly translations?: Readonly<Record<string, Translation>>;
}

/** A caption, and how it was matched to the post. */
export interface JoinedCaption extends Caption {
  /** By the post's key in a spreadsheet, TikTok's id, or the time; null for text of the export itself. */
  readonly matchedBy: 'key' | 'id' | 'time' | null;
  /** The time difference between the source and the post; null if the source has no time. */
  readonly seconds: number | null;
}
