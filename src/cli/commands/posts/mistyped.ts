import { existsSync } from 'node:fs';
import { quoted, seeHelp, UsageError } from '../../../errors.ts';
import { nearest } from '../../../text/nearest.ts';

/**
 * The main job has no name, so that a mistyped command arrives here as an export.
 * @param paths what was named as exports
 * @param commands the names of the other commands
 * @throws UsageError for a word that is no file here and may have been meant as a command
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

/** Neither a path nor a name with an extension. */
function isWord(text: string): boolean {
  return /^[\p{L}-]+$/u.test(text);
}
