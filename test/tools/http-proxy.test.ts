import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import type { DownloadOptions } from '../../src/tools/download.ts';
import { createHttp } from '../../src/tools/http.ts';
import type { ProxyServer } from '../../src/tools/proxy.ts';
import { cutAfter, inTurn, serve, stall, startServer } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { type ProxyBehaviour, startConnectProxy, startSocksProxy, type TestProxy } from '../servers/proxies.ts';
import { temporaryFolder } from './folder.ts';

const body = fakeMedia('mp4', 300_000);
const limits = {
  ...{ attempts: 2, pauseMilliseconds: 5, maxPauseMilliseconds: 50 },
  ...{ idleMilliseconds: 10_000, connectMilliseconds: 10_000 },
};
const impatient = { ...limits, idleMilliseconds: 300 };

/** Downloads through a proxy; plain http and the host are allowed unless the test says otherwise. */
function downloader(address: string, noProxy = '', waits = limits) {
  const proxy = parseProxy(address) as ProxyServer;
  const resolve = async () => Promise.reject(new Error('a name was resolved here, past the proxy'));
  const http = createHttp({ limits: waits, resolve, route: { proxy, from: '--proxy', noProxy } });
  const path = join(temporaryFolder(), 'video');
  const get = async (url: string, odd: Partial<DownloadOptions> = {}) =>
    http.download(url, path, {
      ...{ allowHosts: ['v.cdn.test', '127.0.0.1'], maxBytes: 1_000_000, signal: new AbortController().signal },
      ...{ notMedia: () => null, hasRoom: async () => true, ...odd },
    });
  return { get, path };
}
const failed = (actual: unknown) => ({
  ok: false,
  issue: { code: 'proxy-failed', severity: 'error', actual, limit: null },
});

const kinds = {
  http: async (behaviour: ProxyBehaviour) => startConnectProxy(behaviour),
  socks5: async (behaviour: ProxyBehaviour) => startSocksProxy(behaviour),
};

