import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Downloaded, DownloadOptions } from '../../src/tools/download.ts';
import { createHttp, type HttpSettings } from '../../src/tools/http.ts';
import {
  type Behaviour,
  cutAfter,
  type FaultServer,
  inTurn,
  lieAboutLength,
  redirect,
  serve,
  stall,
  stallAfter,
  startServer,
  status,
} from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from './folder.ts';

const body = fakeMedia('mp4', 300_000);
const other = fakeMedia('mp4', 300_000, 2);
const limits = { pauseMilliseconds: 5, maxPauseMilliseconds: 300, idleMilliseconds: 300, connectMilliseconds: 300 };

/** Downloads into a folder of its own; the server's host is allowed unless the test says who is. */
function downloader(settings: HttpSettings = {}) {
  const http = createHttp({ ...settings, limits: { ...limits, ...settings.limits } });
  const path = join(temporaryFolder(), 'video');
  const get = async (url: string, options: Partial<DownloadOptions> = {}): Promise<Downloaded> =>
    http.download(url, path, {
      allowHosts: ['127.0.0.1'],
      maxBytes: 1_000_000,
      signal: new AbortController().signal,
      notMedia: (head) => (/^\s*[<{]/.test(String.fromCharCode(...head)) ? 'a page of text' : null),
      hasRoom: async () => true,
      ...options,
    });
  return { get, path, left: () => readdirSync(dirname(path)) };
}

const failed = (code: string, actual: unknown = expect.anything()) => ({
  ok: false,
  issue: { code, severity: 'error', actual, limit: null },
});

function expectWhole(got: Downloaded, path: string, content: Buffer = body): void {
  expect(got).toMatchObject({
    ok: true,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  });
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
}

const ranges = (server: FaultServer) => server.asked.map(({ headers }) => headers.range ?? null);

describe('a download', () => {
  it('arrives whole, with its hash and its first bytes', async () => {
    const server = await startServer({ '/a': serve(body) });
    const { get, path } = downloader();
    const got = await get(server.url('/a'));
    expectWhole(got, path);
    expect(got).toMatchObject({ head: body.subarray(0, 4096) });
  });

  it('sends nothing of the user: no cookie, no password of the address, also after a redirect', async () => {
    const server = await startServer({ '/a': redirect('/b'), '/b': serve(body) });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a').replace('http://', 'http://maya:secret@')), path);
    for (const { headers } of server.asked) {
      expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
      expect(headers.cookie ?? headers.referer).toBeUndefined();
    }
  });

  it('refuses what is larger than it may be, said or unsaid', async () => {
    const server = await startServer({
      '/said': serve(body),
      '/unsaid': (_request, response) => void response.writeHead(200).end(body),
    });
    const { get, left } = downloader();
    expect(await get(server.url('/said'), { maxBytes: 1000 })).toEqual(failed('link-failed', 'larger than 1000 bytes'));
    expect(await get(server.url('/unsaid'), { maxBytes: 1000 })).toMatchObject({ ok: false });
    expect(left()).toEqual([]);
  });

  it('never saves a page as media, whatever its status and type say', async () => {
    const page = Buffer.from(`<!doctype html><title>Log in</title>${' '.repeat(9000)}`);
    const server = await startServer({ '/a': serve(page), '/small': serve(Buffer.from('{"error":1}')) });
    const { get, left } = downloader();
    expect(await get(server.url('/a'))).toEqual(failed('link-not-media', 'a page of text'));
    expect(await get(server.url('/small'))).toEqual(failed('link-not-media', 'a page of text'));
    expect(left()).toEqual([]);
  });

  it('stops before the disk is full, at the start and on the way', async () => {
    const long = fakeMedia('mp4', 80 << 20);
    const server = await startServer({ '/a': serve(body), '/long': serve(long) });
    const { get, path } = downloader();
    const asked: number[] = [];
    expect(await get(server.url('/a'), { hasRoom: async () => false })).toEqual(failed('disk-full', null));
    const hasRoom = async (bytes: number) => asked.push(bytes) < 2;
    expect(await get(server.url('/long'), { maxBytes: 1e9, hasRoom })).toEqual(failed('disk-full', null));
    expect(asked[0]).toBe(long.length);
    expect(asked[1]).toBeLessThan(long.length - (32 << 20) + 1);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a connection that breaks', () => {
  it.each([0, 1, 100, 4095, 65_536, 200_001, body.length - 1])(
    'after %i bytes: the rest is fetched, once',
    async (bytes) => {
      const etag = '"one"';
      const server = await startServer({ '/a': inTurn(cutAfter(bytes, body, { etag }), serve(body, { etag })) });
      const { get, path } = downloader();
      expectWhole(await get(server.url('/a')), path);
      expect(ranges(server)).toEqual([null, bytes === 0 ? null : `bytes=${bytes}-`]);
    },
  );

  it('again and again: each attempt continues from the last', async () => {
    const modified = 'Sun, 02 Mar 2025 09:15:04 GMT';
    const server = await startServer({
      '/a': inTurn(
        ...([1, 2, 3].map(() => cutAfter(70_000, body, { modified })) as [ReturnType<typeof serve>]),
        serve(body, { modified }),
      ),
    });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server)).toEqual([null, 'bytes=70000-', 'bytes=140000-', 'bytes=210000-']);
  });

  it('gives up after some attempts, and the next run continues from what came', async () => {
    const etag = '"one"';
    const server = await startServer({
      '/a': inTurn(
        cutAfter(100_000, body, { etag }),
        status(503),
        status(503),
        status(503),
        status(503),
        serve(body, { etag }),
      ),
    });
    const { get, path, left } = downloader();
    expect(await get(`${server.url('/a')}?signature=1`)).toEqual(failed('link-failed', 'HTTP 503'));
    expect(left().every((name) => name.startsWith('.') && name.includes('.part'))).toBe(true);
    expectWhole(await get(`${server.url('/a')}?signature=2`), path);
    expect(ranges(server).at(-1)).toBe('bytes=100000-');
  });

  it.each([
    ['no validator', {}, [null, null]],
    ['a weak one', { etag: 'W/"one"' }, [null, null]],
  ])('with %s: from the start', async (_name, served, expected) => {
    const server = await startServer({ '/a': inTurn(cutAfter(100_000, body, served), serve(body, served)) });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server)).toEqual(expected);
  });

  it.each([
    ['the beginning', 0],
    ['an earlier byte', 60_000],
    ['a later byte, with a gap', 140_000],
  ])('to a server that continues from %s than it was asked for: from the start, and whole', async (_name, from) => {
    const etag = '"one"';
    // It does not say how long the whole is, so that nothing but the offset tells.
    const range = `bytes ${from}-${body.length - 1}/*`;
    const elsewhere: Behaviour = (_request, response) => {
      response.writeHead(206, { etag, 'content-range': range, 'content-length': body.length - from });
      response.end(body.subarray(from));
    };
    const server = await startServer({
      '/a': inTurn(cutAfter(100_000, body, { etag }), elsewhere, serve(body, { etag })),
    });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server)).toEqual([null, 'bytes=100000-', null]);
  });

  it('to a server that ignores ranges: from the start', async () => {
    const etag = '"one"';
    const server = await startServer({
      '/a': inTurn(
        cutAfter(100_000, body, { etag }),
        (_request, response) => void response.writeHead(200, { etag }).end(body),
      ),
    });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
  });

  it('while the file changes: the new one, whole', async () => {
    const server = await startServer({
      '/honest': inTurn(cutAfter(100_000, body, { etag: '"one"' }), serve(other, { etag: '"two"' })),
      // Ignores If-Range and gives the rest of another file.
      '/careless': inTurn(
        cutAfter(100_000, body, { etag: '"one"' }),
        cutAfter(1e6, other, { etag: '"two"' }),
        serve(other),
      ),
    });
    for (const path of ['/honest', '/careless']) {
      const one = downloader();
      expectWhole(await one.get(server.url(path)), one.path, other);
    }
  });

  it('while the file shrinks: the new one, whole', async () => {
    const short = fakeMedia('mp4', 5000, 3);
    const gone = status(416, { 'content-range': 'bytes */5000' });
    const server = await startServer({ '/a': inTurn(cutAfter(100_000, body, { etag: '"one"' }), gone, serve(short)) });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path, short);
  });

  it('with a part of which nobody knows the version: from the start', async () => {
    const etag = '"one"';
    const server = await startServer({ '/a': inTurn(cutAfter(9, body, { etag }), status(403), serve(body, { etag })) });
    const { get, path, left } = downloader();
    await get(server.url('/a'));
    for (const name of left()) if (name.endsWith('.json')) rmSync(join(dirname(path), name));
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server).at(-1)).toBeNull();
  });
});

