import type { PostEnd } from './bullmq/contract.ts';
import type { WrongFolderError } from './run-folders.ts';

/** Milliseconds in which a worker with the right shared folder can take the post. */
const pause = 3000;
/** How often a post is taken by workers that are not known to have the right folder, before it fails. */
const maxAttempts = 10;

/**
 * Handles posts whose folder is not in this worker's shared folder. If the worker has found the folder of another run,
 * its shared folder is right, so the post is wrong and fails. Otherwise the worker may be wrong, so it leaves the post
 * to others for a while. Neither ends the worker.
 * @param isKnown whether a run in this worker's folder was in the queue when it started
 */
export function handleWrongFolders(isKnown: boolean, warn: (message: string) => void) {
  let isRight = isKnown;
  const warned = new Set<string>();
  return {
    /** Called when the folder of a run was found. */
    isRight(): void {
      isRight = true;
    },
    endOf({ message }: WrongFolderError, attempt: number): PostEnd {
      // Forged paths could be endless, so only the first ones are reported.
      if (!warned.has(message) && warned.size < 20) {
        warned.add(message);
        warn(message);
      }
      return isRight || attempt >= maxAttempts
        ? { kind: 'failed', reason: message }
        : { kind: 'later', milliseconds: pause };
    },
  };
}
