import { combineSettings, type Settings } from '../../config/config-file.ts';
import { targetNames } from '../../config/option-values.ts';
import { checkOptions, configOptions, type PortOptions } from '../../config/options.ts';
import { PortError } from '../../errors.ts';
import { RefusedError } from './refusal.ts';
import type { StudioStart } from './world.ts';

type Value = string | boolean | readonly string[];
export type Written = Readonly<Record<string, Value>>;

/** What is chosen for the next run: on the page, else by flags, else by a config file. */
export interface Choices {
  /** As a person writes them, for the page. */
  readonly written: () => Written;
  /** Choices of the page alone, to be kept with an unfinished run. */
  readonly ofPage: () => Written;
  /**
   * Takes what the page chose; other choices stay. An empty text or list takes a choice back.
   * @throws RefusedError for an option that a page may not set
   */
  choose(options: Written): void;
  /**
   * @param more options besides; undefined takes one out
   * @param page what the page chose, now or earlier
   * @throws UsageError where the options contradict each other
   */
  settings(more: Readonly<Record<string, Value | undefined>>, page?: Written): Settings<PortOptions>;
  /** A sentence where they contradict each other; null if they do not. */
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

/** The sentence of an error, without the way to the help of the command line. */
export function sentenceOf({ message }: Error): string {
  return message.replace(/ See port --help\.$/, '');
}
