import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export interface RealStudio {
  /** Works once. */
  readonly address: string;
  /** With `--lan`: the one for a phone. */
  readonly phone: string | null;
  readonly out: string;
  stop(): Promise<void>;
}

/** `port studio` itself, with a cache of its own. */
export async function startRealStudio(
  folder: string,
  port: number | null = null,
  more: readonly string[] = [],
): Promise<RealStudio> {
  const out = join(folder, 'ported');
  const program = resolve(import.meta.dirname, '../../../bin/port.js');
  const args = ['studio', '--no-open', '--out', out, ...(port === null ? [] : ['--port', String(port)]), ...more];
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), LOCALAPPDATA: join(folder, 'cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGINT');
    await once(child, 'exit');
  };
  onTestFinished(stop);
  let said = '';
  const address = await new Promise<string>((found, failed) => {
    child.stderr?.on('data', (bytes) => {
      said += bytes;
    });
    child.stdout?.on('data', (bytes) => {
      said += bytes;
      const url = /Studio: (\S+)\s/.exec(said)?.[1];
      if (url !== undefined && (!more.includes('--lan') || /Phone: \S+\s/.test(said))) found(url);
    });
    child.once('exit', () => failed(new Error(said)));
  });
  return { address, phone: /Phone: (\S+)/.exec(said)?.[1] ?? null, out, stop };
}
