import type { PostEnd } from './bullmq/contract.ts';
import type { StrangePlaceError } from './places.ts';

/** Milliseconds: meanwhile a worker whose shared folder is the right one can take the post. */
const pause = 3000;
/** So often a post is taken by somebody who has not shown to be in the right place, before it fails. */
const tries = 10;

/**
 * What becomes of posts whose folder is not in this worker's shared folder. A worker that has found the folder of another
 * run is in the right place, so it is the post that is wrong: it fails. Else the worker may be the one that is: it leaves
 * the post to others for a while. Neither ends the worker.
 * @param isKnown a run of this worker's place was in the queue when it started
 */
export function strangePlaces(isKnown: boolean, warn: (message: string) => void) {
  let isRight = isKnown;
  const told = new Set<string>();
  return {
    /** The folder of a run was found. */
    isRight(): void {
      isRight = true;
    },
    endOf({ message }: StrangePlaceError, attempt: number): PostEnd {
      // Forged places could be endless: the first ones are told.
      if (!told.has(message) && told.size < 20) {
        told.add(message);
        warn(message);
      }
      return isRight || attempt >= tries ? { kind: 'failed', reason: message } : { kind: 'later', milliseconds: pause };
    },
  };
}
