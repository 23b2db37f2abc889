import type { IssueCode } from '../model/issue.ts';

/** A server's response after redirects. The body has to be read or discarded. */
export interface Answer {
  readonly status: number;
  /** The last URL of the redirects. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Closes the connection of a body that is not read to its end. */
  readonly discard: () => void;
}

/**
 * Sends a request.
 * @throws Refused, or the network's own error
 */
export type Ask = (
  url: string,
  headers: Readonly<Record<string, string>>,
  allowHosts: readonly string[],
  signal: AbortSignal,
) => Promise<Answer>;

/** Why a link yields no file. `again`: a retry may succeed. */
export class Refused extends Error {
  readonly code: IssueCode;
  readonly actual: string;
  readonly again: boolean;
  /** The value of `Retry-After` in milliseconds; null if absent. */
  readonly waitMilliseconds: number | null;

  constructor(code: IssueCode, actual: string, again = false, waitMilliseconds: number | null = null) {
    super(`${code}: ${actual}`);
    this.code = code;
    this.actual = actual;
    this.again = again;
    this.waitMilliseconds = waitMilliseconds;
  }
}

export interface HttpLimits {
  readonly connectMilliseconds: number;
  /** Maximum time without a header or byte. */
  readonly idleMilliseconds: number;
  /** A download that transfers less than `slowBytes` in this time is aborted; the next attempt resumes it. */
  readonly slowMilliseconds: number;
  readonly slowBytes: number;
  /** For one file, all attempts together. */
  readonly wholeMilliseconds: number;
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one. */
  readonly pauseMilliseconds: number;
  /** The upper limit for any pause, including `Retry-After`. */
  readonly maxPauseMilliseconds: number;
}

export const defaultLimits: HttpLimits = {
  connectMilliseconds: 15_000,
  idleMilliseconds: 30_000,
  slowMilliseconds: 60_000,
  slowBytes: 60_000,
  wholeMilliseconds: 2 * 3600_000,
  attempts: 5,
  pauseMilliseconds: 500,
  maxPauseMilliseconds: 60_000,
};

/** A header's text; null if it is missing or repeated. */
export function header({ headers }: Answer, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

/** The milliseconds of a `Retry-After` header, which has seconds or a date; null if there is none. */
export function retryAfterOf(value: string | string[] | null | undefined): number | null {
  if (typeof value !== 'string') return null;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : null;
}

/** Converts a network error to a reason for messages, without an address in it. */
export function reasonOf(error: unknown): { readonly reason: string; readonly again: boolean } {
  const { code, name } = (error instanceof Error ? error : {}) as { code?: string; name?: string };
  if (code === 'ENOTFOUND') return { reason: 'host not found', again: false };
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return { reason: 'its headers are too long', again: false };
  if (code && /CERT|TLS|SSL|SELF_SIGNED|ALTNAME|VERIFY/.test(code))
    return { reason: 'certificate not valid', again: false };
  if (code === 'ECONNREFUSED') return { reason: 'connection refused', again: true };
  if (/TIMEOUT|ETIMEDOUT/.test(code ?? '') || name === 'TimeoutError') return { reason: 'timed out', again: true };
  return { reason: 'connection lost', again: true };
}
