import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { redirect, serve, startServer } from '../servers/fault-server.ts';
import {
  certificateFile,
  type ProxyBehaviour,
  startConnectProxy,
  startSocksProxy,
  startTlsServer,
  type TestProxy,
} from '../servers/proxies.ts';
import { type Ran, runPort, workFolder } from './run-port.ts';

/** The real program behind real proxies on loopback. */
const folder = await workFolder();
afterAll(folder.remove);
const jpeg = await sharp({ create: { width: 120, height: 160, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer();
const password = 'hush-hush%21';
const login = 'maya:hush-hush!';
let folders = 0;

interface Outcome extends Ran {
  /** The summary's totals of `port fetch`. */
  readonly safe: number;
  readonly failed: number;
  /** All that was printed and written, but media. */
  readonly everything: string;
}

/** `port fetch` of one photo post with these links, without proxies in its environment but those that are given. */
async function fetchLinks(
  links: readonly string[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const path = join(folder.path, String(++folders));
  await mkdir(path);
  const VideoList = links.map((Link, index) => ({
    Date: `2025-06-01 10:00:0${index}`,
    Link: `${Link}?x-expires=4102444800`,
    WhoCanView: 'Everyone',
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(path, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  const none = { HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '', all_proxy: '', NO_PROXY: '', no_proxy: '' };
  const env = { ...none, NODE_EXTRA_CA_CERTS: certificateFile(), ...environment };
  const ran = await runPort(['fetch', 'export.json', '--json', '-v', '--no-listing', ...args], path, env);
  const last = ran.stdout.trim().split('\n').at(-1) ?? '{}';
  const { delivered = 0, failed = 0 } = last.startsWith('{') ? (JSON.parse(last).accounts?.maya?.originals ?? {}) : {};
  const written = await readdir(path, { recursive: true, withFileTypes: true });
  const texts = written
    .filter((entry) => entry.isFile() && !/\.(?:jpg|mp4)$/.test(entry.name))
    .map(async (entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  const everything = [ran.stdout, ran.stderr, ...(await Promise.all(texts))].join('\n');
  return { ...ran, safe: delivered, failed, everything };
}

const photo = 'https://p16.cdn.test/a~tplv-photomode-image.jpeg';
/** A proxy that finds every host at a server over TLS that gives out a photo. */
async function everyHost(): Promise<Pick<ProxyBehaviour, 'everyHost'>> {
  const port = await startTlsServer({
    '/a~tplv-photomode-image.jpeg': serve(jpeg, { type: 'image/jpeg', etag: '"1"' }),
  });
  return { everyHost: port };
}

describe('through a proxy', () => {
  it.each<[string, (behaviour: ProxyBehaviour) => Promise<TestProxy>, string]>([
    ['http', async (behaviour) => startConnectProxy(behaviour), 'http'],
    ['https', async (behaviour) => startConnectProxy(behaviour, true), 'https'],
    ['socks5', async (behaviour) => startSocksProxy(behaviour), 'socks5'],
  ])(
    '%s: originals come, the proxy resolves the names, and its password is shown nowhere',
    async (_name, start, scheme) => {
      const closed = await start({ ...(await everyHost()), login });
      const known = await fetchLinks([photo], ['--proxy', `${scheme}://maya:${password}@${closed.host}`]);
      expect(known).toMatchObject({ code: 0, safe: 1 });
      expect([closed.asked, closed.logins]).toEqual([['p16.cdn.test:443'], [login]]);
      expect(known.everything).not.toMatch(/hush-hush/);

      const stranger = await fetchLinks([photo], ['--proxy', `${scheme}://maya:wrong-word@${closed.host}`]);
      expect(stranger).toMatchObject({ code: 1, failed: 1, everything: expect.stringContaining('proxy-failed') });
      expect(stranger.everything).toContain('it refuses this user name and password');
      expect(stranger.everything).not.toContain('wrong-word');
    },
  );

  it('HTTPS_PROXY and ALL_PROXY do the same, in capitals or not', async () => {
    const proxy = await startConnectProxy(await everyHost());
    const socks = await startSocksProxy(await everyHost());
    for (const environment of [{ https_proxy: proxy.host }, { ALL_PROXY: `socks5h://${socks.host}` }]) {
      expect(await fetchLinks([photo], [], environment)).toMatchObject({ code: 0, safe: 1 });
    }
    expect([proxy.logins, socks.logins]).toEqual([[null], [null]]);
  });

  it('NO_PROXY, an empty --proxy and --offline use none', async () => {
    const server = await startServer({ '/a~tplv-photomode-image.jpeg': serve(jpeg, { type: 'image/jpeg' }) });
    const proxy = await startConnectProxy();
    const here = server.url('/a~tplv-photomode-image.jpeg');
    const environment = { HTTPS_PROXY: `http://${proxy.host}` };
    const allow = ['--allow-host', '127.0.0.1'];
    expect(await fetchLinks([here], allow, { ...environment, no_proxy: '127.0.0.0/8' })).toMatchObject({ safe: 1 });
    expect(await fetchLinks([here], [...allow, '--proxy', ''], environment)).toMatchObject({ safe: 1 });
    expect(await fetchLinks([here], [...allow, '--offline'], environment)).toMatchObject({ safe: 0 });
    expect(await fetchLinks([here], [...allow, '--offline'], { HTTPS_PROXY: 'ftp://x' })).toMatchObject({ code: 1 });
    expect(proxy.asked).toEqual([]);
    expect(await fetchLinks([here], allow, environment)).toMatchObject({ safe: 1 });
    expect(proxy.asked).toEqual([server.host]);
  });

  it('the main job and its config file use it, and no document holds its password', async () => {
    const proxy = await startConnectProxy({ ...(await everyHost()), login });
    const path = join(folder.path, String(++folders));
    await mkdir(path);
    const VideoList = [{ Date: '2025-06-01 10:00:00', Link: `${photo}?x-expires=4102444800`, WhoCanView: 'Everyone' }];
    await writeFile(join(path, 'export.json'), JSON.stringify({ Post: { Posts: { VideoList } } }));
    const config = { proxy: `http://maya:${password}@${proxy.host}`, to: 'rednote', listing: false };
    await writeFile(join(path, 'port.config.json'), JSON.stringify(config));
    const environment = { NODE_EXTRA_CA_CERTS: certificateFile(), HTTPS_PROXY: '', https_proxy: '', ALL_PROXY: '' };

    const found = await runPort(['export.json'], path, environment);
    expect(found).toMatchObject({ code: 2, stderr: expect.stringContaining('“proxy” reaches out of this folder') });
    expect(found.stderr + found.stdout).not.toContain('hush-hush');
    expect(proxy.asked).toEqual([]);

    const named = await runPort(['export.json', '--config', 'port.config.json', '--json'], path, environment);
    expect(named.code).toBe(0);
    expect(proxy.asked).toEqual(['p16.cdn.test:443']);
    const names = await readdir(join(path, 'ported'), { recursive: true, withFileTypes: true });
    for (const entry of names.filter((each) => each.isFile())) {
      expect(await readFile(join(entry.parentPath, entry.name), 'latin1')).not.toContain('hush-hush');
    }
    expect(named.stdout + named.stderr).not.toContain('hush-hush');
  });
});

describe('a proxy in trouble', () => {
  it('nobody listens there: the sentence names the proxy as the cause', async () => {
    const gone = await startConnectProxy();
    await gone.stop();
    const ran = await fetchLinks([photo], ['--proxy', `socks5://maya:${password}@${gone.host}`]);
    expect(ran).toMatchObject({ code: 1, failed: 1 });
    expect(ran.everything).toContain('Its download failed at your proxy (connection refused)');
    expect(ran.everything).not.toContain('hush-hush');
  });

  it('it dies in the middle of a file: what came is kept, and the next run continues from there', async () => {
    const big = Buffer.concat([jpeg, Buffer.alloc(400_000)]);
    const port = await startTlsServer({
      '/a~tplv-photomode-image.jpeg': serve(big, { type: 'image/jpeg', etag: '"1"' }),
    });
    const dying = await startConnectProxy({ everyHost: port, diesAfter: 150_000 });
    const path = join(folder.path, String(++folders));
    await mkdir(path);
    const VideoList = [{ Date: '2025-06-01 10:00:00', Link: `${photo}?x-expires=4102444800`, WhoCanView: 'Everyone' }];
    await writeFile(join(path, 'export.json'), JSON.stringify({ Post: { Posts: { VideoList } } }));
    const environment = { NODE_EXTRA_CA_CERTS: certificateFile() };
    const args = ['fetch', 'export.json', '--no-listing', '--proxy'];
    const first = await runPort([...args, `http://${dying.host}`], path, environment);
    expect(first.code).toBe(1);
    expect(first.stdout + first.stderr).toContain('at your proxy');
    const good = await startConnectProxy({ everyHost: port });
    const second = await runPort([...args, `http://${good.host}`], path, environment);
    expect(second.code).toBe(0);
    expect((await readFile(join(path, 'ported/export/originals/2025-06-01_10-00-00/01.jpg'))).equals(big)).toBe(true);
  });
});

describe('the guard against private addresses behind a proxy', () => {
  it('refuses literal addresses and names of local networks, also after a redirect', async () => {
    const port = await startTlsServer({
      '/a~tplv-photomode-image.jpeg': redirect('https://nas.local/a~tplv-photomode-image.jpeg'),
    });
    const proxy = await startConnectProxy({ everyHost: port });
    const name = 'a~tplv-photomode-image.jpeg';
    const hosts = [
      '127.0.0.1',
      '10.0.0.1',
      '[::1]',
      'localhost',
      'nas.local',
      'meta.corp.internal',
      'router.lan',
      'nas',
    ];
    const ran = await fetchLinks(
      [...hosts.map((host) => `https://${host}/${name}`), photo],
      ['--proxy', `http://${proxy.host}`],
    );
    expect(ran).toMatchObject({ code: 1, safe: 0, failed: 9 });
    expect(ran.everything.match(/"code": ?"link-private"/g)?.length).toBeGreaterThanOrEqual(9);
    expect(proxy.asked).toEqual(['p16.cdn.test:443']);
  });
});

describe('a bad address', () => {
  it('is a usage error of one sentence that does not repeat it', async () => {
    for (const [args, environment, name] of [
      [['--proxy', 'ftp://maya:hush-hush@x'], {}, '--proxy'],
      [['--proxy', 'http://maya:hush#hush-hush@x:1'], {}, '--proxy'],
      [[], { HTTPS_PROXY: 'http://maya:hush#hush-hush@x:1' }, 'HTTPS_PROXY'],
    ] as const) {
      const ran = await fetchLinks([photo], args, environment);
      expect(ran.code).toBe(2);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
      expect(ran.stderr).toContain(name);
      expect(ran.stdout + ran.stderr).not.toMatch(/hush-hush|maya/);
      expect(existsSync(join(folder.path, String(folders), 'ported'))).toBe(false);
    }
  });
});
