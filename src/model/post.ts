import type { Issue } from './issue.ts';

/**
 * The data that flows through the stages. Types only: whoever knows this file can read every other.
 *
 * Times are unix seconds (UTC) in the program and ISO 8601 in documents. Sizes are bytes, durations seconds, angles degrees.
 */

export type PostKind = 'video' | 'photos';

export type Visibility = 'everyone' | 'friends' | 'private' | 'deleted' | 'unknown';

/**
 * One address of an export. `url` is a bearer secret as long as it lives: what is printed or written goes through
 * `redactUrl` (exports/link.ts).
 * - `media`: a signed address of a video or an image
 * - `page`: a tiktok.com page, which only yt-dlp can turn into media
 * - `login`: an address behind a session (deleted posts)
 */
export interface Link {
  readonly url: string;
  readonly host: string;
  readonly kind: 'media' | 'page' | 'login';
  /** Unix seconds; null where the address does not say. */
  readonly expiresAt: number | null;
  /** Guessed from the bucket's name; null where it does not tell. */
  readonly quality: 'original' | 'transcode' | null;
  /** TikTok's post id, where the address carries one (page links). */
  readonly tiktokId: string | null;
}

export interface Post {
  /** Names the post everywhere: its UTC time, `2025-03-02_09-15-04`, with `-2`, `-3` for others of the same second. */
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly kind: PostKind;
  readonly visibility: Visibility;
  /**
   * Who could see it, in words of the export that are not known (empty: it says so of other posts, and nothing of this one).
   * Such a post is `private`, and goes out only where all restricted audiences are included.
   */
  readonly audience?: string;
  /** What else the post holds beside `links`: its kind cannot have both. */
  readonly leftOut?: { readonly videos: number; readonly photos: number };
  /** A video has at most one, a photo post one for each photo, in order. */
  readonly links: readonly Link[];
  /** The still that the creator chose, where the export names it. */
  readonly coverLink: Link | null;
  /** The title of a photo post. An export holds no captions. */
  readonly title: string | null;
  readonly sound: string | null;
  readonly location: string | null;
  readonly likes: number | null;
  readonly aiGenerated: boolean;
  /** `Your Brand`, `Branded Content`. */
  readonly disclosure: readonly string[];
  /** What may disclose something else, as the export has it: for a person to judge. */
  readonly unreadDisclosure?: readonly string[];
}

export interface Export {
  readonly format: 'tiktok-json' | 'tiktok-txt';
  readonly generation: 'A' | 'B' | 'C' | 'D' | 'E' | null;
  readonly account: string | null;
  /** Live posts, newest first. */
  readonly posts: readonly Post[];
  /** Recently deleted posts, `visibility: 'deleted'`. */
  readonly deleted: readonly Post[];
  /** Rows that could not be understood, entries that were skipped: nothing is dropped in silence. */
  readonly setAside: readonly Issue[];
}
