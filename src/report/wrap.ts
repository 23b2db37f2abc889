import { wrapAnsi } from 'fast-wrap-ansi';
import { isOpenCommand } from './open-command.ts';

/**
 * Wraps a line between words at the width of the terminal, with an indent. A word that is longer than a line (a path) is
 * not broken, so that it can be copied, and neither is a command that opens a page.
 * @param columns the terminal's width; null if there is no terminal: the line is not changed
 */
export function wrapped(line: string, columns: number | null): string {
  if (columns === null || isOpenCommand(line)) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  // The indent keeps the start of a line, a status or the number of posts, visible.
  const hanging = /^(?:\S+ {2,}|[^:]{1,30}: )/.test(line) ? `${indent}  ` : indent;
  const width = Math.max(20, columns - 1);
  const [first = '', ...rest] = wrapAnsi(line.slice(indent.length), width - hanging.length, { trim: true }).split('\n');
  return [indent + first, ...rest.map((each) => hanging + each)].join('\n');
}
