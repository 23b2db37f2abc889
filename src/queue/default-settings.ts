import type { QueueSettings } from './bullmq/contract.ts';

/** Milliseconds, as in BullMQ. Tests use shorter times. */
export const defaultSettings: QueueSettings = {
  lostAfter: 30_000,
  stalledInterval: 30_000,
  /** Losing a worker twice may be coincidence, as when a machine is switched off; three times is due to the post. */
  maxAttempts: 3,
};
