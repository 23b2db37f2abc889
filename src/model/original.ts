export type OriginalSource = 'bundled' | 'media' | 'link' | 'page';

export type MatchedBy = 'key' | 'sidecar' | 'id' | 'name-time' | 'file-time' | 'link' | 'page';

/** A file that is the only copy of somebody's work: read, never written. */
export interface OriginalFile {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** The music of a video of photos. */
export interface Music extends OriginalFile {
  /** The number of its sound among all streams; absent: it is the first sound of the file. */
  readonly stream?: number | undefined;
}

export interface Original {
  /** One for a video, one for each photo that could be had, in order. */
  readonly files: readonly OriginalFile[];
  readonly source: OriginalSource;
  readonly matchedBy: MatchedBy;
  /** How far the file's time lay from the post's; null where time played no part. */
  readonly seconds: number | null;
  /** The still that the creator chose on TikTok, where the export linked to it and the link still lived. */
  readonly cover: OriginalFile | null;
}
