import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Argument, Command, CommanderError } from 'commander';
import type { Config, Settings } from '../config/config-file.ts';
import { optionGroups } from '../config/option-help.ts';
import type { PortOptions, ReadingOptions } from '../config/options.ts';
import { InterruptedError, PortError, UsageError } from '../errors.ts';
import type { Report, RunEvent } from '../model/event.ts';
import { machineIssue } from '../model/machine-trouble.ts';
import type { RunResult } from '../pipeline/run-accounts.ts';
import { jsonReport } from '../report/json.ts';
import { lineReport } from '../report/lines.ts';
import { safeJson, safeText } from '../report/safe-text.ts';
import { targets } from '../targets/index.ts';
import { removeTemporaries } from '../tools/temporary.ts';
import type { Tools } from '../tools/tools.ts';
import { version } from '../version.ts';
import type { Shell } from './completion/index.ts';
import type { Offer } from './completion/offer.ts';

/** Commands and flags in, one call, an exit code out. The only file that knows signals and `process.exit`. */

const names = targets.map(({ name }) => name).join(', ');

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];

/** Flags of the main job that take several values, or the same flag several times. */
const collect = (value: string, before: string[] | undefined) => [...(before ?? []), value];

const program = new Command('port');
program
  .version(version(), '--version', 'print the version')
  .helpOption('-h, --help', 'print this help')
  .showSuggestionAfterError(false);

