import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localAddress } from '../../../src/web/server/local-address.ts';
import { createAccess } from '../../../src/web/studio/access.ts';
import { fixture, runPort, until, workFolder } from '../../e2e/run-port.ts';
import { type Started, startStudio } from './started.ts';

describe('secrets and cookies', () => {
  it('exchange a secret once', () => {
    const access = createAccess();
    const secret = access.fresh('owner');
    const cookie = access.exchange(secret, 'owner');
    expect(access.visitor(cookie)).toMatchObject({ role: 'owner' });
    expect(access.exchange(secret, 'owner')).toBeNull();
    expect(access.wasExchanged(secret)).toBe(true);
  });

  it('a fresh secret replaces one that was not used', () => {
    const access = createAccess();
    const first = access.fresh('owner');
    access.fresh('owner');
    expect(access.exchange(first, 'owner')).toBeNull();
  });

  it('secrets of several places work side by side', () => {
    const access = createAccess();
    const [first, card] = [access.fresh('reader', 'terminal'), access.fresh('reader', 'card')];
    expect(access.exchange(card, 'reader')).not.toBeNull();
    expect(access.exchange(first, 'reader')).not.toBeNull();
    expect(access.exchange(first, 'reader')).toBeNull();
  });

  it('a secret for a phone opens nothing for an owner, and is not spent by the attempt', () => {
    const access = createAccess();
    access.fresh('owner');
    const secret = access.fresh('reader');
    expect(access.exchange(secret, 'owner')).toBeNull();
    expect(access.visitor(access.exchange(secret, 'reader'))?.role).toBe('reader');
  });
});

