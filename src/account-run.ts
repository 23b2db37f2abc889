import type { Manifest } from './deliver/manifest.ts';
import type { Words } from './find-words.ts';
import type { OriginalFile, RunEvent } from './model.ts';
import type { PortOptions } from './options.ts';
import type { Originals } from './originals/index.ts';
import type { Memory } from './originals/memory.ts';
import type { Encoders } from './render/encoders.ts';
import type { Selection } from './select.ts';
import type { Settled } from './settled.ts';
import type { Tools } from './tools/tools.ts';

/** What a run has, whatever account it is at. */
export interface RunContext {
  readonly tools: Tools;
  readonly tell: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** In a dry run: the only folder in which anything is written. */
  readonly scratch?: string;
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
  readonly memory: Memory;
}

/** What the posts of one account share in a run of the main job. */
export interface AccountRun extends OpenAccount {
  readonly options: PortOptions;
  /** For slideshows; null: silence. */
  readonly music: OriginalFile | null;
  readonly encoders: Encoders;
  /** All that what this run makes hangs on, but for the posts (`madeBy`). */
  readonly by: string;
  readonly settled: Settled;
  /** Threads of one encoder. */
  readonly threads: number;
  readonly onProgress: (key: string, share: number) => void;
}
