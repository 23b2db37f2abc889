import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { isSystemError, OutputError } from '../../errors.ts';
import type { Endpoint } from './guard.ts';

/** The HTTP server of `port serve` and of the studio: the only file that knows its library. */

type Env<V extends object> = { Bindings: HttpBindings; Variables: V };
/** Routes. @template V variables that earlier handlers of a request set for later ones */
export type App<V extends object = object> = Hono<Env<V>>;
/** A request and its response. */
export type Exchange<V extends object = object> = Context<Env<V>>;

/** What a handler returns that wrote its response to `outgoing`. */
export const alreadySent = RESPONSE_ALREADY_SENT;

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Ends all connections. */
  close(): Promise<void>;
}

interface Wanted<V extends object> {
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Seconds in which a request must have arrived; 0: no limit, for uploads of many gigabytes. */
  readonly requestSeconds: number;
  /** Headers of every response, besides the common ones. */
  readonly headers: Readonly<Record<string, string>>;
  /** @param door answers once the server listens */
  readonly route: (app: App<V>, door: () => Endpoint) => void;
}

/** Headers of every response. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'cache-control': 'private, no-cache',
} as const;

/** @throws OutputError if it cannot listen on the address */
export async function listen<V extends object>(wanted: Wanted<V>): Promise<Listening> {
  const { host, port, route } = wanted;
  let door: Endpoint = { hosts: new Set(), port };
  const app: App<V> = new Hono<Env<V>>({ getPath: (request) => new URL(request.url).pathname });
  // Handlers answer the errors that they expect. The details of all others stay inside.
  app.onError((_error, context) => {
    context.env.outgoing.destroy();
    return alreadySent;
  });
  route(app, () => door);
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // A request whose address or Host cannot be parsed.
    errorHandler: () => new Response(null, { status: 404 }),
  });
  const server = createServer({ connectionsCheckingInterval: 5000 }, (request, response) => {
    for (const [name, value] of Object.entries({ ...commonHeaders, ...wanted.headers }))
      response.setHeader(name, value);
    void listener(request, response);
  });
  setLimits(server, wanted.requestSeconds);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  }).catch((error: unknown) => {
    if (!isSystemError(error)) throw error;
    throw new OutputError(`port cannot listen on ${host}:${port} (${error.code}). Choose another with --port.`);
  });
  const { port: given } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  const hosts = [`${name}:${given}`, ...(host === '127.0.0.1' ? [`localhost:${given}`] : [])];
  door = { hosts: new Set(hosts), port: given };
  return {
    port: given,
    origin: `http://${name}:${given}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function setLimits(server: Server, requestSeconds: number): void {
  server.maxConnections = 200;
  server.headersTimeout = 10_000;
  server.requestTimeout = requestSeconds * 1000;
  server.keepAliveTimeout = 5000;
  // A paused video reads nothing, so its connection may be idle, but not forever.
  server.setTimeout(10 * 60_000);
  limitPerAddress(server);
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
