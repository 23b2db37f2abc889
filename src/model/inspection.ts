import type { Issue } from './issue.ts';
import type { Export, Link, PostKind, Visibility } from './post.ts';

export type LinkState = 'alive' | 'expired' | 'unknown';

export interface InspectedPost {
  readonly key: string;
  readonly createdAt: string;
  readonly kind: PostKind;
  /** 0 for a video. */
  readonly photos: number;
  readonly visibility: Visibility;
  /** The export's words for the visibility, if they are unknown. */
  readonly audience?: string;
  /** Addresses of the post that are not in its links. */
  readonly leftOut?: { readonly videos: number; readonly photos: number };
  readonly links: readonly {
    readonly host: string;
    readonly kind: Link['kind'];
    readonly state: LinkState;
    readonly expiresAt: string | null;
  }[];
  readonly title: string | null;
  readonly sound: string | null;
  readonly location: string | null;
  readonly likes: number | null;
  readonly aiGenerated: boolean;
  readonly disclosure: readonly string[];
  /** Possible disclosures, as written in the export. */
  readonly unreadDisclosure?: readonly string[];
}

/** The document of `port inspect --json`, without the messages of its issues. It contains no signed URL. */
export interface Inspection {
  readonly schemaVersion: 1;
  readonly format: Export['format'];
  readonly generation: Export['generation'];
  readonly account: string | null;
  readonly counts: {
    readonly posts: number;
    readonly videos: number;
    readonly photoPosts: number;
    readonly photos: number;
    readonly deleted: number;
    readonly unreadable: number;
  };
  readonly visibility: Readonly<Record<Visibility, number>>;
  /** Links of live posts, one for each photo of a photo post. `none` counts posts without links. */
  readonly links: Readonly<Record<LinkState | 'none', number>> & { readonly firstExpiry: string | null };
  /** Live posts, newest first. */
  readonly posts: readonly InspectedPost[];
  readonly deleted: readonly InspectedPost[];
  readonly issues: readonly Issue[];
}
