import { safeText } from '../report/safe-text.ts';
import { wrapped } from '../report/wrap.ts';

/** Prints a result to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Prints sentences to stdout, broken between words where a terminal ends. */
export function printSentences(text: string): void {
  const { stdout } = process;
  const columns = stdout.isTTY ? stdout.columns || 80 : null;
  print(
    text
      .split('\n')
      .map((line) => wrapped(line, columns))
      .join('\n'),
  );
}

/** Prints a message to stderr. */
export function say(line: string): void {
  const { stderr } = process;
  stderr.write(`${wrapped(safeText(line), stderr.isTTY ? stderr.columns || 80 : null)}\n`);
}
