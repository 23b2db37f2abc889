import type { OnProgress } from './do-post.ts';

/** Milliseconds between two progress updates; viewers do not need more. */
const interval = 1000;

/**
 * Passes on the progress of a post, at most once a second, and its plans with the first of it.
 * @param now milliseconds of a clock that only goes forward
 */
export function progressUpdates(update: (progress: object) => void, now = () => performance.now()): OnProgress {
  let lastAt: number | null = null;
  return (share, plans) => {
    const at = now();
    if (lastAt === null) update({ share, plans });
    else if (at - lastAt < interval) return;
    else update({ share });
    lastAt = at;
  };
}
