import type { PostQueue } from './bullmq/index.ts';

/** Milliseconds between two checks. */
const lookEvery = 5000;
/** Number of checks: an active worker may be unknown while Redis recovers without its data. */
const patience = 3;

/**
 * Warns if posts wait and there is no worker: once, and again when all workers have left.
 * @param isWaiting whether there are posts
 * @returns how to stop
 */
export function watchWorkers(
  queue: Pick<PostQueue, 'workers'>,
  isWaiting: () => boolean,
  warn: (sentence: string) => void,
): () => void {
  let isTold = false;
  let looks = patience - 1;
  let isLooking = false;
  const look = async () => {
    if (isLooking || !isWaiting()) return;
    isLooking = true;
    const count = await queue.workers().then(
      ({ length }) => length,
      () => null,
    );
    isLooking = false;
    if (count === null) return;
    looks = count > 0 ? 0 : looks + 1;
    if (count > 0) isTold = false;
    else if (looks >= patience && !isTold) {
      isTold = true;
      warn('No worker is there, so nothing is done yet: start port worker on a machine, with the same --queue.');
    }
  };
  const timer = setInterval(() => void look(), lookEvery);
  // The first posts are added soon; a user who starts workers right after needs no warning.
  return () => clearInterval(timer);
}
