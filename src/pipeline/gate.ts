/** Where posts of a run begin, so that it can pause between them. */
export interface Gate {
  /**
   * Waits until a post may begin, or the signal is aborted.
   * @returns to be called when the post has ended
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

export interface PausableGate extends Gate {
  /** From now on no post begins; those that have begun go on. */
  pause(): void;
  resume(): void;
  /** Posts that have begun and not ended. */
  readonly inside: () => number;
}

/** @param onChange called when a post has begun or ended */
export function createGate(onChange: () => void = () => {}): PausableGate {
  let inside = 0;
  let open: Promise<void> | null = null;
  let release = () => {};
  return {
    async enter(signal) {
      while (open !== null && !signal.aborted) await either(open, signal);
      inside++;
      onChange();
      let isInside = true;
      return () => {
        if (!isInside) return;
        isInside = false;
        inside--;
        onChange();
      };
    },
    pause() {
      open ??= new Promise<void>((resolve) => {
        release = resolve;
      });
      onChange();
    },
    resume() {
      open = null;
      release();
      onChange();
    },
    inside: () => inside,
  };
}

async function either(open: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
  });
  signal.addEventListener('abort', stop, { once: true });
  await Promise.race([open, aborted]);
  signal.removeEventListener('abort', stop);
}
