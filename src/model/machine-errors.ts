import { asError, ProgramError } from '../errors.ts';
import type { Issue, IssueCode } from './issue.ts';

/**
 * Problems of the machine (disks, memory, limits, programs), which say nothing about the processed file: the post fails
 * with this code, and the file is never taken for damaged. They are not cached, so the next run tries again.
 */
export const machineCodes = [
  'disk-full',
  'disk-quota',
  'disk-read-only',
  'disk-gone',
  'disk-error',
  'file-too-large',
  'file-gone',
  'not-permitted',
  'memory-short',
  'open-files',
  'program-killed',
  'program-start',
  'program-confined',
] as const satisfies readonly IssueCode[];

export type MachineCode = (typeof machineCodes)[number];

/** A program failed because of the machine. */
export class MachineError extends ProgramError {
  override name = 'MachineError';
  readonly code: MachineCode;
  /** The program or path that it is about; null if the code is sufficient. */
  readonly actual: string | null;
  /** The signal, folder or reason. */
  readonly limit: string | null;

  constructor(
    what: Pick<MachineError, 'code' | 'actual' | 'limit'>,
    message: string,
    command: string,
    lastLines: string,
    cause?: unknown,
  ) {
    super(message, command, lastLines, cause);
    this.code = what.code;
    this.actual = what.actual;
    this.limit = what.limit;
  }
}

/** System error codes by meaning (man 3 errno; Windows by libuv's table, uv_translate_sys_error, 2026-11). */
const byErrno: Readonly<Record<string, MachineCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-quota',
  EFBIG: 'file-too-large',
  EROFS: 'disk-read-only',
  EMFILE: 'open-files',
  ENFILE: 'open-files',
  ENOMEM: 'memory-short',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
  ENODEV: 'disk-gone',
  ENXIO: 'disk-gone',
  ESTALE: 'disk-gone',
  ENOTCONN: 'disk-gone',
  EHOSTDOWN: 'disk-gone',
  EIO: 'disk-error',
  ENOENT: 'file-gone',
};

/** Codes about the process or the whole disk, for which a path adds nothing. */
const withoutPath: readonly MachineCode[] = ['disk-full', 'disk-quota', 'open-files', 'memory-short'];

/** The maximum depth of nested causes. */
const deepest = 6;

/** The problem of the machine that caused an error, as an issue; null if the file is the cause, or it is unknown. */
export function machineIssue(thrown: unknown): Issue | null {
  let error = thrown;
  for (let depth = 0; depth < deepest && error instanceof Error; depth++) {
    if (error instanceof MachineError) return issue(error.code, error.actual, error.limit);
    const found = ofSystem(error);
    if (found !== null) return found;
    error = error.cause;
  }
  return null;
}

function ofSystem({ code, syscall, path, message }: NodeJS.ErrnoException): Issue | null {
  if (typeof syscall !== 'string' || typeof code !== 'string') return null;
  const known = byErrno[code];
  if (syscall.startsWith('spawn') && (known === undefined || !withoutPath.includes(known))) {
    return issue('program-start', path ?? syscall.slice(6), startReason(code));
  }
  // For sockets these codes have another meaning.
  if (known === undefined || (path === undefined && /^(?:connect|getaddrinfo|listen|bind)/.test(syscall))) return null;
  // An error with our own message says more than its code.
  if (message !== '' && !message.startsWith(code) && !message.startsWith(syscall)) return null;
  return issue(known, withoutPath.includes(known) ? null : (path ?? null), null);
}

function startReason(code: string): string {
  switch (code) {
    case 'ENOENT':
      return 'it is not there';
    case 'EACCES':
    case 'EPERM':
      return 'it may not be run by you';
    case 'ENOEXEC':
    case 'EBADARCH':
    case 'UNKNOWN':
      return 'it is no program for this machine';
    case 'EAGAIN':
      return 'no more programs can be started now';
    default:
      return code;
  }
}

function issue(code: MachineCode, actual: string | null, limit: string | null): Issue {
  return { code, severity: 'error', actual, limit };
}

export function isMachineIssue({ code }: Pick<Issue, 'code'>): boolean {
  return (machineCodes as readonly string[]).includes(code);
}

/** Converts any error thrown while a post was being made to an issue. */
export function failureOf(thrown: unknown): Issue {
  const command = thrown instanceof ProgramError ? thrown.command : null;
  return (
    machineIssue(thrown) ?? {
      code: 'render-failed',
      severity: 'error',
      actual: asError(thrown).message,
      limit: command,
    }
  );
}

/** Rethrows errors that say nothing about a file, so that it is not taken for damaged. */
export function throwIfMachine(thrown: unknown): void {
  if (machineIssue(thrown) !== null) throw thrown;
}
