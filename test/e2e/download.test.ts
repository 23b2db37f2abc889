import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from './accounting.ts';
import { fixture, runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
const asked: string[] = [];
let server: Server;
let port = 0;

/** Addresses as signed ones are: with an expiry that lies far ahead, and a secret. */
const link = (path: string, host = '127.0.0.1') =>
  `http://${host}:${port}${path}?mime_type=video_mp4&x-tos-expires=4102444800&x-tos-signature=verysecret`;

async function exportWith(name: string, links: readonly string[]): Promise<string> {
  const VideoList = links.map((Link, index) => ({ Date: `2025-03-02 09:15:0${index}`, Link, WhoCanView: 'Everyone' }));
  const path = join(folder.path, `${name}.json`);
  const profile = { Profile: { 'Profile Info': { ProfileMap: { userName: name } } } };
  await writeFile(path, JSON.stringify({ ...profile, Post: { Posts: { VideoList } } }));
  return path;
}

beforeAll(async () => {
  const video = await readFile(fixture('export/media/2025-03-02_09-15-04.mp4'));
  server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    asked.push(path);
    if (path === '/video')
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': video.length }).end(video);
    else if (path === '/page')
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('<!doctype html><p>Please log in');
    else if (path === '/short') {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': video.length });
      response.write(video.subarray(0, 5000), () => response.destroy());
    } else if (path === '/elsewhere') response.writeHead(302, { location: link('/forbidden', '127.0.0.2') }).end();
    else response.writeHead(403).end('expired');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await folder.remove();
});

describe('originals from their links', () => {
  it('brings what can be had, and says of everything else why not', async () => {
    const paths = ['/video', '/page', '/short', '/elsewhere', '/gone'];
    const file = await exportWith(
      'linked',
      paths.map((path) => link(path)),
    );
    const ran = await runPort([file, '--to', 'rednote', '--allow-host', '127.0.0.1'], folder.path);
    expect(ran.code).toBe(1);
    const manifest = await expectConsistentFolder(join(folder.path, 'ported/linked'));
    const outcome = (index: number) => {
      const row = manifest.posts.find(({ key }) => key === `2025-03-02_09-15-0${index}`);
      return [
        row?.status,
        ...(row?.issues ?? []).filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ];
    };
    expect(outcome(0)).toEqual(['delivered']);
    expect(outcome(1)).toEqual(['failed', 'link-not-media']);
    expect(outcome(2)).toEqual(['failed', 'link-failed']);
    expect(outcome(3)).toEqual(['failed', 'link-insecure']);
    expect(outcome(4)).toEqual(['failed', 'link-refused']);

    const original = await readFile(join(folder.path, 'ported/linked/originals/2025-03-02_09-15-00.mp4'));
    const sent = await readFile(fixture('export/media/2025-03-02_09-15-04.mp4'));
    expect(createHash('sha256').update(original).digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
    const said = ran.stdout + ran.stderr + (await readFile(join(folder.path, 'ported/linked/manifest.json'), 'utf8'));
    expect(said).not.toContain('verysecret');
  });

  it('does not ask a private address that nobody allowed', async () => {
    asked.length = 0;
    const ran = await runPort(
      [await exportWith('private', [link('/video'), link('/video', 'localhost')]), '--to', 'rednote'],
      folder.path,
    );
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('--allow-host');
    expect(asked).toEqual([]);
  });

  it('asks nobody with --offline, nor for what was fetched before', async () => {
    asked.length = 0;
    const offline = await runPort(
      [await exportWith('offline', [link('/video')]), '--to', 'rednote', '--offline', '--allow-host', '127.0.0.1'],
      folder.path,
    );
    expect(offline.code).toBe(1);
    const again = await exportWith('linked', [link('/video')]);
    const second = await runPort([again, '--to', 'lemon8', '--allow-host', '127.0.0.1'], folder.path);
    expect(second.code).toBe(0);
    expect(asked).toEqual([]);
  });
});

describe('originals of your own', () => {
  it('are used where they lie, before any network, and never changed', async () => {
    asked.length = 0;
    const media = join(folder.path, 'mine');
    await mkdir(media);
    const own = join(media, '2025-03-02_09-15-00.mp4');
    await copyFile(fixture('export/media/2025-03-02_09-15-04.mp4'), own);
    const before = await stat(own);
    const file = await exportWith('owner', [link('/video')]);
    const ran = await runPort([file, '--to', 'rednote', '--media', media, '--allow-host', '127.0.0.1'], folder.path);
    expect(ran.code).toBe(0);
    expect(asked).toEqual([]);
    const delivered = join(folder.path, 'ported/owner/rednote/2025-03-02_09-15-00/video.mp4');
    expect((await readFile(delivered)).equals(await readFile(own))).toBe(true);
    const after = await stat(own);
    expect([after.ino, after.mtimeMs, after.mode, after.nlink]).toEqual([before.ino, before.mtimeMs, before.mode, 1]);
    expect((await stat(delivered)).ino).not.toBe(after.ino);
    const [row] = (await expectConsistentFolder(join(folder.path, 'ported/owner'))).posts;
    expect(row?.original).toMatchObject({ source: 'media', matchedBy: 'key' });
  });

  it('a folder that is not there is a slip', async () => {
    const file = await exportWith('owner', [link('/video')]);
    const ran = await runPort([file, '--to', 'rednote', '--media', 'nowhere'], folder.path);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('nowhere');
  });
});
