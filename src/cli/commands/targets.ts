import type { Command } from 'commander';
import { targetNames } from '../../config/option-values.ts';
import { print } from '../output.ts';

/** `port targets` */
export function addTargets(program: Command): void {
  const platform = program.createArgument('[name]', 'one platform (default: all)');
  // Not `choices`, because the command itself reports a wrong name.
  platform.argChoices = targetNames;
  program
    .command('targets')
    .description('every limit, with source and date')
    .addArgument(platform)
    .option('--json', 'one JSON document')
    .action(async (name: string | undefined, flags: { json?: true }) => {
      const { listTargets } = await import('./targets/list-targets.ts');
      print(listTargets(name, flags.json === true));
    });
}
