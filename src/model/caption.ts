/** `half-width` is RedNote's unit: a code unit above 127 counts two, and half the sum is rounded up. */
export type CountingUnit = 'half-width' | 'characters' | 'bytes';

export type CaptionSource = 'edited' | 'csv' | 'sidecar' | 'listing' | 'export' | 'none';

/** The caption of a post before it is adapted to a platform. */
export interface Caption {
  readonly text: string;
  readonly source: CaptionSource;
  /** The title of a photo post, or one that a person wrote; null: a title is made from the text. */
  readonly title: string | null;
  /** Hashtags that a person wrote, without `#`; null: those in the text are used. */
  readonly hashtags: readonly string[] | null;
}

/** A caption, and how it was matched to the post. */
export interface JoinedCaption extends Caption {
  /** By the post's key in a spreadsheet, TikTok's id, or the time; null for text of the export itself. */
  readonly matchedBy: 'key' | 'id' | 'time' | null;
  /** The time difference between the source and the post; null if the source has no time. */
  readonly seconds: number | null;
}
