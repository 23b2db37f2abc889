import { safeText } from '../report/safe-text.ts';

/** What was asked for, on stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** A line beside it, on stderr. */
export function say(line: string): void {
  process.stderr.write(`${safeText(line)}\n`);
}
