import type { Command } from 'commander';
import type { Option } from '../config/option.ts';
import { optionGroups } from '../config/option-list.ts';

/** Options as written, by name in camel case. */
export type Flags = Readonly<Record<string, unknown>>;

const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

/**
 * Adds the options of the list that a command takes, with the headings and descriptions of the main job.
 * @param takes whether the command takes an option, by its traits and its name in camel case
 */
export function addOptions(command: Command, takes: (traits: Option['traits'], name: string) => boolean): void {
  for (const [heading, group] of Object.entries(optionGroups)) {
    for (const [name, { flags, help, traits }] of Object.entries<Option>(group)) {
      if (!takes(traits, name)) continue;
      const option = command.createOption(flags, help).helpGroup(heading);
      command.addOption(traits.repeatable ? option.argParser(collect) : option);
    }
  }
}

/** The flags that were written. commander sets a default for `--no-...` options, which must not override a config. */
export function writtenFlags(command: Command): Flags {
  return Object.fromEntries(
    Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
  );
}
