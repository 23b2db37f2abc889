import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The address that a server listens on. */
export interface Endpoint {
  /** `127.0.0.1:8477` and other names of the same address, in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly port: number;
}

/** The part of a request that the checks below need. */
export interface RequestHead {
  readonly headers: IncomingHttpHeaders;
}

/** Whether the Host header names this server. If not, it is DNS rebinding: another name resolves to this address. */
export function isOwnHost({ headers }: RequestHead, { hosts }: Endpoint): boolean {
  return hosts.has(hostOf(headers));
}

/**
 * Whether a request comes from a page of this server or from an address that a person typed, and not from a page of another
 * origin. Pages on other ports of this machine are the same site, so SameSite cookies do not keep them out.
 */
export function isAllowedRequest(asked: RequestHead, door: Endpoint): boolean {
  const { headers } = asked;
  if (!isOwnHost(asked, door)) return false;
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${hostOf(headers)}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a page of this server sent the request: not a typed address, nor another site. Old browsers do not say. */
export function isFromPage({ headers }: RequestHead): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/** Whether two secrets are equal, compared in constant time. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

/** The hash of a secret: looking that up or comparing it reveals nothing by the time it takes. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function hostOf({ host }: IncomingHttpHeaders): string {
  return host?.toLowerCase() ?? '';
}
