import type { Manifest } from '../state/manifest.ts';
import type { Words } from './load-captions.ts';
import type { Music, RunEvent } from '../model/model.ts';
import type { PortOptions } from '../config/options.ts';
import type { Originals } from '../originals/index.ts';
import type { Memory } from '../state/probe-cache.ts';
import type { Encoders } from '../render/encoders.ts';
import type { Selection } from './select-posts.ts';
import type { Settled } from '../state/up-to-date-cache.ts';
import type { FileFacts, Tools } from '../tools/tools.ts';

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
  readonly words: Words;
  readonly originals: Originals;
  readonly manifest: Manifest;
  /** How manifest.json lay there before it was read. */
  readonly manifestAsFound: FileFacts | null;
  readonly memory: Memory;
  readonly settled: Settled;
}

/** The options that say what becomes of a post, wherever it is worked on. */
export type PostOptions = Pick<
  PortOptions,
  | 'to'
  | 'fit'
  | 'tags'
  | 'footer'
  | 'long'
  | 'sound'
  | 'loudness'
  | 'photos'
  | 'slideSeconds'
  | 'encoder'
  | 'verify'
  | 'strict'
>;

/** What work on one post needs. */
export interface PostRun extends RunContext {
  readonly account: string;
  readonly names: readonly string[];
  readonly folder: string;
  readonly manifest: Pick<Manifest, 'get' | 'has' | 'rowsOf' | 'set'>;
  readonly memory: Memory;
  readonly options: PostOptions;
  /** For slideshows; null: silence. */
  readonly music: Music | null;
  readonly encoders: Encoders;
  /** All that what this run makes hangs on, but for the posts (`madeBy`). */
  readonly by: string;
  readonly settled: Settled;
  /** In which the pictures lie that captions.csv may name as covers: the account's folder and those of `--media`. */
  readonly coverFolders: readonly string[];
  /** Where the run's own machine has a file of this one: for what is written down. Without it they are the same machine. */
  readonly atHome?: (path: string) => string;
  /** Threads of one encoder. */
  readonly threads: number;
  readonly onProgress: (key: string, share: number) => void;
}

/** What the posts of one account share in a run of the main job. */
export interface AccountRun extends OpenAccount, PostRun {
  readonly manifest: Manifest;
  readonly options: PortOptions;
}
