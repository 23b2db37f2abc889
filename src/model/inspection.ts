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
  /** Words of the export for who could see it, where they are not known. */
  readonly audience?: string;
  /** What else the post holds beside its links. */
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
  /** What may disclose something else, as the export has it. */
  readonly unreadDisclosure?: readonly string[];
}

/** The document of `port inspect --json`, without the sentences of its issues. No signed address is in it. */
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
  /** Of live posts; a photo post has one for each photo. `none` counts posts without any. */
  readonly links: Readonly<Record<LinkState | 'none', number>> & { readonly firstExpiry: string | null };
  /** Live posts, newest first. */
  readonly posts: readonly InspectedPost[];
  readonly deleted: readonly InspectedPost[];
  readonly issues: readonly Issue[];
}
