import type { IncomingHttpHeaders } from 'node:http';
import { type Access, isSame, type Role, type Visitor } from './access.ts';

/** Where requests come in. */
export interface Door {
  /** `127.0.0.1:8477` and other names of the same place, in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly port: number;
  readonly role: Role;
}

/** What of a request decides whether it is answered. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
}

/** Cookies are shared by all ports of a machine, so the name has the port. */
export function cookieName({ port }: Door): string {
  return `port-studio-${port}`;
}

/**
 * Whether a request was meant for this server by a page of its own or by a person: another Host is DNS rebinding, another
 * Origin a foreign page. Pages of other ports of this machine are of the same site, so that cookies do not keep them out.
 */
export function isMeantForUs({ headers }: Asked, { hosts }: Door): boolean {
  const host = headers.host?.toLowerCase() ?? '';
  if (!hosts.has(host)) return false;
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `http://${host}`) return false;
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether a browser only loads an address ahead, perhaps without anybody ever opening it. */
export function isPrefetch({ headers }: Asked): boolean {
  return /prefetch|prerender/i.test(`${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''}`);
}

/** The visitor by the cookie; null if there is none, or it is a phone's at the door of this machine or the other way round. */
export function visitorOf({ headers }: Asked, door: Door, access: Access): Visitor | null {
  const visitor = access.visitor(cookieIn(headers.cookie ?? '', cookieName(door)));
  return visitor?.role === door.role ? visitor : null;
}

/** Whether a request that changes something comes from a page that this server gave out. */
export function mayWrite({ headers }: Asked, { token }: Visitor): boolean {
  const site = headers['sec-fetch-site'];
  const given = headers['x-studio'];
  return (site === undefined || site === 'same-origin') && typeof given === 'string' && isSame(given, token);
}

function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
