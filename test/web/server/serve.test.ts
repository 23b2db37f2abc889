import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { encode } from 'uqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sheetPage } from '../../../src/deliver/contact-sheet/page.ts';
import { joinedScript, sheetScript } from '../../../src/deliver/contact-sheet/script.ts';
import { toJson } from '../../../src/state/documents.ts';
import { byteRange } from '../../../src/web/server/byte-range.ts';
import { localAddress } from '../../../src/web/server/local-address.ts';
import { qrCode, qrPicture } from '../../../src/web/server/qr-code.ts';
import { contentType, stepsOf } from '../../../src/web/server/request-path.ts';
import { type Serving, serve } from '../../../src/web/server/server.ts';
import { noPosting } from '../../deliver/contact-sheet/posting.ts';
import { targetNamed } from '../../deliver/contact-sheet/sample.ts';
import { bin, runPort } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { storeTools } from './tools.ts';

describe('which file an address asks for', () => {
  it.each<[string, string, readonly string[] | null]>([
    ['the folder', '/t/', []],
    ['a file', '/t/maya/rednote/index.html', ['maya', 'rednote', 'index.html']],
    ['with a query', '/t/a.jpg?x=/../y', ['a.jpg']],
    ['a name in another script', '/t/%E5%B0%8F/a.jpg', ['小', 'a.jpg']],
    ['a space', '/t/a%20b.jpg', ['a b.jpg']],
    ['no token', '/', null],
    ['no token, no slash', '', null],
    ['the token alone', '/t', null],
    ['another token', '/u/a.jpg', null],
    ['a token that begins like it', '/tt/a.jpg', null],
    ['a half of it', '//a.jpg', null],
    ['up', '/t/../a.jpg', null],
    ['up, encoded', '/t/%2e%2e/a.jpg', null],
    ['up, encoded twice: a name', '/t/%252e%252e/a.jpg', ['%2e%2e', 'a.jpg']],
    ['a slash inside a name', '/t/..%2fa.jpg', null],
    ['a back slash', '/t/a%5cb.jpg', null],
    ['a drive', '/t/C:/a.jpg', null],
    ['a stream of Windows', '/t/a.jpg::$DATA', null],
    ['a zero byte', '/t/a.jpg%00.html', null],
    ['hidden', '/t/.port/cache.json', null],
    ['hidden at the end', '/t/a/.a.jpg', null],
    ['a dot at the end, which Windows drops', '/t/originals./a.mp4', null],
    ['originals', '/t/maya/originals/a.mp4', null],
    ['what is said in videos', '/t/maya/speech/a.srt', null],
    ['an account of that name', '/t/speech/shorts/a/video.srt', ['speech', 'shorts', 'a', 'video.srt']],
    ['an empty step', '/t//a.jpg', null],
    ['a folder', '/t/maya/', null],
    ['no encoding', '/t/%zz', null],
    ['a whole address', 'http://evil/t/a.jpg', null],
  ])('%s', (_odd, url, steps) => expect(stepsOf(url, 't')).toEqual(steps));

  it('whatever is asked, no step leads out of the folder', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('..', '.', '%2e', '/', '%2f', '\\', '%5c', 't', '%00', ':', ' '), fc.string()),
        ),
        (parts) => {
          for (const step of stepsOf(`/t/${parts.join('')}`, 't') ?? []) {
            expect(step).not.toMatch(/^\.|[/\\:\u0000]|^$/);
          }
        },
      ),
    );
  });

  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['other.html', null],
    ['video.MP4', 'video/mp4'],
    ['01.jpg', 'image/jpeg'],
    ['caption.txt', 'text/plain; charset=utf-8'],
    ['video.srt', 'text/plain; charset=utf-8'],
    ['post.json', null],
    ['manifest.json', null],
    ['captions.csv', null],
    ['constructor', null],
    ['a.constructor', null],
    ['x.svg', null],
  ])('%s is %s', (name, type) => expect(contentType(name)).toBe(type));
});

