/** Work that is done once for many requests. */
export interface Later {
  /** Requests the work. It is done after some seconds without another request, at the latest after half a minute. */
  ask(): void;
  /** Does the requested work now. */
  close(): Promise<void>;
}

export interface Delays {
  readonly quietMilliseconds: number;
  readonly maxMilliseconds: number;
}

const usual: Delays = { quietMilliseconds: 4000, maxMilliseconds: 30_000 };

/** @param work its errors are ignored */
export function later(work: () => Promise<void>, { quietMilliseconds, maxMilliseconds }: Delays = usual): Later {
  let timer: NodeJS.Timeout | null = null;
  let asked: number | null = null;
  let working = Promise.resolve();
  const run = () => {
    if (timer) clearTimeout(timer);
    [timer, asked] = [null, null];
    working = working.then(work).catch(() => {});
  };
  return {
    ask() {
      const now = Date.now();
      asked ??= now;
      if (timer) clearTimeout(timer);
      timer = setTimeout(run, Math.max(0, Math.min(quietMilliseconds, asked + maxMilliseconds - now)));
      timer.unref();
    },
    async close() {
      if (timer) run();
      await working;
    },
  };
}
