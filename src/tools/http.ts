import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress } from './addresses.ts';
import type { Downloaded, DownloadOptions } from './download.ts';
import { download } from './download.ts';
import { type Answer, defaultLimits, type HttpLimits, Refused } from './http-answer.ts';

import { yieldAll } from './yield-all.ts';

export interface Http {
  /**
   * Brings one media file to `path`, whole or not at all; what came so far stays beside it as `.<name>.part`, and the
   * next call for the same path goes on from there. Public addresses only, unless the host is in `allowHosts`.
   * Trouble is an issue, not an exception; only the signal throws.
   */
  download(url: string, path: string, options: DownloadOptions): Promise<Downloaded>;
}

const maxRedirects = 5;
const maxHeaderBytes = 16_384;
const redirects = [301, 302, 303, 307, 308];

export interface HttpSettings {
  readonly limits?: Partial<HttpLimits>;
  /** All addresses of a host name: the system's resolver unless a test brings its own. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

/**
 * Downloads as an address from a stranger deserves: https only, each redirect judged anew, every address of a name
 * checked, and the connection made to what was checked. Nothing of a user (cookies, passwords) is ever sent.
 */
export function createHttp({ limits: some = {}, resolve = resolveAll }: HttpSettings = {}): Http {
  const limits = { ...defaultLimits, ...some };
  const agent = (lookup: LookupFunction) =>
    new Agent({
      connect: { timeout: limits.connectMilliseconds, lookup },
      headersTimeout: limits.idleMilliseconds,
      bodyTimeout: limits.idleMilliseconds,
      maxHeaderSize: maxHeaderBytes,
    });
  // Two, so that a connection that an allowed host was given is never used for another.
  const guarded = agent(lookupWith(resolve, isPublicAddress));
  const open = agent(lookupWith(resolve, () => true));

  const ask = async (
    address: string,
    headers: Readonly<Record<string, string>>,
    allowHosts: readonly string[],
    signal: AbortSignal,
  ): Promise<Answer> => {
    let url = parse(address);
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const allowed = isAllowed(url, allowHosts);
      judge(url, allowed);
      // Built anew of its parts: a name and password in the address stay here.
      const response = await request(`${url.protocol}//${url.host}${url.pathname}${url.search}`, {
        dispatcher: allowed ? open : guarded,
        headers: { 'user-agent': 'Mozilla/5.0 (compatible; content-port)', 'accept-encoding': 'identity', ...headers },
        signal,
      });
      const { location } = response.headers;
      if (!redirects.includes(response.statusCode) || typeof location !== 'string') {
        const { statusCode: status, headers, body } = response;
        return { status, headers, body: yieldAll(body), discard: () => body.destroy() };
      }
      response.body.on('error', () => {}).destroy();
      url = parse(location, url);
    }
    throw new Refused('link-failed', `more than ${maxRedirects} redirects`);
  };
  return { download: async (url, path, options) => download(ask, url, path, options, limits) };
}

function parse(address: string, base?: URL): URL {
  try {
    return new URL(address, base);
  } catch {
    throw new Refused('link-failed', 'unreadable address');
  }
}

/** @throws Refused if this address may not be asked */
function judge(url: URL, allowed: boolean): void {
  if (allowed && url.protocol === 'http:') return;
  if (url.protocol !== 'https:') throw new Refused('link-insecure', `${url.protocol}//${url.host}`);
  // The agent's lookup is not asked about literal addresses.
  const host = bare(url.hostname);
  if (!allowed && isIP(host) !== 0 && !isPublicAddress(host)) throw new Refused('link-private', url.hostname);
}

function isAllowed(url: URL, allowHosts: readonly string[]): boolean {
  return allowHosts.some((each) => [url.host, url.hostname, bare(url.hostname)].includes(each.toLowerCase()));
}

/** `[::1]` as `::1`; a name's last dot, which resolvers ignore, is not part of it. */
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
        // One bad address refuses the name: whoever mixes them wants us to reach the other one.
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
