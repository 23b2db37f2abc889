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
    const command = nearest(word, commands);
    if (command !== null)
      throw new UsageError(seeHelp(`There is no command ${quoted(word)}. Did you mean “port ${command}”?`));
  }
  const [first] = absent;
  if (first !== undefined)
    throw new UsageError(seeHelp(`${quoted(first)} is neither a command of port nor a file or folder here`));
}

/** Whether it is neither a path nor a name with an extension. */
function isWord(text: string): boolean {
  return /^[\p{L}-]+$/u.test(text);
}
