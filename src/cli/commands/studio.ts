import type { Command } from 'commander';
import { interruption } from '../exit.ts';
import { addOptions, type Flags, writtenFlags } from '../option-flags.ts';
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
    .action(async (paths: string[]) => startStudio(paths, writtenFlags(command)));
  addOptions(command, (_traits, name) => !others.includes(name));
}

/** Runs the studio until it is ended. */
export async function startStudio(paths: readonly string[], flags: Flags): Promise<void> {
  const { runStudio } = await import('./studio/run-studio.ts');
  await runStudio(paths, flags, { print, say }, (isSure) =>
    interruption('port: the studio ends; press Ctrl-C again to leave at once', isSure),
  );
}

/** Options about the output and the place of a run: the page shows its output, and this machine does the work. */
const others: readonly string[] = ['dryRun', 'queue', 'shared', 'summary', 'json', 'quiet', 'verbose', 'color'];
