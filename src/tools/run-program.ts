import { spawn } from 'node:child_process';
import { InterruptedError, ProgramError } from '../errors.ts';
import { causeOf, type ProgramExit, programError } from './program-errors.ts';

export interface ProgramLimits {
  readonly seconds: number;
  readonly outputBytes: number;
  readonly signal?: AbortSignal;
  /** What it reads on stdin; absent: nothing. */
  readonly input?: string;
  /** In place of this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** The file that it is told to read. */
  readonly reads?: string;
  /** Called with the output, which is not stored then: for output of any length. */
  readonly onChunk?: (chunk: Buffer) => void;
  /** Called with the end of stderr if the program succeeded. */
  readonly onErrors?: (errors: string) => void;
}

/**
 * npm's ffprobe for Linux contains its own C library and crashes if that loads this machine's character set converters
 * (for the names in any MPEG-TS). This keeps it from finding them.
 */
const noConverters = { GCONV_PATH: '/dev/null' };

/** A program's output and its error: output before an error may be useful. */
export interface Printed {
  readonly output: string;
  /** null if it succeeded. */
  readonly failure: string | null;
  /** The end of its stderr. */
  readonly errors: string;
  /** How it ended, if it failed and was not stopped by us. */
  readonly ended: ProgramExit | null;
}

/**
 * Runs a small program without a shell and returns its output.
 * @throws ProgramError if it fails, takes too long or prints too much
 * @throws MachineError if the machine is the cause, or the system's error if the program cannot be started
 */
export async function runProgram(path: string, args: readonly string[], limits: ProgramLimits): Promise<string> {
  const { output, failure, errors, ended } = await collectOutput(path, args, limits);
  if (ended !== null) throw await programError(ended, pasteable([path, ...args]));
  if (failure !== null) throw new ProgramError(failure, pasteable([path, ...args]), errors);
  limits.onErrors?.(errors);
  return output;
}

/**
 * Like `runProgram`, for programs whose output is useful line by line. Child processes are ended with it, on systems
 * with process groups.
 * @throws InterruptedError, or the system's error if it cannot be started
 */
export async function collectOutput(path: string, args: readonly string[], limits: ProgramLimits): Promise<Printed> {
  const env = { ...(limits.env ?? process.env), ...noConverters };
  const detached = process.platform !== 'win32';
  const stdin = limits.input === undefined ? 'ignore' : 'pipe';
  const child = spawn(path, args, { stdio: [stdin, 'pipe', 'pipe'], windowsHide: true, env, detached });
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  // If no more files can be opened there are no streams, and an error event follows.
  if (!hasStreams(child) || !child.stdout || !child.stderr) return await failed;
  // A program that ends before it has read everything breaks the pipe.
  child.stdin?.on('error', () => {}).end(limits.input);
  const closed = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) =>
    child.on('close', (code, signal) => resolve([code, signal])),
  );
  const out: Buffer[] = [];
  let errors = '';
  let bytes = 0;
  let stopped: string | null = null;
  const stop = (why: string) => {
    stopped ??= why;
    kill(child.pid);
    // A program of its own that left the group may hold the output open for ever.
    setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, 1000).unref();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.outputBytes) stop('printed too much');
    else if (limits.onChunk) limits.onChunk(chunk);
    else out.push(chunk);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
    errors = errors.slice(-2000);
  });
  const timer = setTimeout(() => stop(`took longer than ${limits.seconds} s`), limits.seconds * 1000);
  const abort = () => stop('interrupted');
  limits.signal?.addEventListener('abort', abort, { once: true });
  if (limits.signal?.aborted) abort();
  try {
    const [code, signal] = await Promise.race([closed, failed]);
    if (limits.signal?.aborted) throw new InterruptedError('Interrupted');
    const isWell = stopped !== null || code === 0;
    const lines = errors.split('\n').filter((line) => line.trim() !== '');
    const reads = limits.reads === undefined ? [] : [limits.reads];
    const ended: ProgramExit | null = isWell ? null : { path, code, signal, lines, reads };
    const failure = stopped ?? (ended === null ? null : causeOf(ended).said);
    return { output: Buffer.concat(out).toString(), failure, errors, ended };
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', abort);
  }
}

/**
 * Node leaves out the streams if the process has no file descriptor left (EMFILE), although the types say otherwise.
 */
export function hasStreams({ stdout, stderr }: { readonly stdout: unknown; readonly stderr: unknown }): boolean {
  return Boolean(stdout && stderr);
}

function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has exited meanwhile.
  }
}

/** A program and its arguments quoted for a shell, or for the Command Prompt of Windows: for a bug report. */
export function pasteable(words: readonly string[], system: NodeJS.Platform = process.platform): string {
  return words.map(system === 'win32' ? quotedForWindows : quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments, 2026-11. */
function quotedForWindows(word: string): string {
  if (/^[\w@+:./\\-]+$/.test(word)) return word;
  // Backslashes before a quote, the one at the end too, count twice.
  return `"${word.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => slashes + slashes + (quote && '\\"'))}"`;
}
