import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import type { ProxyServer } from './proxy.ts';

/** What the answers of a SOCKS server mean (RFC 1928, 6), by the names that `socks` gives them. */
const answers: Readonly<Record<string, SocksRefusal>> = {
  NotAllowed: { reason: 'it does not allow this host', again: false },
  NetworkUnreachable: { reason: 'it cannot reach the network of this host', again: true },
  HostUnreachable: { reason: 'it cannot reach this host', again: true },
  ConnectionRefused: { reason: 'this host refused its connection', again: true },
};

export interface SocksRefusal {
  /** For messages, about the proxy as `it`. */
  readonly reason: string;
  /** A retry may succeed. */
  readonly again: boolean;
}

/**
 * Has a SOCKS5 proxy connect to a host, whose name the proxy resolves.
 * @param socket connected to the proxy; destroyed if the proxy refuses
 * @returns the refusal, or null: the socket is connected to the host
 */
export async function openSocksTunnel(
  socket: Socket,
  { host, port, credentials }: ProxyServer,
  destination: { readonly host: string; readonly port: number },
  milliseconds: number,
): Promise<SocksRefusal | null> {
  const login = credentials();
  try {
    await SocksClient.createConnection({
      proxy: { host, port, type: 5, ...(login && { userId: login.username, password: login.password }) },
      command: 'connect',
      destination,
      timeout: milliseconds,
      existing_socket: socket,
    });
    return null;
  } catch (error) {
    // The errors of `socks` carry the options of the connection, with the password: they are not passed on.
    return refusalOf(error instanceof Error ? error.message : '', login !== null);
  }
}

function refusalOf(message: string, hasLogin: boolean): SocksRefusal {
  if (/authentication failed/i.test(message)) return { reason: 'it refuses this user name and password', again: false };
  if (/authentication type/i.test(message)) {
    const reason = hasLogin ? 'it accepts no user name and password' : 'it wants a user name and password';
    return { reason, again: false };
  }
  const rejected = /rejected connection - (\w+)/i.exec(message)?.[1];
  if (rejected !== undefined) return answers[rejected] ?? { reason: `it answered ${rejected}`, again: true };
  if (/timed out/i.test(message)) return { reason: 'timed out', again: true };
  if (/invalid/i.test(message)) return { reason: 'it does not speak socks5', again: false };
  return { reason: 'connection lost', again: true };
}
