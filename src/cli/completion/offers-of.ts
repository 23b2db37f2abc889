import type { Command } from 'commander';
import type { Offer } from './offer.ts';
import { offeredValue } from './values.ts';

/** The completions of the main job and of each command, from commander's definitions. */
export function completionsOf(program: Command): Offer[] {
  // The main job has no name, so its options are merged with those of the program.
  const [main] = program.commands;
  return program.commands.map((command) => {
    const [argument] = command.registeredArguments;
    const options = command.createHelp().visibleOptions(command);
    return {
      name: command === main ? '' : command.name(),
      words: command.description(),
      options: [...options, ...(command === main ? program.options : [])].map((option) => ({
        flags: [option.short, option.long].flatMap((flag) => flag ?? []),
        words: option.description,
        value: option.argChoices
          ? { kind: 'choice', choices: option.argChoices }
          : option.required
            ? offeredValue(option.attributeName(), /<(\S+)>/.exec(option.flags)?.[1] ?? '')
            : null,
        several: option.parseArg !== undefined,
      })),
      value: argument?.argChoices
        ? { kind: 'choice', choices: argument.argChoices }
        : argument
          ? offeredValue(argument.name(), argument.name())
          : null,
    };
  });
}
