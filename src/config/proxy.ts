import { UsageError } from '../errors.ts';
import type { ProxyServer, Route } from '../tools/proxy.ts';

const defaultPorts = { http: 80, https: 443, socks5: 1080 } as const;

const form = 'such as http://proxy.example:8080, https://proxy.example or socks5://user:password@proxy.example';

/**
 * Reads the address of a proxy. Without a scheme it is http, as curl reads it; `socks5h` is `socks5`, because names are
 * always resolved by the proxy.
 * @returns the proxy, or why it is none, in words that follow the option's name and never repeat the address, which may
 * contain a password
 */
export function parseProxy(written: string): ProxyServer | string {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(written.trim()) ?? [];
  const protocol = scheme.toLowerCase().replace(/^socks5h$/, 'socks5');
  if (protocol !== 'http' && protocol !== 'https' && protocol !== 'socks5')
    return `knows http, https and socks5, not “${scheme.slice(0, 20)}”: write an address ${form}`;
  // Read as two schemes, because each leaves out its own default port.
  const [url, other] = [`http://${rest}`, `https://${rest}`].map((text) => (URL.canParse(text) ? new URL(text) : null));
  if (!url || !other) return `is no address of a proxy: write one ${form}`;
  // The parser of addresses drops line breaks and tabs: what is left would be another host.
  if (/[\s\p{Cc}]/u.test(rest)) return `holds a space or line break: write an address ${form}`;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    return `holds more than an address ${form}; in a password, write # as %23, / as %2F and ? as %3F`;
  const login = loginOf(url);
  if (login === undefined) return 'holds a user name or password that cannot be read: write % as %25';
  if (protocol === 'socks5' && login !== null && Object.values(login).some((each) => Buffer.byteLength(each) > 255))
    return 'holds a user name or password of more than 255 bytes, which socks5 does not have';
  const port = Number(url.port || other.port || defaultPorts[protocol]);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { protocol, host, port, shown: `${protocol}://${url.hostname}:${port}`, credentials: () => login };
}

/** undefined if an escape is invalid. */
function loginOf({ username, password }: URL): { username: string; password: string } | null | undefined {
  if (username === '' && password === '') return null;
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/**
 * Chooses how a run reaches the network: by `--proxy`, else by `HTTPS_PROXY`, else by `ALL_PROXY`; `NO_PROXY` names
 * exceptions. Each may be written in lower case, which wins as it does in curl. There is one proxy for everything that
 * is fetched, because it is fetched over https.
 * @param option the value of `--proxy`: null if it is empty, which means no proxy; undefined if it is not given
 * @throws UsageError if the environment names something else than a proxy: to go without it would show the user's
 * address to servers that were not meant to see it
 */
export function chooseRoute(option: ProxyServer | null | undefined, environment: NodeJS.ProcessEnv): Route {
  const named = (name: string) => environment[name.toLowerCase()] || environment[name] || '';
  const noProxy = named('NO_PROXY');
  if (option !== undefined) return { proxy: option, from: '--proxy', noProxy };
  const from = ['HTTPS_PROXY', 'ALL_PROXY'].find((name) => named(name).trim() !== '');
  if (from === undefined) return { proxy: null, from: null, noProxy };
  const proxy = parseProxy(named(from));
  if (typeof proxy !== 'string') return { proxy, from, noProxy };
  throw new UsageError(`${from} in the environment ${proxy}. Correct or unset it, or give --proxy.`);
}

/**
 * The route of a run; one that uses no network does not look for a proxy.
 * @throws UsageError as `chooseRoute` does
 */
export function routeOf(
  { proxy, offline, dryRun = false }: { proxy?: ProxyServer | null | undefined; offline: boolean; dryRun?: boolean },
  environment: NodeJS.ProcessEnv,
): Route {
  return offline || dryRun ? chooseRoute(null, environment) : chooseRoute(proxy, environment);
}
