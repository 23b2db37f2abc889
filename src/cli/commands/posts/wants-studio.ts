import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Asks a person at the terminal who typed nothing but `port`. Enter says yes; the end of the input, no. */
export async function wantsStudio(): Promise<boolean> {
  // Not as a terminal: Ctrl-C ends the program, as everywhere.
  const lines = createInterface({ input: process.stdin, terminal: false });
  process.stdout.write('Open the studio in the browser, the whole job without typing? [Y/n] ');
  const ended = once(lines, 'close').then(() => null);
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), ended]);
  lines.close();
  if (line === null) process.stdout.write('\n');
  return line !== null && /^\s*(?:y(?:es)?)?\s*$/i.test(line);
}