describe('a run that was stopped while it downloaded, and wakes when another run has taken its part over', () => {
  /** A server that sends so many bytes of what is asked for, and the rest when it is told to; one answer after the other. */
  async function slowServer(...some: readonly number[]) {
    const etag = '"one"';
    const goOn: (() => void)[] = [];
    const slow: Behaviour = (request, response, count) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const now = body.subarray(from, from + (some[count - 1] ?? body.length));
      response.writeHead(from > 0 ? 206 : 200, {
        ...{ etag, 'content-length': body.length - from },
        ...(from > 0 && { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }),
      });
      response.write(now);
      goOn.push(() => response.end(body.subarray(from + now.length)));
    };
    const server = await startServer({ '/a': slow });
    const { get, path, left } = downloader({ limits: { idleMilliseconds: 20_000 } });
    const sizes = () =>
      left().flatMap((name) => (name.endsWith('.part') ? [statSync(join(dirname(path), name)).size] : []));
    /** Begins a download, and resolves when so much of the file is there. */
    const begin = async (bytes: number) => {
      const ended = get(server.url('/a')).catch((error: Error) => error);
      await vi.waitFor(() => expect(sizes()).toEqual([bytes]), { timeout: 10_000 });
      return { ended };
    };
    return { goOn, begin, path };
  }
  const tookOver = { message: 'another run took it over' };

  it('and has finished it: the finished file stays as it is', async () => {
    const { goOn, begin, path } = await slowServer(100_000, 100_000);
    const stopped = await begin(100_000);
    const other = await begin(200_000);
    goOn[1]?.();
    expectWhole((await other.ended) as Downloaded, path);
    goOn[0]?.();
    expect(await stopped.ended).toMatchObject(tookOver);
    expectWhole((await other.ended) as Downloaded, path);
  });

  it('and is still at it: half a file gets no final name, and the other run finishes it', async () => {
    const { goOn, begin, path } = await slowServer(100_000, 50_000);
    const stopped = await begin(100_000);
    const other = await begin(150_000);
    goOn[0]?.();
    expect(await stopped.ended).toMatchObject(tookOver);
    expect(existsSync(path)).toBe(false);
    goOn[1]?.();
    expectWhole((await other.ended) as Downloaded, path);
  });
});

