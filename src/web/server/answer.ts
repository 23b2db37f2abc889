import type { Stats } from 'node:fs';
import { type FileHandle, realpath } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { servedPolicy } from '../../deliver/contact-sheet/page.ts';
import { sheetScript } from '../../deliver/contact-sheet/script.ts';
import { byteRange } from './byte-range.ts';
import { contentType } from './request-path.ts';
import { isSafePage } from './safe-page.ts';
import { openFile } from './sheets.ts';

const sheetPolicy = servedPolicy(sheetScript());
/** For a single video or image: browsers show it in a page of their own that has an inline style. */
const mediaPolicy =
  "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** The same response for everything that is not served, so that it does not reveal which files exist. */
export function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain', 'content-length': 0 }).end();
}

/** @param policy the Content-Security-Policy of the page */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: string, policy: string): void {
  const body = Buffer.from(page);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-length': body.length };
  response.writeHead(200, { 'content-security-policy': policy, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Sends a file, or the requested part of it.
 * @param root the served folder, resolved, without symbolic links
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  steps: readonly string[],
): Promise<void> {
  const type = contentType(steps.at(-1) ?? '');
  const file = type === null ? null : await openInside(root, steps);
  if (type === null || file === null) return refuse(response);
  try {
    const facts = await file.stat();
    if (!facts.isFile() || (type.startsWith('text/html') && !(await isSafePage(file)))) return refuse(response);
    await sendOpen(request, response, file, facts, type);
  } finally {
    await file.close();
  }
}

/** null if there is no such file, or its path contains a symbolic link. */
async function openInside(root: string, steps: readonly string[]): Promise<FileHandle | null> {
  const path = join(root, ...steps);
  try {
    return (await realpath(path)) === path ? await openFile(path) : null;
  } catch {
    return null;
  }
}

async function sendOpen(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  facts: Stats,
  type: string,
): Promise<void> {
  const etag = `"${facts.size.toString(36)}-${Math.round(facts.mtimeMs).toString(36)}"`;
  const policy = type.startsWith('text/html') ? sheetPolicy : mediaPolicy;
  const headers = {
    'content-security-policy': policy,
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    'content-type': type,
    etag,
  };
  const { range, 'if-range': ifRange } = request.headers;
  const wanted = byteRange(ifRange === undefined || ifRange === etag ? range : undefined, facts.size);
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  if (wanted.kind === 'outside') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${facts.size}`, 'content-length': 0 }).end();
    return;
  }
  const { from, to } = wanted.kind === 'part' ? wanted : { from: 0, to: facts.size - 1 };
  const length = { 'content-length': to - from + 1 };
  if (wanted.kind === 'part') {
    response.writeHead(206, { ...headers, ...length, 'content-range': `bytes ${from}-${to}/${facts.size}` });
  } else response.writeHead(200, { ...headers, ...length });
  if (request.method === 'HEAD' || facts.size === 0) response.end();
  // A player closes the connection when it has enough data, which is not an error.
  else await pipeline(file.createReadStream({ start: from, end: to, autoClose: false }), response).catch(() => {});
}
