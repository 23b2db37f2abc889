import type { Command } from 'commander';
import { leaveQueueBehind } from '../exit.ts';
import { print, say } from '../output.ts';

/** `port queue` */
export function addQueue(program: Command): void {
  program
    .command('queue')
    .description('look into a queue, retry, drop')
    .addArgument(
      program
        .createArgument(
          '<what>',
          'status: waiting, running, done, failed by client; retry: failed posts once more; drop: take a client’s posts out',
        )
        .choices(['status', 'retry', 'drop']),
    )
    .argument(
      '[client]',
      'for drop: as port queue status has it, or its folder; @foreign: jobs that port did not write',
    )
    .option('--queue <address>', 'of the Redis server: redis://host:6379, or rediss:// over TLS')
    .option('--json', 'one JSON document')
    .action(async (what: string, client: string | undefined, flags: { queue?: string; json?: true }) => {
      leaveQueueBehind();
      const { runQueue } = await import('./queue/run-queue.ts');
      print(await runQueue(what, client, flags, (sentence) => say(`port: ${sentence}`)));
    });
}
