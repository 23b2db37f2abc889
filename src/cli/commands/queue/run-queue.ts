import { quoted, UsageError } from '../../../errors.ts';
import type { PostQueue } from '../../../queue/bullmq/index.ts';
import { openQueue } from '../../../queue/connect.ts';
import { dropClient } from '../../../queue/drop-client.ts';
import { queueStatus } from '../../../queue/status.ts';
import { queueStatusPage } from '../../../report/queue-status.ts';
import { safeJson } from '../../../report/safe-text.ts';

interface Flags {
  readonly queue?: string;
  readonly json?: true;
}

/**
 * `port queue status` shows the state, `port queue retry` enqueues failed posts again, `port queue drop` removes a
 * client's posts.
 * @throws UsageError if there is no such subcommand, or no Redis
 */
export async function runQueue(
  what: string,
  client: string | undefined,
  { queue: address, json }: Flags,
  warn: (sentence: string) => void,
): Promise<string> {
  const run = commands[what];
  if (!run) throw new UsageError(`port queue takes status, retry or drop, not ${quoted(what)}. See port --help.`);
  if (client !== undefined && what !== 'drop') {
    throw new UsageError(`port queue ${what} takes no client: it is about all of them. See port --help.`);
  }
  if (address === undefined) throw new UsageError('--queue is missing. See port --help.');
  const queue = await openQueue(address, warn);
  try {
    return await run(queue, json === true, client);
  } finally {
    await queue.close();
  }
}

type Run = (queue: PostQueue, json: boolean, client: string | undefined) => Promise<string>;

// Without a prototype, so that `constructor` is not a command.
const commands: Readonly<Record<string, Run>> = Object.assign(Object.create(null) as Record<string, Run>, {
  async status(queue, json) {
    const status = await queueStatus(queue);
    return json ? safeJson(status, 2) : queueStatusPage(status);
  },

  async retry(queue, json) {
    const retried = await queue.retryFailed();
    if (json) return safeJson({ schemaVersion: 1, retried });
    return retried > 0
      ? `${postsAre(retried)} in the queue again.`
      : 'No post of the queue has failed. What a finished run failed at is tried again by its own command.';
  },

  async drop(queue, json, client) {
    if (client === undefined) throw new UsageError('port queue drop wants a client: port queue status names them.');
    const { name, dropped, running } = await dropClient(client, queue);
    if (json) return safeJson({ schemaVersion: 1, dropped, running });
    const said = `${quoted(name)}: ${postsAre(dropped)} out of the queue.`;
    return running > 0
      ? `${said} ${postsAre(running)} under way: run this again when they are through.`
      : `${said} A command that still watches them puts them in again: end it with Ctrl-C first.`;
  },
} satisfies Record<string, Run>);

function postsAre(count: number): string {
  return count === 1 ? '1 post is' : `${count} posts are`;
}
