export type OriginalSource = 'bundled' | 'media' | 'link' | 'page';

export type MatchedBy = 'key' | 'sidecar' | 'id' | 'name-time' | 'file-time' | 'link' | 'page';

/** A file that may be the only copy of somebody's work: it is read, never written. */
export interface OriginalFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The music of a slideshow. */
export interface Music extends OriginalFile {
  /** The index of its sound among all streams; absent: the first sound stream. */
  readonly stream?: number | undefined;
}

export interface Original {
  /** One for a video, one for each available photo, in order. */
  readonly files: readonly OriginalFile[];
  readonly source: OriginalSource;
  readonly matchedBy: MatchedBy;
  /** The time difference between file and post; null if time was not used for the match. */
  readonly seconds: number | null;
  /** The cover that the creator chose on TikTok, if the export has a link to it that still works. */
  readonly cover: OriginalFile | null;
}
