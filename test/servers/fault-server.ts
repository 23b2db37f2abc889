import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What was asked of the server, in its order. */
export interface ServedRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** How many requests were under way, this one included. */
  readonly atOnce: number;
}

export interface FaultServer {
  /** `127.0.0.1:<port>` or `[::1]:<port>`. */
  readonly host: string;
  readonly asked: readonly ServedRequest[];
  /** Connections that were made, whatever came of them. */
  readonly connections: () => number;
  url(path: string): string;
}

/** Says what a server does with one request; `count` is 1 for the first request of this path. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/**
 * A real HTTP server on loopback, with one behaviour a path (without its query); other paths are 404. Lives as long as
 * the test.
 * @param address 127.0.0.1, or one that stands for a machine that must not be reached: 127.0.0.2, ::1
 */
export async function startServer(
  behaviours: Readonly<Record<string, Behaviour>>,
  address = '127.0.0.1',
): Promise<FaultServer> {
  const asked: ServedRequest[] = [];
  const counts = new Map<string, number>();
  const sockets = new Set<Socket>();
  let connections = 0;
  let underWay = 0;
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    underWay++;
    response.on('close', () => {
      underWay--;
    });
    asked.push({ path: request.url ?? '/', headers: request.headers, atOnce: underWay });
    const behaviour = behaviours[path];
    if (behaviour) behaviour(request, response, count);
    else response.writeHead(404).end('not here');
  });
  server.on('connection', (socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return { host, asked, connections: () => connections, url: (path) => `http://${host}${path}` };
}

export interface Served {
  readonly type?: string;
  readonly etag?: string;
  readonly modified?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The file as a good server gives it: with ranges, if what is asked for is still the same version. */
export function serve(body: Uint8Array, { type = 'video/mp4', etag, modified, headers }: Served = {}): Behaviour {
  return (request, response) => {
    const about = {
      'content-type': type,
      ...(etag && { etag }),
      ...(modified && { 'last-modified': modified }),
      ...headers,
    };
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const version = request.headers['if-range'];
    const same = version === undefined || version === etag || version === modified;
    if (Number.isNaN(from) || !same) {
      response.writeHead(200, { ...about, 'content-length': body.length }).end(body);
    } else if (from >= body.length) {
      response.writeHead(416, { ...about, 'content-range': `bytes */${body.length}` }).end();
    } else {
      const range = `bytes ${from}-${body.length - 1}/${body.length}`;
      response.writeHead(206, { ...about, 'content-range': range, 'content-length': body.length - from });
      response.end(body.subarray(from));
    }
  };
}

/** Gives the file as `whole` would, but cuts the connection after so many bytes of the body. */
export function cutAfter(bytes: number, body: Uint8Array, served: Served = {}): Behaviour {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const { type = 'video/mp4', etag, modified } = served;
    response.writeHead(from > 0 ? 206 : 200, {
      'content-type': type,
      ...(etag && { etag }),
      ...(modified && { 'last-modified': modified }),
      ...(from > 0 && { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }),
      'content-length': body.length - from,
    });
    response.flushHeaders();
    const some = body.subarray(from, from + bytes);
    if (some.length === 0) response.destroy();
    else response.write(some, () => setTimeout(() => response.destroy(), 5));
  };
}

/** One behaviour for each request in turn; the last one for all that follow. */
export function inTurn(...behaviours: readonly [Behaviour, ...Behaviour[]]): Behaviour {
  return (request, response, count) => {
    const behaviour = behaviours[Math.min(count, behaviours.length) - 1] ?? behaviours[0];
    behaviour(request, response, count);
  };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}, body = 'sorry'): Behaviour {
  return (_request, response) => {
    response.writeHead(code, headers).end(body);
  };
}

export function redirect(to: string, code = 302): Behaviour {
  return (_request, response) => {
    response.writeHead(code, { location: to }).end();
  };
}

/** Takes the request and never says a word. */
export const stall: Behaviour = () => {};

/** Sends the head and the beginning of the body, and then nothing more. */
export function stallAfter(bytes: number, body: Uint8Array, { type = 'video/mp4', etag }: Served = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': body.length, ...(etag && { etag }) });
    response.write(body.subarray(0, bytes));
  };
}

/** Says another length than it sends. */
export function lieAboutLength(said: number, body: Uint8Array): Behaviour {
  return (_request, response) => {
    const { socket } = response;
    socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: video/mp4\r\ncontent-length: ${said}\r\n\r\n`);
    socket?.end(body);
  };
}
