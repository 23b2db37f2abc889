/** A run of one account: the parent of its posts, which wait below it. */
export interface QueuedRun {
  /** Letters and digits: one for each account's folder. */
  readonly id: string;
  /** As it lies in Redis; null where that is no JSON. */
  readonly data: unknown;
  readonly counts: RunCounts;
}

export interface RunCounts {
  /** Posts that wait or are under way. */
  readonly open: number;
  readonly done: number;
  readonly failed: number;
}

/** A post for the queue. */
export interface QueuedPost {
  readonly key: string;
  readonly data: object;
  /** 1 is done first; at most 2,097,151. */
  readonly priority: number;
}

/** A post that this worker was given. */
export interface TakenPost {
  readonly data: unknown;
  /** 1 the first time; more where a worker was lost with it, or it was put back. */
  readonly attempt: number;
  readonly priority: number;
  /** Another worker has it by now, or it was given up: what is made of it here counts no more. */
  readonly lost: AbortSignal;
  updateProgress(progress: object): void;
}

/** How the work on a post ended. */
export type PostEnd =
  | { readonly kind: 'done'; readonly tally: object }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Somebody else shall do it. */
  | { readonly kind: 'put-back' }
  /** Somebody else shall do it, or this worker once the time is over. */
  | { readonly kind: 'later'; readonly milliseconds: number };

/** Hears of posts, by their run and key; `reason` is null for a post that did not fail. */
export interface QueueListener {
  progress(run: string, key: string, progress: unknown): void;
  ended(run: string, key: string, reason: string | null): void;
}

export interface QueueSettings {
  /** Milliseconds: a worker that was not heard of for so long has lost its post. */
  readonly lostAfter: number;
  /** So often lost posts are looked for. */
  readonly stalledInterval: number;
  /** A post that took its worker with it so often is given up. */
  readonly maxAttempts: number;
}

/** Jobs that are no posts of a run in the queue. */
export interface ForeignJobs {
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}
