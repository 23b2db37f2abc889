import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { bin } from '../e2e/run-port.ts';

const impatient = resolve(import.meta.dirname, 'worker.mjs');

export interface Process {
  readonly pid: number;
  readonly said: () => { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves once its output matches. */
  says(pattern: RegExp): Promise<void>;
}

/** A program of node that ends with the test, whatever comes of it. */
export function startNode(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Process {
  const child: ChildProcess = spawn(process.execPath, args, { cwd, env: { ...process.env, ...environment } });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  let isOver = false;
  const ended = new Promise<number | null>((done) => {
    child.on('close', (code) => {
      isOver = true;
      done(code);
    });
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    said: () => ({ stdout, stderr }),
    ended,
    kill: (signal) => child.kill(signal),
    async says(pattern) {
      for (let tries = 0; tries < 1200 && !pattern.test(stdout + stderr); tries++) {
        if (isOver) break;
        await wait(25);
      }
      if (!pattern.test(stdout + stderr)) throw new Error(`never said ${pattern}:\n${stdout}\n${stderr}`);
    },
  };
}

/** `port worker` with little patience (worker.mjs). */
export function startWorker(
  address: string,
  shared: string,
  { jobs = '1', environment = {} }: { readonly jobs?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Process {
  return startNode([impatient, address, shared, jobs], shared, environment);
}

/** `port` itself. */
export function startPort(args: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = {}): Process {
  return startNode([bin, ...args], cwd, environment);
}

/** What a program told as events. */
export function eventsOf(process: Process): { readonly type: string; readonly [name: string]: unknown }[] {
  return process
    .said()
    .stdout.split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
