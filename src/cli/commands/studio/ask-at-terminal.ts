import type { Studio } from '../../../web/studio/studio.ts';

interface Terminal {
  /** Prints a message to stderr. */
  readonly say: (text: string) => void;
  /** Prints a fresh address. */
  readonly fresh: () => void;
}

export interface Asking {
  /** Whether Ctrl-C ends the studio at once. During a run a question is printed instead, the first time. */
  readonly isSure: () => boolean;
  /** Aborted when the question was answered with yes. */
  readonly sure: AbortSignal;
  stop(): void;
}

/** Reads lines from the terminal: Enter prints a fresh address, unless it answers the question whether to end a run. */
export function askAtTerminal({ runs }: Pick<Studio, 'runs'>, { say, fresh }: Terminal): Asking {
  const { stdin } = process;
  const sure = new AbortController();
  let isAsked = false;
  const read = (chunk: Buffer) => {
    const line = chunk.toString();
    if (!/[\r\n]/.test(line)) return;
    if (!isAsked) return fresh();
    isAsked = false;
    if (/^\s*y(?:es)?\s*$/i.test(line)) sure.abort();
    else say('The studio stays open.');
  };
  stdin.on('data', read);
  stdin.on('error', () => {});
  // A question before it may have paused it.
  stdin.resume();
  return {
    sure: sure.signal,
    isSure() {
      // Without a terminal nobody could answer.
      if (!stdin.isTTY || !runs.isBusy() || isAsked) return true;
      isAsked = true;
      const { done, total } = runs.state();
      say(
        `A run is going on (${done} of ${total} done). End the studio all the same? The next port studio goes on where it stopped. Type y and Enter, or press Ctrl-C again; Enter alone lets it run.`,
      );
      return false;
    },
    stop() {
      stdin.off('data', read);
      stdin.pause();
    },
  };
}