describe('byte ranges of 10 bytes', () => {
  const part = (from: number, to: number) => ({ kind: 'part', from, to });
  it.each<[string | undefined, object]>([
    [undefined, { kind: 'whole' }],
    ['bytes=0-3', part(0, 3)],
    ['bytes=4-', part(4, 9)],
    ['bytes=9-9', part(9, 9)],
    ['bytes=0-99', part(0, 9)],
    ['bytes=-3', part(7, 9)],
    ['bytes=-99', part(0, 9)],
    ['bytes=10-', { kind: 'outside' }],
    ['bytes=10-12', { kind: 'outside' }],
    ['bytes=-0', { kind: 'outside' }],
    ['bytes=5-2', { kind: 'whole' }],
    ['bytes=-', { kind: 'whole' }],
    ['bytes=0-1,3-4', { kind: 'whole' }],
    ['items=0-1', { kind: 'whole' }],
    ['bytes=0x1-2', { kind: 'whole' }],
    ['bytes=99999999999999999999-', { kind: 'whole' }],
  ])('%s', (header, range) => expect(byteRange(header, 10)).toEqual(range));

  it.each(['bytes=0-', 'bytes=-1'])('%s of an empty file is outside', (header) =>
    expect(byteRange(header, 0)).toEqual({ kind: 'outside' }),
  );
});

describe('the address for phones', () => {
  const card = (address: string, internal = false) => ({ address, internal });
  it.each<[string, Parameters<typeof localAddress>[0], string | null]>([
    ['a home network', { wlan0: [card('192.168.1.20')] }, '192.168.1.20'],
    ['loopback alone', { lo: [card('127.0.0.1', true)] }, null],
    ['containers before the card', { docker0: [card('172.17.0.1')], eth0: [card('10.0.0.7')] }, '10.0.0.7'],
    ['two networks', { eth0: [card('10.0.0.7')], wlan0: [card('192.168.0.2')] }, '192.168.0.2'],
    ['the public internet', { eth0: [card('203.0.113.9')] }, null],
    ['a local network of IPv6 alone', { eth0: [card('2001:db8::7'), card('fd12:3456::7')] }, 'fd12:3456::7'],
    ['IPv4 before IPv6', { eth0: [card('fd12:3456::7'), card('10.0.0.7')] }, '10.0.0.7'],
    ['an address of one cable alone', { eth0: [card('fe80::1')] }, null],
    ['not quite private', { eth0: [card('172.32.0.1')] }, null],
    ['no card', {}, null],
  ])('%s', (_odd, interfaces, address) => expect(localAddress(interfaces)).toBe(address));
});

it('the QR code is the address, square by square', () => {
  const url = 'http://192.168.1.20:8476/AbCdEfGhIjKlMnOpQrStUv/';
  const lines = qrCode(url).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  const rows = lines.flatMap((line) => [
    [...line].map((each) => '█▀'.includes(each)),
    [...line].map((each) => '█▄'.includes(each)),
  ]);
  const { data } = encode(url, { border: 2 });
  for (const [y, row] of data.entries()) expect(rows[y]).toEqual(row.map((dark) => !dark));
});

it('the QR code as a picture is the address, square by square', () => {
  const url = 'http://192.168.1.20:8477/AbCdEfGhIjKlMnOpQrStUvWxYz012345#account=maya&target=rednote';
  const svg = qrPicture(url);
  const { data, size } = encode(url, { border: 4 });
  const step = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) / size;
  const dark = [...svg.matchAll(/M(\d+),(\d+)/g)].map(([, x, y]) => `${Number(x) / step} ${Number(y) / step}`);
  const wanted = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])));
  expect(dark.sort()).toEqual(wanted.sort());
});

const manifest = toJson({ tool: 'content-port 1.0.0', posts: [] });
const sheetOf = (account: string, name: string, script = sheetScript()) =>
  [...sheetPage({ account, target: targetNamed(name), rows: [], posting: noPosting, uploadFolder: null, script })].join(
    '',
  );

