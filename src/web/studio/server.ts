import type { IncomingMessage, ServerResponse } from 'node:http';
import type * as z from 'zod';
import { isSystemError, PortError } from '../../errors.ts';
import { bodyOf, closing, TooLongError, textOf } from '../server/body.ts';
import { isAllowedRequest } from '../server/guard.ts';
import { type App, alreadySent, type Exchange, type Listening, listen } from '../server/http.ts';
import type { Access, Role, Visitor } from './access.ts';
import { pagePolicy, type Refusal } from './api.ts';
import { type Call, Picture, sent } from './call.ts';
import { cookieName, isPrefetch, mayWrite, type RoleEndpoint, visitorOf } from './guard.ts';
import { sentenceOf } from './options.ts';
import { type PageFiles, pageHtml } from './page.ts';
import { RefusedError } from './refusal.ts';
import { type Route, routes } from './routes.ts';
import type { Studio } from './studio.ts';

interface Served {
  readonly studio: Studio;
  readonly access: Access;
  readonly page: PageFiles;
  /** The only address of this machine to listen on. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The role of browsers that use this address. */
  readonly role: Role;
}

type Asking = { visitor: Visitor };

/** Headers of every response, besides those of every server of port. */
const headers = {
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy,
} as const;

/**
 * Serves a studio.
 * @throws OutputError if it cannot listen on the address
 */
export async function listenForPages({ host, port, role, ...served }: Served): Promise<Listening> {
  return await listen<Asking>({
    // An export of many gigabytes may take long; a connection without data is still closed.
    ...{ host, port, headers, requestSeconds: 0 },
    route: (app, door) => addRoutes(app, served, () => ({ ...door(), role })),
  });
}

function addRoutes(
  app: App<Asking>,
  { studio, access, page }: Pick<Served, 'studio' | 'access' | 'page'>,
  door: () => RoleEndpoint,
): void {
  app.use(async ({ env, body }, next) => (isAllowedRequest(env.incoming, door()) ? await next() : body(null, 403)));
  app.get('/:secret{[\\w-]{32}}', (context) => {
    const secret = context.req.param('secret');
    const isGet = context.env.incoming.method === 'GET' && !isPrefetch(context.env.incoming);
    const cookie = isGet ? access.exchange(secret, door().role) : null;
    const isBack = access.wasExchanged(secret) && visitorOf(context.env.incoming, door(), access) !== null;
    if (cookie === null && !isBack) return context.body(null, 404);
    if (cookie !== null)
      context.header('set-cookie', `${cookieName(door())}=${cookie}; HttpOnly; SameSite=Strict; Path=/`);
    return context.redirect('/', 303);
  });
  app.use(async (context, next) => {
    const visitor = visitorOf(context.env.incoming, door(), access);
    if (visitor === null) return context.body(null, 404);
    context.set('visitor', visitor);
    return await next();
  });
  app.get('/', (context) => {
    const { token, role } = context.get('visitor');
    if (role === 'owner') studio.presence.comes();
    return context.html(pageHtml(page, token, role));
  });
  for (const [name, { type, bytes }] of page) {
    if (name !== 'index.html') app.get(`/${name}`, (context) => context.body(bytes, 200, { 'content-type': type }));
  }
  for (const route of routes)
    app.on(route.method, `/api/${route.path}`, async (context) => answer(context, route, studio));
  app.notFound((context) => context.body(null, 404));
}

async function answer(context: Exchange<Asking>, route: Route, studio: Studio): Promise<Response> {
  const visitor = context.get('visitor');
  const { incoming, outgoing } = context.env;
  const isAllowed = route.forReaders || visitor.role === 'owner';
  if (!isAllowed || (route.method === 'POST' && !mayWrite(incoming, visitor)))
    return refusal(context, 'This page may not do that: open the studio anew.', 403);
  try {
    const found = await route.handle(callOf(context), studio);
    if (found === sent) return alreadySent;
    if (found instanceof Picture) return picture(context, found);
    return context.json(found as object);
  } catch (error) {
    if (outgoing.headersSent) {
      outgoing.destroy();
      return alreadySent;
    }
    if (error instanceof TooLongError) return refusal(context, 'That is too much at once.', 413);
    if (error instanceof RefusedError) return refusal(context, error.message, error.status);
    if (error instanceof PortError) return refusal(context, sentenceOf(error), 409);
    if (isSystemError(error)) return refusal(context, `The system refused it (${error.code}).`, 409);
    studio.world.onBug(error);
    return refusal(context, 'That is an error of port itself; the terminal has the details.', 500);
  }
}

/** Frames may be cached, because that of a file and a moment never changes; QR codes contain a secret. */
function picture(context: Exchange<Asking>, { type, bytes }: Picture): Response {
  const caching = type === 'image/jpeg' ? 'private, max-age=600' : 'no-store';
  return context.body(bytes, 200, { 'content-type': type, 'cache-control': caching });
}

function refusal(context: Exchange<Asking>, refused: string, status: RefusedError['status'] | 500): Response {
  return context.json({ refused } satisfies Refusal, status, closing(context.env.incoming as IncomingMessage));
}

const maxJsonBytes = 1_000_000;

function callOf(context: Exchange<Asking>): Call {
  const incoming = context.env.incoming as IncomingMessage;
  const body = bodyOf(incoming);
  return {
    query: (name) => context.req.query(name),
    json: async (schema) => parsed(await textOf(body, maxJsonBytes), schema),
    body,
    role: context.get('visitor').role,
    incoming,
    outgoing: context.env.outgoing as ServerResponse,
    path: (incoming.url ?? '').replace(/^\/api\//, '').replace(/[?#].*$/s, ''),
  };
}

function parsed<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new RefusedError('The page said something that port does not understand: reload it.', 400);
  }
}
