import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { c as pack } from 'tar';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { putNode } from '../../packaging/node-runtime.ts';
import { readSystems, type System } from '../../packaging/systems.ts';
import { workFolder } from '../e2e/run-port.ts';

/** A stand-in for nodejs.org: a release with SHASUMS256.txt and two archives, which a test changes. */
const version = '22.99.0';
const published = new Map<string, Buffer>();
const asked: string[] = [];
const server = createServer(({ url }, response) => {
  asked.push(url ?? '');
  const body = published.get((url ?? '').replace(`/dist/v${version}/`, ''));
  response.writeHead(body === undefined ? 404 : 200).end(body);
});
const work = await workFolder();
const [linux, windows] = readSystems('linux-x64,win32-x64') as [System, System];
const [tarName, zipName] = [linux.nodeArchive(version), windows.nodeArchive(version)];
const archives = new Map<string, Buffer>();
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const sums = (files: ReadonlyMap<string, Buffer>) =>
  Buffer.from([...files].map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join(''));

beforeAll(async () => {
  const top = join(work.path, 'made', `node-v${version}-linux-x64`);
  await mkdir(join(top, 'bin'), { recursive: true });
  await mkdir(join(top, 'lib/node_modules/npm/bin'), { recursive: true });
  await writeFile(join(top, 'bin/node'), 'the program');
  await chmod(join(top, 'bin/node'), 0o755);
  await writeFile(join(top, 'LICENSE'), 'the licence');
  // Others of the same names, deeper.
  await writeFile(join(top, 'lib/node_modules/npm/LICENSE'), 'of npm');
  await writeFile(join(top, 'lib/node_modules/npm/bin/node'), 'of npm');
  const tar = join(work.path, 'made/node.tar.gz');
  await pack({ gzip: true, file: tar, cwd: join(work.path, 'made') }, [`node-v${version}-linux-x64`]);
  archives.set(tarName, await readFile(tar));
  const zip = new ZipFile();
  for (const [name, text] of Object.entries({
    'node.exe': 'the program',
    LICENSE: 'the licence',
    'npm/LICENSE': 'of npm',
  }))
    zip.addBuffer(Buffer.from(text), `node-v${version}-win-x64/${name}`);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(join(work.path, 'made/node.zip')));
  archives.set(zipName, await readFile(join(work.path, 'made/node.zip')));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  process.env['PORT_NODE_RELEASES'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dist`;
});

afterAll(async () => {
  delete process.env['PORT_NODE_RELEASES'];
  server.close();
  await work.remove();
});

let count = 0;
beforeEach(() => {
  published.clear();
  asked.length = 0;
  for (const [name, bytes] of archives) published.set(name, bytes);
  published.set('SHASUMS256.txt', sums(archives));
});

/** @returns the names of what was put there */
async function put(system: System, cache = join(work.path, `cache-${count++}`)) {
  const folder = join(work.path, `put-${count++}`);
  await putNode(folder, { system, version, source: 'nodejs.org', cache });
  return folder;
}

describe('Node of a release', () => {
  it.each([
    ['tar.gz', linux, 'node'],
    ['zip', windows, 'node.exe'],
  ] as const)('%s: the program and its licence, nothing else', async (_what, system, program) => {
    const folder = await put(system);
    expect((await readdir(folder)).sort()).toEqual(['LICENSE', program].sort());
    expect(await readFile(join(folder, program), 'utf8')).toBe('the program');
    expect(await readFile(join(folder, 'LICENSE'), 'utf8')).toBe('the licence');
    if (process.platform !== 'win32' && program === 'node') {
      expect((await stat(join(folder, program))).mode & 0o100).toBe(0o100);
    }
  });

  it('an archive with another hash than published: refused, and nothing of it stays', async () => {
    published.set(tarName, Buffer.concat([archives.get(tarName) as Buffer, Buffer.from('!')]));
    const cache = join(work.path, 'cache-other');
    await expect(put(linux, cache)).rejects.toThrow(/is not what was published: its SHA-256 is [0-9a-f]{64}, not /);
    expect(await readdir(cache)).toEqual([]);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'SHASUMS256.txt without the archive',
      () => published.set('SHASUMS256.txt', Buffer.from('')),
      /does not name node-v/,
    ],
    ['no SHASUMS256.txt', () => published.delete('SHASUMS256.txt'), /SHASUMS256\.txt answered 404/],
    ['no archive', () => published.delete(tarName), /linux-x64\.tar\.gz answered 404/],
    [
      'SHASUMS256.txt without end',
      () => published.set('SHASUMS256.txt', Buffer.alloc(2_000_000, 'a')),
      /SHASUMS256\.txt has more than 1000000 bytes/,
    ],
    [
      'a published archive that holds no Node',
      () => {
        const other = new Map([[tarName, archives.get(zipName) as Buffer]]);
        published.set(tarName, other.get(tarName) as Buffer).set('SHASUMS256.txt', sums(other));
      },
      /node|TAR|tar/,
    ],
  ])('%s: refused', async (_what, change, message) => {
    change();
    await expect(put(linux)).rejects.toThrow(message);
  });

  it('the second time it comes from the cache, unless the cache holds something else', async () => {
    const cache = join(work.path, 'cache-twice');
    await put(linux, cache);
    asked.length = 0;
    await put(linux, cache);
    expect(asked).toEqual([`/dist/v${version}/SHASUMS256.txt`]);
    await writeFile(join(cache, tarName), 'something else');
    const folder = await put(linux, cache);
    expect(await readFile(join(folder, 'node'), 'utf8')).toBe('the program');
  });
});
