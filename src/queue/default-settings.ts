import type { QueueSettings } from './bullmq/contract.ts';

/** Milliseconds, as in BullMQ. Tests use shorter times. */
export const defaultSettings: QueueSettings = {
  lostAfter: 30_000,
  stalledInterval: 30_000,
  /** A first failure may be a machine that was switched off, a second one bad luck. */
  maxAttempts: 3,
};
