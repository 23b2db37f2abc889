import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../e2e/run-port.ts';
import type { Wine } from './wine.ts';

/** The built program on one system. Paths are this machine's, but for those that `typed` and `otherDrive` return. */
export interface System {
  readonly name: 'linux' | 'windows';
  /** A path as a person on that system types it. */
  typed(path: string): string;
  /** The same for a path in /dev/shm, which is a drive of its own. */
  otherDrive(path: string): string;
  /** Runs `port` in the folder `cwd`. */
  port(args: readonly string[], cwd: string): Promise<Ended>;
  /** Starts `port`, to be killed. */
  start(args: readonly string[], cwd: string): Started;
  /**
   * Opens a file so that others may only read it, which only Windows has.
   * @returns how to close it; null on Linux
   */
  hold(path: string): Promise<(() => Promise<void>) | null>;
}

export interface Ended {
  /** null if it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed on stdout so far. */
  readonly output: () => string;
}

const root = resolve(import.meta.dirname, '../..');

/** In milliseconds: a program under wine that has not ended by then hangs. */
const patience = 240_000;

export function linux(): System {
  const bin = join(root, 'bin/port.js');
  const start: System['start'] = (args, cwd) => started(process.execPath, [bin, ...args], cwd, process.env);
  return {
    ...{ name: 'linux', start, port: async (...all) => start(...all).ended },
    ...{ typed: (path) => path, otherDrive: (path) => path, hold: async () => null },
  };
}

/** @returns the system, and how to end it: the copy of the program and wine's desktop are gone then */
export async function windows(wine: Wine): Promise<{ readonly system: System; readonly close: () => void }> {
  // Inside the folder of the libraries, where Node finds them.
  mkdirSync(join(wine.home, 'programs'), { recursive: true });
  const program = mkdtempSync(join(wine.home, 'programs/'));
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(root, name), join(program, name), { recursive: true });
  // Wine shows this machine's root as the drive Z.
  const typed = (path: string) => `Z:${path.replaceAll('/', '\\')}`;
  const inWine = (args: readonly string[], cwd: string, limit: number | null = patience) =>
    started(wine.wine, args, cwd, wine.environment, limit);
  const helper = async (args: readonly string[]) => {
    const { process: child, ended, output } = inWine(args, program, null);
    await until(() => output().includes('ready'));
    return async () => {
      child.kill('SIGKILL');
      await ended;
    };
  };
  const closeDesktop = await helper([wine.helpers.desktop]);
  const closeWatch = endLaterExplorers(wine);
  const bin = typed(join(program, 'bin/port.js'));
  const start: System['start'] = (args, cwd) => inWine([wine.nodeExe, bin, ...args], cwd);
  return {
    system: {
      ...{ name: 'windows', typed, start, port: async (...all) => start(...all).ended },
      otherDrive: (path) => `X:${path.slice('/dev/shm'.length).replaceAll('/', '\\')}`,
      hold: async (path) => helper([wine.helpers.hold, typed(path)]),
    },
    close: () => {
      rmSync(program, { recursive: true, force: true });
      closeWatch();
      void closeDesktop();
    },
  };
}

/**
 * Ends each explorer.exe that is started from now on. The one of the desktop may end on a busy machine; then the next
 * program that wants a desktop starts another, which holds its output open, and Node would wait for it forever.
 * @returns how to stop
 */
function endLaterExplorers({ environment }: Wine): () => void {
  const prefix = `WINEPREFIX=${environment['WINEPREFIX']}`;
  const explorers = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        if (!/^\d+$/.test(pid) || !readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('explorer.exe'))
          return false;
        return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(prefix);
      } catch {
        return false;
      }
    });
  const first = new Set(explorers());
  const timer = setInterval(() => {
    for (const pid of explorers()) {
      if (first.has(pid)) continue;
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // Ended by itself.
      }
    }
  }, 2000);
  return () => clearInterval(timer);
}

/** Output goes to files: a program under wine cannot write to the pipes of Node. */
function started(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  limit: number | null = patience,
): Started {
  const folder = mkdtempSync(join(tmpdir(), 'port-windows-output-'));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const [out, err] = ['out', 'err'].map((name) => openSync(join(folder, name), 'w')) as [number, number];
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', out, err] });
  closeSync(out);
  closeSync(err);
  let hung = '';
  const giveUp = () => {
    hung = `It did not end within ${(limit ?? 0) / 1000} s. What was running:\n${execFileSync('ps', ['axo', 'pid,ppid,stat,time,args']).toString()}`;
    child.kill('SIGKILL');
  };
  const timer = limit === null ? undefined : setTimeout(giveUp, limit);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: read('out'), stderr: `${read('err')}${hung}` });
      rmSync(folder, { recursive: true });
    });
  });
  return { process: child, ended, output: () => read('out') };
}
