import PQueue from 'p-queue';

/** Lets so many tasks run at a time, and fewer of them for each host. */
export interface HostQueue {
  /** @throws what `task` throws, and the signal's reason where it was aborted before its turn */
  run<T>(host: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** A limit for each host that other machines keep too. */
export interface HostLimit {
  /** Runs `task` when fewer than `atOnce` run for the host, on all machines together. */
  run<T>(host: string, atOnce: number, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

/** @param limit where other machines fetch from the same hosts; else null */
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
      // Asked when its turn comes: a listener for each of thousands that wait is more than a signal bears.
      const inTurn = async () => {
        signal.throwIfAborted();
        return await (limit === null ? task() : limit.run(host, perHost, signal, task));
      };
      return await queue.add(async () => all.add(inTurn));
    },
  };
}
