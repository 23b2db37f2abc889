import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** The built program, as a user starts it. */
export const bin = resolve(import.meta.dirname, '../../bin/port.js');
export const fixture = (name: string) => resolve(import.meta.dirname, '../../fixtures', name);

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `port` in a folder of its own. Its yt-dlp is a stand-in that fails (vitest.config.ts), unless a test names another. */
export async function runPort(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return await ending(spawn(process.execPath, [bin, ...args], { cwd, env: { ...process.env, ...environment } }));
}

/** What a program printed, once it has ended. */
export async function ending(child: ChildProcessWithoutNullStreams): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  return { code, stdout, stderr };
}

/**
 * Waits until something is so, and looks every 20 ms.
 * @throws where it is not so within a minute: a test that went on would test something else than it says
 */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    if (await isSo()) return;
    await wait(20);
  }
  throw new Error(`It never came to be: ${isSo}`);
}

/**
 * Starts a run, and ends it as soon as it is `ready` for that.
 * @returns its exit code; null where the signal left it none
 * @throws where it ended by itself before
 */
export async function cutOff(
  args: readonly string[],
  cwd: string,
  signal: NodeJS.Signals,
  ready: () => boolean | Promise<boolean>,
  environment: NodeJS.ProcessEnv = {},
): Promise<number | null> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [bin, ...args], { cwd, env, stdio: 'ignore' });
  const closed = new Promise<number | null>((done) => child.on('close', done));
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode} before it could be cut off.`);
      return await ready();
    });
  } finally {
    child.kill(signal);
  }
  return await closed;
}

/** A folder for one test, and how to be rid of it. */
export async function workFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'port-e2e-'));
  return { path, remove: async () => rm(path, { recursive: true, force: true }) };
}

/**
 * Gives tests folders in which `args` has run. It runs once, and each test has a copy to spoil: with hard links and times,
 * by which `port` knows its files. Only GNU's cp copies both; elsewhere it runs anew.
 * @param prepare puts into a folder what the run reads there
 */
export function foldersAfter(
  args: readonly string[],
  fresh: () => Promise<string>,
  prepare: (path: string) => Promise<void> = async () => {},
): () => Promise<string> {
  const ranIn = async () => {
    const path = await fresh();
    await prepare(path);
    const { code, stderr } = await runPort(args, path);
    if (code !== 0) throw new Error(stderr);
    return path;
  };
  if (process.platform !== 'linux') return ranIn;
  let first: Promise<string> | undefined;
  return async () => {
    first ??= ranIn();
    const [from, path] = [await first, await fresh()];
    execFileSync('cp', ['-a', `${from}/.`, path]);
    return path;
  };
}
