import { combineSettings, type Settings } from '../../config/config-file.ts';
import { targetNames } from '../../config/option-values.ts';
import { checkOptions, configOptions, type PortOptions } from '../../config/options.ts';
import { PortError } from '../../errors.ts';
import { RefusedError } from './refusal.ts';
import type { StudioStart } from './world.ts';

type Value = string | boolean | readonly string[];
export type Written = Readonly<Record<string, Value>>;

/** The options of the next run: from the page, else from flags, else from a config file. */
export interface Choices {
  /** The options as a person writes them, for the page. */
  readonly written: () => Written;
  /** The options that were set on the page, to be kept with an unfinished run. */
  readonly ofPage: () => Written;
  /**
   * Sets options from the page; others stay. An empty text or list resets an option.
   * @throws RefusedError for an option that a page may not set
   */
  choose(options: Written): void;
  /**
   * @param more further options; undefined removes one
   * @param page options of the page, current or earlier
   * @throws UsageError if the options contradict each other
   */
  settings(more: Readonly<Record<string, Value | undefined>>, page?: Written): Settings<PortOptions>;
  /** A sentence if the options contradict each other, else null. */
  readonly problem: () => string | null;
  /** The chosen platforms. */
  readonly targets: () => readonly string[];
}

/** Paths and addresses come from the command line, never from a page. */
const isOfPage = (name: string) => configOptions.get(name)?.traits.reach === 'posts' && name !== 'dryRun';

export function createChoices({ flags, config }: Pick<StudioStart, 'flags' | 'config'>): Choices {
  let ofPage: Record<string, Value> = {};
  const settings: Choices['settings'] = (more, page = ofPage) =>
    combineSettings({ ...flags, ...page, ...more }, config, checkOptions);
  const targets = () => {
    try {
      return settings({}).common.to.map(({ name }) => name);
    } catch {
      return [];
    }
  };
  return {
    written: () =>
      Object.fromEntries(
        Object.entries({ ...config?.common, ...flags, ...ofPage }).filter(([name]) => isOfPage(name)),
      ) as Written,
    ofPage: () => ofPage,
    choose(options) {
      for (const name of Object.keys(options))
        if (!isOfPage(name))
          throw new RefusedError(`The page cannot set “${name.slice(0, 40)}”: say it when you start.`, 400);
      const all = Object.entries({ ...ofPage, ...options });
      ofPage = Object.fromEntries(all.filter(([, value]) => typeof value === 'boolean' || value.length > 0));
    },
    settings,
    problem() {
      try {
        settings({ to: targetNames.join(',') });
        return null;
      } catch (error) {
        if (error instanceof PortError) return sentenceOf(error);
        throw error;
      }
    },
    targets,
  };
}

/** The sentence of an error, without the reference to the help of the command line. */
export function sentenceOf({ message }: Error): string {
  return message.replace(/ See port --help\.$/, '');
}