describe('the server', () => {
  const token = 'AbCdEfGhIjKlMnOpQrStUv';
  let folder = '';
  let serving: Serving;
  beforeAll(async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret.jpg'), 'secret');
    folder = join(await temporaryFolder(), 'ported');
    const put = async (path: string, text: string) => {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    };
    await put('maya/rednote/index.html', sheetOf('maya', 'rednote'));
    await put('maya/rednote/k/video.mp4', '0123456789');
    await put('maya/rednote/k/post.json', '{}');
    await put('maya/rednote/k/.x.jpg', 'hidden');
    await put('maya/rednote/k/empty.jpg', '');
    await put('maya/originals/k.mp4', 'original');
    await put('maya/manifest.json', manifest);
    await put('maya/rednote/k/index.html', sheetOf('maya', 'rednote'));
    await put('maya/rednote/k/x.html', sheetOf('maya', 'rednote'));
    await put('maya/photos/index.html', '<!doctype html><script>alert(location)</script>');
    await put('maya/photos/a.jpg', 'private');
    await put('maya/forged/index.html', sheetOf('maya', 'rednote').replace('script-src', 'script-src *'));
    await put('client/site/index.html', sheetOf('maya', 'rednote'));
    await put('client/notes.txt', 'private');
    await put('other/rednote/index.html', sheetOf('maya', 'rednote'));
    await put('other/manifest.json', '{ "name": "an app" }');
    if (process.platform !== 'win32') execFileSync('mkfifo', [join(folder, 'maya/rednote/k/pipe.jpg')]);
    await put('maya/.port/cache.json', '{}');
    await put('lo<b>la/shorts/index.html', sheetOf('lola', 'shorts'));
    await put('lo<b>la/manifest.json', manifest);
    await symlink(join(outside, 'secret.jpg'), join(folder, 'maya/rednote/k/link.jpg'));
    await symlink(outside, join(folder, 'maya/rednote/linked'));
    serving = await serve({ folder, host: '127.0.0.1', port: 0, token, tools: storeTools() });
  });
  afterAll(async () => serving.close());

  interface Said {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }
  /** Sends a path as it is, without the tidying of URL parsers. */
  async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Said> {
    const { port } = new URL(serving.url);
    return await new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      sent.on('error', reject).end();
    });
  }
  const video = `/${token}/maya/rednote/k/video.mp4`;

  it('shows the sheets that there are, escaped, and each sheet', async () => {
    const start = await ask(`/${token}/`);
    expect(start.status).toBe(200);
    expect(start.body).toContain('href="./maya/rednote/index.html"');
    expect(start.body).toContain('lo&lt;b&gt;la · shorts');
    const sheet = await ask(`/${token}/maya/rednote/index.html`);
    expect(sheet).toMatchObject({ status: 200, body: sheetOf('maya', 'rednote') });
    expect(sheet.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; img-src 'self'; media-src 'self'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
      ),
    });
    expect(start.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(start.headers['content-security-policy']).not.toContain('script-src');
    expect(start.body.match(/href="[^"]*"/g)).toHaveLength(2);
  });

  it('shows the counts of each account and platform that its manifest has', async () => {
    const path = join(folder, 'lo<b>la/manifest.json');
    const none = { delivered: 0, held: 0, rejected: 0, failed: 0 };
    const about = {
      tool: 'content-port 1.0.0',
      export: { files: ['a.zip'], account: 'lo<b>la', posts: 10 },
      totals: { shorts: { ...none, delivered: 7, held: 2, failed: 1 }, reels: { ...none, delivered: 99 } },
    };
    const counts = async () => {
      const { body } = await ask(`/${token}/`);
      const [, line = ''] =
        /<li><a href="[^"]*" dir="auto">lo&lt;b&gt;la · shorts<\/a>(.*?)(?=<li><a|<\/main>)/.exec(body) ?? [];
      return line
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    };
    for (const [text, expected] of [
      [toJson({ ...about, posts: [] }), '7 delivered 2 held 1 failed'],
      [toJson({ ...about, keys: { '2025-03-02_09-15-04': null }, posts: [] }), '7 delivered 2 held 1 failed'],
      [toJson({ ...about, totals: { shorts: { ...none, delivered: -1 } }, posts: [] }), ''],
      [toJson({ ...about, totals: { shorts: '<script>' }, posts: [] }), ''],
      [toJson({ tool: 'content-port 1.0.0', export: { posts: 'x'.repeat(100_000) }, posts: [] }), ''],
    ] as const) {
      await writeFile(path, text);
      expect(await counts()).toBe(expected);
    }
    await writeFile(path, manifest);
  });

  it.each([
    ['sends the browser on', '<meta http-equiv="refresh" content="0;url=//evil.invalid">'],
    ['takes the policy of referrers back', '<META name="referrer" content="unsafe-url">'],
    [
      'hides that behind one of our names',
      '<meta name="viewport" http-equiv="refresh" content="0;url=//evil.invalid">',
    ],
    ['tells the address where a link leads', '<a title=">" ReferrerPolicy=unsafe-url href="//evil.invalid">x</a>'],
    ['does so behind 300 kB of text', `${'x'.repeat(300_000)}<a referrerpolicy=unsafe-url href="//evil.invalid">x</a>`],
    ['does so where two pieces meet', `${'x'.repeat(65_000)}${'<meta name=referrer content=unsafe-url>'.repeat(60)}`],
  ])('a page that begins like a sheet of ours and %s is not shown', async (_, markup) => {
    const page = join(folder, 'maya/rednote/index.html');
    await writeFile(page, sheetOf('maya', 'rednote').replace('</body>', `${markup}</body>`));
    expect(await readFile(page, 'utf8')).toContain(markup);
    expect((await ask(`/${token}/maya/rednote/index.html`)).status).toBe(404);
    const long = sheetOf('maya', 'rednote').replace('</body>', `${'<p>x &lt;meta</p>'.repeat(20_000)}</body>`);
    await writeFile(page, long);
    expect(await ask(`/${token}/maya/rednote/index.html`)).toMatchObject({ status: 200, body: long });
    await writeFile(page, sheetOf('maya', 'rednote'));
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['no token', '/', {}, 'GET'],
    ['another token', `/${token}x/`, {}, 'GET'],
    ['a file without a token', '/maya/rednote/k/video.mp4', {}, 'GET'],
    ['another host: DNS rebinding', video, { host: 'evil.example' }, 'GET'],
    ['another host of that port', video, { host: 'evil.example:80' }, 'GET'],
    ['the host without its port', video, { host: '127.0.0.1' }, 'GET'],
    ['writing', video, {}, 'POST'],
    ['deleting', video, {}, 'DELETE'],
    ['options', video, {}, 'OPTIONS'],
    ['a folder', `/${token}/maya/rednote/k`, {}, 'GET'],
    ['a folder with a slash', `/${token}/maya/`, {}, 'GET'],
    ['originals', `/${token}/maya/originals/k.mp4`, {}, 'GET'],
    ['documents of ours', `/${token}/maya/manifest.json`, {}, 'GET'],
    ['a row of the manifest', `/${token}/maya/rednote/k/post.json`, {}, 'GET'],
    ['hidden folders', `/${token}/maya/.port/cache.json`, {}, 'GET'],
    ['hidden files', `/${token}/maya/rednote/k/.x.jpg`, {}, 'GET'],
    ['a symbolic link', `/${token}/maya/rednote/k/link.jpg`, {}, 'GET'],
    ['through a linked folder', `/${token}/maya/rednote/linked/secret.jpg`, {}, 'GET'],
    ['out of the folder', `/${token}/../secret.jpg`, {}, 'GET'],
    ['out of the folder, encoded', `/${token}/%2e%2e%2fsecret.jpg`, {}, 'GET'],
    ['nothing there', `/${token}/maya/rednote/k/x.mp4`, {}, 'GET'],
    ['a page that is no sheet', `/${token}/maya/rednote/k/x.html`, {}, 'GET'],
    ['a page in the folder of a post', `/${token}/maya/rednote/k/index.html`, {}, 'GET'],
    ['a page of a client', `/${token}/maya/photos/index.html`, {}, 'GET'],
    ['a photo beside it', `/${token}/maya/photos/a.jpg`, {}, 'GET'],
    ['a sheet with another policy', `/${token}/maya/forged/index.html`, {}, 'GET'],
    ['a sheet without a manifest', `/${token}/client/site/index.html`, {}, 'GET'],
    ['a sheet beside the manifest of another program', `/${token}/other/rednote/index.html`, {}, 'GET'],
    ['a file of a client', `/${token}/client/notes.txt`, {}, 'GET'],
    ['a pipe', `/${token}/maya/rednote/k/pipe.jpg`, {}, 'GET'],
  ])('%s: the same nothing', async (_odd, path, headers, method) => {
    const said = await ask(path, headers, method);
    expect([said.status, said.body, said.headers['content-length']]).toEqual([404, '', '0']);
  });

  it.each<[string, string | undefined, number, string, string | undefined]>([
    ['all', undefined, 200, '0123456789', undefined],
    ['the start', 'bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['from the middle', 'bytes=6-', 206, '6789', 'bytes 6-9/10'],
    ['the end', 'bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['beyond', 'bytes=10-', 416, '', 'bytes */10'],
    ['two at once', 'bytes=0-1,4-5', 200, '0123456789', undefined],
  ])('a video: %s', async (_odd, range, status, body, contentRange) => {
    const said = await ask(video, range === undefined ? {} : { range });
    expect([said.status, said.body, said.headers['content-range']]).toEqual([status, body, contentRange]);
    expect(said.headers).toMatchObject({
      'accept-ranges': 'bytes',
      'content-type': 'video/mp4',
      'content-length': String(body.length),
    });
    const head = await ask(video, range === undefined ? {} : { range }, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([status, '', String(body.length)]);
  });

  it('a range of another version is the whole; what the browser has is not sent again', async () => {
    const { headers } = await ask(video);
    const etag = headers.etag ?? '';
    expect((await ask(video, { range: 'bytes=0-3', 'if-range': etag })).status).toBe(206);
    expect((await ask(video, { range: 'bytes=0-3', 'if-range': '"old"' })).body).toBe('0123456789');
    expect(await ask(video, { 'if-none-match': etag })).toMatchObject({ status: 304, body: '' });
  });

  it('an empty file, and localhost by its name', async () => {
    expect(await ask(`/${token}/maya/rednote/k/empty.jpg`)).toMatchObject({ status: 200, body: '' });
    expect((await ask(video, { host: `localhost:${new URL(serving.url).port}` })).status).toBe(200);
  });

  it('connections that say nothing are bounded for each address, and others are answered', async () => {
    const { port } = new URL(serving.url);
    const idle = Array.from({ length: 60 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}));
    await expect.poll(() => idle.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(10);
    for (const socket of idle) socket.destroy();
    await expect.poll(async () => (await ask(video).catch(() => null))?.status).toBe(200);
  });

  it('the folder of one platform is its sheet', async () => {
    const one = await serve({
      folder: join(folder, 'maya/rednote'),
      host: '127.0.0.1',
      port: 0,
      token,
      tools: storeTools(),
    });
    const response = await fetch(one.url);
    expect(await response.text()).toBe(sheetOf('maya', 'rednote'));
    await one.close();
    await expect(fetch(one.url)).rejects.toThrow();
  });

  it('on the command line: an address with a token of its own, ended by Ctrl-C with 0', async () => {
    // The built program has the page's script as the compiler wrote it.
    const script = joinedScript((name) => readFileSync(join(bin, '../../dist', name), 'utf8'));
    const own = await temporaryFolder();
    await mkdir(join(own, 'maya/rednote'), { recursive: true });
    await writeFile(join(own, 'maya/manifest.json'), manifest);
    await writeFile(join(own, 'maya/rednote/index.html'), sheetOf('maya', 'rednote', script));
    const child = spawn(process.execPath, [bin, 'serve', own], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [text] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const url = /http:\/\/127\.0\.0\.1:\d+\/[\w-]{22}\//.exec(text)?.[0] ?? '';
    expect((await fetch(`${url}maya/rednote/index.html`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
  });

  it.each<[string, string[], RegExp]>([
    ['no folder', ['serve', 'nowhere'], /There is no folder "nowhere"/],
    ['a folder without sheets', ['serve', '.'], /There is no contact sheet/],
    ['a port that is none', ['serve', '--port', '99999'], /--port takes a number/],
  ])('%s', async (_odd, args, words) => {
    const { code, stderr } = await runPort(args, await temporaryFolder());
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });
});