const main = program
  .command('posts', { isDefault: true, hidden: true })
  .usage('<export...> --to <targets> [options]')
  .description(
    `Makes posts that are ready to upload out of the ZIP that TikTok hands out.

  port TikTok_Data_1766000000.zip --to rednote          your posts, into ./ported
  port TikTok_Data_1766000000.zip --to all --dry-run    what would be done
  port clients/*.zip --to shorts,reels --json           for scripts and CI`,
  )
  .argument('<export...>', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt')
  .action(async (paths: string[], flags: Record<string, unknown>) => {
    await runMain(paths, written(main, flags));
  });
for (const [heading, options] of Object.entries(optionGroups)) {
  main.optionsGroup(heading);
  for (const [flags, words, several] of options) {
    if (several) main.option(flags, words, collect);
    else main.option(flags, words);
  }
}

const fetch = program
  .command('fetch')
  .usage('<export...> [options]')
  .description('originals only: rescue now, choose later')
  .argument('<export...>', 'a TikTok .zip, an unzipped folder, a lone .json or posts .txt')
  .action(async (paths: string[], flags: Record<string, unknown>) => {
    await runFetch(paths, written(fetch, flags));
  });
/** What concerns reading and fetching is worded once, at the main job. */
const ofReading =
  'out account media captions caption-shift media-shift alias offline listing include held-originals since until only order limit allow-host strict summary config';
const ofReports = 'json quiet verbose color';
for (const option of main.options) {
  if (`${ofReading} ${ofReports}`.split(' ').includes(option.name().replace(/^no-/, ''))) fetch.addOption(option);
}

program
  .command('inspect')
  .description('what is in an export, what can be fetched')
  .argument('<export>')
  .option('--json', 'one JSON document')
  .option('--skeleton', 'the structure with every value blanked, for a bug report')
  .action(async (path: string, flags: { json?: true; skeleton?: true }) => {
    const { runInspect } = await import('./commands/inspect/run-inspect.ts');
    print(await runInspect(path, flags));
  });

program
  .command('check')
  .description('do files or folders meet a platform')
  .argument('<path...>', 'videos, photos, folders: yours or made by port')
  .option('--to <targets>', `which platforms: ${names}; a comma list, or all`)
  .option('--json', 'one JSON document')
  .action(async (paths: string[], flags: { to?: string; json?: true }) => {
    const [{ checkTargets }, { runCheck }] = await Promise.all([
      import('../config/options.ts'),
      import('./commands/check/run-check.ts'),
    ]);
    const { text, exitCode } = await runCheck(paths, checkTargets(flags.to), flags.json === true, interruption());
    print(text);
    process.exitCode = exitCode;
  });

const platform = new Argument('[name]', 'one platform (default: all)');
platform.argChoices = targets.map(({ name }) => name);
program
  .command('targets')
  .description('every limit, with source and date')
  .addArgument(platform)
  .option('--json', 'one JSON document')
  .action(async (name: string | undefined, flags: { json?: true }) => {
    const { listTargets } = await import('./commands/targets/list-targets.ts');
    print(listTargets(name, flags.json === true));
  });

program
  .command('doctor')
  .description('which programs are used, what is missing')
  .option('--out <dir>', 'the output folder to look at (default: ported)')
  .option('--install-yt-dlp', 'fetch yt-dlp from its release page into your cache')
  .option('--json', 'one JSON document')
  .action(async (flags: { json?: true; installYtDlp?: true; out?: string }) => {
    const { runDoctor } = await import('./commands/doctor/run-doctor.ts');
    const say = (line: string) => process.stderr.write(`${safeText(line)}\n`);
    const { text, ok } = await runDoctor(flags, say, interruption());
    print(text);
    if (!ok) process.exitCode = 2;
  });

program
  .command('serve')
  .description('contact sheets in a browser, for phones')
  .argument('[folder]', 'what port wrote: all of it, an account, or a platform (default: ported)')
  .option('--lan', 'let phones in the local network see it (default: only this machine)')
  .option('--port <n>', 'listen on this port (default: 8476, or any that is free)')
  .action(async (folder: string | undefined, flags: { lan?: true; port?: string }) => {
    const { runServe } = await import('./commands/serve/run-serve.ts');
    await runServe(folder ?? 'ported', flags, print, interruption('port: no longer serving'));
  });

program
  .command('schema')
  .description('the JSON schema of config files')
  .action(async () => {
    const { configSchema } = await import('../config/json-schema.ts');
    print(JSON.stringify(configSchema(), null, 2));
  });

program
  .command('completion')
  .description('a script that completes what you type')
  .addArgument(new Argument('<shell>').choices(shells))
  .action(async (shell: Shell) => {
    const [{ completionScript }, { offeredValue }] = await Promise.all([
      import('./completion/index.ts'),
      import('./completion/values.ts'),
    ]);
    print(
      completionScript(
        shell,
        program.commands.map((command) => offerOf(command, offeredValue)),
      ),
    );
  });

let usesQueue = false;
const worker = program
  .command('worker')
  .description('do posts of a queue: see --queue')
  .option('--queue <address>', 'of the Redis server: redis://host:6379, or rediss:// over TLS')
  .option('--shared <dir>', 'the folder that all machines mount, as it is called here (default: this one)')
  .option('--jobs <n>', 'posts at a time (default: by cores)')
  .action(async (flags: Record<string, unknown>) => {
    usesQueue = true;
    const { runWorker } = await import('./commands/worker/run-worker.ts');
    const signal = interruption('port: putting back what is half done; press Ctrl-C again to leave at once');
    const say = (line: string) => process.stderr.write(`${safeText(line)}\n`);
    await runWorker(flags, await reportFor({ ...flags, lines: true }), say, signal);
  });
for (const option of main.options) {
  if (ofReports.split(' ').includes(option.name().replace(/^no-/, ''))) worker.addOption(option);
}

program
  .command('queue')
  .description('look into a queue, retry, drop')
  .argument(
    '<what>',
    'status: waiting, running, done, failed by client; retry: failed posts once more; drop: take a client’s posts out',
  )
  .argument('[client]', 'for drop: as port queue status has it, or its folder; @foreign: jobs that port did not write')
  .option('--queue <address>', 'of the Redis server: redis://host:6379, or rediss:// over TLS')
  .option('--json', 'one JSON document')
  .action(async (what: string, client: string | undefined, flags: { queue?: string; json?: true }) => {
    usesQueue = true;
    const { runQueue } = await import('./commands/queue/run-queue.ts');
    print(await runQueue(what, client, flags, (sentence) => process.stderr.write(`port: ${safeText(sentence)}\n`)));
  });

// The main job is what `port --help` is asked about; it has no name of its own.
program.helpInformation = () => {
  const help = main.createHelp();
  const others = program.commands.filter((command) => command !== main);
  const list = others.map((command) => `  ${help.subcommandTerm(command).padEnd(33)}${command.description()}`);
  const own = main.helpInformation().replace('Usage: port posts', 'Usage: port').trimEnd();
  return `${own}\n  ${'--version'.padEnd(help.padWidth(main, help))}  print the version\n\nOther commands:\n${list.join('\n')}\n`;
};
main.helpInformation = Command.prototype.helpInformation;

for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({ outputError: () => {} });
}

/** @param offeredValue what may stand for a placeholder of the help */
function offerOf(command: Command, offeredValue: (name: string, placeholder: string) => Offer['value']): Offer {
  const {
    registeredArguments: [argument],
  } = command;
  const taken = argument?.argChoices;
  const options = command.createHelp().visibleOptions(command);
  return {
    name: command === main ? '' : command.name(),
    words: command.description(),
    options: [...options, ...(command === main ? program.options : [])].map((option) => ({
      flags: [option.short, option.long].flatMap((flag) => flag ?? []),
      words: option.description,
      value: option.required ? offeredValue(option.attributeName(), /<(\S+)>/.exec(option.flags)?.[1] ?? '') : null,
      several: option.parseArg !== undefined,
    })),
    value: taken
      ? { kind: 'choice', choices: taken }
      : argument
        ? offeredValue(argument.name(), argument.name())
        : null,
  };
}

