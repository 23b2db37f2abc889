import { access, constants, type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type wrap from 'yt-dlp-wrap';
import { ProgramError, ToolMissingError } from '../errors.ts';
import { MachineError } from '../model/machine-errors.ts';
import { programError } from './program-errors.ts';
import { directRoute, environmentFor, type Route, redact } from './proxy.ts';
import { collectOutput, pasteable, runProgram } from './run-program.ts';
import { programCache } from './user-cache.ts';

export interface YtDlp {
  /**
   * Downloads the video of one page into `folder`, which is reserved for it: a partial download there is resumed.
   * @returns the path of the file
   * @throws ProgramError if yt-dlp fails
   */
  download(
    page: string,
    folder: string,
    options: { readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<string>;
  /**
   * Lists the posts of a profile without visiting each page: one JSON document per line. If the listing fails (no
   * network, too slow, too long), the lines before the error are returned with it.
   */
  list(
    profile: string,
    options: { readonly seconds: number; readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<{ readonly lines: string; readonly failure: string | null }>;
}

// A CommonJS module with the class as its own `default`: Node and bundlers disagree on what importing it returns.
const { default: YtDlpWrap } = createRequire(import.meta.url)('yt-dlp-wrap') as { default: typeof wrap.default };

const wholeMilliseconds = 15 * 60_000;
const fileName = process.platform === 'win32' ? 'yt-dlp.exe' : 'yt-dlp';

/**
 * Runs yt-dlp with arguments only: without the user's configuration, external downloaders or playlists. Checked with
 * 2023.03.04.
 * @param path path of the program
 */
export function createYtDlp(path: string, route: Route = directRoute): YtDlp {
  const connection = { env: environmentFor(route, process.env), redact: (text: string) => redact(text, route) };
  return {
    async download(page, folder, { maxBytes, signal }) {
      await mkdir(folder, { recursive: true });
      const args = [
        '--ignore-config',
        '--no-playlist',
        '--quiet',
        '--no-warnings',
        '--no-mtime',
        '--no-cache-dir',
        '--hls-prefer-native',
        ...['--retries', '3', '--socket-timeout', '30', '--max-filesize', String(maxBytes)],
        // Prefers the format without the moving watermark.
        ...['--format', 'best[format_note!*=watermark]/best'],
        // yt-dlp would read a % in the folder's name as a template field.
        ...['--output', join(folder.replaceAll('%', '%%'), 'video.%(ext)s')],
        '--',
        page,
      ];
      await run(path, args, connection, signal);
      const name = (await readdir(folder)).find((each) => /^video\.\w+$/.test(each) && !/\.(?:part|ytdl)$/.test(each));
      if (name === undefined) throw new ProgramError('yt-dlp saved nothing', pasteable([path, ...args]), '');
      return join(folder, name);
    },
    async list(profile, { seconds, maxBytes, signal }) {
      const args = [
        '--ignore-config',
        '--flat-playlist',
        '--dump-json',
        '--ignore-errors',
        '--no-warnings',
        '--no-cache-dir',
        ...['--retries', '1', '--socket-timeout', '15'],
        '--',
        profile,
      ];
      try {
        const { output, failure } = await collectOutput(path, args, {
          ...{ seconds, outputBytes: maxBytes, signal },
          env: connection.env,
        });
        return { lines: output, failure: failure && lastError(connection.redact(failure)) };
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        return { lines: '', failure: error.message };
      }
    },
  };
}

export interface YtDlpProgram {
  readonly path: string;
  /** `cache`: installed by `port doctor --install-yt-dlp`. */
  readonly from: 'environment' | 'cache' | 'path';
}

/**
 * Finds yt-dlp: the program in `PORT_YTDLP`, else the one installed by `port`, else one on PATH; null if there is none,
 * since a run works without it. Does not start it, because that takes a second.
 * @throws ToolMissingError if `PORT_YTDLP` names something that cannot be run
 */
export async function findYtDlp(environment: NodeJS.ProcessEnv = process.env): Promise<YtDlpProgram | null> {
  const named = environment['PORT_YTDLP'];
  if (named) {
    if (await canRun(named)) return { path: named, from: 'environment' };
    throw new ToolMissingError(`PORT_YTDLP names ${named}, which cannot be run. Correct or unset it.`);
  }
  // Installed on purpose, usually because the one on PATH is too old for TikTok.
  const cached = fetchedYtDlp(environment);
  if (await canRun(cached)) return { path: cached, from: 'cache' };
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    if (await canRun(join(folder, fileName))) return { path: join(folder, fileName), from: 'path' };
  }
  return null;
}

/** The path of the program installed by `port`. */
export function fetchedYtDlp(environment: NodeJS.ProcessEnv = process.env): string {
  return join(programCache(environment), fileName);
}

/**
 * Its version, which is a date: `2026.10.22`.
 * @throws ProgramError if it is not a working yt-dlp
 */
export async function ytDlpVersion(path: string): Promise<string> {
  const args = ['--ignore-config', '--version'];
  const said = (await runProgram(path, args, { seconds: 60, outputBytes: 10_000 })).trim();
  if (/^\d{4}\.\d\d\.\d\d(?:\.\d+)?$/.test(said)) return said;
  throw new ProgramError('it names no version', pasteable([path, ...args]), said.slice(0, 200));
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function run(
  path: string,
  args: string[],
  { env, redact }: { readonly env: NodeJS.ProcessEnv; readonly redact: (text: string) => string },
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  await ensureDescriptors();
  const started = new YtDlpWrap(path).exec(args, { env, windowsHide: true, detached: process.platform !== 'win32' });
  const ended = new Promise<Error | null>((resolve) => {
    started.on('close', () => resolve(null));
    started.on('error', resolve);
  });
  const stopped = new AbortController();
  const either = AbortSignal.any([signal, stopped.signal]);
  const timeout = wait(wholeMilliseconds, 'timeout' as const, { signal: either, ref: false }).catch(() => null);
  const first = await Promise.race([ended, timeout]);
  stopped.abort();
  if (signal.aborted || first === 'timeout') {
    kill(started.ytDlpProcess?.pid);
    await ended;
    signal.throwIfAborted();
    throw new ProgramError('yt-dlp took too long', pasteable([path, ...args]), '');
  }
  if (first instanceof Error) {
    // Its messages may contain signed URLs, and the password of a proxy.
    const said = redact((first.message.split('Stderr:').at(-1) ?? '').trim());
    const { exitCode = null, signalCode = null } = started.ytDlpProcess ?? {};
    const lines = said.split('\n').slice(-40);
    const error = await programError({ path, code: exitCode, signal: signalCode, lines }, pasteable([path, ...args]));
    throw error instanceof MachineError
      ? error
      : new ProgramError(lastError(said), pasteable([path, ...args]), said.slice(-2000));
  }
}

/** File descriptors for both ends of three pipes, and for starting the process. */
const descriptors = 8;

/**
 * yt-dlp-wrap throws an error that cannot be caught if no more files can be opened.
 * @throws the system's error (EMFILE)
 */
async function ensureDescriptors(): Promise<void> {
  const opened: FileHandle[] = [];
  try {
    for (let count = 0; count < descriptors; count++) opened.push(await open(devNull));
  } finally {
    for (const each of opened) await each.close();
  }
}

/** yt-dlp starts child processes, so its whole process group is ended if the system has groups. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has exited meanwhile.
  }
}

function lastError(said: string): string {
  const lines = said.split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '').slice(0, 200);
}
