import { isSystemError, ProgramError } from '../errors.ts';
import { MachineError } from '../model/machine-errors.ts';
import { machineCodeIn } from './program-errors.ts';

/** Converts an error of libvips: problems of the machine are reported as such and never as damage of the image. */
export function imageFailure(error: unknown, command: string, path = ''): ProgramError {
  const said = error instanceof Error ? error.message : String(error);
  // A file name must not be mistaken for a message of the system.
  const words = path === '' ? said : said.replaceAll(path, '');
  // A system error's own code and path are more precise.
  const code = isSystemError(error) ? null : machineCodeIn(words);
  if (code === null) return new ProgramError(reasonOf(error, path), command, '', error);
  const actual = code === 'memory-short' ? 'a picture' : null;
  return new MachineError({ code, actual, limit: null }, reasonOf(error, path), command, '', error);
}

/**
 * The reason in an error message.
 * @param path removed from the message, because it is reported elsewhere
 */
export function reasonOf(error: unknown, path = ''): string {
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error);
  return path === '' ? said : said.replace(`${path}: `, '');
}
