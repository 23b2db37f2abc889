import { spawn } from 'node:child_process';
import { InterruptedError, ProgramError } from '../errors.ts';

export interface ProgramLimits {
  readonly seconds: number;
  readonly outputBytes: number;
  readonly signal?: AbortSignal;
}

/**
 * npm's ffprobe for Linux carries a C library of its own, and crashes when that loads this machine's converters of
 * character sets (for the names in any MPEG-TS). This keeps it from finding them.
 */
const noConverters = { GCONV_PATH: '/dev/null' };

/**
 * Runs a small program to its end, without a shell, and returns what it printed.
 * @throws ProgramError if it fails, takes too long or prints too much
 */
export async function runProgram(path: string, args: readonly string[], limits: ProgramLimits): Promise<string> {
  const env = { ...process.env, ...noConverters };
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, env });
  const out: Buffer[] = [];
  let errors = '';
  let bytes = 0;
  let trouble: string | null = null;
  const stop = (why: string) => {
    trouble ??= why;
    child.kill('SIGKILL');
  };
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.outputBytes) stop('printed too much');
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
    if (trouble === null && ending === null) return Buffer.concat(out).toString();
    const lastLine = errors.trim().split('\n').at(-1) ?? '';
    throw new ProgramError(trouble ?? (lastLine || (ending ?? '')), pasteable([path, ...args]), errors);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
  }
}

/** A program and its arguments as a person would type them, for a bug report. */
export function pasteable(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
