import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isSystemError, OutputError } from '../../errors.ts';
import { refuse, sendFile, sendPage } from './answer.ts';
import { indexPage, indexPolicy } from './index-page.ts';
import { stepsOf } from './request-path.ts';
import { findSheets, sheetAbove } from './sheets.ts';

export interface ServeSettings {
  readonly folder: string;
  /** Of this machine; nothing listens on any other. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The first step of every address; without it nothing answers. */
  readonly token: string;
}

export interface Serving {
  /** With the token: who has it sees the folder. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Hands out the contact sheets of a folder and their media, to be read only.
 * @throws OutputError where it cannot listen
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
  // A video that is paused reads nothing: its connection may rest, but not for ever.
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

/** A browser opens six; a phone and a laptop behind one address, and some to spare. */
const maxPerAddress = 40;

/** Who opens connections and says nothing must not keep the others out. */
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

/** A page elsewhere that gives our address a name of its own (DNS rebinding) comes with that name as the host. */
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
  sendPage(request, response, indexPage(sheets), indexPolicy);
}

/** A sheet of ours, or a file below one; whatever else lies in the folder is not ours to show. */
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