describe('a server with a wrong Content-Length', () => {
  it('a body shorter than declared: fails, no file under the final name', async () => {
    const server = await startServer({ '/a': lieAboutLength(body.length + 10, body) });
    const { get, path } = downloader({ limits: { attempts: 2 } });
    expect(await get(server.url('/a'))).toMatchObject(failed('link-failed'));
    expect(existsSync(path)).toBe(false);
    expect(server.asked).toHaveLength(2);
  });
});

describe('a server that returns an error', () => {
  it.each([400, 401, 403, 404, 410, 451])('%i: no retry', async (code) => {
    const server = await startServer({ '/a': status(code) });
    const { get, left } = downloader();
    expect(await get(server.url('/a'))).toEqual(failed('link-refused', `HTTP ${code}`));
    expect(server.asked).toHaveLength(1);
    expect(left()).toEqual([]);
  });

  it('503 twice, then 200: retries and succeeds', async () => {
    const server = await startServer({ '/a': inTurn(status(503), status(503), serve(body)) });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
  });

  it.each([408, 429, 500, 502, 504])('%i on every request: gives up', async (code) => {
    const server = await startServer({ '/a': status(code) });
    const { get } = downloader({ limits: { attempts: 3 } });
    expect(await get(server.url('/a'))).toEqual(failed('link-failed', `HTTP ${code}`));
    expect(server.asked).toHaveLength(3);
  });

  it('429 with Retry-After: waits as requested, up to a limit', async () => {
    const day = new Date(Date.now() + 86_400_000).toUTCString();
    const server = await startServer({
      '/a': inTurn(
        status(429, { 'retry-after': '0' }),
        status(429, { 'retry-after': '86400' }),
        status(429, { 'retry-after': day }),
        serve(body),
      ),
    });
    const { get, path } = downloader();
    const start = Date.now();
    expectWhole(await get(server.url('/a')), path);
    expect(Date.now() - start).toBeGreaterThanOrEqual(2 * limits.maxPauseMilliseconds - 20);
    expect(Date.now() - start).toBeLessThan(5000);
  });
});

