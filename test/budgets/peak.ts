import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface Peak {
  readonly value?: unknown;
  /** What it said when it threw. */
  readonly error?: string;
  /** The most memory that the process held. */
  readonly megabytes: number;
}

/** Calls `factory()[method](...args)`, or `method(...args)` without a factory, of a built module in a process of its own. */
export async function peakOf(module: string, factory: string, method: string, args: readonly unknown[]): Promise<Peak> {
  const script = join(import.meta.dirname, 'peak.mjs');
  const given = [script, module, factory, method, JSON.stringify(args)];
  const { stdout } = await promisify(execFile)(process.execPath, given, { maxBuffer: 10_000_000 });
  return JSON.parse(stdout) as Peak;
}
