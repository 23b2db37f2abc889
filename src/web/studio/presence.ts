/** Detects that the last page was closed, which ends the studio. */
export interface Presence {
  /** A page says that it is being closed or reloaded. */
  leaves(page: string): void;
  /** A hidden page ends its connection, but is still open. */
  rests(page: string): void;
  /** A page is being loaded, or connects again. @param page its id, if known */
  comes(page?: string): void;
  /** Called when the number of connections or the activity may have changed. */
  changed(): void;
  close(): void;
}

/** A page that is reloaded connects within this time. */
const reloadMilliseconds = 5000;
/** Maximum number of hidden pages that are remembered. */
const maxPages = 50;
/** A phone that was put aside connects within this time. */
const phoneMilliseconds = 10 * 60_000;

export interface Watched {
  /** The number of connected pages. */
  readonly count: () => number;
  /** Whether something is running that needs no page. */
  readonly isBusy: () => boolean;
  /** Whether phones may have it open. */
  readonly hasPhones: boolean;
  readonly onGone: () => void;
}

/** A broken connection proves nothing, because the machine may sleep. So a page has to say that it is closed. */
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
  const update = () => {
    if (isNeeded()) stop();
    else timer ??= setTimeout(end, hasPhones ? phoneMilliseconds : reloadMilliseconds);
  };
  return {
    leaves(page) {
      resting.delete(page);
      isLeft = true;
      update();
    },
    rests(page) {
      if (resting.size < maxPages) resting.add(page);
      update();
    },
    comes(page) {
      if (page !== undefined) resting.delete(page);
      isLeft = false;
      stop();
    },
    changed: update,
    close() {
      // Connections that end after this do not count.
      isClosed = true;
      stop();
    },
  };
}
