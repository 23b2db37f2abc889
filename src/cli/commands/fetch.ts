import type { Command } from 'commander';
import { interruption } from '../exit.ts';
import { addOptions, writtenFlags } from '../option-flags.ts';

/** `port fetch` */
export function addFetch(program: Command): void {
  const command = program
    .command('fetch')
    .usage('<export...> [options]')
    .description('originals only: rescue now, choose later')
    .argument('<export...>', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt')
    .action(async (paths: string[]) => {
      const signal = interruption();
      const { runFetch } = await import('./fetch/run-fetch.ts');
      await runFetch(paths, writtenFlags(command), signal);
    });
  addOptions(command, ({ fetch }) => fetch === true);
}
