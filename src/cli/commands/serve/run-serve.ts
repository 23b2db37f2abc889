import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { quoted, UsageError } from '../../../errors.ts';
import { qrCode } from '../../../web/server/qr-code.ts';
import { serve } from '../../../web/server/server.ts';
import { findSheets } from '../../../web/server/sheets.ts';
import { lanHost, listenOn } from '../listening.ts';
import { postingTools } from '../posting-tools.ts';

export interface ServeFlags {
  readonly lan?: true;
  readonly port?: string;
}

/**
 * `port serve`: serves the contact sheets of a folder to browsers until it is stopped, and records what is ticked there.
 * @throws UsageError if there is nothing to show, or no network
 */
export async function runServe(
  folder: string,
  flags: ServeFlags,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const port = flags.port === undefined ? null : portOf(flags.port);
  if (!(await stat(folder).catch(() => null))?.isDirectory()) {
    throw new UsageError(`There is no folder ${quoted(folder)}. Name the one that port wrote into.`);
  }
  const sheets = await findSheets(folder);
  if (sheets.length === 0) {
    throw new UsageError(
      `There is no contact sheet of this version in ${quoted(folder)}. Run port first (what is there stays), or name its output folder.`,
    );
  }
  const host = flags.lan ? lanHost() : '127.0.0.1';
  const token = randomBytes(16).toString('base64url');
  const serving = await listenOn(port, 8476, async (at) =>
    serve({ folder, host, port: at, token, tools: postingTools() }),
  );
  say(words(serving.url, sheets.length, flags.lan === true));
  if (!signal.aborted) await once(signal, 'abort');
  await serving.close();
}

function words(url: string, sheets: number, lan: boolean): string {
  const count = `${sheets} contact ${sheets === 1 ? 'sheet' : 'sheets'}`;
  const ticks = 'What is ticked there goes into posting.csv, for all who have it open.';
  if (!lan)
    return `${count} at ${url}\n${ticks}\nOnly this machine can open it; --lan shows it to phones. Ctrl-C ends it.`;
  const who = 'Whoever has this address and is in your network can see the folder and tick.';
  return `${qrCode(url)}\n${count} at ${url}\n${ticks}\n${who}\nCtrl-C ends it.`;
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--port takes a number from 1 to 65535, not “${text}”. See port --help.`);
}
