import type { Command } from 'commander';
import { createReport } from '../create-report.ts';
import { interruption, leaveQueueBehind } from '../exit.ts';
import { addOptions, type Flags } from '../option-flags.ts';
import { say } from '../output.ts';

/** `port worker` */
export function addWorker(program: Command): void {
  const command = program
    .command('worker')
    .description('do posts of a queue: see --queue')
    .option('--queue <address>', 'of the Redis server: redis://host:6379, or rediss:// over TLS')
    .option('--shared <dir>', 'the folder that all machines mount, as it is called here (default: this one)')
    .option('--jobs <n>', 'posts at a time (default: by cores)')
    .action(async (flags: Flags) => {
      leaveQueueBehind();
      const { runWorker } = await import('./worker/run-worker.ts');
      const signal = interruption('port: putting back what is half done; press Ctrl-C again to leave at once');
      await runWorker(flags, await createReport(flags, true), say, signal);
    });
  addOptions(command, ({ worker }) => worker === true);
}
