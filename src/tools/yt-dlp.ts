import { access, constants, type FileHandle, mkdir, open, readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { devNull } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type wrap from 'yt-dlp-wrap';
import { ProgramError, ToolMissingError } from '../errors.ts';
import { MachineError } from '../model/machine-trouble.ts';
import { programError } from './program-trouble.ts';
import { collectOutput, runProgram } from './run-program.ts';

import { programCache } from './user-cache.ts';

export interface YtDlp {
  /**
   * Saves the video of one page into `folder`, which is its own: what an earlier call left there is gone on with.
   * @returns the path of the file
   * @throws ProgramError where yt-dlp does not get it
   */
  download(
    page: string,
    folder: string,
    options: { readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<string>;
  /**
   * The posts of a profile as yt-dlp knows them without visiting each: one JSON document a line. What came before there was
   * trouble (no network, too slow, too much) is returned along with it.
   */
  list(
    profile: string,
    options: { readonly seconds: number; readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<{ readonly lines: string; readonly trouble: string | null }>;
}

// CommonJS, with the class as its own `default`: Node and bundlers disagree on what an import of that is.
const { default: YtDlpWrap } = createRequire(import.meta.url)('yt-dlp-wrap') as { default: typeof wrap.default };

const wholeMilliseconds = 15 * 60_000;
const fileName = process.platform === 'win32' ? 'yt-dlp.exe' : 'yt-dlp';

/**
 * yt-dlp, told by arguments alone: no configuration of the user's, no plug-in downloader, one video, one file.
 * Checked with 2023.03.04.
 * @param path of the program
 */
export function createYtDlp(path: string): YtDlp {
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
        // The one without the moving watermark where there is a choice.
        ...['--format', 'best[format_note!*=watermark]/best'],
        // In the template a % of the folder's own would be read as a field.
        ...['--output', join(folder.replaceAll('%', '%%'), 'video.%(ext)s')],
        '--',
        page,
      ];
      await run(path, args, signal);
      const name = (await readdir(folder)).find((each) => /^video\.\w+$/.test(each) && !/\.(?:part|ytdl)$/.test(each));
      if (name === undefined) throw new ProgramError('yt-dlp saved nothing', commandOf(path, args), '');
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
        const { output, trouble } = await collectOutput(path, args, { seconds, outputBytes: maxBytes, signal });
        return { lines: output, trouble: trouble && lastError(trouble.replace(/https?:\/\/\S+/g, '(address)')) };
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        return { lines: '', trouble: error.message };
      }
    },
  };
}

export interface YtDlpProgram {
  readonly path: string;
  /** `cache`: fetched by `port doctor --install-yt-dlp`. */
  readonly from: 'environment' | 'cache' | 'path';
}

/**
 * The program that `PORT_YTDLP` names, else the one that the user had `port` fetch, else the one on PATH; null where there
 * is none: a run goes on without. It is not started here: that takes a second.
 * @throws ToolMissingError if `PORT_YTDLP` names something that cannot be run
 */
export async function findYtDlp(environment: NodeJS.ProcessEnv = process.env): Promise<YtDlpProgram | null> {
  const named = environment['PORT_YTDLP'];
  if (named) {
    if (await canRun(named)) return { path: named, from: 'environment' };
    throw new ToolMissingError(`PORT_YTDLP names ${named}, which cannot be run. Correct or unset it.`);
  }
  // Fetched on purpose, and mostly because the one on PATH is too old for TikTok.
  const cached = fetchedYtDlp(environment);
  if (await canRun(cached)) return { path: cached, from: 'cache' };
  for (const folder of (environment['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    if (await canRun(join(folder, fileName))) return { path: join(folder, fileName), from: 'path' };
  }
  return null;
}

/** Where the one that `port` fetched lies, if it did. */
export function fetchedYtDlp(environment: NodeJS.ProcessEnv = process.env): string {
  return join(programCache(environment), fileName);
}

/** What it calls itself, which is a day: `2026.10.22`. @throws ProgramError where it is no yt-dlp that can be run */
export async function ytDlpVersion(path: string): Promise<string> {
  const args = ['--ignore-config', '--version'];
  const said = (await runProgram(path, args, { seconds: 60, outputBytes: 10_000 })).trim();
  if (/^\d{4}\.\d\d\.\d\d(?:\.\d+)?$/.test(said)) return said;
  throw new ProgramError('it names no version', commandOf(path, args), said.slice(0, 200));
}

async function canRun(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function run(path: string, args: string[], signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await ensureDescriptors();
  const started = new YtDlpWrap(path).exec(args, { windowsHide: true, detached: process.platform !== 'win32' });
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
    throw new ProgramError('yt-dlp took too long', commandOf(path, args), '');
  }
  if (first instanceof Error) {
    // What it says may quote signed addresses.
    const said = (first.message.split('Stderr:').at(-1) ?? '').trim().replace(/https?:\/\/\S+/g, '(address)');
    const { exitCode = null, signalCode = null } = started.ytDlpProcess ?? {};
    const lines = said.split('\n').slice(-40);
    const error = await programError({ path, code: exitCode, signal: signalCode, lines }, commandOf(path, args));
    throw error instanceof MachineError
      ? error
      : new ProgramError(lastError(said), commandOf(path, args), said.slice(-2000));
  }
}

/** Both ends of three pipes, and what the start itself takes. */
const descriptors = 8;

/** yt-dlp-wrap throws where nobody can catch it if no file can be opened any more. @throws the system's error (EMFILE) */
async function ensureDescriptors(): Promise<void> {
  const opened: FileHandle[] = [];
  try {
    for (let count = 0; count < descriptors; count++) opened.push(await open(devNull));
  } finally {
    for (const each of opened) await each.close();
  }
}

/** yt-dlp starts programs of its own: its whole group is ended, where there are groups. */
function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Ended by itself meanwhile.
  }
}

function lastError(said: string): string {
  const lines = said.split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? '').slice(0, 200);
}

/** For a shell, as somebody would paste it. */
function commandOf(path: string, args: readonly string[]): string {
  return [path, ...args]
    .map((part) => (/^[\w./:=@-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
