import { lookup } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import { directly, through } from '../../src/tools/connections.ts';
import { defaultLimits, type HttpLimits, Refused, reasonOf } from '../../src/tools/http-answer.ts';
import type { ProxyServer } from '../../src/tools/proxy.ts';
import { type ProxyBehaviour, startConnectProxy, startSocksProxy } from '../servers/proxies.ts';

/** What became of a request through a proxy. */
async function ask(proxy: string, url: string, limits: Partial<HttpLimits> = {}): Promise<Refused> {
  const send = through(parseProxy(proxy) as ProxyServer, { ...defaultLimits, ...limits });
  const failed: unknown = await send(url, {}, new AbortController().signal).catch((error: unknown) => error);
  if (!(failed instanceof Refused)) throw new Error(`it was not refused: ${String(failed)}`);
  return failed;
}
const told = ({ code, actual, again }: Refused) => [code, actual, again];

/** A server that answers each connection with these bytes. */
async function answering(...answers: readonly (string | Uint8Array)[]): Promise<string> {
  const server = createServer((socket) => {
    const left = [...answers];
    socket.on('error', () => {}).on('data', () => void socket.write(left.shift() ?? ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('an HTTP proxy that refuses', () => {
  it.each<[number, string, string, boolean]>([
    [407, '', 'it wants a user name and password (407)', false],
    [407, 'maya:wrong@', 'it refuses this user name and password (407)', false],
    [403, '', 'it refuses this host (403)', false],
    [404, '', 'it refuses this host (404)', false],
    [302, '', 'it refuses this host (302)', false],
    [429, '', 'it answered 429', true],
    [499, '', 'it refuses this host (499)', false],
    [500, '', 'it answered 500', true],
    [503, '', 'it answered 503', true],
  ])('by %i, asked with "%s"', async (status, login, actual, again) => {
    const proxy = await startConnectProxy({ refuse: status });
    expect(told(await ask(`http://${login}${proxy.host}`, 'http://v.cdn.test/'))).toEqual([
      'proxy-failed',
      actual,
      again,
    ]);
  });

  it('is asked for names and addresses with their ports, by its own name or address', async () => {
    const proxy = await startConnectProxy({ refuse: 403 });
    for (const url of [
      'https://v.cdn.test/',
      'http://v.cdn.test:8080/',
      'http://[2606:4700::1111]/',
      'https://1.1.1.1:444/',
    ])
      await ask(`http://${proxy.host}`, url);
    expect(proxy.asked).toEqual(['v.cdn.test:443', 'v.cdn.test:8080', '[2606:4700::1111]:80', '1.1.1.1:444']);
    expect(proxy.logins).toEqual([null, null, null, null]);
    await ask(`http://maya:p%40ss@${proxy.host}`, 'https://v.cdn.test/');
    expect(proxy.logins.at(-1)).toBe('maya:p@ss');
  });

  it('over TLS with a certificate that nobody knows: it is reported, and nothing is asked', async () => {
    const proxy = await startConnectProxy({}, true);
    const error = await ask(`https://${proxy.host}`, 'http://v.cdn.test/');
    expect(told(error)).toEqual(['proxy-failed', 'certificate not valid', false]);
    expect(proxy.asked).toEqual([]);
  });

  it('that says nothing, or speaks another language', async () => {
    const silent = await answering();
    expect(told(await ask(`http://${silent}`, 'http://v.cdn.test/', { idleMilliseconds: 50 }))).toEqual([
      ...['proxy-failed', 'timed out', true],
    ]);
    const other = await answering('220 mail.example ESMTP\r\n');
    expect(told(await ask(`http://${other}`, 'http://v.cdn.test/'))).toEqual(['proxy-failed', 'connection lost', true]);
    const endless = await answering(`HTTP/1.1 200 OK\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(told(await ask(`http://${endless}`, 'http://v.cdn.test/'))).toEqual([
      ...['proxy-failed', 'its headers are too long', false],
    ]);
  });
});

describe('a SOCKS proxy that refuses', () => {
  it.each<[string, ProxyBehaviour, string, string, boolean]>([
    ['the login', { login: 'a:b' }, 'maya:wrong@', 'it refuses this user name and password', false],
    ['to do without a login', { login: 'a:b' }, '', 'it wants a user name and password', false],
    ['the host', { refuse: 2 }, '', 'it does not allow this host', false],
    ['for its network', { refuse: 3 }, '', 'it cannot reach the network of this host', true],
    ['for the way to it', { refuse: 4 }, '', 'it cannot reach this host', true],
    ['because the host does', { refuse: 5 }, '', 'this host refused its connection', true],
    ['for another reason', { refuse: 1 }, '', 'it answered Failure', true],
    ['by hanging up', { hangUp: true }, '', 'connection lost', true],
  ])('%s', async (_odd, behaviour, login, actual, again) => {
    const proxy = await startSocksProxy(behaviour);
    expect(told(await ask(`socks5://${login}${proxy.host}`, 'http://v.cdn.test/'))).toEqual([
      'proxy-failed',
      actual,
      again,
    ]);
  });

  it('that says nothing, speaks another language, or takes no login', async () => {
    const silent = await answering();
    expect(told(await ask(`socks5://${silent}`, 'http://v.cdn.test/', { idleMilliseconds: 50 }))).toEqual([
      ...['proxy-failed', 'timed out', true],
    ]);
    const other = await answering('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(told(await ask(`socks5://${other}`, 'http://v.cdn.test/'))).toEqual([
      ...['proxy-failed', 'it does not speak socks5', false],
    ]);
    const noLogin = await answering(Uint8Array.of(5, 0xff));
    expect(told(await ask(`socks5://maya:p@${noLogin}`, 'http://v.cdn.test/'))).toEqual([
      ...['proxy-failed', 'it accepts no user name and password', false],
    ]);
  });

  it('is asked for names and ports as they are', async () => {
    const proxy = await startSocksProxy({ refuse: 2 });
    for (const url of ['https://v.cdn.test/', 'http://v.cdn.test/', 'http://v.cdn.test:8080/', 'https://1.1.1.1/'])
      await ask(`socks5://${proxy.host}`, url);
    expect(proxy.asked).toEqual(['v.cdn.test:443', 'v.cdn.test:80', 'v.cdn.test:8080', '1.1.1.1:443']);
  });
});

it.each(['http', 'socks5'])('a proxy (%s) at which nobody listens', async (scheme) => {
  const error = await ask(`${scheme}://127.0.0.1:1`, 'http://v.cdn.test/');
  expect(told(error)).toEqual(['proxy-failed', 'connection refused', true]);
});

it('an encrypted connection that nobody answers is given up: directly, behind a tunnel, and to the proxy itself', async () => {
  const silent = await answering();
  const everyHost = Number(silent.split(':')[1]);
  const limits = { connectMilliseconds: 50 };
  const [http, socks] = [await startConnectProxy({ everyHost }), await startSocksProxy({ everyHost })];
  const send = directly({ ...defaultLimits, ...limits }, lookup);
  const direct = async () => send(`https://${silent}/`, {}, new AbortController().signal).catch(reasonOf);
  const tunnel = async (proxy: string) =>
    through(parseProxy(proxy) as ProxyServer, { ...defaultLimits, ...limits })(
      ...(['https://v.cdn.test/', {}, new AbortController().signal] as const),
    ).catch((error: unknown) =>
      error instanceof Refused ? { reason: error.actual, again: error.again } : reasonOf(error),
    );
  const begun = performance.now();
  const ended = await Promise.all([
    ...[direct(), tunnel(`http://${http.host}`), tunnel(`socks5://${socks.host}`), tunnel(`https://${silent}`)],
  ]);
  expect(ended).toEqual(Array(4).fill({ reason: 'timed out', again: true }));
  expect(performance.now() - begun).toBeLessThan(6000);
});
