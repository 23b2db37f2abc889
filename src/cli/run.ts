import { join, resolve } from 'node:path';
import type { Config } from '../config/config-file.ts';
import { findConfig } from '../config/find-config.ts';
import type { ReadingOptions } from '../config/options.ts';
import { UsageError } from '../errors.ts';
import type { Report, RunEvent } from '../model/event.ts';
import type { RunResult } from '../pipeline/run-accounts.ts';
import { clientsCsv } from '../report/clients-csv.ts';
import { createFiles } from '../tools/disk-files.ts';
import { createReport } from './create-report.ts';
import { exitWith } from './exit.ts';
import type { Flags } from './option-flags.ts';
import { checkSummaryPath } from './summary-file.ts';

/** The options that this wrapper uses. */
type RunOptions = Pick<ReadingOptions, 'out' | 'summary'> & { readonly dryRun?: boolean };

/** The run itself. It calls `ready` with its options before it writes anything. */
type Work = (
  config: Config | null,
  flags: Flags,
  tell: Report['tell'],
  ready: (options: RunOptions) => Promise<void>,
) => Promise<{ readonly result: RunResult; readonly options: RunOptions }>;

/**
 * The common part of the main job and `port fetch`: report, config file, summary file, exit code.
 * @throws UsageError before anything is written
 */
export async function run(paths: readonly string[], { config: named, ...flags }: Flags, work: Work): Promise<void> {
  const report = await createReport(flags);
  const files = createFiles();
  const clients = clientsCsv(() => Date.now() / 1000);
  const tell = (event: RunEvent) => {
    clients.tell(event);
    report.tell(event);
  };
  const warn = (message: string) => tell({ type: 'warning', message });
  const config = await findConfig(typeof named === 'string' ? named : undefined, process.cwd(), files, warn);
  /** null if no summary is written. */
  const summaryPath = ({ out, summary, dryRun = false }: RunOptions) =>
    dryRun || (summary === undefined && paths.length < 2) ? null : resolve(summary ?? join(out, 'summary.csv'));
  const ready = async (options: RunOptions) => {
    const path = summaryPath(options);
    if (path !== null) await checkSummaryPath(path, files);
  };
  const { result, options } = await work(config, flags, tell, ready);
  const { dryRun = false } = options;
  const path = summaryPath(options);
  // Checked again, because the run itself may have created a file with this name, such as an original.
  const taken = path === null ? null : await refusal(checkSummaryPath(path, files));
  if (taken !== null) warn(taken);
  const exitCode = taken === null ? result.exitCode : result.exitCode || 1;
  tell({ type: 'summary', ...result, exitCode, ...(dryRun && { dryRun }) });
  if (path !== null && taken === null) await files.write(path, clients.text());
  exitWith(exitCode);
}

/** The message of a failed check; null if it passed. */
async function refusal(check: Promise<void>): Promise<string | null> {
  try {
    await check;
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
