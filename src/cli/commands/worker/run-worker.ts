import { checkWorkerOptions } from '../../../config/options.ts';
import { chooseRoute } from '../../../config/proxy.ts';
import type { Report } from '../../../model/event.ts';
import type { QueueSettings } from '../../../queue/bullmq/contract.ts';
import { connectQueue } from '../../../queue/connect.ts';
import { workForQueue } from '../../../queue/worker.ts';
import { createTools } from '../../../tools/create-tools.ts';

/**
 * `port worker`: processes posts of a queue until it is stopped.
 * @throws UsageError if it cannot start
 */
export async function runWorker(
  flags: Record<string, unknown>,
  { tell }: Report,
  say: (line: string) => void,
  signal: AbortSignal,
  settings?: QueueSettings,
): Promise<void> {
  const { queue: address, shared: folder, jobs, proxy } = checkWorkerOptions(flags);
  const warn = (message: string) => tell({ type: 'warning', message });
  const tools = await createTools(true, warn, chooseRoute(proxy, process.env));
  const { queue, shown, shared, stamp } = await connectQueue(address, folder, warn, signal, settings);
  try {
    say(`Posts of ${shown}, in ${shared.root}. Ctrl-C ends it: what it is at goes back into the queue.`);
    await workForQueue(queue, shared, stamp, jobs, tools, tell, signal);
  } finally {
    await queue.close();
  }
}
