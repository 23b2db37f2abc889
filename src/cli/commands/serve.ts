import type { Command } from 'commander';
import { interruption } from '../exit.ts';
import { print } from '../output.ts';

/** `port serve` */
export function addServe(program: Command): void {
  program
    .command('serve')
    .summary('contact sheets in a browser, for phones')
    .description('contact sheets in a browser, for phones; what is ticked there goes into posting.csv')
    .argument('[folder]', 'what port wrote: all of it, an account, or a platform (default: ported)')
    .option('--lan', 'let phones in the local network see it (default: only this machine)')
    .option('--port <n>', 'listen on this port (default: 8476, or any that is free)')
    .action(async (folder: string | undefined, flags: { lan?: true; port?: string }) => {
      const { runServe } = await import('./serve/run-serve.ts');
      await runServe(folder ?? 'ported', flags, print, interruption('port: no longer serving'));
    });
}
