import { setImmediate } from 'node:timers/promises';

/** So long may everything else wait: milliseconds. */
const longest = 20;

let last = performance.now();

/**
 * To be awaited between pieces of work that have no wait of their own: others get their turn, and Ctrl-C is heard, if they
 * had to wait for long enough.
 */
export async function yieldToEventLoop(): Promise<void> {
  if (performance.now() - last < longest) return;
  await setImmediate();
  last = performance.now();
}
