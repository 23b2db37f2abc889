import { CommanderError } from 'commander';
import { PortError } from '../errors.ts';
import { machineIssue } from '../model/machine-errors.ts';
import { safeJson } from '../report/safe-text.ts';
import { print, say } from './output.ts';

/**
 * Prints in one sentence what ended the command.
 * @returns the exit code
 * @throws the error unchanged if it is a bug
 */
export function reportError(error: unknown): number {
  // commander throws for help and version as well.
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof PortError) return tell(error.message, error.exitCode);
  if (machineIssue(error)?.code === 'open-files')
    return tell('Too many files are open at a time on this machine. Allow more: ulimit -n 1024.', 1);
  if (error instanceof Error && 'syscall' in error) return tell(`The system refused it: ${error.message}`, 1);
  throw error;
}

/** Prints to stderr; with `--json` also the final line on stdout that the contract promises. */
function tell(message: string, exitCode: number): number {
  if (process.argv.includes('--json')) {
    print(safeJson({ type: 'error', message }));
    print(safeJson({ type: 'summary', accounts: {}, missing: {}, folders: [], exitCode }));
  }
  say(`port: ${message}`);
  return exitCode;
}
