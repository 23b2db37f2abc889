import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DownloadOptions } from '../../src/tools/download.ts';
import { createHttp } from '../../src/tools/http.ts';
import { type HttpLimits, retryAfterOf } from '../../src/tools/http-answer.ts';
import { openPart } from '../../src/tools/part-file.ts';
import { type Behaviour, cutAfter, inTurn, redirect, serve, startServer, status } from '../servers/fault-server.ts';
import { fakeMedia } from '../servers/media.ts';
import { temporaryFolder } from './folder.ts';

const body = fakeMedia('mp4', 20_000);
const quick = { attempts: 2, pauseMilliseconds: 1, maxPauseMilliseconds: 5, idleMilliseconds: 5000 };

function downloader(limits: Partial<HttpLimits> = {}) {
  const http = createHttp({ limits: { ...quick, ...limits } });
  const path = join(temporaryFolder(), 'sub', 'video');
  const get = async (url: string, odd: Partial<DownloadOptions> = {}) =>
    http.download(url, path, {
      ...{ allowHosts: ['127.0.0.1'], maxBytes: 1_000_000, signal: new AbortController().signal },
      ...{ notMedia: () => null, hasRoom: async () => true, ...odd },
    });
  return { get, path, left: () => readdirSync(dirname(path)) };
}
const failed = (code: string, actual: unknown) => ({
  ok: false,
  issue: { code, severity: 'error', actual, limit: null },
});
const whole = { ok: true, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
const says =
  (code: number, headers: Readonly<Record<string, string | number>>, content = body): Behaviour =>
  (_request, response) =>
    void response.writeHead(code, headers).end(content);

describe('a download', () => {
  it('asks as a program that names itself, for the bytes as they are', async () => {
    const server = await startServer({ '/a': serve(body) });
    await downloader().get(server.url('/a?b=%20c#d'));
    expect(server.asked[0]).toMatchObject({
      path: '/a?b=%20c',
      headers: { 'user-agent': expect.stringContaining('content-port'), 'accept-encoding': 'identity' },
    });
    expect(server.asked[0]?.headers).not.toHaveProperty('range');
  });

  it('tells where it came from in the end', async () => {
    const server = await startServer({ '/a': redirect('/b?c=d'), '/b': serve(body) });
    expect(await downloader().get(server.url('/a'))).toMatchObject({ ...whole, address: server.url('/b?c=d') });
  });

  it('of a file without a byte is an empty file', async () => {
    const server = await startServer({ '/a': serve(Buffer.alloc(0)) });
    const { get, path } = downloader();
    expect(await get(server.url('/a'))).toMatchObject({ ok: true, bytes: 0, head: Buffer.alloc(0) });
    expect(readFileSync(path)).toHaveLength(0);
  });

  it('as large as it may be arrives; a byte more does not, and leaves nothing', async () => {
    const server = await startServer({ '/a': serve(body), '/b': says(200, {}) });
    for (const path of ['/a', '/b']) {
      const { get, left } = downloader();
      expect(await get(server.url(path), { maxBytes: body.length })).toMatchObject(whole);
      expect(left()).toEqual(['video']);
      const other = downloader();
      const tooLarge = failed('link-failed', `larger than ${body.length - 1} bytes`);
      expect(await other.get(server.url(path), { maxBytes: body.length - 1 })).toEqual(tooLarge);
      expect(other.left()).toEqual([]);
    }
  });

  it('is judged by its first 4096 bytes, once, or by all of it where it is shorter', async () => {
    const server = await startServer({ '/a': serve(body), '/b': serve(body.subarray(0, 100)) });
    const heads: number[] = [];
    const notMedia = (head: Uint8Array) => (heads.push(head.length) > 99 ? 'x' : null);
    await downloader().get(server.url('/a'), { notMedia });
    await downloader().get(server.url('/b'), { notMedia });
    expect(heads).toEqual([4096, 100]);
    const inPieces: Behaviour = (_request, response) => {
      response.write(body.subarray(0, 3000));
      setTimeout(() => response.end(body.subarray(3000)), 30);
    };
    const slow = await startServer({ '/a': inPieces });
    const got = await downloader().get(slow.url('/a'), {
      notMedia: (head) => (heads.push(head.length) > 99 ? 'x' : null),
    });
    expect([heads, got]).toMatchObject([[4096, 100, 4096], { ok: true, head: body.subarray(0, 4096) }]);
  });

  it('asks for the room that the rest takes', async () => {
    const etag = '"1"';
    const server = await startServer({
      '/a': inTurn(cutAfter(5000, body, { etag }), serve(body, { etag })),
      '/b': says(200, {}),
    });
    const asked: number[] = [];
    const hasRoom = async (bytes: number) => asked.push(bytes) > 0;
    await downloader().get(server.url('/a'), { hasRoom });
    await downloader().get(server.url('/b'), { hasRoom });
    expect(asked).toEqual([body.length, body.length - 5000, 0]);
  });
});

describe('an answer that is not the file', () => {
  it.each<[string, Behaviour, string, string, number]>([
    ['a redirect without an address', says(302, {}), 'link-failed', 'HTTP 302', 1],
    ['a redirect to what is none', redirect('http://['), 'link-failed', 'unreadable address', 1],
    ['nothing', status(204, {}, ''), 'link-failed', 'HTTP 204', 1],
    ['a status above all', status(599), 'link-failed', 'HTTP 599', 2],
    ['a refusal', status(499), 'link-refused', 'HTTP 499', 1],
    [
      'a part that was not asked for',
      says(206, { 'content-range': 'bytes 0-19999/20000' }),
      'link-failed',
      'it changed while it was fetched',
      2,
    ],
  ])('%s', async (_odd, behaviour, code, actual, times) => {
    const server = await startServer({ '/a': behaviour });
    const { get, left } = downloader();
    expect(await get(server.url('/a'))).toEqual(failed(code, actual));
    expect([server.asked.length, left()]).toEqual([times, []]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['without its place', {}],
    ['of a place in words', { 'content-range': 'bytes some-19999/20000' }],
    ['of other units', { 'content-range': 'lines 5000-19999/20000' }],
    ['of a version that it does not name', { 'content-range': 'bytes 5000-19999/20000', etag: '' }],
  ])('the rest of it %s is fetched again', async (_odd, headers) => {
    const etag = '"1"';
    const rest = says(206, { etag, ...headers }, body.subarray(5000));
    const server = await startServer({ '/a': inTurn(cutAfter(5000, body, { etag }), rest, serve(body, { etag })) });
    const { get, path } = downloader({ attempts: 3 });
    expect(await get(server.url('/a'))).toMatchObject(whole);
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(server.asked.map((each) => each.headers.range)).toEqual([undefined, 'bytes=5000-', undefined]);
  });

  it('the rest of it, of which only the time of its change is known, is resumed by that', async () => {
    const modified = 'Sun, 02 Mar 2025 09:15:04 GMT';
    const server = await startServer({
      '/a': inTurn(cutAfter(5000, body, { etag: 'W/"1"', modified }), serve(body, { etag: 'W/"1"', modified })),
    });
    expect(await downloader().get(server.url('/a'))).toMatchObject(whole);
    expect(server.asked[1]?.headers).toMatchObject({ range: 'bytes=5000-', 'if-range': modified });
  });
});

describe('how long to wait', () => {
  it.each<[string | string[] | undefined, number | null]>([
    ['0', 0],
    ['120', 120_000],
    ['-1', 0],
    ['Sun, 02 Mar 2025 09:15:04 GMT', 0],
    ['soon', null],
    [['1', '2'], null],
    [undefined, null],
  ])('Retry-After %j: %j', (value, milliseconds) => {
    const found = retryAfterOf(value);
    expect(found === null ? null : Math.round(found / 1000) * 1000).toBe(milliseconds);
  });

  it('is doubled before each attempt, up to a limit', async () => {
    const server = await startServer({ '/a': status(503) });
    const { get } = downloader({ attempts: 5, pauseMilliseconds: 40, maxPauseMilliseconds: 80 });
    const begun = performance.now();
    await get(server.url('/a'));
    // 20 to 40, 40 to 80, then 80 twice at most.
    expect(performance.now() - begun).toBeGreaterThan(20 + 40 + 80 + 80 - 5);
    expect(server.asked).toHaveLength(5);
  });

  it('is cut short when the run is stopped, and by the limit for the whole', async () => {
    const server = await startServer({ '/a': status(503, { 'retry-after': '60' }) });
    const waits = { maxPauseMilliseconds: 60_000 };
    const stop = AbortSignal.timeout(100);
    await expect(downloader(waits).get(server.url('/a'), { signal: stop })).rejects.toThrow();
    const limited = downloader({ ...waits, wholeMilliseconds: 100 });
    expect(await limited.get(server.url('/a'))).toEqual(failed('link-failed', 'timed out'));
  });
});

it('a file in place of the folder, or a folder in place of the file, is no fault of the link', async () => {
  const server = await startServer({ '/a': serve(body) });
  const one = downloader();
  writeFileSync(dirname(one.path), '');
  await expect(one.get(server.url('/a'))).rejects.toMatchObject({ code: 'EEXIST' });
  const other = downloader();
  mkdirSync(join(other.path, 'kept'), { recursive: true });
  await expect(other.get(server.url('/a'))).rejects.toMatchObject({ syscall: 'rename' });
  expect(readdirSync(other.path)).toEqual(['kept']);
});

describe('the part of a file', () => {
  const at = () => join(temporaryFolder(), 'a', 'video');

  it.each<[string, string, string | null]>([
    ['its version', '{"validator":"x"}', 'x'],
    ['no version', '{"validator":null}', null],
    ['a version that is no text', '{"validator":1}', null],
    ['no JSON', 'x', null],
    ['a version as long as one may be', `{"validator":"${'x'.repeat(19_984)}"}`, 'x'.repeat(19_984)],
    ['a version that is too long', `{"validator":"${'x'.repeat(19_985)}"}`, null],
  ])('is resumed by the note beside it: %s', async (_odd, note, validator) => {
    const path = at();
    await (await openPart(path)).close();
    writeFileSync(join(dirname(path), '.video.part'), 'begun');
    writeFileSync(join(dirname(path), '.video.part.json'), note);
    const part = await openPart(path);
    expect([part.bytes, part.validator]).toEqual([5, validator]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of part.read()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('begun');
    await part.append(Buffer.from(', ended'));
    await part.finish();
    await part.close();
    expect(readFileSync(path, 'utf8')).toBe('begun, ended');
    expect(readdirSync(dirname(path))).toEqual(['video']);
  });

  it('is kept only where it can be resumed', async () => {
    const path = at();
    const left = () => readdirSync(dirname(path)).sort();
    const begun = async (validator: string | null, text: string) => {
      const part = await openPart(path);
      await part.restart(validator);
      if (text !== '') await part.append(Buffer.from(text));
      await part.close();
    };
    await begun(null, 'text');
    expect(left()).toEqual([]);
    await begun('x', '');
    expect(left()).toEqual([]);
    await begun('x', 'text');
    expect(left()).toEqual(['.video.part', '.video.part.json']);
    const again = await openPart(path);
    await again.restart('y');
    await again.append(Buffer.from('ab'));
    await again.append(Buffer.from('cd'));
    await again.close();
    const third = await openPart(path);
    expect([third.bytes, third.validator, existsSync(path)]).toEqual([4, 'y', false]);
    await third.close();
  });

  it('of more than a megabyte is read whole', async () => {
    const path = at();
    const part = await openPart(path);
    await part.restart('x');
    const content = Buffer.alloc((1 << 20) + 1, 'abc');
    await part.append(content);
    await part.close();
    const again = await openPart(path);
    const chunks: Uint8Array[] = [];
    for await (const chunk of again.read()) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    await again.close();
  });
});
