import PQueue from 'p-queue';

/** Lets so many tasks run at a time, and fewer of them for each host. */
export interface Lanes {
  /** @throws what `task` throws, and the signal's reason where it was aborted before its turn */
  run<T>(host: string, signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

export function createLanes(overall: number, perHost: number): Lanes {
  const all = new PQueue({ concurrency: overall });
  const hosts = new Map<string, PQueue>();
  return {
    async run(host, signal, task) {
      let lane = hosts.get(host);
      if (!lane) {
        lane = new PQueue({ concurrency: perHost });
        hosts.set(host, lane);
      }
      // Asked when its turn comes: a listener for each of thousands that wait is more than a signal bears.
      const inTurn = async () => {
        signal.throwIfAborted();
        return await task();
      };
      return await lane.add(async () => all.add(inTurn));
    },
  };
}
