import wrapAnsi from 'wrap-ansi';
import { isOpenCommand } from './open-command.ts';

/**
 * Breaks a line between words where a terminal ends, so that the rest stands below its beginning. A word that is longer
 * than a line (a path) is left whole, so that it can be copied, and so is a command that opens a page.
 * @param columns of the terminal; null where there is none: the line stays as it is
 */
export function wrapped(line: string, columns: number | null): string {
  if (columns === null || isOpenCommand(line)) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  // What a line begins with, a status or the number of posts, stands out.
  const hanging = /^(?:\S+ {2,}|[^:]{1,30}: )/.test(line) ? `${indent}  ` : indent;
  const width = Math.max(20, columns - 1);
  const [first = '', ...rest] = wrapAnsi(line.slice(indent.length), width - hanging.length, { trim: true }).split('\n');
  return [indent + first, ...rest.map((each) => hanging + each)].join('\n');
}
