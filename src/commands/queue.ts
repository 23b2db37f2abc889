import { quoted, UsageError } from '../errors.ts';
import { queueStatus } from '../queue/status.ts';
import { openQueue } from '../queue-world.ts';
import { queueStatusPage } from '../report/queue-status.ts';

/**
 * `port queue status`: how it stands. `port queue retry`: failed posts once more.
 * @throws UsageError where there is no such thing to do, or no Redis
 */
export async function queueCommand(
  what: string,
  { queue: address, json }: { readonly queue?: string; readonly json?: true },
  warn: (sentence: string) => void,
): Promise<string> {
  if (what !== 'status' && what !== 'retry') {
    throw new UsageError(`port queue takes status or retry, not ${quoted(what)}. See port --help.`);
  }
  if (address === undefined) throw new UsageError('--queue is missing. See port --help.');
  const queue = await openQueue(address, warn);
  try {
    if (what === 'status') {
      const status = await queueStatus(queue);
      return json ? JSON.stringify(status, null, 2) : queueStatusPage(status);
    }
    const retried = await queue.retryFailed();
    if (json) return JSON.stringify({ schemaVersion: 1, retried });
    const posts = retried === 1 ? '1 post is' : `${retried} posts are`;
    return retried > 0
      ? `${posts} in the queue again.`
      : 'No post of the queue has failed. What a finished run failed at is tried again by its own command.';
  } finally {
    await queue.close();
  }
}