describe('time limits', () => {
  it('no response, or a response that stops: gives up', async () => {
    const server = await startServer({ '/silent': stall, '/stops': stallAfter(1000, body) });
    const { get } = downloader({ limits: { attempts: 1 } });
    expect(await get(server.url('/silent'))).toEqual(failed('link-failed', 'timed out'));
    expect(await get(server.url('/stops'))).toEqual(failed('link-failed', 'timed out'));
  });

  it('a stalled transfer is aborted and resumed', async () => {
    const etag = '"one"';
    const server = await startServer({ '/a': inTurn(stallAfter(1000, body, { etag }), serve(body, { etag })) });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server)).toEqual([null, 'bytes=1000-']);
  });

  it('a slow transfer without end hits the limit for the whole download', async () => {
    const drip: Behaviour = (_request, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const timer = setInterval(() => response.write(body.subarray(0, 10)), 20);
      response.on('close', () => clearInterval(timer));
    };
    const server = await startServer({ '/a': drip });
    const { get, left } = downloader({ limits: { wholeMilliseconds: 400 } });
    expect(await get(server.url('/a'))).toEqual(failed('link-failed', 'timed out'));
    expect(left()).toEqual([]);
  });

  it('ten bytes at a time: aborted as too slow, and resumed by the next attempt', async () => {
    const etag = '"one"';
    const drip: Behaviour = (_request, response) => {
      response.writeHead(200, { 'content-length': body.length, etag });
      let at = 0;
      const timer = setInterval(() => {
        response.write(body.subarray(at, at + 10));
        at += 10;
      }, 20);
      response.on('close', () => clearInterval(timer));
    };
    const server = await startServer({ '/a': inTurn(drip, serve(body, { etag })) });
    const { get, path } = downloader({ limits: { slowMilliseconds: 300, slowBytes: 10_000, attempts: 2 } });
    expectWhole(await get(server.url('/a')), path);
    const [first, second] = ranges(server);
    expect(first).toBe(null);
    expect(second).toMatch(/^bytes=\d{2,3}-$/);
    const slow = await startServer({ '/a': drip });
    const impatient = downloader({ limits: { slowMilliseconds: 300, slowBytes: 10_000, attempts: 1 } });
    expect(await impatient.get(slow.url('/a'))).toEqual(failed('link-failed', 'slower than 33333 bytes a second'));
  });

  it('Ctrl-C: throws, keeps the partial file, and the next run resumes it', async () => {
    const etag = '"one"';
    const server = await startServer({ '/a': inTurn(stallAfter(100_000, body, { etag }), serve(body, { etag })) });
    const { get, path } = downloader({ limits: { idleMilliseconds: 5000 } });
    const controller = new AbortController();
    const pending = get(server.url('/a'), { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 150);
    await expect(pending).rejects.toThrow('Ctrl-C');
    expect(existsSync(path)).toBe(false);
    expectWhole(await get(server.url('/a')), path);
    expect(ranges(server)).toEqual([null, 'bytes=100000-']);
  });

  it('reports that no server listens', async () => {
    const server = await startServer({});
    const { get } = downloader({ limits: { attempts: 2 } });
    const dead = server.host.replace(/\d+$/, '1');
    expect(await get(`http://${dead}/`)).toEqual(failed('link-failed', 'connection refused'));
  });

  it('endless headers: gives up', async () => {
    const server = await startServer({ '/a': serve(body, { headers: { 'x-much': 'a'.repeat(40_000) } }) });
    const { get } = downloader();
    expect(await get(server.url('/a'))).toMatchObject(failed('link-failed'));
    expect(server.asked).toHaveLength(1);
  });
});

