import { safeText } from '../report/safe-text.ts';
import { wrapped } from '../report/wrap.ts';

/** What was asked for, on stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A line beside it, on stderr. */
export function say(line: string): void {
  const { stderr } = process;
  stderr.write(`${wrapped(safeText(line), stderr.isTTY ? stderr.columns || 80 : null)}\n`);
}
