import type { MissingOriginals } from '../model/event.ts';
import type { Post } from '../model/post.ts';
import type { FetchedSummary } from '../originals/index.ts';
import { countMissing } from '../originals/missing.ts';
import type { OpenAccount } from './context.ts';

export interface FetchReport {
  /** Called once for each post whose original was fetched or could not be. */
  readonly onFetched: (post: Post, fetched: FetchedSummary) => void;
  /** The originals that are missing so far. */
  readonly missing: () => MissingOriginals | null;
}

/**
 * Reports the progress of fetching, and once that the disk is full.
 * @param wanted posts whose originals are needed
 */
export function trackFetching(wanted: readonly Post[], { account, tools, tell }: OpenAccount): FetchReport {
  const missing = countMissing(wanted);
  let done = 0;
  let isTold = false;
  let isFull = false;
  return {
    onFetched(post, fetched) {
      done++;
      missing.record(post, fetched);
      const { key } = post;
      // After the first new original, local ones are counted too, so that the count reaches the total.
      isTold ||= fetched.isNew;
      if (isTold && (fetched.isNew || fetched.original !== null)) {
        tell({ type: 'progress', stage: 'fetch', account, key, share: 1, done, total: wanted.length });
      }
      if (isFull || !fetched.issues.some(({ code }) => code === 'disk-full')) return;
      isFull = true;
      tell({
        type: 'warning',
        message: 'The disk is nearly full, so no more is fetched. What is here goes on. Make room and run port again.',
      });
    },
    missing: () => missing.result(tools.now()),
  };
}
