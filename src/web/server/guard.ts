import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Where requests come in. */
export interface Door {
  /** `127.0.0.1:8477` and other names of the same place, in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly port: number;
}

/** What of a request decides whether it is answered. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
}

/** Whether the Host is a name of this server. Another one is DNS rebinding, where a foreign name resolves to this address. */
export function isForOurHost({ headers }: Asked, { hosts }: Door): boolean {
  return hosts.has(hostOf(headers));
}

/**
 * Whether a request was meant for this server by a page of its own or by a person. Another Origin is a foreign page. Pages
 * of other ports of this machine are of the same site, so that cookies do not keep them out.
 */
export function isMeantForUs(asked: Asked, door: Door): boolean {
  const { headers } = asked;
  if (!isForOurHost(asked, door)) return false;
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${hostOf(headers)}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether no browser says that a person typed the address, or that another page sent the request. */
export function isFromPage({ headers }: Asked): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/** Whether two secrets are the same, compared in constant time, so that the time tells nothing of them. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

/** Of a secret, so that it can be looked up or compared without telling anything by the time that takes. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function hostOf({ host }: IncomingHttpHeaders): string {
  return host?.toLowerCase() ?? '';
}
