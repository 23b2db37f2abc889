import { safeText } from './safe-text.ts';

/** A path with the separators of the system: in the Command Prompt of Windows, `/` begins an option. */
export function shownPath(path: string, system: NodeJS.Platform): string {
  return safeText(system === 'win32' ? path.replaceAll('/', '\\') : path);
}

/** A sentence with the system's separators in the files of `originals/` that it names. */
export function withShownPaths(sentence: string, system: NodeJS.Platform): string {
  return sentence.replace(/(?<![\w/\\])originals\/[\w./-]+/g, (path) => shownPath(path, system));
}

/**
 * The command that opens a file with its usual program, to be pasted into a terminal: the Command Prompt on Windows, a
 * POSIX shell on other systems.
 */
export function openCommand(path: string, system: NodeJS.Platform): string {
  const shown = shownPath(path, system);
  // The first quoted argument of `start` is the title of a window.
  if (system === 'win32') return `start "" "${shown}"`;
  const quoted = /^[\p{L}\p{M}\p{N}@%+=:,./_][\p{L}\p{M}\p{N}@%+=:,./_-]*$/u.test(shown)
    ? shown
    : `'${shown.replaceAll("'", `'\\''`)}'`;
  return `${system === 'darwin' ? 'open' : 'xdg-open'} ${quoted}`;
}

/** Whether an indented line is such a command: it must stay on one line. */
export function isOpenCommand(line: string): boolean {
  return /^ +(?:start ""|open|xdg-open) .*index\.html['"]?$/u.test(line);
}
