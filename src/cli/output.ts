import { namedAsCalled } from '../report/command-name.ts';
import { safeText } from '../report/safe-text.ts';
import { wrapped } from '../report/wrap.ts';

/** Prints a result to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A sentence for a person: the program named as it was called, broken between words where a terminal ends. */
export function sentenceFor(
  line: string,
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): string {
  return wrapped(namedAsCalled(line, process.env['PORT_COMMAND']), isTTY ? columns || 80 : null);
}

/** Prints sentences to stdout. */
export function printSentences(text: string): void {
  print(
    text
      .split('\n')
      .map((line) => sentenceFor(line, process.stdout))
      .join('\n'),
  );
}

/** Prints a message to stderr. */
export function say(line: string): void {
  process.stderr.write(`${sentenceFor(safeText(line), process.stderr)}\n`);
}
