import { existsSync } from 'node:fs';
import { combineSettings, type Settings } from '../../../config/config-file.ts';
import { checkOptions, checkTranslatorKey, type PortOptions } from '../../../config/options.ts';
import { routeOf } from '../../../config/proxy.ts';
import type { Report } from '../../../model/event.ts';
import type { RunResult } from '../../../pipeline/run-accounts.ts';
import type { Tools } from '../../../tools/tools.ts';
import { leaveQueueBehind } from '../../exit.ts';
import type { Flags } from '../../option-flags.ts';
import { run } from '../../run.ts';

/**
 * The main job: as a dry run, by workers of a queue, or on this machine.
 * @throws UsageError before anything is written
 */
export async function runPosts(paths: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  const forecasts = !flags['json'] && !flags['quiet'] && process.stderr.isTTY;
  await run(paths, flags, async (config, written, tell, ready) => {
    const settings = combineSettings(written, config, checkOptions);
    for (const options of settings.all) checkTranslatorKey(options, process.env);
    await ready(settings.common);
    const { common } = settings;
    const { createTools } = await import('../../../tools/create-tools.ts');
    const isFirst = !existsSync(common.out);
    const route = routeOf(common, process.env);
    const warn = (message: string) => tell({ type: 'warning', message });
    // Querying ffmpeg's version takes as long as loading the other modules.
    const [tools, { port }] = await Promise.all([
      createTools(isFirst, warn, route),
      import('../../../pipeline/port.ts'),
    ]);
    const result =
      common.queue !== undefined
        ? await runByQueue(paths, settings, common.queue, tools, tell, signal)
        : common.dryRun
          ? await runDry(paths, settings, tools, tell, signal)
          : await port(paths, settings, tools, tell, signal, { forecasts });
    return { result, options: common };
  });
}

async function runByQueue(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  address: string,
  tools: Tools,
  tell: Report['tell'],
  signal: AbortSignal,
): Promise<RunResult> {
  leaveQueueBehind();
  const [{ connectQueue }, { portByQueue }] = await Promise.all([
    import('../../../queue/connect.ts'),
    import('../../../queue/port-by-queue.ts'),
  ]);
  const warn = (message: string) => tell({ type: 'warning', message });
  const connected = await connectQueue(address, settings.common.shared ?? '.', warn, signal);
  return await portByQueue(paths, settings, connected, tools, tell, signal);
}

async function runDry(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  real: Tools,
  tell: Report['tell'],
  signal: AbortSignal,
): Promise<RunResult> {
  const [{ createDryRunTools }, { dryRun }] = await Promise.all([
    import('../../../tools/create-dry-run-tools.ts'),
    import('../../../pipeline/dry-run.ts'),
  ]);
  const { tools, scratch, close } = await createDryRunTools(real);
  try {
    return await dryRun(paths, settings, tools, scratch, tell, signal, real.ytDlp !== null);
  } finally {
    await close();
  }
}
