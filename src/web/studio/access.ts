import { randomBytes, timingSafeEqual } from 'node:crypto';
import { hashOf } from '../server/guard.ts';

/** What a browser may do: `owner` everything; `reader` show posts and tick them as posted (phones, with `--lan`). */
export type Role = 'owner' | 'reader';

/** A browser that exchanged a secret for a cookie. */
export interface Visitor {
  readonly role: Role;
  /** What it must send in `x-studio` with each request that changes something. The page gets it in its HTML. */
  readonly token: string;
}

/** The secrets of addresses, each of which works once, and the cookies that they were exchanged for. */
export interface Access {
  /**
   * A new secret; an earlier one of this role that was not used stops working.
   * @param place where the secret is shown; secrets that are shown in other places stay valid
   */
  fresh(role: Role, place?: string): string;
  /** The cookie that a secret is exchanged for, once; null if it is unknown or was used. */
  exchange(secret: string, role: Role): string | null;
  /** Whether this secret was exchanged: the browser with its cookie may open the address again. */
  wasExchanged(secret: string): boolean;
  visitor(cookie: string | null): Visitor | null;
}

/** Maximum number of browsers; the oldest one is removed. */
const maxVisitors = 100;

export function createAccess(): Access {
  /** By role and place, hashes of secrets that were not used yet. */
  const open = new Map<string, { readonly role: Role; readonly secret: Buffer }>();
  const exchanged = new Set<string>();
  const visitors = new Map<string, Visitor>();
  return {
    fresh(role, place = '') {
      const secret = random();
      open.set(`${role} ${place}`, { role, secret: hashOf(secret) });
      return secret;
    },
    exchange(secret, role) {
      const given = hashOf(secret);
      const found = [...open].find(([, each]) => each.role === role && timingSafeEqual(given, each.secret));
      if (found === undefined) return null;
      open.delete(found[0]);
      exchanged.add(given.toString('hex'));
      const cookie = random();
      visitors.set(hashOf(cookie).toString('hex'), { role, token: random() });
      for (const oldest of visitors.keys()) {
        if (visitors.size <= maxVisitors) break;
        visitors.delete(oldest);
      }
      return cookie;
    },
    wasExchanged: (secret) => exchanged.has(hashOf(secret).toString('hex')),
    // Looked up by its hash, so that the time of the comparison reveals nothing about the cookie.
    visitor: (cookie) => (cookie === null ? null : (visitors.get(hashOf(cookie).toString('hex')) ?? null)),
  };
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
