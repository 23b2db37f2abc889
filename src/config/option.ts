import type * as z from 'zod';

/**
 * What an option may do beyond saying what becomes of posts. A config that port found by itself may be somebody else's (an
 * unzipped folder, a shared drive, a repository): it may set `posts` options, its `path` options stay below its own folder,
 * and `outside` options (network addresses, folders of other machines) need a flag or `--config`.
 */
export type Reach = 'posts' | 'path' | 'outside';

/** Where an option is taken, and what hangs on it. */
interface Traits {
  /** May be given several times. In a config file: a list, or a list of one without its brackets. */
  readonly repeatable?: true;
  /** `port fetch` takes it too. */
  readonly fetch?: true;
  /** `port worker` takes it too. */
  readonly worker?: true;
}

interface ConfigTraits extends Traits {
  readonly reach: Reach;
  /** One account of several cannot have its own. */
  readonly wholeRun?: true;
  /**
   * `decides`: what becomes of a post hangs on it, so it goes to workers, into the plan and into the post's fingerprint.
   * `travels`: workers need it, for finding an original or for care in their work, and it is not in the fingerprint.
   */
  readonly post?: 'decides' | 'travels';
}

interface Flag {
  /** As commander reads them. What stands for `<dir>`, `<path>` and `<file>` is a path. */
  readonly flags: string;
  /** The words of the help. */
  readonly help: string;
}

/** Of command line and config files. Its name there is the flag's in camel case. */
export interface ConfigOption extends Flag {
  /** Checks and reads what is written. */
  readonly schema: z.ZodType;
  readonly traits: ConfigTraits;
}

/** Of the command line alone: how one run is told, and where the rest is written. */
interface CommandLineOption extends Flag {
  readonly schema?: undefined;
  readonly traits: Traits;
}

/** One entry of the list. */
export type Option = ConfigOption | CommandLineOption;
/** Options under one heading of the help. */
export type Group = Readonly<Record<string, Option>>;

/** What is written for it is a path: its placeholder says so. */
export function takesPath({ flags }: Option): boolean {
  return /<(?:dir|file|path)>/.test(flags);
}
