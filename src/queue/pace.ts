import type { QueueSettings } from './bullmq/contract.ts';

/** Milliseconds, as in BullMQ. Tests use shorter times. */
export const usualSettings: QueueSettings = {
  lostAfter: 30_000,
  lookEvery: 30_000,
  /** A first failure may be a machine that was switched off, a second one bad luck. */
  tries: 3,
};
