import type * as z from 'zod';

/**
 * What an option can affect. A config file that port found by itself may be somebody else's (an unzipped folder, a shared
 * drive, a repository): it may set `posts` options, its `path` options must stay below its own folder, and `outside`
 * options (network addresses, folders of other machines) need a flag or `--config`.
 */
export type Reach = 'posts' | 'path' | 'outside';

/** Which commands accept an option, and what depends on it. */
interface Traits {
  /** May be given several times. In a config file: a list, or a single value. */
  readonly repeatable?: true;
  /** Also an option of `port fetch`. */
  readonly fetch?: true;
  /** Also an option of `port worker`. */
  readonly worker?: true;
}

interface ConfigTraits extends Traits {
  readonly reach: Reach;
  /** Must be the same for all accounts of a run. */
  readonly wholeRun?: true;
  /**
   * `decides`: affects the output of a post, so it is sent to workers and is part of the plan and the fingerprint.
   * `travels`: sent to workers, which need it to find originals or to check files, but not part of the fingerprint.
   */
  readonly post?: 'decides' | 'travels';
}

interface Flag {
  /** In commander's syntax. The placeholders `<dir>`, `<path>` and `<file>` mean a path. */
  readonly flags: string;
  /** The description in the help. */
  readonly help: string;
}

/** An option of command line and config files. Its name in a config file is the flag's in camel case. */
export interface ConfigOption extends Flag {
  /** Validates and parses a written value. */
  readonly schema: z.ZodType;
  readonly traits: ConfigTraits;
}

/** An option of the command line only: how a run is reported, and which config file it uses. */
interface CommandLineOption extends Flag {
  readonly schema?: undefined;
  readonly traits: Traits;
}

/** An entry of the list. */
export type Option = ConfigOption | CommandLineOption;
/** The options under one heading of the help. */
export type Group = Readonly<Record<string, Option>>;

/** Whether its value is a path, according to its placeholder. */
export function takesPath({ flags }: Option): boolean {
  return /<(?:dir|file|path)>/.test(flags);
}
