import type { PostKind } from '../model/post.ts';

/**
 * What a source tells of one post: its words, and by what the post can be known. Every source of captions (a spreadsheet,
 * a downloader's sidecar, the profile's listing) is one file of this folder that makes notes out of foreign data.
 */
export interface Note {
  readonly source: 'csv' | 'sidecar' | 'listing';
  /** The name of the file, for people. */
  readonly origin: string;
  /** The post's own name, where a spreadsheet has it. */
  readonly key: string | null;
  readonly tiktokId: string | null;
  /** Unix seconds. */
  readonly time: number | null;
  /** The time has no seconds: it stands for its whole minute. */
  readonly toMinute: boolean;
  /** Without `@`. */
  readonly uploader: string | null;
  /** The caption as it was posted, hashtags and all; `''`: it has none; null: nothing is told. */
  readonly text: string | null;
  /** The title of a photo post, or what a person wrote as title; `''`: there shall be none; null: nothing is told. */
  readonly title: string | null;
  /** Without `#`; null: nothing is told. */
  readonly hashtags: readonly string[] | null;
  /** What tells posts of nearly the same time apart, each null where it is not told. */
  readonly kind: PostKind | null;
  readonly seconds: number | null;
  readonly likes: number | null;
  readonly sound: string | null;
}

/** What a source found in one file; null where the file is nothing of its kind. */
export type Reading = {
  readonly notes: readonly Note[];
  /** Why it is not all that the file should tell, for people; null if nothing is amiss. */
  readonly trouble: string | null;
} | null;

/** A note that tells nothing yet. */
export const blank = {
  key: null,
  tiktokId: null,
  time: null,
  toMinute: false,
  uploader: null,
  text: null,
  title: null,
  hashtags: null,
  kind: null,
  seconds: null,
  likes: null,
  sound: null,
} as const satisfies Partial<Note>;

/** Line breaks as every system but some spreadsheets writes them. */
export function plainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
