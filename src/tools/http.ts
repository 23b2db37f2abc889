import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import type { Issue } from '../model.ts';
import { isPublicAddress } from './addresses.ts';
import type { Downloaded, Files, Http } from './tools.ts';

const maxRedirects = 5;
const idleMilliseconds = 30_000;
const keptHead = 64;

type Options = Parameters<Http['download']>[2];

/** Downloads over https, from public addresses, each redirect judged anew. */
export function createHttp(files: Files): Http {
  return {
    async download(url, path, options) {
      try {
        const answer = await follow(url, options);
        if ('code' in answer) return { ok: false, issue: answer };
        return await save(answer, path, options, files);
      } catch (error) {
        options.signal.throwIfAborted();
        return { ok: false, issue: trouble('link-failed', error instanceof Error ? error.message : String(error)) };
      }
    },
  };
}

async function follow(url: string, options: Options): Promise<IncomingMessage | Issue> {
  let next = new URL(url);
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const address = await publicAddress(next, options.allowHosts);
    if (address === null) return trouble('link-private', next.host);
    const answer = await ask(next, address, options.signal);
    const status = answer.statusCode ?? 0;
    if (status === 200) return answer;
    answer.destroy();
    const { location } = answer.headers;
    if (status < 300 || status >= 400 || location === undefined) {
      return trouble(status >= 400 && status < 500 ? 'link-refused' : 'link-failed', `HTTP ${status}`);
    }
    next = new URL(location, next);
  }
  return trouble('link-failed', `more than ${maxRedirects} redirects`);
}

/** The address to connect to, checked; null where this host must not be asked. */
async function publicAddress(url: URL, allowHosts: readonly string[]): Promise<string | null> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const allowed = allowHosts.includes(host) || allowHosts.includes(url.host);
  if (url.protocol !== 'https:' && !(allowed && url.protocol === 'http:')) return null;
  if (isIP(host)) return allowed || isPublicAddress(host) ? host : null;
  const found = await lookup(host, { all: true });
  if (!allowed && !found.every(({ address }) => isPublicAddress(address))) return null;
  return found[0]?.address ?? null;
}

/** The connection goes to the address that was checked: the name is not looked up a second time. */
function ask(url: URL, address: string, signal: AbortSignal): Promise<IncomingMessage> {
  const family = isIP(address);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      signal,
      timeout: idleMilliseconds,
      lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
    });
    request.on('response', resolve);
    request.on('timeout', () => request.destroy(new Error(`no answer for ${idleMilliseconds / 1000} s`)));
    request.on('error', reject);
    request.end();
  });
}

async function save(
  answer: IncomingMessage,
  path: string,
  { maxBytes, signal }: Options,
  files: Files,
): Promise<Downloaded> {
  const promised = Number(answer.headers['content-length'] ?? Number.NaN);
  let head = Buffer.alloc(0);
  let bytes = 0;
  async function* checked(): AsyncIterable<Uint8Array> {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      if (head.length < keptHead) head = Buffer.concat([head, chunk]).subarray(0, keptHead);
      bytes += chunk.length;
      yield chunk;
    }
    if (Number.isFinite(promised) && bytes !== promised) throw new Error(`${bytes} of ${promised} bytes arrived`);
  }
  const written = await files.writeStream(path, checked(), maxBytes, signal);
  return { ok: true, head, ...written };
}

function trouble(code: Issue['code'], actual: string): Issue {
  return { code, severity: 'error', actual, limit: null };
}
