/** The run of one account: the parent job of its posts. */
export interface QueuedRun {
  /** Letters and digits; each account's folder has one id. */
  readonly id: string;
  /** As stored in Redis; null if it is not JSON. */
  readonly data: unknown;
  readonly counts: RunCounts;
}

export interface RunCounts {
  /** Posts that wait or are being processed. */
  readonly open: number;
  readonly done: number;
  readonly failed: number;
}

/** A post for the queue. */
export interface QueuedPost {
  readonly key: string;
  readonly data: object;
  /** 1 is processed first; at most 2,097,151. */
  readonly priority: number;
}

/** A post that this worker took from the queue. */
export interface TakenPost {
  readonly data: unknown;
  /** 1 the first time; higher after a worker was lost with it or put it back. */
  readonly attempt: number;
  readonly priority: number;
  /** Aborted if another worker has taken the post or it was given up: this worker's result is no longer used. */
  readonly lost: AbortSignal;
  updateProgress(progress: object): void;
}

/** How the work on a post ended. */
export type PostEnd =
  | { readonly kind: 'done'; readonly tally: object }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Another worker should process it. */
  | { readonly kind: 'put-back' }
  /** Another worker should process it, or this one after the delay. */
  | { readonly kind: 'later'; readonly milliseconds: number };

/** Receives events of posts, with their run and key; `reason` is null for a post that did not fail. */
export interface QueueListener {
  progress(run: string, key: string, progress: unknown): void;
  ended(run: string, key: string, reason: string | null): void;
}

export interface QueueSettings {
  /** Milliseconds without a sign of a worker after which its post goes to another one. */
  readonly lostAfter: number;
  /** Milliseconds between two checks for lost posts. */
  readonly stalledInterval: number;
  /** A post is given up after its worker was lost this many times. */
  readonly maxAttempts: number;
}

/** Numbers of jobs that do not belong to a run in the queue. */
export interface ForeignJobs {
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}