describe('addresses that must not be reached', () => {
  /** Stands for a machine of the user's own network: it must see nothing, not even a connection. */
  async function victim(address = '127.0.0.2') {
    const server = await startServer({ '/secret': serve(body) }, address);
    return { server, quiet: () => expect(server.connections()).toBe(0) };
  }

  it('refuses http and other schemes unless the host is allowed', async () => {
    const { server, quiet } = await victim();
    const { get } = downloader();
    expect(await get(server.url('/secret'))).toEqual(failed('link-insecure', `http://${server.host}`));
    for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/a', 'data:video/mp4,x']) {
      expect(await get(url)).toMatchObject(failed('link-insecure'));
    }
    expect(await get('nonsense')).toEqual(failed('link-failed', 'unreadable address'));
    quiet();
  });

  it.each(['127.0.0.2', '0177.0.0.2', '2130706434', '0x7f.2', '[::1]', '[::ffff:127.0.0.2]', '[::ffff:7f00:2]'])(
    'a literal address of this machine: https://%s',
    async (host) => {
      const one = await victim();
      const two = await victim('::1');
      const { get } = downloader();
      for (const { server } of [one, two]) {
        const port = server.host.split(':').at(-1);
        expect(await get(`https://${host}:${port}/secret`)).toMatchObject(failed('link-private'));
      }
      one.quiet();
      two.quiet();
    },
  );

  it('refuses a redirect to them, in any form, at any hop', async () => {
    const { server: secret, quiet } = await victim();
    const forms = [secret.url('/secret'), secret.url('/secret').replace('http', 'https'), `//${secret.host}/secret`];
    const hops = Object.fromEntries(forms.map((to, index) => [`/${index}`, redirect(to)]));
    const server = await startServer({ ...hops, '/far': redirect('/0', 307) });
    const { get, left } = downloader();
    for (const path of ['/0', '/1', '/2', '/far']) expect(await get(server.url(path))).toMatchObject({ ok: false });
    expect(left()).toEqual([]);
    quiet();
  });

  it('refuses a name that resolves to this machine, alone or beside a public address', async () => {
    const { server, quiet } = await victim();
    const port = server.host.split(':').at(-1);
    for (const addresses of [['127.0.0.2'], ['1.1.1.1', '127.0.0.2'], ['::ffff:127.0.0.2'], ['169.254.169.254']]) {
      const { get } = downloader({ resolve: async () => addresses });
      expect(await get(`https://cdn.example:${port}/secret`)).toEqual(failed('link-private', 'cdn.example'));
    }
    const { get } = downloader();
    expect(await get(`https://localhost:${port}/secret`)).toEqual(failed('link-private', 'localhost'));
    quiet();
  });

  it.each(['EMFILE', 'ENFILE'])(
    'too many open files (%s) are no fault of the link: the error is thrown',
    async (code) => {
      const full = Object.assign(new Error(`${code}: too many open files`), { code });
      const { get } = downloader({ limits: { attempts: 1 }, resolve: async () => Promise.reject(full) });
      await expect(get('http://v.cdn.test/a', { allowHosts: ['v.cdn.test'] })).rejects.toMatchObject({ code });
    },
  );

  it('resolves a name once per connection, and connects to the checked address', async () => {
    const { server: secret, quiet } = await victim();
    const server = await startServer({ '/a': serve(body) });
    const port = server.host.split(':').at(-1);
    let lookups = 0;
    const resolve = async () => (lookups++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']);
    const { get, path } = downloader({ resolve });
    expectWhole(await get(`http://cdn.example:${port}/a`, { allowHosts: ['cdn.example'] }), path);
    expect(lookups).toBe(1);
    expect(secret.asked).toEqual([]);
    quiet();
  });

  it('allows only the named host, by name or by name and port', async () => {
    const { server: secret, quiet } = await victim();
    const server = await startServer({ '/a': serve(body), '/b': redirect(secret.url('/secret')) });
    for (const allowed of ['127.0.0.1', server.host]) {
      const { get, path } = downloader();
      expectWhole(await get(server.url('/a'), { allowHosts: [allowed] }), path);
      expect(await get(server.url('/b'), { allowHosts: [allowed] })).toMatchObject(failed('link-insecure'));
    }
    const { get } = downloader();
    for (const allowed of ['127.0.0.1:1', '127.0.0', '.0.0.1', '127.0.0.11']) {
      expect(await get(server.url('/a'), { allowHosts: [allowed] })).toMatchObject(failed('link-insecure'));
    }
    quiet();
  });

  it('follows some redirects, but not a loop', async () => {
    const server = await startServer({
      '/1': redirect('/2', 301),
      '/2': redirect('3', 302),
      '/3': redirect('/4?x=1', 303),
      '/4': redirect('/5', 307),
      '/5': redirect('/6', 308),
      '/6': serve(body),
      '/circle': redirect('/circle'),
    });
    const { get, path } = downloader();
    expectWhole(await get(server.url('/1')), path);
    const before = server.asked.length;
    expect(await get(server.url('/circle'))).toEqual(failed('link-failed', 'more than 5 redirects'));
    expect(server.asked.length - before).toBe(6);
  });

  it('error messages contain no signature', async () => {
    const secret = 'x-signature=SECRET';
    const server = await startServer({ '/a': status(403), '/b': redirect(`https://127.0.0.2/?${secret}`) });
    const resolve = async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    };
    const { get } = downloader({ limits: { attempts: 1 }, resolve });
    const urls = [
      server.url('/a'),
      server.url('/b'),
      'https://127.0.0.2/a',
      'http://127.0.0.2/a',
      'https://no.invalid/a',
    ];
    for (const url of urls) expect(JSON.stringify(await get(`${url}?${secret}`))).not.toContain('SECRET');
  });
});
