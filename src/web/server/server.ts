import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { isSystemError, OutputError } from '../../errors.ts';
import { refuse, sendFile, sendPage } from './answer.ts';
import { type Desk, type DeskTools, openDesk } from './desk.ts';
import { indexPage, indexPolicy } from './index-page.ts';
import { answerPosting, isFromOwnPage, type PostingRequest, postingRequest } from './posting-requests.ts';
import { stepsOf } from './request-path.ts';
import { withCounts } from './sheet-counts.ts';
import { type FoundSheet, findSheets, sheetAbove } from './sheets.ts';

export interface ServeSettings {
  readonly folder: string;
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The first part of every path; requests without it are refused. */
  readonly token: string;
  readonly tools: DeskTools;
}

export interface Serving {
  /** Contains the token: everyone who has the URL can see the folder. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the contact sheets of a folder and their media. What a person ticks or writes in a sheet goes to the account's
 * posting.csv; nothing else is written but the pages themselves, drawn anew.
 * @throws OutputError if it cannot listen on the address
 */
export async function serve({ folder, host, port, token, tools }: ServeSettings): Promise<Serving> {
  const root = await realpath(folder);
  let own: ReadonlySet<string> = new Set();
  const desks = new Map<string, Desk>();
  const deskOf = (account: string) => {
    const desk = desks.get(account) ?? openDesk(account, tools);
    desks.set(account, desk);
    return desk;
  };
  const server = createServer((request, response) => {
    const name = request.headers.host?.toLowerCase() ?? '';
    const served = { root, token, tools, deskOf, host: own.has(name) ? name : null };
    answer(request, response, served).catch(() => response.destroy());
  });
  server.maxConnections = 200;
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 5000;
  // A paused video reads nothing, so its connection may be idle, but not forever.
  server.setTimeout(10 * 60_000);
  limitPerAddress(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
    throw new OutputError(`port cannot listen on ${host}:${port} (${error.code}). Choose another with --port.`);
  });
  const { port: given } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  own = new Set([`${name}:${given}`, ...(host === '127.0.0.1' ? [`localhost:${given}`] : [])]);
  return {
    url: `http://${name}:${given}/${token}/`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await Promise.all([...desks.values()].map(async (desk) => desk.close()));
    },
  };
}

/** A browser opens six connections; several devices may share one address. */
const maxPerAddress = 40;

/** Limits the connections of each address, so that one client with idle connections cannot block the others. */
function limitPerAddress(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > maxPerAddress) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

interface Served {
  readonly root: string;
  readonly token: string;
  readonly tools: DeskTools;
  /** The Host header; null if it is not ours. */
  readonly host: string | null;
  /** @param account the folder of an account */
  readonly deskOf: (account: string) => Desk;
}

/** Answers a request. Checks the Host header against DNS rebinding, where another name resolves to this address. */
async function answer(request: IncomingMessage, response: ServerResponse, served: Served): Promise<void> {
  const { root, token, host } = served;
  const { method } = request;
  const steps = host === null ? null : stepsOf(request.url ?? '', token);
  if (host === null || steps === null) return refuse(response);
  const sheet = await postingSheet(method, root, steps);
  if (sheet !== null) {
    if (!isFromOwnPage(request, host)) return refuse(response);
    const place = join(root, ...sheet.steps);
    return await answerPosting(sheet.what, request, response, served.deskOf(dirname(place)), basename(place));
  }
  if (method !== 'GET' && method !== 'HEAD') return refuse(response);
  if (steps.length > 0) return await sendOfSheet(request, response, root, steps);
  const sheets = await findSheets(root);
  if (sheets.some((each) => each.length === 0)) return await sendFile(request, response, root, ['index.html']);
  sendPage(request, response, indexPage(await withCounts(root, sheets, served.tools)), indexPolicy);
}

/** The sheet whose state a request asks for; null if it asks for something else. */
async function postingSheet(
  method: string | undefined,
  root: string,
  steps: readonly string[],
): Promise<{ readonly what: PostingRequest; readonly steps: FoundSheet } | null> {
  const at = steps.lastIndexOf('posting');
  const what = at === -1 ? null : postingRequest(method, steps.slice(at));
  if (what === null) return null;
  const sheet = await sheetAbove(root, steps.slice(0, at));
  return sheet?.length === at ? { what, steps: sheet } : null;
}

/** Sends a contact sheet or a file below one; other files in the folder are refused. */
async function sendOfSheet(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  steps: readonly string[],
): Promise<void> {
  const sheet = await sheetAbove(root, steps.slice(0, -1));
  const isPage = steps.at(-1)?.toLowerCase().endsWith('.html') === true;
  if (sheet === null || (isPage && sheet.length !== steps.length - 1)) return refuse(response);
  await sendFile(request, response, root, steps);
}
