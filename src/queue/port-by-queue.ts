import type { Settings } from '../config/config-file.ts';
import type { PortOptions } from '../config/options.ts';
import type { RunEvent } from '../model/event.ts';
import { port } from '../pipeline/port.ts';
import type { RunResult } from '../pipeline/run-accounts.ts';
import type { Tools } from '../tools/tools.ts';
import type { QueueConnection } from './connect.ts';
import { openCoordinator } from './coordinator.ts';

/**
 * The main job with its posts processed by workers. Everything else, from reading exports to writing the manifest, is
 * as on one machine.
 * @throws PortError if nothing can be done at all
 */
export async function portByQueue(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  { queue, shared, stamp }: QueueConnection,
  tools: Tools,
  tell: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  try {
    const coordinator = await openCoordinator(paths, settings, queue, shared, stamp, tools, tell);
    try {
      return await port(paths, settings, tools, tell, signal, { processByQueue: coordinator.processByQueue });
    } finally {
      await coordinator.close();
    }
  } finally {
    await queue.close();
  }
}
