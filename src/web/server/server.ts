import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSystemError, OutputError } from '../../errors.ts';
import { refuse, sendFile, sendPage } from './answer.ts';
import { indexPage, indexPolicy } from './index-page.ts';
import { stepsOf } from './request-path.ts';
import { withCounts } from './sheet-counts.ts';
import { findSheets, sheetAbove } from './sheets.ts';

export interface ServeSettings {
  readonly folder: string;
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The first part of every path; requests without it are refused. */
  readonly token: string;
}

export interface Serving {
  /** Contains the token: everyone who has the URL can see the folder. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the contact sheets of a folder and their media, read-only.
 * @throws OutputError if it cannot listen on the address
 */
export async function serve({ folder, host, port, token }: ServeSettings): Promise<Serving> {
  const root = await realpath(folder);
  let own: ReadonlySet<string> = new Set();
  const server = createServer((request, response) => {
    answer(request, response, root, token, own).catch(() => response.destroy());
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

/** Answers a request. Checks the Host header against DNS rebinding, where another name resolves to this address. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  token: string,
  own: ReadonlySet<string>,
): Promise<void> {
  const steps = own.has(request.headers.host?.toLowerCase() ?? '') ? stepsOf(request.url ?? '', token) : null;
  if (steps === null || (request.method !== 'GET' && request.method !== 'HEAD')) return refuse(response);
  if (steps.length > 0) return await sendOfSheet(request, response, root, steps);
  const sheets = await findSheets(root);
  if (sheets.some((each) => each.length === 0)) return await sendFile(request, response, root, ['index.html']);
  sendPage(request, response, indexPage(await withCounts(root, sheets)), indexPolicy);
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
