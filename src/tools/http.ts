import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isLocalName, isLoopback, isPublicAddress } from './addresses.ts';
import { directly, type Send, through } from './connections.ts';
import type { Downloaded, DownloadOptions } from './download.ts';
import { download } from './download.ts';
import { type Answer, defaultLimits, type HttpLimits, Refused } from './http-answer.ts';
import { type NotPosted, type Posted, type PostOptions, post } from './http-post.ts';
import { bypassesProxy, directRoute, type Route } from './proxy.ts';
import { yieldAll } from './yield-all.ts';

export interface Http {
  /**
   * Downloads one media file to `path` atomically. The partial file stays next to it as `.<name>.part`, and the next
   * call for the same path resumes it. Connects to public addresses only, unless the host is in `allowHosts`. Errors
   * are returned as an issue; only an abort throws.
   */
  download(url: string, path: string, options: DownloadOptions): Promise<Downloaded>;
  /**
   * Sends one request to a service that the user named. Connects to public addresses over https, to this machine, and to
   * what is in `allowHosts`; only an abort throws.
   */
  post(url: string, options: PostOptions): Promise<Posted | NotPosted>;
}

const maxRedirects = 5;
const redirects = [301, 302, 303, 307, 308];

export interface HttpSettings {
  readonly limits?: Partial<HttpLimits>;
  /** Resolves a host name to all its addresses: by the system's resolver, except in tests. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly route?: Route;
}

/**
 * Downloads from untrusted URLs: https only, each redirect checked again, every address of a host name checked, and the
 * connection made to the checked address. Behind a proxy, which resolves names itself, only literal addresses and names
 * of local networks can be refused. Never sends user data (cookies, passwords).
 */
export function createHttp({ limits: some = {}, resolve = resolveAll, route = directRoute }: HttpSettings = {}): Http {
  const limits = { ...defaultLimits, ...some };
  // Two, so that a connection for an allowed private host is never reused for another host.
  const guarded = directly(limits, lookupWith(resolve, isPublicAddress));
  const open = directly(
    limits,
    lookupWith(resolve, () => true),
  );
  const proxied = route.proxy === null ? null : through(route.proxy, limits);
  const proxyFor = ({ protocol, hostname, port }: URL) =>
    bypassesProxy(route.noProxy, bare(hostname), Number(port) || (protocol === 'https:' ? 443 : 80)) ? null : proxied;

  const ask = async (
    address: string,
    headers: Readonly<Record<string, string>>,
    allowHosts: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer> => {
    let url = parse(address);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const allowed = isAllowed(url, allowHosts);
      const proxy = proxyFor(url);
      judge(url, allowed, proxy !== null);
      const send = proxy ?? (allowed ? open : guarded);
      // Rebuilt from its parts, to drop a user name and password in the URL.
      const response = await send(
        `${url.protocol}//${url.host}${url.pathname}${url.search}`,
        { 'user-agent': 'Mozilla/5.0 (compatible; content-port)', 'accept-encoding': 'identity', ...headers },
        signal,
      );
      const { location } = response.headers;
      if (!redirects.includes(response.statusCode) || typeof location !== 'string') {
        const { statusCode: status, headers, body } = response;
        return { status, address: url.href, headers, body: yieldAll(body), discard: () => body.destroy() };
      }
      response.body.on('error', () => {}).destroy();
      url = parse(location, url);
    }
    throw new Refused('link-failed', `more than ${maxRedirects} redirects`);
  };
  return {
    download: async (url, path, options) => download(ask, url, path, options, limits),
    async post(address, options) {
      if (!URL.canParse(address)) return { reason: 'its address cannot be read', again: false };
      const url = new URL(address);
      const isHere = isLoopback(bare(url.hostname));
      const allowed = isHere || isAllowed(url, options.allowHosts);
      const proxy = isHere ? null : proxyFor(url);
      const checked: Send = async (...request) => {
        judge(url, allowed, proxy !== null);
        return await (proxy ?? (allowed ? open : guarded))(...request);
      };
      return await post(checked, `${url.protocol}//${url.host}${url.pathname}${url.search}`, options);
    },
  };
}

function parse(address: string, base?: URL): URL {
  try {
    return new URL(address, base);
  } catch {
    throw new Refused('link-failed', 'unreadable address');
  }
}

/**
 * Checks a URL.
 * @param proxied whether a proxy resolves its name
 * @throws Refused if requests to it are not allowed
 */
function judge(url: URL, allowed: boolean, proxied: boolean): void {
  if (allowed && url.protocol === 'http:') return;
  if (url.protocol !== 'https:') throw new Refused('link-insecure', `${url.protocol}//${url.host}`);
  // The agent's lookup hook is not called for literal addresses.
  const host = bare(url.hostname);
  const isPrivate = isIP(host) === 0 ? proxied && isLocalName(host) : !isPublicAddress(host);
  if (!allowed && isPrivate) throw new Refused('link-private', url.hostname);
}

function isAllowed(url: URL, allowHosts: readonly string[]): boolean {
  return allowHosts.some((each) => [url.host, url.hostname, bare(url.hostname)].includes(each.toLowerCase()));
}

/** Converts `[::1]` to `::1`, and removes the trailing dot of a name, which resolvers ignore. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

function lookupWith(
  resolve: (host: string) => Promise<readonly string[]>,
  accept: (address: string) => boolean,
): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        // One private address refuses the host name: a mixture is an attempt to reach the private one.
        if (!addresses.every(accept)) done(new Refused('link-private', host), '');
        else if (!first) done(new Refused('link-failed', 'host not found'), '');
        else if (options.all) done(null, found);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };
}

async function resolveAll(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
