import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSystemError, OutputError } from '../../errors.ts';
import { bodyOf, closing, TooLongError, textOf } from './body.ts';
import { eventStream } from './event-stream.ts';
import { type Endpoint, isAllowedRequest, isFromPage } from './guard.ts';
import { parseEdits, RefusedEdit } from './posting-edit.ts';
import { sheetJson } from './posting-state.ts';
import type { PostingStore } from './posting-store.ts';

/** What a request wants: the state of a sheet, events about its changes, or to change it. */
export type PostingRequest = 'state' | 'events' | 'change';

/** @param steps below the sheet's folder @returns null if it is no such request */
export function postingRequest(method: string | undefined, steps: readonly string[]): PostingRequest | null {
  const path = steps.join('/');
  if (method === 'POST') return path === 'posting' ? 'change' : null;
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (path === 'posting') return 'state';
  return path === 'posting/events' && method === 'GET' ? 'events' : null;
}

/** Whether a page of this server may have sent a request: another site that knows the address with its token may not. */
export function isFromOwnPage(request: IncomingMessage, door: Endpoint): boolean {
  if (!isAllowedRequest(request, door)) return false;
  if (request.method !== 'POST') return true;
  const isJson = /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
  return isJson && request.headers.origin !== undefined && isFromPage(request);
}

/** Answers a request for the state of a sheet. */
export async function answerPosting(
  what: PostingRequest,
  request: IncomingMessage,
  response: ServerResponse,
  store: PostingStore,
  target: string,
): Promise<void> {
  try {
    if (what === 'events') return await sendEvents(response, store, target);
    if (what === 'change') return await change(request, response, store, target);
    const state = await store.state();
    sendJson(request, response, 200, sheetJson(state, target, state.rows.values()));
  } catch (error) {
    const [status, sentence] = reasonOf(error);
    sendJson(request, response, status, JSON.stringify({ error: sentence }));
  }
}

function reasonOf(error: unknown): readonly [number, string] {
  if (error instanceof TooLongError) return [413, 'Not saved: this is too long.'];
  if (error instanceof RefusedEdit) return [400, error.message];
  if (error instanceof OutputError) return [503, `Not saved: ${error.message}`];
  if (!isSystemError(error)) throw error;
  return [503, `Not saved: port cannot write into the account's folder (${error.code}).`];
}

async function change(
  request: IncomingMessage,
  response: ServerResponse,
  store: PostingStore,
  target: string,
): Promise<void> {
  const { state, rows, unwritten } = await store.change(
    parseEdits(await textOf(bodyOf(request), maxBodyBytes)),
    target,
  );
  sendJson(request, response, 200, sheetJson(state, target, rows, { unwritten }));
}

/** A note of ten thousand characters, or a hundred ticks. */
const maxBodyBytes = 64 * 1024;

const policy = { 'content-security-policy': "default-src 'none'" };

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, json: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
  response.writeHead(status, { ...policy, ...headers, ...closing(request) });
  response.end(request.method === 'HEAD' ? undefined : json);
}

/** Server-sent events: the state of all posts, then of those that change. */
async function sendEvents(response: ServerResponse, store: PostingStore, target: string): Promise<void> {
  const now = await store.state();
  if (response.destroyed) return;
  response.setHeader('content-security-policy', policy['content-security-policy']);
  let stop = () => {};
  const stream = eventStream(response, 2000, () => stop());
  const tell = (json: string) => stream.write(`event: state\ndata: ${json}\n\n`);
  tell(sheetJson(now, target, now.rows.values()));
  stop = store.listen((state, rows) => tell(sheetJson(state, target, rows)));
}
