import { InterruptedError } from '../errors.ts';
import { removeTemporaries } from '../tools/temporary.ts';

/** The only file that handles signals and ends the process. Other code sets the exit code with `exitWith`. */

/** Sets the exit code of the process, which continues until its work is done. */
export function exitWith(code: number): void {
  process.exitCode = code;
}

/**
 * Handles Ctrl-C. The first one aborts the signal, so that the run stops and keeps what is finished. The second one exits
 * at once; unfinished files never have their final names.
 * @param words printed at the first one
 * @param isSure called at Ctrl-C; if it returns false, nothing is stopped yet
 */
export function interruption(
  words = 'port: stopping; press Ctrl-C again to leave at once',
  isSure: () => boolean = () => true,
): AbortSignal {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' && !controller.signal.aborted && !isSure()) return;
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(`${words}\n`);
    controller.abort(new InterruptedError('Interrupted'));
  };
  // After SIGHUP (closed terminal) nobody reads the output; the run stops in the same way.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

/**
 * To be called once, before the command. If a reader such as `head` closes the pipe, the work continues and the exit code
 * is unaffected. If the output cannot be written for another reason (a full disk), the work continues as well, and the
 * exit code reports incomplete output. Temporary folders are deleted at exit, unless the process is killed.
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

/** Makes `leave` exit after a second, because BullMQ keeps reconnecting to a Redis that is gone. */
export function leaveQueueBehind(): void {
  usesQueue = true;
}

/** To be called once, when the command is finished. */
export function leave(): void {
  if (usesQueue) setTimeout(() => process.exit(), 1000).unref();
}
