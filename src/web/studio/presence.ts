/** Notices when the last page was closed for good, which ends the studio. */
export interface Presence {
  /** A page says that it is being closed or loaded anew. */
  leaves(): void;
  /** A page is being loaded, or connects again. */
  comes(): void;
  /** Connections, or what goes on, may be others than before. */
  changed(): void;
  close(): void;
}

/** A page that is loaded anew is back within this time. */
const reloadMilliseconds = 5000;
/** A phone that was laid aside comes back later. */
const phoneMilliseconds = 10 * 60_000;

export interface Watched {
  /** Pages that are connected. */
  readonly count: () => number;
  /** Whether something goes on that needs no page. */
  readonly isBusy: () => boolean;
  /** Whether phones may have it open. */
  readonly hasPhones: boolean;
  readonly onGone: () => void;
}

/**
 * A connection that breaks tells nothing: the machine may sleep. So a page has to say that it leaves.
 */
export function watchPages({ count, isBusy, hasPhones, onGone }: Watched): Presence {
  let isLeft = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const look = () => {
    if (isClosed || !isLeft || count() > 0 || isBusy()) stop();
    else timer ??= setTimeout(onGone, hasPhones ? phoneMilliseconds : reloadMilliseconds);
  };
  return {
    leaves() {
      isLeft = true;
      look();
    },
    comes() {
      isLeft = false;
      stop();
    },
    changed: look,
    close() {
      // Connections end later than this, which is no change that counts.
      isClosed = true;
      stop();
    },
  };
}
