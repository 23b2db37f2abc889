import type { Issue } from './issue.ts';
import type { Original } from './original.ts';

export type Status = 'delivered' | 'held' | 'rejected' | 'failed';

export type Totals = Record<Status, number>;

/** How a post would end on a platform. `toFetch`: its original has to be fetched first, so more is not known yet. */
export interface Expected {
  readonly status: Status;
  readonly toFetch: boolean;
  /** It is there already. */
  readonly unchanged: boolean;
  readonly issues: readonly (Issue & { readonly message: string })[];
}

/** What a run will have to do for an account, as far as the originals at hand tell. */
export interface Forecast {
  /** Selected posts. */
  readonly posts: number;
  /** Of these, so many were looked at: their originals are here. */
  readonly lookedAt: number;
  /** Originals that have to be fetched first. */
  readonly toFetch: number;
  /** Posts whose original is neither here nor to be had. */
  readonly withoutOriginal: number;
  readonly withoutWords: number;
  /** Posts that are there already, on all platforms. */
  readonly unchanged: number;
  /** Videos and photos to be made or linked, each counted once however many platforms want it. */
  readonly works: Readonly<Record<'copy' | 'remux' | 'transcode' | 'slideshow' | 'image', number>>;
  /** Estimates, for the posts that were looked at; `seconds` after a short calibration on this machine. */
  readonly estimate: { readonly seconds: number; readonly bytes: number };
}

/** What happens in a run, in its order. report/ makes words, lines or bars of it; with `--json` it is printed as it is. */
export type RunEvent =
  | {
      readonly type: 'run';
      readonly export: string;
      readonly account: string;
      readonly folder: string;
      /** Known posts; of these, `selected` are ported in this run. */
      readonly posts: number;
      readonly selected: number;
      readonly targets: readonly string[];
      /** Nothing is written. */
      readonly dryRun?: true;
      /** It goes on together with other accounts: their events come mixed. */
      readonly together?: true;
    }
  | {
      readonly type: 'plan';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      /** What is done with each file: `copy`, `remux` ... */
      readonly actions: readonly string[];
      /** In a dry run: how the post would end, and why. */
      readonly expected?: Expected;
    }
  | ({ readonly type: 'forecast'; readonly account: string } & Forecast)
  | {
      readonly type: 'progress';
      /** Originals are fetched ahead of what is made of them. */
      readonly stage: 'fetch' | 'make';
      readonly account: string;
      readonly key: string;
      /** Of the rendition under way, 0 to 1; of an original 1, when it has been seen to. */
      readonly share: number;
      /** Posts of the run that this stage has done, and has to do. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: 'post';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      readonly status: Status;
      /** A post that an earlier run finished and this one found whole. */
      readonly unchanged: boolean;
      readonly actions: readonly string[];
      readonly issues: readonly (Issue & { readonly message: string })[];
      /** Its package, relative to the account's folder; null where there is none. */
      readonly folder: string | null;
      /** Where its original came from, and how it was found to be this post's; null if there is none. */
      readonly original: (Pick<Original, 'source' | 'matchedBy' | 'seconds'> & { readonly path: string }) | null;
      /** Of the package's files, words included; 0 where there is none. */
      readonly bytes: number;
    }
  | {
      readonly type: 'warning';
      readonly message: string;
      /** Those that the message counts. */
      readonly files?: readonly string[];
      /** What to do next: it belongs to the summary. */
      readonly atEnd?: true;
      /** The keys of the posts that it is about. */
      readonly posts?: readonly string[];
    }
  | { readonly type: 'error'; readonly message: string }
  | {
      readonly type: 'summary';
      /** By account and target; of `port fetch` the only target is `originals`. */
      readonly accounts: Readonly<Record<string, Readonly<Record<string, Totals>>>>;
      /** By account: originals that this run wanted and does not have. */
      readonly missing: Readonly<Record<string, MissingOriginals>>;
      readonly folders: readonly string[];
      readonly exitCode: number;
      /** The totals are what is expected; nothing was written. */
      readonly dryRun?: true;
    };

/** What has become of the links of originals that could not be had. Days are UTC, `2025-12-01`. */
export interface MissingOriginals {
  /** Links whose time is over: a new export brings them back. */
  readonly ended: {
    readonly videos: number;
    readonly photoPosts: number;
    /** The days on which the first and the last of them ended; null where the links did not say. */
    readonly first: string | null;
    readonly last: string | null;
  } | null;
  /** Links that should live, and the server would not hand out what they lead to: a new export may help. */
  readonly refused: { readonly videos: number; readonly photoPosts: number } | null;
  /** Links that were not followed, for they are not https or lead into a private network: only the user can allow that. */
  readonly blocked: { readonly posts: number } | null;
  /** Links that live: another run may bring them, until the day on which the first of them ends. */
  readonly living: {
    readonly posts: number;
    readonly firstEnds: string | null;
    /** Some were not asked for because of `--offline`. */
    readonly offline: boolean;
  } | null;
}

/** A way of telling it. One file a style (report/index.ts). */
export interface Report {
  readonly tell: (event: RunEvent) => void;
}
