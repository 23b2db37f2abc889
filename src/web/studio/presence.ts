/** Notices when the last page was closed for good, which ends the studio. */
export interface Presence {
  /** A page says that it is being closed or loaded anew. */
  leaves(page: string): void;
  /** A page that is not looked at ends its connection, but is still open. */
  rests(page: string): void;
  /** A page is being loaded, or connects again. @param page where it is known which one */
  comes(page?: string): void;
  /** Connections, or what goes on, may be others than before. */
  changed(): void;
  close(): void;
}

/** A page that is loaded anew is back within this time. */
const reloadMilliseconds = 5000;
/** Of those that rest. */
const maxPages = 50;
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
  const resting = new Set<string>();
  const stop = () => {
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const isNeeded = () => isClosed || !isLeft || count() + resting.size > 0 || isBusy();
  const end = () => {
    timer = null;
    // A phone that connects again does not say so.
    if (!isNeeded()) onGone();
  };
  const look = () => {
    if (isNeeded()) stop();
    else timer ??= setTimeout(end, hasPhones ? phoneMilliseconds : reloadMilliseconds);
  };
  return {
    leaves(page) {
      resting.delete(page);
      isLeft = true;
      look();
    },
    rests(page) {
      if (resting.size < maxPages) resting.add(page);
      look();
    },
    comes(page) {
      if (page !== undefined) resting.delete(page);
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
