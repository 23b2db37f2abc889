import type { LookupFunction, Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher, Pool, request } from 'undici';
import { type HttpLimits, Refused, reasonOf } from './http-answer.ts';
import { basicLogin, type ProxyServer } from './proxy.ts';
import { openSocksTunnel } from './socks.ts';

const maxHeaderBytes = 16_384;

/** Sends one request, without following redirects: GET, or POST with a body and its own limit for a pause. */
export type Send = (
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  post?: { readonly body: string; readonly idleMilliseconds: number },
) => Promise<Dispatcher.ResponseData>;

/** Requests over connections that are made directly to the addresses that `lookup` returns. */
export function directly(limits: HttpLimits, lookup: LookupFunction): Send {
  return sendOver(limits, { timeout: limits.connectMilliseconds, lookup });
}

/** Requests through a proxy, which resolves the names: by a tunnel for every host, so that it sees no content. */
export function through(proxy: ProxyServer, limits: HttpLimits): Send {
  const open = proxy.protocol === 'socks5' ? socksTunnels(proxy, limits) : httpTunnels(proxy, limits);
  const secure = buildConnector({ timeout: limits.connectMilliseconds });
  return sendOver(limits, (options, done) => {
    const { protocol, hostname, port } = options;
    open(hostname, Number(port) || (protocol === 'https:' ? 443 : 80)).then(
      (socket) => (protocol === 'https:' ? secure({ ...options, httpSocket: socket }, done) : done(null, socket)),
      (error: unknown) => done(asRefused(error), null),
    );
  });
}

function sendOver(limits: HttpLimits, connect: Agent.Options['connect']): Send {
  const agent = new Agent({
    ...(connect !== undefined && { connect }),
    headersTimeout: limits.idleMilliseconds,
    bodyTimeout: limits.idleMilliseconds,
    maxHeaderSize: maxHeaderBytes,
  });
  return async (url, headers, signal, post) => {
    if (post === undefined) return await request(url, { dispatcher: agent, headers, signal });
    const { body, idleMilliseconds: idle } = post;
    const timeouts = { headersTimeout: idle, bodyTimeout: idle };
    return await request(url, { dispatcher: agent, method: 'POST', headers, body, signal, ...timeouts });
  };
}

/** Returns a connection to a host. */
type Tunnels = (host: string, port: number) => Promise<Socket>;

/** By CONNECT (RFC 9110, 9.3.6). */
function httpTunnels({ protocol, host, port, credentials }: ProxyServer, limits: HttpLimits): Tunnels {
  const login = credentials();
  const headers = login === null ? {} : { 'proxy-authorization': `Basic ${basicLogin(login)}` };
  const pool = new Pool(`${protocol}://${bracketed(host)}:${port}`, {
    connect: { timeout: limits.connectMilliseconds },
    maxHeaderSize: maxHeaderBytes,
  });
  return async (target, targetPort) => {
    const path = `${bracketed(target)}:${targetPort}`;
    // Unlike the timer of `AbortSignal.timeout`, this one ends with the answer: nothing may fire on an open tunnel.
    const limit = new AbortController();
    const late = new Refused('proxy-failed', 'timed out', true);
    const timer = setTimeout(() => limit.abort(late), limits.idleMilliseconds);
    const { statusCode, socket } = await pool
      .connect({ path, headers: { host: path, ...headers }, signal: limit.signal })
      .finally(() => clearTimeout(timer));
    if (statusCode >= 200 && statusCode < 300) return socket as Socket;
    socket.on('error', () => {}).destroy();
    throw refusal(statusCode, login !== null);
  };
}

function refusal(status: number, hasLogin: boolean): Refused {
  if (status === 407) {
    const what = hasLogin ? 'it refuses this user name and password' : 'it wants a user name and password';
    return new Refused('proxy-failed', `${what} (407)`);
  }
  if (status === 429 || status >= 500) return new Refused('proxy-failed', `it answered ${status}`, true);
  return new Refused('proxy-failed', `it refuses this host (${status})`);
}

function socksTunnels(proxy: ProxyServer, limits: HttpLimits): Tunnels {
  const connect = buildConnector({ timeout: limits.connectMilliseconds });
  return async (host, port) => {
    const { host: hostname, port: proxyPort } = proxy;
    const socket = await new Promise<Socket>((resolve, reject) =>
      connect({ hostname, host: hostname, protocol: 'http:', port: String(proxyPort) }, (...[error, made]) =>
        error === null ? resolve(made) : reject(error),
      ),
    );
    const refused = await openSocksTunnel(socket, proxy, { host, port }, limits.idleMilliseconds);
    if (refused === null) return socket;
    throw new Refused('proxy-failed', refused.reason, refused.again);
  };
}

/** Also keeps undici from connecting for ever: it does not take a lost connection for a failure to connect. */
function asRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const { reason, again } = reasonOf(error);
  return new Refused('proxy-failed', reason, again);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
