import type { Command, CommanderError } from 'commander';
import { quoted, seeHelp, UsageError } from '../errors.ts';
import { didYouMean } from '../text/nearest.ts';

/** Converts commander's error to one with a clear sentence; unchanged if help or the version was requested. */
export function usageError(error: CommanderError, command: Command): CommanderError | UsageError {
  return error.exitCode === 0 ? error : new UsageError(seeHelp(usageSentence(error, command)));
}

function usageSentence({ code, message }: CommanderError, command: Command): string {
  const said = message.replace(/^error: /, '').replace(/\n\((Did you mean .*\?)\)$/s, '. $1');
  const [, option] = /^unknown option '([^']*)'/.exec(said) ?? [];
  // `-to` for `--to`
  if (option !== undefined && command.options.some(({ long }) => long === `-${option}`))
    return `Unknown option '${option}'. Did you mean -${option}?`;
  // Other options of the main job exist, so the command is named.
  const isMain = command.parent === null || command.name() === 'posts';
  if (option !== undefined && !isMain) return said.replace('unknown option', `port ${command.name()} has no option`);
  const choices = command.registeredArguments[0]?.argChoices;
  if (choices !== undefined && (code === 'commander.missingArgument' || code === 'commander.invalidArgument')) {
    const [, written] = /^command-argument value '(.*)' is invalid/s.exec(said) ?? [];
    const not = written === undefined ? '' : `, not ${quoted(written)}.${didYouMean(written, choices)}`;
    return `port ${command.name()} takes ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}${not}`;
  }
  const words = said.startsWith("missing required argument 'export'") ? 'No export was named' : said;
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}
