import { isSystemError, ProgramError } from '../errors.ts';
import { MachineError } from '../model/machine-trouble.ts';
import { machineCodeIn } from './program-trouble.ts';

/** What libvips threw: trouble of the machine by its name, never as damage of the picture. */
export function imageFailure(error: unknown, command: string, path = ''): ProgramError {
  const said = error instanceof Error ? error.message : String(error);
  // A name of a file is no word of the system.
  const words = path === '' ? said : said.replaceAll(path, '');
  // An error of the system tells more by its own code and path.
  const code = isSystemError(error) ? null : machineCodeIn(words);
  if (code === null) return new ProgramError(reasonOf(error, path), command, '', error);
  const actual = code === 'memory-short' ? 'a picture' : null;
  return new MachineError({ code, actual, limit: null }, reasonOf(error, path), command, '', error);
}

/** @param path stands before some reasons, and is said elsewhere */
export function reasonOf(error: unknown, path = ''): string {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  return path === '' ? said : said.replace(`${path}: `, '');
}