describe.each(Object.entries(kinds))('a download through %s', (scheme, start) => {
  const address = ({ host }: TestProxy, login = '') => `${scheme}://${login}${host}`;

  it('arrives whole; its name is resolved by the proxy alone', async () => {
    const server = await startServer({ '/a': serve(body) });
    const proxy = await start({ everyHost: Number(server.host.split(':')[1]) });
    const { get, path } = downloader(address(proxy));
    expect(await get('http://v.cdn.test/a')).toMatchObject({ ok: true, bytes: body.length });
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(proxy.asked).toEqual(['v.cdn.test:80']);
    expect(server.asked[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it('is resumed through it after a cut', async () => {
    const server = await startServer({
      '/a': inTurn(cutAfter(90_000, body, { etag: '"1"' }), serve(body, { etag: '"1"' })),
    });
    const proxy = await start({});
    expect(await downloader(address(proxy)).get(server.url('/a'))).toMatchObject({ ok: true });
    expect(server.asked.map(({ headers }) => headers.range ?? null)).toEqual([
      null,
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
  });

  it('reaches hosts of NO_PROXY past it', async () => {
    const server = await startServer({ '/a': serve(body) });
    const proxy = await start({});
    expect(await downloader(address(proxy), '127.0.0.1').get(server.url('/a'))).toMatchObject({ ok: true });
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ['a name and no password', 'maya@', { login: 'maya:' }],
    ['signs of every kind', 'm%C3%A9%3A@:p%40%2F%20', null],
    ['words in Chinese', '%E7%8E%9B:%E5%AF%86%E7%A0%81', { login: '玛:密码' }],
  ])('a login with %s', async (_odd, written, behaviour) => {
    const server = await startServer({ '/a': serve(body) });
    const login = written.endsWith('@') ? written : `${written}@`;
    const proxy = await start(behaviour ?? { login: 'mé:@:p@/ ' });
    expect(await downloader(address(proxy, login)).get(server.url('/a'))).toMatchObject({ ok: true });
  });

  it.each<[string, ProxyBehaviour, string, unknown]>([
    ['wants a login', { login: 'a:b' }, '', expect.stringMatching(/^it wants a user name and password/)],
    ['refuses the login', { login: 'a:b' }, 'a:hush-hush@', expect.stringMatching(/^it refuses this user name/)],
    [
      'refuses the host',
      { refuse: scheme === 'http' ? 403 : 2 },
      '',
      expect.stringMatching(/^it (?:refuses|does not allow)/),
    ],
    ['cannot reach the host', { everyHost: 1 }, '', expect.stringMatching(/502|refused its connection/)],
    ['fails', { refuse: scheme === 'http' ? 500 : 1 }, '', expect.stringMatching(/^it answered (?:500|Failure)/)],
    ['hangs up', { hangUp: true }, '', 'connection lost'],
  ])('the proxy %s: the reason is reported, and no password', async (_odd, behaviour, login, reason) => {
    const proxy = await start(behaviour);
    const { get, path } = downloader(address(proxy, login));
    const got = await get('http://v.cdn.test/a');
    expect(got).toEqual(failed(reason));
    expect(inspect(got, { depth: 9 })).not.toContain('hush-hush');
    expect(existsSync(path)).toBe(false);
  });

  it.each<[string, ProxyBehaviour, number]>([
    ['does not allow the host: it is asked once', { refuse: scheme === 'http' ? 403 : 2 }, 1],
    ['fails: it is asked again', { refuse: scheme === 'http' ? 500 : 1 }, limits.attempts],
    ['cannot reach the host: it is asked again', { everyHost: 1 }, limits.attempts],
  ])('the proxy %s', async (_odd, behaviour, times) => {
    const proxy = await start(behaviour);
    await downloader(address(proxy)).get('http://v.cdn.test/a');
    expect(proxy.asked).toEqual(Array.from({ length: times }, () => 'v.cdn.test:80'));
  });

  it('nobody listens there', async () => {
    const proxy = await start({});
    await proxy.stop();
    expect(await downloader(address(proxy)).get('http://v.cdn.test/a')).toEqual(failed('connection refused'));
  });

  it('it says nothing', async () => {
    const silent = await startServer({});
    const deaf = scheme === 'http' ? await startSocksProxy() : silent;
    const got = await downloader(`${scheme}://${deaf.host}`, '', impatient).get('http://v.cdn.test/a');
    expect(got).toEqual(failed(expect.stringMatching(/^(?:timed out|it does not speak socks5|connection lost)$/)));
  });

  it('a server that says nothing is not the fault of the proxy', async () => {
    const server = await startServer({ '/a': stall });
    const proxy = await start({});
    const got = await downloader(address(proxy), '', impatient).get(server.url('/a'));
    expect(got).toMatchObject({ ok: false, issue: { code: 'link-failed', actual: 'timed out' } });
  });

  it('an abort while it waits ends the download at once', async () => {
    const server = await startServer({ '/a': stall });
    const stop = new AbortController();
    const pending = downloader(address(await start({}))).get(server.url('/a'), { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(pending).rejects.toThrow();
  });

  it.each([
    ['127.0.0.1', 'link-private'],
    ['[::1]', 'link-private'],
    ['169.254.169.254', 'link-private'],
    ['0x7f.1', 'link-private'],
    ['localhost', 'link-private'],
    ['LOCALHOST.', 'link-private'],
    ['nas', 'link-private'],
    ['nas.local', 'link-private'],
    ['a.b.internal', 'link-private'],
    ['printer.home.arpa', 'link-private'],
  ])('https://%s is not asked for', async (host, code) => {
    const proxy = await start({ everyHost: 1 });
    const got = await downloader(address(proxy)).get(`https://${host}/a`, { allowHosts: [] });
    expect(got).toMatchObject({ ok: false, issue: { code } });
    expect(proxy.asked).toEqual([]);
  });

  it('a local name that the user allows is asked for', async () => {
    const server = await startServer({ '/a': serve(body) });
    const proxy = await start({ everyHost: Number(server.host.split(':')[1]) });
    const got = await downloader(address(proxy)).get('http://nas.local/a', { allowHosts: ['nas.local'] });
    expect(got).toMatchObject({ ok: true });
  });
});
