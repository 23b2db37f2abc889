import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { controlRequest, keepRequest, optionsRequest, runRequest } from './api.ts';
import { RefusedError } from './refusal.ts';
import type { Studio } from './studio.ts';

/** A request to the API, as far as it is of interest here. */
export interface Call {
  readonly query: (name: string) => string | undefined;
  /** The body as JSON. @throws RefusedError if it is something else */
  json<S extends z.ZodType>(schema: S): Promise<z.output<S>>;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The path below `/api/`, still encoded. */
  readonly path: string;
}

/** The answer was written to `outgoing`. */
export const sent = Symbol('sent');

/** @returns what is answered as JSON, bytes with their type, or `sent` */
export type Handle = (call: Call, studio: Studio) => Promise<unknown> | unknown;

export interface Route {
  readonly method: 'GET' | 'POST';
  /** Below `/api/`; `*` at its end: all below. */
  readonly path: string;
  /** Whether a phone may do it too. */
  readonly forReaders: boolean;
  readonly handle: Handle;
}

const get = (path: string, handle: Handle): Route => ({ method: 'GET', path, forReaders: true, handle });
const post = (path: string, handle: Handle, forReaders = false): Route => ({
  method: 'POST',
  path,
  forReaders,
  handle,
});

/** A change whose answer is the state. */
const change =
  (act: (call: Call, studio: Studio) => Promise<void> | void): Handle =>
  async (call, studio) => {
    await act(call, studio);
    return studio.state();
  };

const fileName = z.string().min(1).max(1000);

/** What the page can ask for; the contract is in api.ts. */
export const routes: readonly Route[] = [
  get('state', (_call, studio) => studio.state()),
  get('events', ({ outgoing }, studio) => {
    outgoing.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    studio.events.follow(outgoing, { type: 'state', state: studio.state() });
    return sent;
  }),
  post(
    'export',
    change(async (call, studio) => studio.addExport(nameIn(call), call.incoming, declaredIn(call))),
  ),
  post(
    'media',
    change(async (call, studio) => studio.addMedia(nameIn(call), call.incoming, declaredIn(call))),
  ),
  post(
    'forget',
    change(async (_call, studio) => studio.forget()),
  ),
  post(
    'keep',
    change(async (call, studio) => studio.keep((await call.json(keepRequest)).keep)),
  ),
  post(
    'options',
    change(async (call, studio) => studio.choose(await call.json(optionsRequest))),
  ),
  post(
    'run',
    change(async (call, studio) => studio.run(await call.json(runRequest))),
  ),
  post(
    'control',
    change(async (call, studio) => studio.control(await call.json(controlRequest))),
  ),
];

function nameIn({ query }: Call): string {
  const { data } = fileName.safeParse(query('name'));
  if (data === undefined) throw new RefusedError('The file has no name.', 400);
  return data;
}

/** The size of the body as announced; null if it was not. */
function declaredIn({ incoming }: Call): number | null {
  const { 'content-length': length } = incoming.headers;
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null;
}
