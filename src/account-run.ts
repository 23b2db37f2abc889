import type { Manifest } from './deliver/manifest.ts';
import type { RunEvent } from './model.ts';
import type { PortOptions } from './options.ts';
import type { Originals } from './originals/index.ts';
import type { Memory } from './originals/memory.ts';
import type { Tools } from './tools/tools.ts';

/** What the posts of one account share in a run. */
export interface AccountRun {
  readonly account: string;
  /** Of the account, absolute. */
  readonly folder: string;
  readonly options: PortOptions;
  readonly originals: Originals;
  readonly manifest: Manifest;
  readonly memory: Memory;
  readonly tools: Tools;
  /** Threads of one encoder. */
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly tell: (event: RunEvent) => void;
  readonly onProgress: (key: string, share: number) => void;
}
