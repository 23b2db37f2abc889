import type { Command } from 'commander';
import type { Option } from '../config/option.ts';
import { optionGroups } from '../config/option-list.ts';

/** Written options, by their names in camel case. */
export type Flags = Readonly<Record<string, unknown>>;

const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

/** Gives a command the options of the list that it takes, under the headings and with the words of the main job. */
export function addOptions(command: Command, takes: (traits: Option['traits']) => boolean): void {
  for (const [heading, group] of Object.entries(optionGroups)) {
    for (const { flags, help, traits } of Object.values<Option>(group)) {
      if (!takes(traits)) continue;
      const option = command.createOption(flags, help).helpGroup(heading);
      command.addOption(traits.repeatable ? option.argParser(collect) : option);
    }
  }
}

/** commander gives what can be switched off (`--no-...`) a value that nobody wrote, which must not win over a config. */
export function writtenFlags(command: Command): Flags {
  return Object.fromEntries(
    Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
  );
}
