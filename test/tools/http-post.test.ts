import { getDefaultAutoSelectFamily, setDefaultAutoSelectFamily } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseProxy } from '../../src/config/proxy.ts';
import { createHttp, type HttpSettings } from '../../src/tools/http.ts';
import type { PostOptions } from '../../src/tools/http-post.ts';
import type { ProxyServer } from '../../src/tools/proxy.ts';
import { type Behaviour, redirect, stall, stallAfter, startServer, status } from '../servers/fault-server.ts';
import { startConnectProxy, startSocksProxy, startTlsServer } from '../servers/proxies.ts';

/** Sends "a question"; no host is allowed unless the test says which. */
async function ask(url: string, options: Partial<PostOptions> = {}, settings: HttpSettings = {}) {
  return await createHttp(settings).post(url, {
    ...{ headers: { 'content-type': 'text/plain', authorization: 'Bearer key' }, body: 'a question' },
    ...{ allowHosts: [], maxBytes: 1_000_000, idleMilliseconds: 10_000, wholeMilliseconds: 10_000 },
    ...{ signal: new AbortController().signal, ...options },
  });
}

const echo: Behaviour = (request, response) => {
  const { authorization, 'content-type': type } = request.headers;
  text(request).then((body) => response.end(`${request.method} ${request.url} ${authorization} ${type}: ${body}`));
};
const portOf = (host: string) => Number(host.split(':').at(-1));
const via = (address: string, noProxy = '') => ({
  route: { proxy: parseProxy(address) as ProxyServer, from: '--proxy', noProxy },
});

describe('a request to a service', () => {
  it('carries its headers, its body and the query, but no password of the address', async () => {
    const server = await startServer({ '/v1/ask': echo });
    expect(await ask(`${server.url('/v1/ask').replace('//', '//maya:secret@')}?a=%20b#part`)).toEqual({
      ...{ status: 200, waitMilliseconds: null },
      text: 'POST /v1/ask?a=%20b Bearer key text/plain: a question',
    });
  });

  it.each<[string, number, Record<string, string>, number | null]>([
    ['an error', 500, {}, null],
    ['a limit', 429, { 'retry-after': '7' }, 7000],
    ['a limit until a time that is over', 429, { 'retry-after': 'Sun, 02 Mar 2025 09:15:04 GMT' }, 0],
    ['a limit in words', 429, { 'retry-after': 'soon' }, null],
    ['a number with more behind it', 429, { 'retry-after': '7 s' }, null],
  ])('is answered by %s: its status, its words, and how long to wait', async (_odd, code, headers, wait) => {
    const server = await startServer({ '/': status(code, headers, 'sorry, 请稍候') });
    expect(await ask(server.url('/'))).toEqual({ status: code, waitMilliseconds: wait, text: 'sorry, 请稍候' });
  });

  it('does not follow a redirect, which would take the key elsewhere', async () => {
    const server = await startServer({ '/': redirect('/other', 307), '/other': echo });
    expect(await ask(server.url('/'))).toMatchObject({ status: 307 });
    expect(server.asked).toHaveLength(1);
  });

  it('reads an answer up to its limit, and no byte more', async () => {
    const long: Behaviour = (_request, response) => void response.end('x'.repeat(2_000_000));
    const server = await startServer({ '/': long });
    expect(await ask(server.url('/'), { maxBytes: 2_000_000 })).toMatchObject({ text: 'x'.repeat(2_000_000) });
    expect(await ask(server.url('/'), { maxBytes: 1_999_999 })).toEqual({
      ...{ reason: 'its answer is longer than 2 MB', again: false },
    });
  });

  it('has its own limit for a pause before and in an answer, longer than that of downloads', async () => {
    // Timers of this kind are up to a second late.
    const late: Behaviour = (_request, response) => void setTimeout(() => response.end('thought'), 1200);
    const pauses: Behaviour = (request, response) => {
      response.write('well ');
      late(request, response, 1);
    };
    const server = await startServer({ '/late': late, '/pauses': pauses });
    const settings = { limits: { idleMilliseconds: 50 } };
    const answers = await Promise.all(['/late', '/pauses'].map(async (path) => ask(server.url(path), {}, settings)));
    expect(answers).toMatchObject([{ text: 'thought' }, { text: 'well thought' }]);
  });

  it('is given up when nothing comes, and when it takes too long in all', async () => {
    const drip: Behaviour = (_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    };
    const server = await startServer({ '/silent': stall, '/stops': stallAfter(10, Buffer.alloc(20)), '/drip': drip });
    const late = { reason: 'timed out', again: true };
    const begun = performance.now();
    const ended = await Promise.all([
      ask(server.url('/silent'), { idleMilliseconds: 100 }),
      ask(server.url('/stops'), { idleMilliseconds: 100 }),
      ask(server.url('/drip'), { wholeMilliseconds: 100 }),
    ]);
    expect(ended).toEqual([late, late, late]);
    expect(performance.now() - begun).toBeLessThan(8000);
  });

  it('throws when the run is stopped', async () => {
    const server = await startServer({ '/': stall });
    const stop = new AbortController();
    const pending = ask(server.url('/'), { signal: stop.signal });
    setTimeout(() => stop.abort(new Error('Ctrl-C')), 20);
    await expect(pending).rejects.toThrow('Ctrl-C');
  });
});

