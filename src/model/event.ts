import type { Issue } from './issue.ts';
import type { Original } from './original.ts';

export type Status = 'delivered' | 'held' | 'rejected' | 'failed';

export type Totals = Record<Status, number>;

/**
 * The expected outcome of a post on a platform. `toFetch`: its original has to be fetched first, so the rest is
 * unknown.
 */
export interface Expected {
  readonly status: Status;
  readonly toFetch: boolean;
  /** Nothing has to be done. */
  readonly unchanged: boolean;
  readonly issues: readonly (Issue & { readonly message: string })[];
}

/** The work that a run has to do for an account, as far as the available originals show. */
export interface Forecast {
  /** Selected posts. */
  readonly posts: number;
  /** Posts whose originals are available and were examined. */
  readonly lookedAt: number;
  /** Originals that have to be fetched first. */
  readonly toFetch: number;
  /** Posts whose original is not available anywhere. */
  readonly withoutOriginal: number;
  readonly withoutWords: number;
  /** Posts that are up to date on all platforms. */
  readonly unchanged: number;
  /** The number of videos and photos to make or link, each counted once even if several platforms share it. */
  readonly works: Readonly<Record<'copy' | 'remux' | 'transcode' | 'slideshow' | 'image', number>>;
  /** The same files, but one that several platforms share counted for each of them, as the events of posts list them. */
  readonly perPlatform: { readonly encoded: number; readonly others: number };
  /** Estimates for the examined posts; `seconds` after a short calibration on this machine. */
  readonly estimate: { readonly seconds: number; readonly bytes: number };
  /** In a dry run with `--translate`: what would be sent to the translator, and where that is. */
  readonly translation?: { readonly posts: number; readonly characters: number; readonly to: string };
  /** In a dry run with `--transcribe`: how many videos would be transcribed, and by what. */
  readonly transcription?: { readonly videos: number; readonly by: string };
}

/**
 * The events of a run, in order. report/ converts them to messages, lines or progress bars; `--json` prints them
 * unchanged.
 */
export type RunEvent =
  | {
      readonly type: 'run';
      readonly export: string;
      readonly account: string;
      readonly folder: string;
      /** Known posts; `selected` of them are ported in this run. */
      readonly posts: number;
      readonly selected: number;
      /** The number of posts that this run tells of: the selected ones, and those that a rule holds back. */
      readonly reported: number;
      readonly targets: readonly string[];
      /** Nothing is written. */
      readonly dryRun?: true;
      /** The account is processed in parallel with others: their events are interleaved. */
      readonly together?: true;
    }
  | {
      readonly type: 'plan';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      /** The operation for each file: `copy`, `remux` ... */
      readonly actions: readonly string[];
      /** In a dry run: the expected outcome and the reasons. */
      readonly expected?: Expected;
    }
  | ({ readonly type: 'forecast'; readonly account: string } & Forecast)
  | {
      readonly type: 'progress';
      /** Originals are fetched ahead of rendering. */
      readonly stage: 'fetch' | 'make';
      readonly account: string;
      readonly key: string;
      /** Progress of the current rendition, 0 to 1; for an original 1 when it is done. */
      readonly share: number;
      /** Posts of the run that this stage has finished, and their total. */
      readonly done: number;
      readonly total: number;
    }
  | {
      readonly type: 'post';
      readonly account: string;
      readonly key: string;
      readonly target: string;
      readonly status: Status;
      /** An earlier run finished the post, and it is still intact. */
      readonly unchanged: boolean;
      /** It was delivered before, and its words are other ones now. */
      readonly newWords?: true;
      readonly actions: readonly string[];
      readonly issues: readonly (Issue & { readonly message: string })[];
      /** Its package, relative to the account's folder; null if there is none. */
      readonly folder: string | null;
      /** The source of its original, and how it was matched to the post; null if there is none. */
      readonly original: (Pick<Original, 'source' | 'matchedBy' | 'seconds'> & { readonly path: string }) | null;
      /** The size of the package's files, including texts; 0 if there is none. */
      readonly bytes: number;
    }
  | {
      readonly type: 'warning';
      readonly message: string;
      /** What the message says, as data; absent where it is about something else than an issue. */
      readonly issue?: Issue;
      /** The files that the message counts. */
      readonly files?: readonly string[];
      /** A next step for the user: printed in the summary. */
      readonly atEnd?: true;
      /** The keys of the posts that it is about. */
      readonly posts?: readonly string[];
    }
  | { readonly type: 'error'; readonly message: string; readonly issue?: Issue }
  | {
      readonly type: 'summary';
      /** By account and target; `port fetch` has the single target `originals`. */
      readonly accounts: Readonly<Record<string, Readonly<Record<string, Totals>>>>;
      /** By account: originals that this run needed and does not have. */
      readonly missing: Readonly<Record<string, MissingOriginals>>;
      readonly folders: readonly string[];
      /** By account and target, after an interruption: posts among the held ones that were not reached. */
      readonly unreached?: Readonly<Record<string, Readonly<Record<string, number>>>>;
      readonly exitCode: number;
      /** The totals are expected values; nothing was written. */
      readonly dryRun?: true;
    };

/** The state of the links of missing originals. Days are UTC, `2025-12-01`. */
export interface MissingOriginals {
  /** Expired links: a new export has fresh ones. */
  readonly ended: {
    readonly videos: number;
    readonly photoPosts: number;
    /** The days on which the first and last of them expired; null if the links have no expiry. */
    readonly first: string | null;
    readonly last: string | null;
  } | null;
  /** Valid links that the server refused: a new export may help. */
  readonly refused: { readonly videos: number; readonly photoPosts: number } | null;
  /**
   * Links that were not requested because they are not https or lead into a private network: only the user can allow
   * that.
   */
  readonly blocked: { readonly posts: number } | null;
  /** Valid links: another run may fetch them until the first of them expires. */
  readonly living: {
    readonly posts: number;
    readonly firstEnds: string | null;
    /** Some were not requested because of `--offline`. */
    readonly offline: boolean;
  } | null;
}

/** Reports events in one style. One file per style. */
export interface Report {
  readonly tell: (event: RunEvent) => void;
}
