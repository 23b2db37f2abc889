import { safeText } from '../report/safe-text.ts';
import { wrapped } from '../report/wrap.ts';

/** Prints a result to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Prints a message to stderr. */
export function say(line: string): void {
  const { stderr } = process;
  stderr.write(`${wrapped(safeText(line), stderr.isTTY ? stderr.columns || 80 : null)}\n`);
}