describe('services that a request may go to', () => {
  it('this machine over plain http, past a proxy', async () => {
    const server = await startServer({ '/': echo });
    const proxy = await startConnectProxy({});
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST']) {
      const url = `http://${host}:${portOf(server.host)}/`;
      expect(await ask(url, {}, via(`http://${proxy.host}`)), host).toMatchObject({ status: 200 });
    }
    expect(proxy.asked).toEqual([]);
    const six = await startServer({ '/': echo }, '::1');
    expect(await ask(six.url('/'))).toMatchObject({ status: 200 });
  });

  it('an allowed host of the own network, over plain http', async () => {
    const server = await startServer({ '/': echo });
    const port = portOf(server.host);
    const resolve = async () => ['127.0.0.1'];
    for (const allowed of ['nas.test', `NAS.test:${port}`]) {
      const got = await ask(`http://nas.test:${port}/`, { allowHosts: [allowed] }, { resolve });
      expect(got, allowed).toMatchObject({ status: 200 });
    }
  });

  it('one that is reached by a single address, where Node is told to try no other', async () => {
    const before = getDefaultAutoSelectFamily();
    onTestFinished(() => setDefaultAutoSelectFamily(before));
    setDefaultAutoSelectFamily(false);
    const server = await startServer({ '/': echo });
    const resolve = async () => ['127.0.0.1', '127.0.0.2'];
    const got = await ask(`http://nas.test:${portOf(server.host)}/`, { allowHosts: ['nas.test'] }, { resolve });
    expect(got).toMatchObject({ status: 200 });
  });

  it.each<[string, string, string, boolean]>([
    ['plain http', 'http://v.example/', 'http://v.example is not https', false],
    ['a private address', 'https://10.0.0.1/', '10.0.0.1 is not on the public internet', false],
    ['a name with a private address', 'https://v.example/', 'v.example is not on the public internet', false],
    ['no address', 'nonsense', 'its address cannot be read', false],
  ])('not %s: %s', async (_odd, url, reason, again) => {
    const resolve = async () => ['93.184.216.34', '10.0.0.1'];
    expect(await ask(url, {}, { resolve })).toEqual({ reason: expect.stringContaining(reason), again });
  });

  it.each<[string, () => Promise<string[]>, string, boolean]>([
    ['that has no address', async () => [], 'host not found', false],
    [
      'that does not exist',
      async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
      'host not found',
      false,
    ],
    ['at which nobody listens', async () => ['127.0.0.1'], 'connection refused', true],
  ])('a name %s: %s', async (_odd, resolve, reason, again) => {
    const got = await ask('http://nas.test:1/', { allowHosts: ['nas.test'] }, { resolve });
    expect(got).toEqual({ reason, again });
  });
});

const kinds = { http: startConnectProxy, socks5: startSocksProxy };

describe.each(Object.entries(kinds))('a request through a proxy (%s)', (scheme, start) => {
  const resolve = async () => Promise.reject(Object.assign(new Error('resolved here'), { code: 'ENOTFOUND' }));

  it('over https: encrypted behind the proxy, which is asked for the name and port', async () => {
    const port = await startTlsServer({ '/': echo });
    const proxy = await start({ everyHost: port });
    const settings = { resolve, ...via(`${scheme}://${proxy.host}`) };
    // The certificate of the test is not known to this process: that it is looked at shows that there is TLS.
    const refused = { reason: 'certificate not valid', again: false };
    expect(await ask('https://v.cdn.test/', {}, settings)).toEqual(refused);
    expect(await ask('https://v.cdn.test:8443/', {}, settings)).toEqual(refused);
    expect(proxy.asked).toEqual(['v.cdn.test:443', 'v.cdn.test:8443']);
  });

  it('goes past it to a host of NO_PROXY with the port of its scheme', async () => {
    const proxy = await start({ refuse: scheme === 'http' ? 403 : 2 });
    const address = `${scheme}://${proxy.host}`;
    const past = { reason: 'host not found', again: false };
    const refused = { reason: expect.stringMatching(/^the proxy failed \(it /), again: false };
    expect(await ask('https://v.cdn.test/', {}, { resolve, ...via(address, 'v.cdn.test:443') })).toEqual(past);
    expect(await ask('https://v.cdn.test/', {}, { resolve, ...via(address, 'v.cdn.test:80') })).toEqual(refused);
    expect(await ask('https://v.cdn.test:81/', {}, { resolve, ...via(address, 'v.cdn.test:81') })).toEqual(past);
    const allowHosts = ['v.cdn.test'];
    expect(await ask('http://v.cdn.test/', { allowHosts }, { resolve, ...via(address, 'v.cdn.test:80') })).toEqual(
      past,
    );
    expect(await ask('http://v.cdn.test/', { allowHosts }, { resolve, ...via(address, '.test:443') })).toEqual(refused);
  });
});
