import type { Config } from '../../config/config-file.ts';
import type { DryRunTools } from '../../tools/create-dry-run-tools.ts';
import type { Tools } from '../../tools/tools.ts';

/** What the studio needs of the machine, and what the command line said. */
export interface StudioWorld extends Pick<Tools, 'files' | 'archives' | 'disk' | 'locks' | 'now'> {
  /** All tools of a run. @throws ToolMissingError if a program is missing */
  readonly tools: () => Promise<Tools>;
  readonly dryRunTools: (tools: Tools) => Promise<DryRunTools>;
  /** The folder for uploads in the user's cache folder. */
  readonly cache: string;
  /** Tells of an error that nothing expects, for a bug report. */
  readonly onBug: (error: unknown) => void;
  readonly version: string;
}

export interface StudioStart {
  /** Exports that were named, as written. */
  readonly exports: readonly string[];
  /** The options that were written as flags. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly config: Config | null;
}
