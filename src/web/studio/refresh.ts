/** Posts whose words or choices changed since they were made. */
export interface Refresher {
  /**
   * Marks a post. It is made again when nothing has changed for a moment.
   * @param isUrgent at once, because a button was pressed
   */
  ask(account: string, key: string, isUrgent?: boolean): void;
  /** Whether a post is marked. */
  waits(account: string, key: string): boolean;
  /** Whether posts are being made again, or will be in a moment. */
  readonly isBusy: () => boolean;
  /** A run of all posts began: it makes those that are marked. */
  begun(): void;
  close(): void;
}

/** While somebody types. */
const quietMilliseconds = 2500;
const longestMilliseconds = 20_000;

/**
 * @param make makes posts of an account again; resolves to false if that is not possible now, so that they stay marked
 * @param onChange called with posts that were marked or unmarked
 */
export function createRefresher(
  make: (account: string, keys: readonly string[]) => Promise<boolean>,
  onChange: (account: string, keys: readonly string[]) => void,
): Refresher {
  const marked = new Map<string, Set<string>>();
  const inWork = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  let asked: number | null = null;
  let isClosed = false;
  const run = async () => {
    [timer, asked] = [null, null];
    for (const [account, keys] of [...marked]) {
      const some = [...keys];
      marked.delete(account);
      inWork.set(account, new Set([...(inWork.get(account) ?? []), ...some]));
      const isMade = await make(account, some).catch(() => false);
      for (const key of some) inWork.get(account)?.delete(key);
      if (!isMade) marked.set(account, new Set([...(marked.get(account) ?? []), ...some]));
      onChange(account, some);
    }
  };
  return {
    ask(account, key, isUrgent = false) {
      if (isClosed) return;
      marked.set(account, new Set([...(marked.get(account) ?? []), key]));
      onChange(account, [key]);
      const now = Date.now();
      asked ??= now;
      if (timer) clearTimeout(timer);
      const wait = isUrgent ? 0 : Math.max(0, Math.min(quietMilliseconds, asked + longestMilliseconds - now));
      timer = setTimeout(() => void run(), wait);
    },
    waits: (account, key) => marked.get(account)?.has(key) === true || inWork.get(account)?.has(key) === true,
    isBusy: () => timer !== null || [...inWork.values()].some(({ size }) => size > 0),
    begun() {
      for (const [account, keys] of marked) {
        marked.delete(account);
        onChange(account, [...keys]);
      }
    },
    close() {
      isClosed = true;
      if (timer) clearTimeout(timer);
    },
  };
}
