import { combineSettings } from '../../../config/config-file.ts';
import { checkReadingOptions } from '../../../config/options.ts';
import { routeOf } from '../../../config/proxy.ts';
import { fetchOriginals } from '../../../pipeline/fetch.ts';
import { createFetchTools } from '../../../tools/create-tools.ts';
import type { Flags } from '../../option-flags.ts';
import { run } from '../../run.ts';

/**
 * `port fetch`: fetches the originals of all posts, and makes nothing of them.
 * @throws UsageError before anything is written
 */
export async function runFetch(paths: readonly string[], flags: Flags, signal: AbortSignal): Promise<void> {
  await run(paths, flags, async (config, written, tell, ready) => {
    const settings = combineSettings(written, config, checkReadingOptions);
    await ready(settings.common);
    const warn = (message: string) => tell({ type: 'warning', message });
    const tools = await createFetchTools(warn, routeOf(settings.common, process.env));
    const result = await fetchOriginals(paths, settings, tools, tell, signal);
    return { result, options: settings.common };
  });
}