/** commander gives what can be switched off (`--no-...`) a value that nobody wrote, which must not win over a config. */
function written(command: Command, flags: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(flags).filter(([name]) => command.getOptionValueSource(name) === 'cli'));
}

async function runMain(paths: string[], flags: Record<string, unknown>): Promise<void> {
  const forecasts = !flags['json'] && !flags['quiet'] && process.stderr.isTTY;
  await run(paths, flags, async (config, written, tell, signal, ready) => {
    const [{ settle }, { checkOptions }, { createTools: openWorld }] = await Promise.all([
      import('../config/config-file.ts'),
      import('../config/options.ts'),
      import('../tools/create-tools.ts'),
    ]);
    const settings = settle(written, config, checkOptions);
    await ready(settings.common);
    // Asking ffmpeg who it is takes as long as loading the rest.
    const { common } = settings;
    const isFirst = !existsSync(common.out);
    const warn = (sentence: string) => tell({ type: 'warning', message: sentence });
    const [world, { port }] = await Promise.all([openWorld(isFirst, warn), import('../pipeline/port.ts')]);
    if (common.queue !== undefined) {
      const result = await runByQueue(paths, settings, common.queue, world, tell, signal);
      return { result, options: common };
    }
    const result = common.dryRun
      ? await runDry(paths, settings, world, tell, signal)
      : await port(paths, settings, world, tell, signal, { forecasts });
    return { result, options: common };
  });
}

async function runByQueue(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  address: string,
  world: Tools,
  tell: Report['tell'],
  signal: AbortSignal,
): Promise<RunResult> {
  usesQueue = true;
  const [{ connectQueue: openQueueWorld }, { portByQueue }] = await Promise.all([
    import('../queue/connect.ts'),
    import('../queue/port-by-queue.ts'),
  ]);
  const warn = (message: string) => tell({ type: 'warning', message });
  const queueWorld = await openQueueWorld(address, settings.common.shared ?? '.', warn, signal);
  return await portByQueue(paths, settings, queueWorld, world, tell, signal);
}

async function runDry(
  paths: readonly string[],
  settings: Settings<PortOptions>,
  world: Tools,
  tell: Report['tell'],
  signal: AbortSignal,
): Promise<RunResult> {
  const [{ createDryRunTools: openDryWorld }, { dryRun }] = await Promise.all([
    import('../tools/create-dry-run-tools.ts'),
    import('../pipeline/dry-run.ts'),
  ]);
  const { tools, scratch, close } = await openDryWorld(world);
  try {
    return await dryRun(paths, settings, tools, scratch, tell, signal, world.ytDlp !== null);
  } finally {
    await close();
  }
}

async function runFetch(paths: string[], flags: Record<string, unknown>): Promise<void> {
  await run(paths, flags, async (config, written, tell, signal, ready) => {
    const [{ settle }, { checkReadingOptions }, { createFetchTools: openWorldToFetch }, { fetchOriginals }] =
      await Promise.all([
        import('../config/config-file.ts'),
        import('../config/options.ts'),
        import('../tools/create-tools.ts'),
        import('../pipeline/fetch.ts'),
      ]);
    const settings = settle(written, config, checkReadingOptions);
    await ready(settings.common);
    const warn = (sentence: string) => tell({ type: 'warning', message: sentence });
    const result = await fetchOriginals(paths, settings, await openWorldToFetch(warn), tell, signal);
    return { result, options: settings.common };
  });
}

type RunOptions = Pick<ReadingOptions, 'out' | 'summary'> & { readonly dryRun?: boolean };

/**
 * @param work resolves to what came of it, and to the options that it went by; calls `ready` with them before it touches
 * anything
 */
