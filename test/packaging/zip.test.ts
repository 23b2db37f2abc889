import { spawnSync } from 'node:child_process';
import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { filesBelow, sumsOf } from '../../packaging/sums.ts';
import { writeZip } from '../../packaging/zip.ts';
import { workFolder } from '../e2e/run-port.ts';

const work = await workFolder();
afterAll(work.remove);
const folder = join(work.path, 'made');
const entries = [
  { path: 'app/ü 旅行.txt', executable: false },
  { path: 'port', executable: true },
];
const time = new Date('2026-11-30T01:02:04Z');
const write = async (name: string) => {
  const path = join(work.path, name);
  await writeZip(path, { folder, entries, prefix: 'content-port-1.0.0', time });
  return path;
};

beforeAll(async () => {
  await mkdir(join(folder, 'app'), { recursive: true });
  await writeFile(join(folder, 'app/ü 旅行.txt'), 'text '.repeat(10_000));
  await writeFile(join(folder, 'port'), '#!/bin/sh\n');
});

describe('writeZip', () => {
  it('the same files at another time, in another zone: the same bytes', async () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'UTC';
      const first = await readFile(await write('first.zip'));
      await utimes(join(folder, 'port'), 1, 1);
      process.env['TZ'] = 'Asia/Shanghai';
      expect(await readFile(await write('second.zip'))).toEqual(first);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('entries lie in one folder, in their order, with two modes', async () => {
    const zip = await openPromise(await write('modes.zip'));
    const seen: [string, string][] = [];
    for await (const entry of zip.eachEntry())
      seen.push([entry.fileName, (entry.externalFileAttributes >>> 16).toString(8)]);
    expect(seen).toEqual([
      ['content-port-1.0.0/app/ü 旅行.txt', '100644'],
      ['content-port-1.0.0/port', '100755'],
    ]);
  });

  const hasUnzip = spawnSync('unzip', ['-v']).status === 0;
  if (!hasUnzip) console.warn('NOT TESTED: unpacking with unzip, which is not here.');
  it.skipIf(!hasUnzip)('unzip sets the run bit and finds the ZIP whole', async () => {
    const path = await write('unpacked.zip');
    const { status, stderr } = spawnSync('unzip', ['-q', path, '-d', work.path], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    expect((await stat(join(work.path, 'content-port-1.0.0/port'))).mode & 0o777).toBe(0o755);
    expect(await readFile(join(work.path, 'content-port-1.0.0/app/ü 旅行.txt'), 'utf8')).toHaveLength(50_000);
  });
});

const hasSums = spawnSync('sha256sum', ['--version']).status === 0;
if (!hasSums) console.warn('NOT TESTED: SHA256SUMS with sha256sum, which is not here.');

describe('sumsOf', () => {
  it('one line a file, by the order of code units', async () => {
    const files = await filesBelow(folder);
    expect(files).toEqual(['app/ü 旅行.txt', 'port']);
    expect(await sumsOf(folder, files)).toMatch(/^[0-9a-f]{64} {2}app\/ü 旅行\.txt\n[0-9a-f]{64} {2}port\n$/);
  });

  it.skipIf(!hasSums)('sha256sum -c accepts it, and sees a changed file', async () => {
    await writeFile(join(folder, 'SHA256SUMS'), await sumsOf(folder, ['app/ü 旅行.txt', 'port']));
    const check = () => spawnSync('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder }).status;
    expect(check()).toBe(0);
    await writeFile(join(folder, 'port'), '#!/bin/bash\n');
    expect(check()).toBe(1);
  });
});
