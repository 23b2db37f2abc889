import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocks } from '../../../src/tools/locks.ts';
import type { Refusal } from '../../../src/web/studio/api.ts';
import { lockSession, openUploads, safeName } from '../../../src/web/studio/uploads.ts';
import { fixture, until, workFolder } from '../../e2e/run-port.ts';
import { temporaryFolder } from '../../media.ts';
import { type Started, startStudio, uploadsOf } from './started.ts';

const release = async () => {};
async function* chunks(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

describe('the name of an upload', () => {
  it.each([
    ['export.zip', 'export.zip'],
    ['../../../etc/passwd', 'passwd'],
    ['C:\\Users\\maya\\TikTok Data.zip', 'TikTok Data.zip'],
    ['/', 'export'],
    ['..', 'export'],
    ['...zip', 'export.zip'],
    ['', 'export'],
    ['CON.zip', '_CON.zip'],
    ['a\u202egpj.zip', 'agpj.zip'],
    ['a\0b\n.json', 'ab.json'],
    ['2025-12-06_17-42-30.mp4', '2025-12-06_17-42-30.mp4'],
    ['小红书.zip', '小红书.zip'],
  ])('%j is stored as a plain file name', (sent, expected) => {
    const name = safeName(sent, 'exports');
    expect(name).not.toMatch(/[/\\:\p{Cc}\u202e]|^\.|^$/u);
    if (!sent.startsWith('CON')) expect(name).toBe(expected);
  });

  it('is bounded', () => {
    expect(Buffer.byteLength(safeName(`${'🌊'.repeat(5000)}.zip`, 'exports'))).toBeLessThan(255);
  });
});

describe('storing', () => {
  const open = async (free: number) => {
    const folder = await temporaryFolder();
    return { folder, uploads: openUploads(folder, release, { disk: { free: async () => free } }) };
  };

  it('refuses what does not fit on the disk before it comes', async () => {
    const { folder, uploads } = await open(1e9);
    const sent = uploads.store('exports', 'a.zip', chunks('never read'), 2e9);
    await expect(sent).rejects.toMatchObject({ status: 507, message: expect.stringContaining('1 GB are free') });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['more than was announced', 3],
    ['less than was announced', 10],
  ])('%s: nothing stays', async (_what, declared) => {
    const { folder, uploads } = await open(1e12);
    await expect(uploads.store('exports', 'a.zip', chunks('four', 'x'), declared)).rejects.toMatchObject({
      status: 400,
    });
    expect((await readdir(folder, { recursive: true })).filter((name) => /a\.zip|part/.test(name))).toEqual([]);
  });

  it('own media are under their names, and a newer file of a name replaces the older', async () => {
    const { uploads } = await open(1e12);
    const first = await uploads.store('media', 'a.mp4', chunks('one'), 3);
    const second = await uploads.store('media', 'sub/a.mp4', chunks('two'), 3);
    expect(second.path).toBe(first.path);
    expect(await readFile(second.path, 'utf8')).toBe('two');
  });
});

describe('folders of studios', () => {
  it('those of crashed ones are removed, those of running ones and kept ones stay', async () => {
    const cache = await temporaryFolder();
    const locks = createLocks();
    for (const name of ['crashed', 'kept', 'running']) await mkdir(join(cache, name));
    await writeFile(join(cache, 'crashed', 'export.zip'), 'private');
    const running = await locks.take(join(cache, 'running', 'lock'));
    const own = await lockSession({ cache, locks }, async (folder) => (folder.endsWith('kept') ? 'kept' : 'gone'));
    const left = (await readdir(cache, { withFileTypes: true })).filter((each) => each.isDirectory());
    expect(left.map(({ name }) => join(cache, name)).sort()).toEqual(
      [join(cache, 'kept'), own.folder, join(cache, 'running')].sort(),
    );
    if (process.platform !== 'win32') expect((await stat(own.folder)).mode & 0o777).toBe(0o700);
    await own.release();
    await running.release();
  });
});

describe('over HTTP', () => {
  let folder: Awaited<ReturnType<typeof workFolder>>;
  let studio: Started;
  beforeAll(async () => {
    folder = await workFolder();
    studio = await startStudio(folder.path, ['--offline']);
  });
  afterAll(async () => {
    await studio.end();
    await folder.remove();
  });
  const files = async () => {
    const all = await readdir(uploadsOf(folder.path), { recursive: true, withFileTypes: true });
    return all.filter((each) => each.isFile() && !/lock|session\.json/.test(each.name)).map(({ name }) => name);
  };

  it('no name is refused', async () => {
    expect((await studio.api<Refusal>('export', Buffer.from('x'))).refused).toBe('The file has no name.');
    expect((await studio.api<Refusal>(`export?name=${'x'.repeat(2000)}`, Buffer.from('x'))).refused).toBeTruthy();
  });

  it('an empty file is refused as empty, not as broken off', async () => {
    const { refused } = await studio.api<Refusal>('export?name=a.zip', new Uint8Array());
    expect(refused).toBe('The file is empty: fetch it anew from where it came.');
    expect(await files()).toEqual([]);
  });

  it('a size that no disk has is refused at once, without reading it', async () => {
    const headers = { cookie: studio.cookie, 'x-studio': studio.token, 'content-length': String(9e14), expect: '' };
    const text = await new Promise<string>((resolve) => {
      const { hostname, port, host } = new URL(studio.origin);
      const socket = connect(Number(port), hostname);
      let found = '';
      socket.on('data', (chunk) => {
        found += chunk;
        if (found.includes('refused')) socket.destroy();
      });
      socket.on('close', () => resolve(found));
      const lines = Object.entries(headers).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
      socket.write(`POST /api/export?name=a.zip HTTP/1.1\r\nHost: ${host}\r\n${lines.join('\r\n')}\r\n\r\nabc`);
    });
    expect(text).toMatch(/^HTTP\/1\.1 507 /);
    expect(await files()).toEqual([]);
  });

  it('an upload that breaks off leaves nothing', async () => {
    const { hostname, port, host } = new URL(studio.origin);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const head = `Host: ${host}\r\ncookie: ${studio.cookie}\r\nx-studio: ${studio.token}\r\ncontent-length: 1000`;
    socket.write(`POST /api/export?name=broken.zip HTTP/1.1\r\n${head}\r\n\r\nhalf`);
    await until(async () => (await files()).length > 0);
    socket.destroy();
    await until(async () => (await files()).length === 0);
    expect((await studio.state()).exports).toEqual([]);
  });

  it('what is no export is said in a sentence', async () => {
    const { exports } = await studio.api('export?name=nonsense.zip', Buffer.from('PK nonsense'));
    expect(exports).toMatchObject([{ name: 'nonsense.zip', inspection: null, problem: expect.stringMatching(/\.$/) }]);
    expect(exports[0]?.problem).not.toContain(folder.path);
    await studio.api('forget', {});
  });

  it('a name from elsewhere is shown as a plain name', async () => {
    const name = encodeURIComponent('..\\..\\<img src=x onerror=alert(1)>\u202e.zip');
    const { exports } = await studio.api(`export?name=${name}`, await readFile(fixture('export.zip')));
    expect(exports[0]?.name).not.toMatch(/[<>\\/\u202e]/);
    expect(exports[0]?.inspection?.account).toBe('maya');
  });

  it('forget removes all files', async () => {
    await studio.api('media?name=a.mp4', Buffer.from('x'));
    expect((await files()).length).toBe(2);
    expect((await studio.api('forget', {})).exports).toEqual([]);
    expect(await files()).toEqual([]);
  });
});
