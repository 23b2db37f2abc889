import type { Command } from 'commander';
import { interruption } from '../exit.ts';
import { addOptions, writtenFlags } from '../option-flags.ts';
import { print, say } from '../output.ts';

/** `port studio` */
export function addStudio(program: Command): void {
  const command = program
    .command('studio')
    .description('the whole job in a browser on this machine')
    .argument('[export...]', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt; or drop it on the page')
    .option('--port <n>', 'listen on this port (default: 8477, or any that is free)')
    .option('--no-open', 'do not open the browser')
    .option('--lan', 'let phones in the local network look, and tick what is posted')
    .action(async (paths: string[]) => {
      const signal = interruption('port: the studio ends; press Ctrl-C again to leave at once');
      const { runStudio } = await import('./studio/run-studio.ts');
      await runStudio(paths, writtenFlags(command), { print, say }, signal);
    });
  addOptions(command, (_traits, name) => !others.includes(name));
}

/** How a run is reported, and who does it: the page shows it, and this machine does it. */
const others: readonly string[] = ['dryRun', 'queue', 'shared', 'summary', 'json', 'quiet', 'verbose', 'color'];
