/** `half-width`: RedNote's (a code unit above 127 counts two, the sum is halved and rounded up). */
export type CountingUnit = 'half-width' | 'characters' | 'bytes';

export type CaptionSource = 'edited' | 'csv' | 'sidecar' | 'listing' | 'export' | 'none';

/** What is known of a post's words before any platform has seen them. */
export interface Caption {
  readonly text: string;
  readonly source: CaptionSource;
  /** The photo title, or what a person wrote as the title; null: it is made of the text. */
  readonly title: string | null;
  /** What a person wrote as the hashtags, without `#`; null: they are those of the text. */
  readonly hashtags: readonly string[] | null;
}

/** A caption, and how it was found to be this post's. */
export interface JoinedCaption extends Caption {
  /** By the post's key in a spreadsheet, TikTok's id, or the time; null for words of the export itself. */
  readonly matchedBy: 'key' | 'id' | 'time' | null;
  /** How far the source's time lay from the post's; null where it has none. */
  readonly seconds: number | null;
}
