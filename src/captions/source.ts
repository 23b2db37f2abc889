import type { PostKind } from '../model/post.ts';

/**
 * Information about one post from a caption source: texts, and properties that identify the post. Every source (a
 * spreadsheet, a downloader's sidecar, the profile's listing) is one file in this folder that converts foreign data to
 * notes.
 */
export interface Note {
  readonly source: 'csv' | 'sidecar' | 'listing';
  /** The file name, for messages. */
  readonly origin: string;
  /** The post's key, if a spreadsheet has it. */
  readonly key: string | null;
  readonly tiktokId: string | null;
  /** Unix seconds. */
  readonly time: number | null;
  /** The time has no seconds, so it stands for the whole minute. */
  readonly toMinute: boolean;
  /** Without `@`. */
  readonly uploader: string | null;
  /** The caption as posted, including hashtags; `''`: it is empty; null: unknown. */
  readonly text: string | null;
  /** The title of a photo post, or a title that a person wrote; `''`: no title is wanted; null: unknown. */
  readonly title: string | null;
  /** Without `#`; null: unknown. */
  readonly hashtags: readonly string[] | null;
  /** Properties that distinguish posts of nearly the same time; each null if unknown. */
  readonly kind: PostKind | null;
  readonly seconds: number | null;
  readonly likes: number | null;
  readonly sound: string | null;
}

/** The notes in one file; null if the file does not belong to this source. */
export type Reading = {
  readonly notes: readonly Note[];
  /** Why some of the file could not be read, for messages; null if there is no problem. */
  readonly problem: string | null;
} | null;

/** A note without any information. */
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

/** Normalises line breaks to `\n`. */
export function plainBreaks(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
