import type { Choices } from '../captions/choices.ts';
import type { Captions, ResolvedCaptions } from '../captions/index.ts';
import type { RecordedTranslations } from '../captions/translations.ts';
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
import type { Transcripts } from '../state/transcripts.ts';
import type { UpToDateCache } from '../state/up-to-date-cache.ts';
import type { Target } from '../targets/target.ts';
import type { Archive } from '../tools/archive.ts';
import type { Tools } from '../tools/tools.ts';
import type { Gate } from './gate.ts';
import type { Account } from './read-accounts.ts';
import type { Selection } from './select-posts.ts';

/** The choices that decide how the files of a post are made. */
export type MediaChoices = Pick<Choices, 'cover' | 'fit'>;

/** A post to be delivered to one target. */
export interface Delivery {
  readonly target: Target;
  readonly plan: Plan & { readonly kind: 'deliver' };
  readonly caption: JoinedCaption | null;
  /** The delivered texts stay, because they may be better than `caption`. */
  readonly keepsWords: boolean;
  /** The texts of its parts, including those that a person wrote into caption.txt. */
  readonly words: readonly PartWords[];
  readonly original: Original;
  readonly issues: readonly Issue[];
  readonly previous: Entry | null;
  /** The media in its folder, including a person's own files with their issues. */
  readonly media: PackageMedia;
  /** The cells of captions.csv that decided the files. */
  readonly choices: MediaChoices;
}

/** The words of an account's posts. */
export interface LoadedCaptions {
  /** What is known without the network; the choices of a person are always known. */
  readonly known: ResolvedCaptions;
  /** Whether `all` will send a request to TikTok, which takes up to 30 s. */
  readonly asks: boolean;
  /** Resolves all captions, and writes them into captions.csv, where the creator can add to them. */
  readonly all: () => Promise<Captions>;
  /** Writes captions.csv again with cells that this run made. @returns why it could not be written; null if it was */
  readonly save: (made: MadeCells) => Promise<Issue | null>;
  /** The transcripts of the videos. */
  readonly transcripts: Transcripts;
}

/** Cells that a run makes after captions.csv was read, by key. */
export interface MadeCells {
  readonly translations: ReadonlyMap<string, RecordedTranslations>;
}

/** An account of the exports, with its output folder, which is locked for this run. */
export interface AccountWork {
  readonly account: Account;
  /** Absolute. */
  readonly folder: string;
  readonly media: readonly Archive[];
  /** Aborted when the run is interrupted, or the lock of this folder is lost. */
  readonly signal: AbortSignal;
}

/** The caption of a post, its issues, what a person chose for it and its subtitles, by key. */
export type PostWords = Pick<Captions, 'get' | 'issuesOf' | 'isUnsure' | 'choicesOf' | 'subtitlesOf'>;

/** The part of a run that is the same for all accounts. */
export interface RunContext {
  readonly tools: Tools;
  readonly tell: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** In a dry run: the only folder in which files are written. */
  readonly scratch?: string;
  /** Accounts are processed at the same time, not one after the other. */
  readonly byQueue?: true;
  /** Where posts wait while the run is paused; without it no run pauses. */
  readonly gate?: Gate;
}

/** The folder of one account, opened for a run, with the selected posts. */
export interface OpenAccount extends RunContext {
  readonly account: string;
  /** The creator's names from the export and the options. */
  readonly names: readonly string[];
  /** Of the account, absolute. */
  readonly folder: string;
  /** The same path for messages: relative if `--out` is. */
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
  /** A fingerprint of everything that the output depends on, except posts and platforms (`computeRunHash`). */
  readonly runHash: string;
  readonly upToDate: UpToDateCache;
  /** Folders with pictures that captions.csv may name as covers: the account's folder and those of `--media`. */
  readonly coverFolders: readonly string[];
  /** Converts a path of this machine to the coordinator's for documents. Missing if this machine is the coordinator. */
  readonly pathOnCoordinator?: (path: string) => string;
  /** On a worker: converts an absolute path of the coordinator, as in a cell of captions.csv, to one of this machine. */
  readonly pathHere?: (path: string) => string;
  /** Whether a post is out on a platform, so that a run changes nothing of it there. */
  readonly isPosted: (key: string, target: string) => boolean;
  /** Threads of one encoder. */
  readonly threads: number;
  readonly onProgress: (key: string, share: number) => void;
}

/** What the posts of one account share in a run of the main job. */
export interface AccountRun extends OpenAccount, PostRun {
  readonly manifest: Manifest;
  readonly options: PortOptions;
}
