import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSystemError, OutputError } from '../../errors.ts';
import { commonHeaders } from './answer.ts';
import type { Desk } from './desk.ts';
import { parseEdits, RefusedEdit } from './desk-edit.ts';
import { sheetJson } from './desk-state.ts';

/** What a request asks of a sheet's state: all of it, to be told of changes, or to change it. */
export type PostingRequest = 'state' | 'events' | 'change';

/** @param steps below the sheet's folder @returns null if it is no such request */
export function postingRequest(method: string | undefined, steps: readonly string[]): PostingRequest | null {
  const path = steps.join('/');
  if (method === 'POST') return path === 'posting' ? 'change' : null;
  if (method !== 'GET' && method !== 'HEAD') return null;
  if (path === 'posting') return 'state';
  return path === 'posting/events' && method === 'GET' ? 'events' : null;
}

/**
 * Whether a page of this server sent a request. Browsers tell which page did: another site that knows the address with
 * its token can neither read nor change anything.
 * @param host the checked Host header
 */
export function isFromOwnPage({ headers, method }: IncomingMessage, host: string): boolean {
  const site = headers['sec-fetch-site'];
  if (method !== 'POST') return site === undefined || site === 'same-origin' || site === 'none';
  const isJson = /^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '');
  return isJson && headers.origin === `http://${host}` && (site === undefined || site === 'same-origin');
}

/** Answers a request for the state of a sheet. */
export async function answerPosting(
  what: PostingRequest,
  request: IncomingMessage,
  response: ServerResponse,
  desk: Desk,
  target: string,
): Promise<void> {
  try {
    if (what === 'events') return await sendEvents(response, desk, target);
    if (what === 'change') return await change(request, response, desk, target);
    const state = await desk.state();
    sendJson(request, response, 200, sheetJson(state, target, state.rows.values()));
  } catch (error) {
    const [status, sentence] = reasonOf(error);
    sendJson(request, response, status, JSON.stringify({ error: sentence }));
  }
}

function reasonOf(error: unknown): readonly [number, string] {
  if (error instanceof TooLong) return [413, 'Not saved: this is too long.'];
  if (error instanceof RefusedEdit) return [400, error.message];
  if (error instanceof OutputError) return [503, `Not saved: ${error.message}`];
  if (!isSystemError(error)) throw error;
  return [503, `Not saved: port cannot write into the account's folder (${error.code}).`];
}

async function change(request: IncomingMessage, response: ServerResponse, desk: Desk, target: string): Promise<void> {
  const { state, rows, unwritten } = await desk.change(parseEdits(await bodyOf(request)), target);
  sendJson(request, response, 200, sheetJson(state, target, rows, { unwritten }));
}

class TooLong extends Error {}

/** A note of ten thousand characters, or a hundred ticks. */
const maxBodyBytes = 64 * 1024;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Without that option, a request that is not read to its end could not be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new TooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, json: string): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
  const policy = { 'content-security-policy': "default-src 'none'" };
  // What is left of a body that is too long is not read.
  const isLeft = !request.complete && { connection: 'close' };
  response.writeHead(status, { ...commonHeaders, ...policy, ...headers, ...isLeft });
  response.end(request.method === 'HEAD' ? undefined : json);
}

const beatMilliseconds = 20_000;
/** A browser that reads nothing of this much is gone, or too slow: it connects again. */
const maxUnreadBytes = 16 << 20;

/** Server-sent events: the state of all posts, then of those that change. */
async function sendEvents(response: ServerResponse, desk: Desk, target: string): Promise<void> {
  const now = await desk.state();
  if (response.destroyed) return;
  response.writeHead(200, {
    ...{ ...commonHeaders, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' },
    ...{ 'content-security-policy': "default-src 'none'", 'x-accel-buffering': 'no' },
  });
  const write = (text: string) => {
    if (response.writableLength > maxUnreadBytes) response.destroy();
    else response.write(text);
  };
  const tell = (json: string) => write(`event: state\ndata: ${json}\n\n`);
  write('retry: 2000\n\n');
  tell(sheetJson(now, target, now.rows.values()));
  const stop = desk.listen((state, rows) => tell(sheetJson(state, target, rows)));
  const beat = setInterval(() => write(':\n\n'), beatMilliseconds);
  response.on('close', () => {
    clearInterval(beat);
    stop();
  });
}
