import { type Endpoint, isFromPage, isSameSecret, type RequestHead } from '../server/guard.ts';
import type { Access, Role, Visitor } from './access.ts';

/** The address that a server listens on for browsers of one role. */
export interface RoleEndpoint extends Endpoint {
  readonly role: Role;
}

/** Cookies are shared by all ports of a machine, so the name has the port. */
export function cookieName({ port }: Endpoint): string {
  return `port-studio-${port}`;
}

/** Whether a browser only prefetches an address, which perhaps nobody opens. */
export function isPrefetch({ headers }: RequestHead): boolean {
  return /prefetch|prerender/i.test(`${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''}`);
}

/** The visitor by the cookie; null if there is none, or if it has another role than this address. */
export function visitorOf({ headers }: RequestHead, door: RoleEndpoint, access: Access): Visitor | null {
  const visitor = access.visitor(cookieIn(headers.cookie ?? '', cookieName(door)));
  return visitor?.role === door.role ? visitor : null;
}

/** Whether a request that changes something comes from a page that this server gave out. */
export function mayWrite(asked: RequestHead, { token }: Visitor): boolean {
  const given = asked.headers['x-studio'];
  return isFromPage(asked) && typeof given === 'string' && isSameSecret(given, token);
}

function cookieIn(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return null;
}
