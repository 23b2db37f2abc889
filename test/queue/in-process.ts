import { onTestFinished } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import type { RunResult } from '../../src/pipeline/run-accounts.ts';
import { connectQueue } from '../../src/queue/connect.ts';
import { portByQueue } from '../../src/queue/port-by-queue.ts';
import { workForQueue } from '../../src/queue/worker.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { patience, soon } from './only-queue.ts';
import type { TestRedis } from './redis.ts';

/** Coordinators and workers in the process of the test: quick, and the source itself instead of what is built. */

let tools: Promise<Tools> | undefined;
/** Found once: it starts ffmpeg and ffprobe. */
export const realTools = async (): Promise<Tools> => {
  tools ??= createTools();
  return await tools;
};

/** Coordinator or worker, with what it told. */
export interface Part<T> {
  readonly events: RunEvent[];
  readonly warnings: () => string[];
  readonly ended: Promise<T>;
  /** As Ctrl-C. */
  stop(): void;
}

function part<T>(start: (tell: (event: RunEvent) => void, signal: AbortSignal) => Promise<T>): Part<T> {
  const events: RunEvent[] = [];
  const stop = new AbortController();
  const ended = start((event) => void events.push(event), stop.signal);
  // Whoever waits for it gets the error.
  ended.catch(() => {});
  onTestFinished(async () => {
    stop.abort();
    await ended.catch(() => {});
  }, patience.timeout);
  return {
    ...{ events, ended },
    warnings: () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
    stop: () => stop.abort(),
  };
}

/** `port` with --queue. */
export function startCoordinator(
  redis: TestRedis,
  shared: string,
  paths: readonly string[],
  flags: Readonly<Record<string, unknown>>,
): Part<RunResult> {
  return part(async (tell, signal) => {
    const settings = combineSettings({ offline: true, ...flags, queue: redis.address, shared }, null, checkOptions);
    const connection = await connectQueue(redis.address, shared, warner(tell), signal, soon);
    return await portByQueue(paths, settings, connection, await realTools(), tell, signal);
  });
}

/** `port worker`. */
export function startInWorker(
  redis: TestRedis,
  shared: string,
  { jobs = 1, changed = (tools) => tools }: { readonly jobs?: number; readonly changed?: (tools: Tools) => Tools } = {},
): Part<void> {
  return part(async (tell, signal) => {
    const connection = await connectQueue(redis.address, shared, warner(tell), signal, soon);
    try {
      const { queue, shared: folder, stamp } = connection;
      await workForQueue(queue, folder, stamp, jobs, changed(await realTools()), tell, signal);
    } finally {
      await connection.queue.close();
    }
  });
}

const warner = (tell: (event: RunEvent) => void) => (message: string) => tell({ type: 'warning', message });
