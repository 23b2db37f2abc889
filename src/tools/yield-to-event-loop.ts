import { setImmediate } from 'node:timers/promises';

/** The longest time in milliseconds that the event loop may be blocked. */
const longest = 20;

let last = performance.now();

/**
 * Await this between units of synchronous work: it lets other tasks and signals (Ctrl-C) run if they have waited long
 * enough.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (performance.now() - last < longest) return;
  await setImmediate();
  last = performance.now();
}
