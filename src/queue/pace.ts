import type { QueueSettings } from './bullmq/contract.ts';

/** Milliseconds, as BullMQ has them; tests have less patience. */
export const usualSettings: QueueSettings = {
  lostAfter: 30_000,
  lookEvery: 30_000,
  /** Once might be a machine that was switched off, and twice bad luck. */
  tries: 3,
};
