import type { z } from 'zod';
import { broken, type EngineFailure, type EngineTools } from './contract.ts';

/** What all engines behind an HTTP interface share: one request, bounded, and what its status means. */

const maxAnswerBytes = 5_000_000;
/** A language model on a slow machine thinks for minutes before it sends its first byte. */
const defaultTimeouts = { idleMilliseconds: 300_000, wholeMilliseconds: 900_000 };

/** Sends JSON and parses the answer. @returns the parsed answer, or why there is none */
export async function ask<T>(
  { tools, allowHosts, timeouts = defaultTimeouts }: EngineTools,
  url: string,
  request: { readonly headers?: Readonly<Record<string, string>>; readonly body: object },
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<{ readonly answer: T } | EngineFailure> {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...request.headers };
  const options = { headers, allowHosts, maxBytes: maxAnswerBytes, ...timeouts, signal };
  const posted = await tools.http.post(url, { ...options, body: JSON.stringify(request.body) });
  if ('reason' in posted)
    return {
      reason: `it could not be reached (${posted.reason})`,
      again: posted.again,
      waitMilliseconds: null,
      isFinal: false,
    };
  const { status, waitMilliseconds, text } = posted;
  if (status !== 200) return refusalOf(status, waitMilliseconds);
  const parsed = schema.safeParse(jsonOf(text));
  return parsed.success ? { answer: parsed.data } : broken;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a server writes besides its status is not repeated: it may hold the key or the texts. */
function refusalOf(status: number, waitMilliseconds: number | null): EngineFailure {
  const isFinal = [401, 402, 403, 404, 456].includes(status) || (status >= 300 && status < 400);
  const again = status === 408 || status === 429 || (status >= 500 && status !== 501);
  return { reason: meaningOf(status), again, waitMilliseconds, isFinal };
}

function meaningOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `it refuses the key (${status}): set PORT_TRANSLATOR_KEY`;
    case 402:
    case 456:
      return `its quota is used up (${status})`;
    case 404:
      return 'it answers 404: is the address or the model right?';
    case 429:
      return 'it asks to wait (429)';
    default:
      return status >= 300 && status < 400
        ? `it redirects (${status}): give its final address`
        : `it answers ${status}`;
  }
}
