import { BlockList, isIP } from 'node:net';

/** A proxy server. Its credentials are behind a function, so that no printed or serialised value contains them. */
export interface ProxyServer {
  readonly protocol: 'http' | 'https' | 'socks5';
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** For messages: `http://proxy.example:8080`, without credentials. */
  readonly shown: string;
  /** null if the proxy wants none. */
  readonly credentials: () => { readonly username: string; readonly password: string } | null;
}

/** How downloads and yt-dlp reach the network. */
export interface Route {
  /** null: directly. */
  readonly proxy: ProxyServer | null;
  /** What chose it: `--proxy` or the name of an environment variable; null if nothing did. */
  readonly from: string | null;
  /** Hosts that are reached directly, in the form of `NO_PROXY`. */
  readonly noProxy: string;
}

/** The route where nothing is configured. yt-dlp keeps its own defaults then. */
export const directRoute: Route = { proxy: null, from: null, noProxy: '' };

/**
 * Whether a host is reached directly: `NO_PROXY` is a list of names (which stand for their subdomains too), addresses
 * and networks (`10.0.0.0/8`), each with a port or without, or `*`. Source: curl's and Go's documentation, read 2026-11.
 * @param hostname in lower case, IPv6 without brackets
 */
export function bypassesProxy(noProxy: string, hostname: string, port: number): boolean {
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => entry === '*' || matches(entry, hostname, port));
}

function matches(entry: string, hostname: string, port: number): boolean {
  const [, bracketed, plain, written] = /^(?:\[([^\]]*)\]|([^:]*|.*:.*:.*?))(?::(\d+))?$/.exec(entry) ?? [];
  const host = bracketed ?? plain ?? '';
  if (host === '' || (written !== undefined && Number(written) !== port)) return false;
  if (isIP(hostname) !== 0) return host === hostname || isInNetwork(hostname, host);
  const name = host.replace(/^\*?\./, '');
  return hostname === name || hostname.endsWith(`.${name}`);
}

function isInNetwork(address: string, network: string): boolean {
  const [, base = '', bits = ''] = /^(.*)\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP(base);
  if (family === 0 || family !== isIP(address) || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(base, Number(bits), type);
  return list.check(address, type);
}

/** The address with its credentials, for the environment of a program: never print it. */
export function fullAddress({ protocol, host, port, credentials }: ProxyServer): string {
  const known = credentials();
  const login = known === null ? '' : `${encode(known.username)}:${encode(known.password)}@`;
  return `${protocol}://${login}${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

/**
 * The environment for a program that connects by itself and reads the usual variables, such as yt-dlp. They are hidden
 * from the list of processes, which arguments are not.
 */
export function environmentFor({ proxy, from, noProxy }: Route, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (from === null) return environment;
  const others = Object.entries(environment).filter(([name]) => !proxyVariables.includes(name.toLowerCase()));
  // Without a proxy, `*` also keeps Python from the proxies in the settings of Windows and macOS.
  if (proxy === null) return { ...Object.fromEntries(others), no_proxy: '*' };
  const address = fullAddress(proxy);
  const names = { http_proxy: address, https_proxy: address, all_proxy: address };
  return { ...Object.fromEntries(others), ...names, ...(noProxy && { no_proxy: noProxy }) };
}

/** Replaces what could contain credentials in the output of a program: addresses, and the password by itself. */
export function redact(text: string, { proxy }: Route): string {
  const known = proxy?.credentials() ?? null;
  const secrets = known === null ? [] : [known.password, encode(known.password), basicLogin(known)];
  return secrets
    .filter((secret) => secret.length > 3)
    .reduce((shown, secret) => shown.replaceAll(secret, '(password)'), text)
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '(address)')
    .replace(/[^\s@"'/]+:[^\s@"']*@(?=[\w.[])/g, '(password)@');
}

/** The credentials of `Proxy-Authorization: Basic`. */
export function basicLogin({ username, password }: { readonly username: string; readonly password: string }): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}