describe('a studio that nobody was let into', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  /** A word of the export's posts that must not get out. */
  const secretWord = 'maya';

  beforeAll(async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline', fixture('export.zip')]);
    await studio.stateWhere(({ exports }) => exports[0]?.inspection !== null);
  });
  afterAll(async () => {
    expect(await studio.end()).toBe(0);
    await folder.remove();
  });

  const fresh = async () => {
    const before = studio.printed().length;
    studio.child.stdin?.write('\n');
    await until(() => studio.printed().length > before);
    return new URL((studio.printed().at(-1) ?? '').replace('Studio: ', '')).pathname;
  };
  const host = () => new URL(studio.origin).host;

  it('prints the address as its first line', () => {
    expect(studio.printed()[0]).toMatch(/^Studio: http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/);
  });

  it('Enter prints a fresh address that works once, and redirects to /', async () => {
    const path = await fresh();
    const first = await studio.ask(path);
    expect([first.status, first.headers.location]).toEqual([303, '/']);
    const { port } = new URL(studio.origin);
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^[\\w-]*${port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    const again = await studio.ask(path);
    expect([again.status, again.text]).toEqual([404, '']);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['another Host, as after DNS rebinding', { host: 'evil.example' }],
    ['another Host on the same port', { host: 'evil.example:8477' }],
    ['a foreign Origin', { origin: 'http://evil.example' }],
    ['an Origin of another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['the Origin null', { origin: 'null' }],
    ['a page of another port', { 'sec-fetch-site': 'same-site' }],
    ['a page elsewhere', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused at every address, even with the cookie, and spends no secret', async (_what, headers) => {
    const path = await fresh();
    for (const each of [path, '/', '/api/state', '/api/events', '/studio.js', '/api/posts?account=maya']) {
      const { status, text } = await studio.ask(each, { headers: { cookie: studio.cookie, ...headers } });
      expect([each, status, text]).toEqual([each, 403, '']);
    }
    expect((await studio.ask(path)).status).toBe(303);
  });

  it('a prefetch and a HEAD spend no secret', async () => {
    const path = await fresh();
    expect((await studio.ask(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(404);
    expect((await studio.ask(path, { method: 'HEAD' })).status).toBe(404);
    expect((await studio.ask(path)).status).toBe(303);
  });

  it.each([
    '/',
    '/index.html',
    '/studio.js',
    '/api/state',
    '/api/events',
    '/api/posts?account=maya',
    '/api/media/maya/originals/a.mp4',
    '/api/nothing',
    '/../../etc/passwd',
    '/%2e%2e/package.json',
    `/${'x'.repeat(32)}`,
  ])('no cookie: %s is not there', async (path) => {
    for (const headers of [{}, { cookie: `port-studio-${new URL(studio.origin).port}=${'x'.repeat(32)}` }]) {
      const { status, text } = await studio.ask(path, { headers });
      expect([status, text]).toEqual([404, '']);
    }
  });

  it('a cookie under the name of another port does not open it', async () => {
    const value = studio.cookie.split('=')[1];
    expect((await studio.ask('/', { headers: { cookie: `port-studio-1=${value}` } })).status).toBe(404);
  });

  it('the browser that has the cookie may open its spent address again', async () => {
    const { status, headers } = await studio.ask(studio.address, { headers: { cookie: studio.cookie } });
    expect([status, headers.location]).toEqual([303, '/']);
  });

  it.each([
    ['no token', {}],
    ['another token', { 'x-studio': 'x'.repeat(32) }],
    ['the token, from a page of the same site', { 'sec-fetch-site': 'same-site' }],
  ])('%s: nothing is changed', async (_what, headers) => {
    const own = 'sec-fetch-site' in headers ? { 'x-studio': studio.token } : {};
    const sent = { method: 'POST', body: '{"options":{"to":"rednote"}}' };
    const { status, text } = await studio.ask('/api/options', {
      ...sent,
      headers: { cookie: studio.cookie, ...own, ...headers },
    });
    expect(status).toBe(403);
    expect(text).not.toContain(secretWord);
    expect((await studio.state()).options['to']).toBeUndefined();
  });

  it('sends the page with a strict policy and its token, and no word of a post', async () => {
    const { text, headers } = await studio.ask('/', { headers: { cookie: studio.cookie } });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/);
    expect(text).not.toContain(secretWord);
    expect(text).not.toMatch(/https?:\/\//);
  });

  it('answers no request with a Host that is no name', async () => {
    const text = await new Promise<string>((resolve) => {
      const { hostname, port } = new URL(studio.origin);
      const socket = connect(Number(port), hostname);
      let found = '';
      socket.on('data', (chunk) => {
        found += chunk;
      });
      socket.on('close', () => resolve(found));
      socket.end(`GET / HTTP/1.1\r\nHost: a b\r\nCookie: ${studio.cookie}\r\nConnection: close\r\n\r\n`);
    });
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(text).not.toContain(secretWord);
    expect(text).not.toContain('<html');
  });

  it('localhost is a name of the same place', async () => {
    const path = await fresh();
    const { status } = await studio.ask(path, { headers: { host: host().replace('127.0.0.1', 'localhost') } });
    expect(status).toBe(303);
  });
});

describe('usage', () => {
  it.each([
    ['a port that is none', ['--port', 'x'], '--port takes a whole number'],
    ['an option that is wrong', ['--limit', 'x'], '--limit takes a whole number'],
  ])('%s: one sentence, exit 2', async (_what, args, sentence) => {
    const { path, remove } = await workFolder();
    const { code, stderr, stdout } = await runPort(['studio', '--no-open', ...args], path);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    await remove();
  });

  it('a port that is taken: one sentence, exit 2', async () => {
    const { path, remove } = await workFolder();
    const studio = await startStudio(path);
    const { port } = new URL(studio.origin);
    const second = await runPort(['studio', '--no-open', '--port', port], path, { XDG_CACHE_HOME: join(path, 'c') });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('Choose another with --port');
    await studio.end();
    await remove();
  });
});

const lan = localAddress(networkInterfaces());

describe.skipIf(lan === null)('with --lan', () => {
  it('lets a phone look and tick, and do nothing else', async () => {
    const { path, remove } = await workFolder();
    const studio = await startStudio(path, ['--lan', '--offline', fixture('export.zip')]);
    await until(() => studio.printed().some((line) => line.startsWith('Phone: ')));
    const phone = (studio.printed().find((line) => line.startsWith('Phone: ')) ?? '').slice(7);
    expect(new URL(phone).hostname.replace(/[[\]]/g, '')).toBe(lan);
    const first = await studio.ask(phone);
    expect(first.status).toBe(303);
    const [cookie = ''] = (first.headers['set-cookie']?.[0] ?? '').split(';');
    const page = await studio.ask(new URL('/', phone).href, { headers: { cookie } });
    const token = /name="studio-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const headers = { cookie, 'x-studio': token };
    const at = (name: string) => new URL(`/api/${name}`, phone).href;
    const card = 'account=maya&key=2025-12-06_17-42-30&target=rednote';
    const code = await studio.ask(`/api/qr?${card}`, { headers: { cookie: studio.cookie } });
    expect([code.status, code.headers['content-type'], code.headers['cache-control']]).toEqual([
      ...[200, 'image/svg+xml', 'no-store'],
    ]);
    expect((await studio.ask(at('state'), { headers })).status).toBe(200);
    for (const name of ['options', 'run', 'words', 'plan', 'forget', 'export?name=a.zip']) {
      const { status } = await studio.ask(at(name), { method: 'POST', headers, body: '{}' });
      expect([name, status]).toEqual([name, 403]);
    }
    const planned = { account: 'maya', key: '2025-12-06_17-42-30', target: 'rednote', part: null, planned: '' };
    const { status } = await studio.ask(at('posting'), { method: 'POST', headers, body: JSON.stringify(planned) });
    expect(status).toBe(403);
    for (const path of [`qr?${card}`, `candidate?${card}&file=a.mp4`])
      expect([path, (await studio.ask(at(path), { headers })).status]).toEqual([path, 403]);
    // Its cookie opens nothing at the other door.
    expect((await studio.ask('/api/state', { headers: { cookie } })).status).toBe(404);
    await studio.end();
    await remove();
  });
});

it('opens the browser at the address, unless it shall not', async () => {
  const { path, remove } = await workFolder();
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  await writeFile(join(path, opener), `#!/bin/sh\nprintf %s "$1" > '${path}/opened'\n`, { mode: 0o755 });
  const { bin } = await import('../../e2e/run-port.ts');
  const env = { ...process.env, PATH: `${path}:${process.env['PATH']}`, XDG_CACHE_HOME: join(path, 'c') };
  const child = spawn(process.execPath, [bin, 'studio'], { cwd: path, env });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const { readFile } = await import('node:fs/promises');
  const opened = async () => readFile(join(path, 'opened'), 'utf8').catch(() => '');
  await until(async () => (await opened()) !== '');
  expect(out).toContain(`Studio: ${await opened()}\n`);
  child.kill('SIGINT');
  await new Promise((resolve) => child.on('close', resolve));
  await remove();
});
