import PQueue from 'p-queue';

/** Limits the number of concurrent tasks, in total and per host. */
export interface HostQueue {
  /** @throws what `task` throws, or the signal's reason if it was aborted before the task started */
  run<T>(host: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** A limit per host that is shared with other machines. */
export interface HostLimit {
  /** Runs `task` when fewer than `atOnce` run for the host, on all machines together. */
  run<T>(host: string, atOnce: number, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** @param limit set if other machines fetch from the same hosts; else null */
export function createHostQueue(overall: number, perHost: number, limit: HostLimit | null = null): HostQueue {
  const all = new PQueue({ concurrency: overall });
  const hosts = new Map<string, PQueue>();
  return {
    async run(host, signal, task) {
      let queue = hosts.get(host);
      if (!queue) {
        queue = new PQueue({ concurrency: perHost });
        hosts.set(host, queue);
      }
      // Checked when the task starts, because a listener for each of thousands of waiting tasks would be too many.
      const inTurn = async () => {
        signal.throwIfAborted();
        return await (limit === null ? task() : limit.run(host, perHost, signal, task));
      };
      return await queue.add(async () => all.add(inTurn));
    },
  };
}
