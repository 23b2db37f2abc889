import { spawn } from 'node:child_process';
import { InterruptedError, ProgramError } from '../errors.ts';

export interface ProgramLimits {
  readonly seconds: number;
  readonly outputBytes: number;
  readonly signal?: AbortSignal;
  /** Hears what it prints, of which nothing is kept then: for lists of any length. */
  readonly onChunk?: (chunk: Buffer) => void;
}

/**
 * npm's ffprobe for Linux carries a C library of its own, and crashes when that loads this machine's converters of
 * character sets (for the names in any MPEG-TS). This keeps it from finding them.
 */
const noConverters = { GCONV_PATH: '/dev/null' };

/** What a program printed, and what went wrong with it: even then what it printed before may be of use. */
export interface Printed {
  readonly output: string;
  /** null if it ended well. */
  readonly trouble: string | null;
  /** The end of what it said on stderr. */
  readonly errors: string;
}

/**
 * Runs a small program to its end, without a shell, and returns what it printed.
 * @throws ProgramError if it fails, takes too long or prints too much
 */
export async function runProgram(path: string, args: readonly string[], limits: ProgramLimits): Promise<string> {
  const { output, trouble, errors } = await collectOutput(path, args, limits);
  if (trouble !== null) throw new ProgramError(trouble, pasteable([path, ...args]), errors);
  return output;
}

/**
 * Like `runProgram`, for programs whose output is of use line by line. What the program started is ended with it, where
 * there are groups of processes.
 * @throws InterruptedError, or the system's error if it cannot be started
 */
export async function collectOutput(path: string, args: readonly string[], limits: ProgramLimits): Promise<Printed> {
  const env = { ...process.env, ...noConverters };
  const detached = process.platform !== 'win32';
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, env, detached });
  const out: Buffer[] = [];
  let errors = '';
  let bytes = 0;
  let stopped: string | null = null;
  const stop = (why: string) => {
    stopped ??= why;
    kill(child.pid);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.outputBytes) stop('printed too much');
    else if (limits.onChunk) limits.onChunk(chunk);
    else out.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000);
  });
  const timer = setTimeout(() => stop(`took longer than ${limits.seconds} s`), limits.seconds * 1000);
  const abort = () => stop('interrupted');
  limits.signal?.addEventListener('abort', abort, { once: true });
  if (limits.signal?.aborted) abort();
  try {
    const ending = await new Promise<string | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) =>
        resolve(code === 0 ? null : signal ? `it crashed (${signal})` : `exit code ${code}`),
      );
    });
    if (limits.signal?.aborted) throw new InterruptedError('Interrupted');
    const lastLine = errors.trim().split('\n').at(-1) ?? '';
    const trouble = stopped ?? (ending === null ? null : lastLine || ending);
    return { output: Buffer.concat(out).toString(), trouble, errors };
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
  }
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Ended by itself meanwhile.
  }
}

/** A program and its arguments as a person would type them, for a bug report. */
export function pasteable(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
