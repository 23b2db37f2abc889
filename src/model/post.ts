import type { Issue } from './issue.ts';

/**
 * The data that passes through the stages. Types only: read this file first.
 *
 * Times are Unix seconds (UTC) in the program and ISO 8601 in documents. Sizes are bytes, durations seconds, angles
 * degrees.
 */

export type PostKind = 'video' | 'photos';

export type Visibility = 'everyone' | 'friends' | 'private' | 'deleted' | 'unknown';

/**
 * One address in an export. `url` is a bearer secret until it expires: anything that is printed or stored goes through
 * `redactUrl` (exports/link.ts).
 * - `media`: a signed URL of a video or an image
 * - `page`: a tiktok.com page, which only yt-dlp can convert to media
 * - `login`: a URL that needs a session (deleted posts)
 */
export interface Link {
  readonly url: string;
  readonly host: string;
  readonly kind: 'media' | 'page' | 'login';
  /** Unix seconds; null if the URL has no expiry. */
  readonly expiresAt: number | null;
  /** Inferred from the bucket's name; null if it is unknown. */
  readonly quality: 'original' | 'transcode' | null;
  /** TikTok's post id, if the URL contains one (page links). */
  readonly tiktokId: string | null;
}

export interface Post {
  /**
   * The identifier of the post everywhere: its UTC time, `2025-03-02_09-15-04`, with `-2`, `-3` for others of the same
   * second.
   */
  readonly key: string;
  /** Unix seconds. */
  readonly time: number;
  readonly kind: PostKind;
  readonly visibility: Visibility;
  /**
   * The export's unknown words for the visibility (empty: other posts have a visibility, this one has none). Such a
   * post counts as `private` and is delivered only if all restricted audiences are included.
   */
  readonly audience?: string;
  /** When the person included this post by hand in the studio, though not everyone could see it: ISO 8601. */
  readonly included?: string;
  /** The number of addresses that are not in `links`, because a post has either videos or photos. */
  readonly leftOut?: { readonly videos: number; readonly photos: number };
  /** A video has at most one, a photo post one for each photo, in order. */
  readonly links: readonly Link[];
  /** The cover that the creator chose, if the export has a link to it. */
  readonly coverLink: Link | null;
  /** The title of a photo post. An export contains no captions. */
  readonly title: string | null;
  readonly sound: string | null;
  readonly location: string | null;
  readonly likes: number | null;
  readonly aiGenerated: boolean;
  /** `Your Brand`, `Branded Content`. */
  readonly disclosure: readonly string[];
  /** Possible disclosures as written in the export, for a person to judge. */
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
  /** Unreadable rows and skipped entries: nothing is lost silently. */
  readonly setAside: readonly Issue[];
}
