import type { Command } from 'commander';
import { targetNames } from '../../config/option-values.ts';
import { exitWith, interruption } from '../exit.ts';
import { print, printSentences } from '../output.ts';

/** `port check` */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('do files or folders meet a platform')
    .argument('<path...>', 'videos, photos, folders: yours or made by port')
    .option('--to <targets>', `which platforms: ${targetNames.join(', ')}; a comma list, or all`)
    .option('--json', 'one JSON document')
    .action(async (paths: string[], flags: { to?: string; json?: true }) => {
      const signal = interruption();
      const { runCheck } = await import('./check/run-check.ts');
      const { text, exitCode } = await runCheck(paths, flags, signal);
      if (flags.json) print(text);
      else printSentences(text);
      exitWith(exitCode);
    });
}
