import { InterruptedError } from '../errors.ts';
import { removeTemporaries } from '../tools/temporary.ts';

/** The only file that listens to signals and ends the process: who wants an exit code gives it to `exitWith`. */

/** The process goes on until its work is done, and then ends with this code. */
export function exitWith(code: number): void {
  process.exitCode = code;
}

/**
 * Ctrl-C once: finish nothing new, keep what is done. Twice: leave at once; nothing half-made has a final name.
 * @param words told at the first
 */
export function interruption(words = 'port: stopping; press Ctrl-C again to leave at once'): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(`${words}\n`);
    controller.abort(new InterruptedError('Interrupted'));
  };
  // A terminal that was closed (SIGHUP) hears nothing any more, and its run ends like any other.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

/**
 * To be called once, before the command. A reader such as `head` that has seen enough closes the pipe: the work goes on
 * unheard, to its real exit code. Where the output cannot be written for another reason (a full disk), the work goes on too,
 * and the exit code says that it is not whole. However it ends, short of being killed, nothing is left in the system's
 * temporary folder.
 */
export function prepareExit(): void {
  for (const stream of [process.stdout, process.stderr]) {
    let told = false;
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || told) return;
      told = true;
      process.once('exit', () => {
        process.exitCode ||= 1;
      });
      if (stream === process.stdout) process.stderr.write(`port: what it prints could not be written (${message}).\n`);
    });
  }
  process.on('exit', removeTemporaries);
}

let usesQueue = false;

/** BullMQ goes on looking for a Redis that went away, though nobody waits for it any more: `leave` does not wait either. */
export function leaveQueueBehind(): void {
  usesQueue = true;
}

/** To be called once, when the command has done all that it does. */
export function leave(): void {
  if (usesQueue) setTimeout(() => process.exit(), 1000).unref();
}
