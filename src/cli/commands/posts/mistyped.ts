import { existsSync } from 'node:fs';
import { quoted, seeHelp, UsageError } from '../../../errors.ts';
import { nearest } from '../../../text/nearest.ts';

/**
 * Detects a mistyped command: the main job has no name, so such a word is taken for the path of an export.
 * @param paths the paths of exports
 * @param commands the names of the other commands
 * @throws UsageError for a word that is not an existing file and may be meant as a command
 */
export function checkForMistypedCommand(paths: readonly string[], commands: readonly string[]): void {
  const absent = paths.filter((path) => isWord(path) && !existsSync(path));
  for (const word of absent) {
    const command = nearest(word, [...commands, 'help', 'version']);
    if (command !== null) throw noCommand(word, command === 'version' ? '--version' : command);
  }
  const [first] = absent;
  if (first !== undefined)
    throw new UsageError(seeHelp(`${quoted(first)} is neither a command of port nor a file or folder here`));
}

/**
 * Checks what `port help` is asked about.
 * @param words the arguments of the program
 * @throws UsageError if it is no command
 */
export function checkHelpTopic([first, topic]: readonly string[], commands: readonly string[]): void {
  if (first !== 'help' || topic === undefined || topic.startsWith('-')) return;
  if (![...commands, 'help'].includes(topic)) throw noCommand(topic, nearest(topic, commands));
}

function noCommand(word: string, meant: string | null): UsageError {
  const hint = meant === null ? '' : ` Did you mean “port ${meant}”?`;
  return new UsageError(seeHelp(`There is no command ${quoted(word)}.${hint}`));
}

/** Whether it is neither a path nor a name with an extension. */
function isWord(text: string): boolean {
  return /^[\p{L}-]+$/u.test(text);
}
