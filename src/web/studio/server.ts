import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type * as z from 'zod';
import { isSystemError, OutputError, PortError } from '../../errors.ts';
import type { Access, Role, Visitor } from './access.ts';
import { pagePolicy, type Refusal } from './api.ts';
import { type Call, sent } from './call.ts';
import { cookieName, type Door, isMeantForUs, isPrefetch, mayWrite, visitorOf } from './guard.ts';
import { sentenceOf } from './options.ts';
import { type PageFiles, pageHtml } from './page.ts';
import { RefusedError } from './refusal.ts';
import { type Route, routes } from './routes.ts';
import type { Studio } from './studio.ts';

export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  close(): Promise<void>;
}

interface Served {
  readonly studio: Studio;
  readonly access: Access;
  readonly page: PageFiles;
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** What browsers may do that come in here. */
  readonly role: Role;
}

type Env = { Bindings: HttpBindings; Variables: { visitor: Visitor } };

/** Headers of every response. */
const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy,
} as const;

/**
 * Serves a studio.
 * @throws OutputError if it cannot listen on the address
 */
export async function listen({ studio, access, page, host, port, role }: Served): Promise<Listening> {
  let door: Door = { hosts: new Set(), port, role };
  const app = createApp(studio, access, page, () => door);
  const server = createAdaptorServer({ fetch: app.fetch, createServer, overrideGlobalObjects: false }) as Server;
  setLimits(server);
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
  door = { hosts: new Set(hosts), port: given, role };
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

function setLimits(server: Server): void {
  server.maxConnections = 200;
  server.headersTimeout = 10_000;
  // An export of many gigabytes may take long; a connection that stands still is closed by the next line.
  server.requestTimeout = 0;
  server.setTimeout(10 * 60_000);
  server.keepAliveTimeout = 5000;
}

function createApp(studio: Studio, access: Access, page: PageFiles, door: () => Door): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => new URL(request.url).pathname });
  const asked = (context: Context<Env>) => context.env.incoming as IncomingMessage;
  app.use(async (context, next) => {
    for (const [header, value] of Object.entries(commonHeaders)) {
      context.header(header, value);
      context.env.outgoing.setHeader(header, value);
    }
    if (!isMeantForUs(asked(context), door())) return context.body(null, 403);
    return await next();
  });
  app.get('/:secret{[\\w-]{32}}', (context) => {
    const secret = context.req.param('secret');
    const isGet = asked(context).method === 'GET' && !isPrefetch(asked(context));
    const cookie = isGet ? access.exchange(secret, door().role) : null;
    const isBack = access.wasExchanged(secret) && visitorOf(asked(context), door(), access) !== null;
    if (cookie === null && !isBack) return context.body(null, 404);
    if (cookie !== null)
      context.header('set-cookie', `${cookieName(door())}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    return context.redirect('/', 303);
  });
  app.use(async (context, next) => {
    const visitor = visitorOf(asked(context), door(), access);
    if (visitor === null) return context.body(null, 404);
    context.set('visitor', visitor);
    return await next();
  });
  app.get('/', (context) => {
    const { token, role } = context.get('visitor');
    return context.html(pageHtml(page, token, role));
  });
  for (const [name, { type, bytes }] of page) {
    if (name !== 'index.html') app.get(`/${name}`, (context) => context.body(bytes, 200, { 'content-type': type }));
  }
  for (const route of routes)
    app.on(route.method, `/api/${route.path}`, async (context) => answer(context, route, studio));
  app.notFound((context) => context.body(null, 404));
  return app;
}

async function answer(context: Context<Env>, route: Route, studio: Studio): Promise<Response> {
  const visitor = context.get('visitor');
  const { incoming, outgoing } = context.env;
  const isAllowed = route.forReaders || visitor.role === 'owner';
  if (!isAllowed || (route.method === 'POST' && !mayWrite(incoming, visitor)))
    return refusal(context, 'This page may not do that: open the studio anew.', 403);
  try {
    const found = await route.handle(callOf(context), studio);
    if (found === sent) return RESPONSE_ALREADY_SENT;
    if (found instanceof Uint8Array) return jpeg(context, found as Uint8Array<ArrayBuffer>);
    return context.json(found as object);
  } catch (error) {
    if (outgoing.headersSent) {
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (error instanceof RefusedError) return refusal(context, error.message, error.status);
    if (error instanceof PortError) return refusal(context, sentenceOf(error), 409);
    if (isSystemError(error)) return refusal(context, `The system refused it (${error.code}).`, 409);
    studio.world.onBug(error);
    return refusal(context, 'That is an error of port itself; the terminal has the details.', 500);
  }
}

/** The only bytes that are answered are frames, which never change for a file and a moment. */
function jpeg(context: Context<Env>, bytes: Uint8Array<ArrayBuffer>): Response {
  return context.body(bytes, 200, { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=600' });
}

function refusal(context: Context<Env>, refused: string, status: RefusedError['status'] | 500): Response {
  // What is left of an upload is not read.
  if (!context.env.incoming.complete) context.header('connection', 'close');
  return context.json({ refused } satisfies Refusal, status);
}

const maxJsonBytes = 1_000_000;

function callOf(context: Context<Env>): Call {
  const incoming = context.env.incoming as IncomingMessage;
  const body: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  return {
    query: (name) => context.req.query(name),
    json: async (schema) => parsed(await textOf(body), schema),
    body,
    role: context.get('visitor').role,
    incoming,
    outgoing: context.env.outgoing as ServerResponse,
    path: (incoming.url ?? '').replace(/^\/api\//, '').replace(/[?#].*$/s, ''),
  };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxJsonBytes) throw new RefusedError('That is too much at once.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new RefusedError('The page said something that port does not understand: reload it.', 400);
  }
}