async function run(
  paths: readonly string[],
  { config: named, ...flags }: Record<string, unknown>,
  work: (
    config: Config | null,
    flags: Record<string, unknown>,
    tell: Report['tell'],
    signal: AbortSignal,
    ready: (options: RunOptions) => Promise<void>,
  ) => Promise<{ readonly result: RunResult; readonly options: RunOptions }>,
): Promise<void> {
  const signal = interruption();
  const report = await reportFor(flags);
  const [{ findConfig }, { createFiles }, { clientsCsv }, { checkSummaryPath }] = await Promise.all([
    import('../config/find-config.ts'),
    import('../tools/disk-files.ts'),
    import('../report/clients-csv.ts'),
    import('./summary-file.ts'),
  ]);
  const files = createFiles();
  const clients = clientsCsv(() => Date.now() / 1000);
  const tell = (event: RunEvent) => {
    clients.tell(event);
    report.tell(event);
  };
  const say = (message: string) => tell({ type: 'warning', message });
  const config = await findConfig(typeof named === 'string' ? named : undefined, process.cwd(), files, say);
  /** null: none is written. */
  const summaryPath = ({ out, summary, dryRun = false }: RunOptions) =>
    dryRun || (summary === undefined && paths.length < 2) ? null : resolve(summary ?? join(out, 'summary.csv'));
  const ready = async (options: RunOptions) => {
    const path = summaryPath(options);
    if (path !== null) await checkSummaryPath(path, files);
  };
  const { result, options } = await work(config, flags, tell, signal, ready);
  const { dryRun = false } = options;
  const path = summaryPath(options);
  // Once more: the run itself may have made a file of this name, an original for example.
  const taken = path === null ? null : await refusal(checkSummaryPath(path, files));
  if (taken !== null) say(taken);
  const exitCode = taken === null ? result.exitCode : result.exitCode || 1;
  tell({ type: 'summary', ...result, exitCode, ...(dryRun && { dryRun }) });
  if (path !== null && taken === null) await files.write(path, clients.text());
  process.exitCode = exitCode;
}

/** What a check has to say; null where it has nothing against it. */
async function refusal(check: Promise<void>): Promise<string | null> {
  try {
    await check;
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

async function reportFor(flags: Record<string, unknown>): Promise<Report> {
  if (flags['json']) return jsonReport(print);
  const { stderr } = process;
  const verbosity = flags['quiet'] ? 'quiet' : flags['verbose'] ? 'verbose' : 'normal';
  const isDumb = process.env['TERM'] === 'dumb';
  const colours = flags['color'] !== false && stderr.isTTY && !process.env['NO_COLOR'] && !isDumb;
  const options = { out: print, err: (line: string) => stderr.write(`${line}\n`), colours, verbosity } as const;
  if (flags['lines'] || !stderr.isTTY || verbosity === 'quiet' || isDumb) return lineReport(options);
  const [{ createLogUpdate }, { ttyReport }] = await Promise.all([import('log-update'), import('../report/tty.ts')]);
  const draw = createLogUpdate(stderr, { showCursor: true });
  const foot = { show: (text: string) => draw(text), clear: () => draw.clear() };
  const clock = {
    now: () => performance.now() / 1000,
    later: (work: () => void) => void setTimeout(work, 100).unref(),
  };
  return ttyReport({ ...options, ...clock, foot, columns: () => stderr.columns || 80 });
}

/** Ctrl-C once: finish nothing new, keep what is done. Twice: leave at once; nothing half-made has a final name. */
function interruption(words = 'port: stopping; press Ctrl-C again to leave at once'): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    process.stderr.write(`${words}\n`);
    controller.abort(new InterruptedError('Interrupted'));
  };
  // A terminal that was closed (SIGHUP) hears nothing any more, and its run ends like any other.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** One sentence on stderr; with `--json` the promised last line on stdout as well. */
function complain(message: string, exitCode: number): void {
  if (process.argv.includes('--json')) {
    print(safeJson({ type: 'error', message }));
    print(safeJson({ type: 'summary', accounts: {}, missing: {}, folders: [], exitCode }));
  }
  process.stderr.write(`port: ${safeText(message)}\n`);
  process.exitCode = exitCode;
}

/** commander's words, as a sentence that says where to look. */
function usageSentence({ message }: CommanderError): string {
  const said = message.replace(/^error: /, '').replace(/\.$/, '');
  const words = said.startsWith("missing required argument 'export'") ? 'No export was named' : said;
  return `${words[0]?.toUpperCase()}${words.slice(1)}. See port --help.`;
}

// A reader such as `head` that has seen enough closes the pipe: the work goes on unheard, to its real exit code. Where the
// output cannot be written for another reason (a full disk), the work goes on too, and the exit code says that it is not whole.
for (const stream of [process.stdout, process.stderr]) {
  let told = false;
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' || told) return;
    told = true;
    process.once('exit', () => {
      process.exitCode ||= 1;
    });
    if (stream === process.stdout) process.stderr.write(`port: what it prints could not be written (${message}).\n`);
  });
}

// However it ends, short of being killed: nothing is left in the system's temporary folder.
process.on('exit', removeTemporaries);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0) complain(usageSentence(error), 2);
  } else if (error instanceof PortError) complain(error.message, error.exitCode);
  else if (machineIssue(error)?.code === 'open-files')
    complain('Too many files are open at a time on this machine. Allow more: ulimit -n 1024.', 1);
  else if (error instanceof Error && 'syscall' in error) complain(`The system refused it: ${error.message}`, 1);
  else throw error;
}

// BullMQ goes on looking for a Redis that went away, though nobody waits for it any more.
if (usesQueue) setTimeout(() => process.exit(), 1000).unref();
