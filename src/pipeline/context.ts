import type { Captions, ResolvedCaptions } from '../captions/index.ts';
import type { PortOptions, PostOptions } from '../config/options.ts';
import type { PackageMedia } from '../deliver/package-media.ts';
import type { PartWords } from '../deliver/package-words.ts';
import type { JoinedCaption } from '../model/caption.ts';
import type { RunEvent } from '../model/event.ts';
import type { Issue } from '../model/issue.ts';
import type { Music, Original } from '../model/original.ts';
import type { Originals } from '../originals/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { Encoders } from '../render/encoders.ts';
import type { Entry } from '../state/documents.ts';
import type { Manifest } from '../state/manifest.ts';
import type { ProbeCache } from '../state/probe-cache.ts';
import type { UpToDateCache } from '../state/up-to-date-cache.ts';
import type { Target } from '../targets/target.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import type { Account } from './read-accounts.ts';
import type { Selection } from './select-posts.ts';

/** A post that shall go out to one target. */
export interface Delivery {
  readonly target: Target;
  readonly plan: Plan & { readonly kind: 'deliver' };
  readonly caption: JoinedCaption | null;
  /** What lies there may be better than `caption`. */
  readonly keepsWords: boolean;
  /** The words of its parts, with those that a person wrote into caption.txt. */
  readonly words: readonly PartWords[];
  readonly original: Original;
  readonly issues: readonly Issue[];
  readonly previous: Entry | null;
  /** The media that lie in its folder, a person's own as they were judged. */
  readonly media: PackageMedia;
  /** What a person chose as the cover, as it stands in captions.csv; empty: nothing. */
  readonly cover: string;
}

/** The words of an account's posts. */
export interface LoadedCaptions {
  /** The posts' TikTok ids, as far as they are known without the network. */
  readonly tiktokIds: ReadonlyMap<string, string>;
  /** Whether `all` will ask TikTok for something, which takes up to 30 s. */
  readonly asks: boolean;
  /** All of them. What is known is written into captions.csv for the creator to fill in. */
  readonly all: () => Promise<ResolvedCaptions>;
}

/** An account of the exports, and the folder that is this run's alone while the work goes on. */
export interface AccountWork {
  readonly account: Account;
  /** Absolute. */
  readonly folder: string;
  readonly media: readonly Archive[];
  /** Of the run, or of the loss of this folder. */
  readonly signal: AbortSignal;
}

/** What is known of a post's words, by its key. */
export type PostWords = Pick<Captions, 'get' | 'issuesOf' | 'isUnsure' | 'coverOf'>;

/** What a run has, whatever account it is at. */
export interface RunContext {
  readonly tools: Tools;
  readonly tell: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** In a dry run: the only folder in which anything is written. */
  readonly scratch?: string;
  /** Accounts are worked at together, not one after the other. */
  readonly together?: true;
}

/** The folder of one account, opened for a run, and what shall be done with its posts. */
export interface OpenAccount extends RunContext {
  readonly account: string;
  /** Of the creator, as far as the export or a person says. */
  readonly names: readonly string[];
  /** Of the account, absolute. */
  readonly folder: string;
  /** The same as the user would write it: relative if `--out` is. */
  readonly shownFolder: string;
  readonly selection: Selection;
  readonly loadedCaptions: LoadedCaptions;
  readonly originals: Originals;
  readonly manifest: Manifest;
  readonly probeCache: ProbeCache;
  readonly upToDate: UpToDateCache;
}

/** What work on one post needs. */
export interface PostRun extends RunContext {
  readonly account: string;
  readonly names: readonly string[];
  readonly folder: string;
  readonly manifest: Pick<Manifest, 'get' | 'has' | 'rowsOf' | 'set'>;
  readonly probeCache: ProbeCache;
  readonly options: PostOptions;
  /** For slideshows; null: silence. */
  readonly music: Music | null;
  readonly encoders: Encoders;
  /** Fingerprint of all that what this run makes depends on, but for the posts and the platforms (`computeRunHash`). */
  readonly runHash: string;
  readonly upToDate: UpToDateCache;
  /** In which the pictures lie that captions.csv may name as covers: the account's folder and those of `--media`. */
  readonly coverFolders: readonly string[];
  /** Where the run's own machine has a file of this one: for what is written down. Without it they are the same machine. */
  readonly pathOnCoordinator?: (path: string) => string;
  /** Threads of one encoder. */
  readonly threads: number;
  readonly onProgress: (key: string, share: number) => void;
}

/** What the posts of one account share in a run of the main job. */
export interface AccountRun extends OpenAccount, PostRun {
  readonly manifest: Manifest;
  readonly options: PortOptions;
}
