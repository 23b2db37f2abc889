import { once } from 'node:events';
import { findConfig } from '../../../config/find-config.ts';
import { wholeNumber } from '../../../config/option-values.ts';
import { checkReadingOptions } from '../../../config/options.ts';
import { routeOf } from '../../../config/proxy.ts';
import { seeHelp, UsageError } from '../../../errors.ts';
import { createArchives } from '../../../tools/archives.ts';
import { openBrowser } from '../../../tools/browser.ts';
import { createDisk } from '../../../tools/disk.ts';
import { createFiles } from '../../../tools/disk-files.ts';
import { createLocks } from '../../../tools/locks.ts';
import { once as onlyOnce } from '../../../tools/once.ts';
import { studioCache } from '../../../tools/user-cache.ts';
import { version } from '../../../version.ts';
import type { Listening } from '../../../web/server/http.ts';
import { qrCode } from '../../../web/server/qr-code.ts';
import { createAccess, type Role } from '../../../web/studio/access.ts';
import { readPageFiles } from '../../../web/studio/page.ts';
import { listenForPages } from '../../../web/studio/server.ts';
import { openStudio, type Studio } from '../../../web/studio/studio.ts';
import type { StudioEnvironment } from '../../../web/studio/world.ts';
import type { Flags } from '../../option-flags.ts';
import { lanHost, listenOn } from '../listening.ts';
import { askAtTerminal } from './ask-at-terminal.ts';

interface Output {
  /** Prints a result to stdout. */
  readonly print: (text: string) => void;
  /** Prints a message to stderr. */
  readonly say: (text: string) => void;
}

/**
 * `port studio`: serves the studio until it is stopped.
 * @param interrupted handles Ctrl-C, which ends the studio if `isSure` returns true
 * @throws UsageError if the options make no sense, or there is no network
 */
export async function runStudio(
  paths: readonly string[],
  { port: wanted, open = true, lan = false, config: named, ...flags }: Flags,
  { print, say }: Output,
  interrupted: (isSure: () => boolean) => AbortSignal,
): Promise<void> {
  const port = wanted === undefined ? null : portOf(String(wanted));
  const phoneHost = lan ? lanHost() : null;
  const files = createFiles();
  const config = await findConfig(typeof named === 'string' ? named : undefined, process.cwd(), files, say);
  const common = checkReadingOptions({ ...config?.common, ...flags });
  const gone = new AbortController();
  let isSure = () => true;
  const signal = interrupted(() => isSure());
  const access = createAccess();
  const doors: { readonly role: Role; readonly listening: Listening }[] = [];
  const freshAt = (place: string, wanted: readonly Role[]) =>
    doors.flatMap(({ role, listening }) =>
      wanted.includes(role) ? [`${listening.origin}/${access.fresh(role, place)}`] : [],
    );
  const phoneAddress = lan ? () => freshAt('card', ['reader'])[0] ?? '' : null;
  const start = { exports: paths, flags, config, phoneAddress, onGone: () => gone.abort() };
  const studio = await openStudio(start, worldOf(files, routeOf(common, process.env), say));
  const page = await readPageFiles();
  try {
    const own = await listenOn(port, 8477, async (at) =>
      listenForPages({ studio, access, page, host: '127.0.0.1', port: at, role: 'owner' }),
    );
    doors.push({ role: 'owner', listening: own });
    if (phoneHost !== null) {
      const listening = await listenForPages({ studio, access, page, host: phoneHost, port: own.port, role: 'reader' });
      doors.push({ role: 'reader', listening });
    }
    const addresses = () => freshAt('terminal', ['owner', 'reader']);
    const [address = '', phone] = tell(addresses(), print);
    say(hint(phone !== undefined));
    if (open) openBrowser(address);
    const terminal = { say, fresh: () => tell(addresses(), print) };
    const asking = askAtTerminal(studio, terminal);
    isSure = asking.isSure;
    await untilAborted(AbortSignal.any([signal, asking.sure, gone.signal]));
    if (gone.signal.aborted) say('The page was closed.');
    asking.stop();
  } finally {
    await end(studio, doors, say);
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

async function end(
  studio: Studio,
  doors: readonly { readonly listening: Listening }[],
  say: Output['say'],
): Promise<void> {
  const left = await studio.close();
  for (const { listening } of doors) await listening.close();
  say(left ?? 'The studio has ended.');
}

/** Prints the addresses, the one of this machine first. */
function tell(addresses: readonly string[], print: Output['print']): readonly string[] {
  const [own = '', phone] = addresses;
  print(`Studio: ${own}`);
  if (phone !== undefined) print(`Phone: ${phone}\n${qrCode(phone)}`);
  return addresses;
}

function hint(isLan: boolean): string {
  const who = isLan ? ' The other one is for a phone in your network, which may look and tick.' : '';
  return `The address works once; Enter prints a fresh one.${who} Ctrl-C ends the studio, as closing its page does.`;
}

function portOf(text: string): number {
  const { data, error } = wholeNumber('--port', 65_535).safeParse(text);
  if (data === undefined) throw new UsageError(seeHelp(error?.issues[0]?.message ?? ''));
  return data;
}

function worldOf(
  files: StudioEnvironment['files'],
  route: ReturnType<typeof routeOf>,
  say: Output['say'],
): StudioEnvironment {
  return {
    files,
    archives: createArchives(),
    disk: createDisk(),
    locks: createLocks(),
    now: () => Math.floor(Date.now() / 1000),
    tools: onlyOnce(async () => {
      const { createTools } = await import('../../../tools/create-tools.ts');
      return await createTools(true, say, route);
    }),
    dryRunTools: async (tools) => {
      const { createDryRunTools } = await import('../../../tools/create-dry-run-tools.ts');
      return await createDryRunTools(tools);
    },
    cache: studioCache(),
    onBug: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    version: version(),
  };
}
