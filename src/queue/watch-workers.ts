import type { PostQueue } from './bullmq/index.ts';

/** Milliseconds between two checks. */
const checkInterval = 5000;
/** Number of checks: an active worker may be unknown while Redis recovers without its data. */
const checksBeforeWarning = 3;

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
  let isWarned = false;
  let checksWithout = checksBeforeWarning - 1;
  let isChecking = false;
  const look = async () => {
    if (isChecking || !isWaiting()) return;
    isChecking = true;
    const count = await queue.workers().then(
      ({ length }) => length,
      () => null,
    );
    isChecking = false;
    if (count === null) return;
    checksWithout = count > 0 ? 0 : checksWithout + 1;
    if (count > 0) isWarned = false;
    else if (checksWithout >= checksBeforeWarning && !isWarned) {
      isWarned = true;
      warn('No worker is there, so nothing is done yet: start port worker on a machine, with the same --queue.');
    }
  };
  const timer = setInterval(() => void look(), checkInterval);
  // The first posts are added soon; a user who starts workers right after needs no warning.
  return () => clearInterval(timer);
}
