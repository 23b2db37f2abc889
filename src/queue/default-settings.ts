import type { QueueSettings } from './bullmq/contract.ts';

/** Milliseconds, as in BullMQ. Tests use shorter times. */
export const defaultSettings: QueueSettings = {
  lostAfter: 30_000,
  stalledInterval: 30_000,
  /** Losing a worker twice may be coincidence, such as a machine that was switched off; three times is the post's fault. */
  maxAttempts: 3,
};
