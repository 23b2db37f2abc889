import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, runPort, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio } from './started.ts';

/** Requests that no browser sends by itself, as bytes on a socket. */
describe('a studio under attack', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  const secretWord = 'not for others';
  beforeAll(async () => {
    folder = await workFolder();
    const args = [fixture('export.zip'), '--to', 'rednote', '--only', '2025-03-02_09-15-04', '--offline'];
    expect((await runPort([...args, '--no-listing'], folder.path)).code).toBe(0);
    const account = join(folder.path, 'ported/maya');
    await writeFile(join(folder.path, 'secret.jpg'), secretWord);
    await mkdir(join(account, '.hidden'));
    await writeFile(join(account, '.hidden/a.jpg'), secretWord);
    await symlink(join(folder.path, 'secret.jpg'), join(account, 'originals/link.jpg'));
    await symlink(folder.path, join(account, 'originals/linked'));
    studio = await startStudio(folder.path, ['--offline']);
    await studio.stateWhere(({ accounts }) => accounts.length > 0);
  });
  afterAll(async () => {
    expect(await studio.end()).toBe(0);
    await folder.remove();
  });

  /** @returns all that comes until the connection is closed, or nothing has come for a moment */
  async function say(text: string, quietMilliseconds = 1500): Promise<string> {
    const { hostname, port } = new URL(studio.origin);
    return await new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      let found = '';
      socket.setTimeout(quietMilliseconds, () => socket.destroy());
      socket.on('data', (chunk) => {
        found += chunk;
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(found));
      socket.write(text);
    });
  }
  const host = () => new URL(studio.origin).host;
  const owner = () => `Host: ${host()}\r\nCookie: ${studio.cookie}\r\nX-Studio: ${studio.token}\r\n`;

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s is answered with nothing, with the cookie and without',
    async (method) => {
      for (const headers of [owner(), `Host: ${host()}\r\n`]) {
        for (const path of ['/', '/api/state', '/api/options', '/api/run', '/studio.js']) {
          const said = await say(`${method} ${path} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
          expect([path, said]).toEqual([path, expect.stringMatching(/^HTTP\/1\.1 4\d\d /)]);
          // TRACE would send the cookie back, which no script can read.
          expect(said.split('\r\n\r\n')[1] ?? '').toMatch(/^(?:0)?$/);
        }
      }
    },
  );

  it.each([
    ['CONNECT', (head: string) => `CONNECT 10.0.0.1:80 HTTP/1.1\r\n${head}\r\n`],
    ['a websocket', (head: string) => `GET /api/state HTTP/1.1\r\n${head}${upgrade}\r\n`],
    ['HTTP/2 in the clear', (head: string) => `GET / HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`],
  ])('%s: no other protocol is spoken', async (_what, request) => {
    const said = await say(request(owner()));
    expect(said).not.toContain('101 ');
  });
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n';

  it.each([
    ['a whole address of this server', () => `GET ${studio.origin}/api/state HTTP/1.1\r\nHost: evil.example\r\n`],
    ['a whole address of another one', () => `GET http://evil.example/api/state HTTP/1.1\r\nHost: evil.example\r\n`],
    ['another host before', () => `GET /api/state HTTP/1.1\r\nHost: evil.example\r\nHost: ${host()}\r\n`],
    ['no host', () => 'GET /api/state HTTP/1.0\r\n'],
    ['a user before the host', () => `GET /api/state HTTP/1.1\r\nHost: evil.example@${host()}\r\n`],
    [
      'a host with a dot behind',
      () => `GET /api/state HTTP/1.1\r\nHost: localhost.:${new URL(studio.origin).port}\r\n`,
    ],
    ['a number for the host', () => `GET /api/state HTTP/1.1\r\nHost: 2130706433:${new URL(studio.origin).port}\r\n`],
    ['the address of all', () => `GET /api/state HTTP/1.1\r\nHost: 0.0.0.0:${new URL(studio.origin).port}\r\n`],
  ])('%s, with the cookie: no word of the state', async (_what, head) => {
    const said = await say(`${head()}Cookie: ${studio.cookie}\r\nConnection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect(said).not.toContain('version');
  });

  it.each([
    ['a header of 100 kB', `X: ${'x'.repeat(100_000)}\r\n`],
    ['thousands of headers', 'X: y\r\n'.repeat(5000)],
    ['a cookie of 15 kB', `Cookie: ${'a=b; '.repeat(3000)}\r\n`],
  ])('%s: refused or answered with nothing, and the studio continues', async (_what, header) => {
    const said = await say(`GET /api/state HTTP/1.1\r\nHost: ${host()}\r\n${header}Connection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect((await studio.state()).version).not.toBe('');
  });

  it('a request hidden in the body of another is not answered', async () => {
    const hidden = `GET /api/state HTTP/1.1\r\n${owner()}\r\n`;
    const both = `Content-Length: ${hidden.length}\r\nTransfer-Encoding: chunked\r\n`;
    const said = await say(`POST /api/options HTTP/1.1\r\nHost: ${host()}\r\n${both}\r\n0\r\n\r\n${hidden}`);
    expect(said).not.toContain('HTTP/1.1 200');
  });

  it('sixty connections that say nothing: others of that machine are answered', async () => {
    const { hostname, port } = new URL(studio.origin);
    const idle = Array.from({ length: 60 }, () => connect(Number(port), hostname).on('error', () => {}));
    await until(() => idle.filter(({ destroyed }) => destroyed).length > 10);
    for (const socket of idle) socket.destroy();
    await until(async () => (await studio.state().catch(() => null)) !== null);
  });

  it('a head that comes byte by byte is not waited for', { timeout: 60_000 }, async () => {
    const { hostname, port } = new URL(studio.origin);
    const socket = connect(Number(port), hostname).on('error', () => {});
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const started = Date.now();
    const drip = setInterval(() => socket.write('x'), 300);
    socket.write('GET / HTTP/1.1\r\nX: ');
    await closed;
    clearInterval(drip);
    expect(Date.now() - started).toBeLessThan(25_000);
  });

  it.each([
    '/api/media/maya/../../secret.jpg',
    '/api/media/maya/%2e%2e/%2e%2e/secret.jpg',
    '/api/media/maya/..%2f..%2fsecret.jpg',
    '/api/media/maya/..%5c..%5csecret.jpg',
    '/api/media/maya/\\..\\..\\secret.jpg',
    '/api/media/../secret.jpg',
    '/api/media/%2e%2e/secret.jpg',
    '/api/media/maya/.hidden/a.jpg',
    '/api/media/maya/originals/link.jpg',
    '/api/media/maya/originals/linked/secret.jpg',
    '/api/media/maya/originals/link.jpg%00.jpg',
    '/api/media/maya//secret.jpg',
    '/api/media/maya/secret.jpg::$DATA',
    '/api/media/nobody/secret.jpg',
    '/api/media/maya',
    '/api/media/',
    '/api//media/maya/originals/link.jpg',
    '/studio.js/../../package.json',
    '/..%2fpackage.json',
    '/index.html',
    '/%73tudio.js%00',
    '//etc/passwd',
  ])('%s leads to no file', async (path) => {
    const said = await say(`GET ${path} HTTP/1.1\r\n${owner()}Connection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(said).not.toContain(secretWord);
    expect(said).not.toContain('"name"');
  });

  it.each(['manifest.json', 'captions.csv', 'posting.csv', 'rednote/index.html', 'originals/sources.jsonl'])(
    '%s is no medium',
    async (name) => {
      const { status, text } = await studio.ask(`/api/media/maya/${name}`, { headers: { cookie: studio.cookie } });
      expect([status, text]).toEqual([404, '{"refused":"There is no such file."}']);
    },
  );

  it('HEAD is answered without a body, and leaves no connection of events open', async () => {
    for (const [path, status] of [
      ['/', 200],
      ['/api/state', 200],
      ['/api/events', 400],
    ] as const) {
      const said = await studio.ask(path, { method: 'HEAD', headers: { cookie: studio.cookie } });
      expect([path, said.status, said.text]).toEqual([path, status, '']);
    }
  });

  it('a body of many megabytes without a cookie is not read to its end', async () => {
    const head = `POST /api/export?name=a.zip HTTP/1.1\r\nHost: ${host()}\r\nContent-Length: 10000000000\r\n\r\n`;
    const said = await say(head + 'x'.repeat(1_000_000));
    expect(said).toMatch(/^HTTP\/1\.1 404 /);
  });

  it.each([
    ['no JSON', 'nothing'],
    ['a list', '[]'],
    ['a prototype', '{"__proto__":{"to":"rednote"},"options":{}}'],
    ['more than a megabyte', JSON.stringify({ options: { tags: 'x'.repeat(1_100_000) } })],
    ['a path in an option', '{"options":{"out":"/tmp"}}'],
    ['a command', '{"options":{"transcribe":"touch /tmp/x"}}'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s as options is refused in one sentence', async (_what, body) => {
    const headers = { cookie: studio.cookie, 'x-studio': studio.token };
    const { status, text } = await studio.ask('/api/options', { method: 'POST', headers, body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(Object.keys(JSON.parse(text))).toEqual(['refused']);
  });
});
