import { join, resolve } from 'node:path';
import type { Settings } from '../config/config-file.ts';
import type { PortOptions } from '../config/options.ts';
import type { RunEvent } from '../model/event.ts';
import type { PostsToDo } from '../pipeline/port.ts';
import type { Tools } from '../tools/tools.ts';
import { assertCompatible, type CompatibilityStamp } from './assert-compatible.ts';
import type { PostQueue } from './bullmq/index.ts';
import { coordinate, type QueueContext } from './coordinate.ts';
import { ensureOutId } from './files.ts';
import { runsInSharedFolder } from './run-folders.ts';
import type { SharedFolder } from './shared-folder.ts';
import { workerOf } from './status.ts';
import { watchWorkers } from './watch-workers.ts';

/** Milliseconds: Redis may lose the posts of all accounts at once, which is reported once. */
const warnInterval = 60_000;

/** Has posts processed by workers. */
export interface Coordinator {
  readonly processByQueue: (posts: PostsToDo) => Promise<() => Promise<void>>;
  readonly close: () => Promise<void>;
}

/**
 * Opens a coordinator.
 * @param paths paths of the exports
 * @throws UsageError if workers could not access a file, would stop because of other jobs in the queue, or an active
 * one has an incompatible version
 * @throws OutputError if another coordinator uses the output folder
 */
export async function openCoordinator(
  paths: readonly string[],
  { common: { out, media }, all }: Settings<PortOptions>,
  queue: PostQueue,
  shared: SharedFolder,
  stamp: CompatibilityStamp,
  { files, locks }: Tools,
  tell: (event: RunEvent) => void,
): Promise<Coordinator> {
  for (const path of [...paths, ...media, ...all.flatMap(({ music }) => music ?? [])]) {
    // A missing file is reported when it is read.
    if ((await files.real(resolve(path))) !== null) await shared.toShared(path);
  }
  for (const text of await queue.workers()) {
    const worker = workerOf(text);
    if (worker) assertCompatible(worker, stamp, `the worker on ${worker.host}`);
  }
  const warn = (message: string) => tell({ type: 'warning', message });
  await runsInSharedFolder(await queue.runs(), shared, files, warn);
  await files.makeFolder(resolve(out));
  const outPath = await shared.toShared(out);
  const lock = await locks.take(join(resolve(out), '.port', 'lock'));
  const listeners: QueueContext['listeners'] = new Map();
  let lossWarnedAt = Number.NEGATIVE_INFINITY;
  const onLoss = () => {
    if (performance.now() - lossWarnedAt > warnInterval) {
      warn('Posts are gone from Redis: they are put into the queue again. With appendonly yes Redis would keep them.');
    }
    lossWarnedAt = performance.now();
  };
  try {
    const place = { out: outPath, outId: await ensureOutId(resolve(out), files) };
    const unwatch = await queue.watch({
      progress: (run, key, data) => listeners.get(run)?.onProgress(key, data),
      ended: (run, key) => listeners.get(run)?.onEnd(key),
    });
    const context: QueueContext = { queue, shared, stamp, place, listeners, onLoss };
    const unwatchWorkers = watchWorkers(queue, () => listeners.size > 0, warn);
    return {
      processByQueue: async (posts) => coordinate(posts, context),
      async close() {
        unwatchWorkers();
        await unwatch();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
