import type { Send } from './connections.ts';
import { Refused, reasonOf, retryAfterOf } from './http-answer.ts';

/** The answer of a service to a request, whatever its status. */
export interface Posted {
  readonly status: number;
  /** The value of `Retry-After` in milliseconds; null if absent. */
  readonly waitMilliseconds: number | null;
  readonly text: string;
}

/** Why there is no answer, without an address or a secret in it. `again`: a retry may succeed. */
export interface NotPosted {
  readonly reason: string;
  readonly again: boolean;
}

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Hosts (`name` or `name:port`) that may be private and may use plain http. Loopback always may. */
  readonly allowHosts: readonly string[];
  readonly maxBytes: number;
  /** Maximum time until the answer begins, and between two parts of it: language models think before they answer. */
  readonly idleMilliseconds: number;
  /** Maximum time for all of it: an answer may come byte by byte. */
  readonly wholeMilliseconds: number;
  readonly signal: AbortSignal;
}

/** Sends one POST request. Redirects are not followed, because they would take the body and its key elsewhere. */
export async function post(send: Send, url: string, options: PostOptions): Promise<Posted | NotPosted> {
  const { headers, body, maxBytes, idleMilliseconds, wholeMilliseconds, signal } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), wholeMilliseconds);
  try {
    const response = await send(url, headers, AbortSignal.any([signal, late.signal]), { body, idleMilliseconds });
    const { statusCode: status } = response;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += (chunk as Buffer).length;
      if (bytes > maxBytes) {
        response.body.on('error', () => {}).destroy();
        return { reason: `its answer is longer than ${Math.round(maxBytes / 1e6)} MB`, again: false };
      }
      chunks.push(chunk as Buffer);
    }
    const waitMilliseconds = retryAfterOf(response.headers['retry-after']);
    return { status, waitMilliseconds, text: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    signal.throwIfAborted();
    if (late.signal.aborted) return { reason: 'timed out', again: true };
    if (error instanceof Refused) return { reason: sentenceOf(error), again: error.again };
    return reasonOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function sentenceOf({ code, actual }: Refused): string {
  switch (code) {
    case 'link-private':
      return `${actual} is not on the public internet; if you trust it: --allow-host ${actual}`;
    case 'link-insecure':
      return `${actual} is not https`;
    case 'proxy-failed':
      return `the proxy failed (${actual})`;
    default:
      return actual;
  }
}
