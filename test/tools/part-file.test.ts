import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openPart } from '../../src/tools/part-file.ts';

const root = await mkdtemp(join(tmpdir(), 'port-parts-'));
afterAll(async () => rm(root, { recursive: true, force: true }));
const windows = process.platform === 'win32';

it.skipIf(windows).each<[string, (part: string) => Promise<unknown>]>([
  ['a link to a file elsewhere', async (part) => symlink(join(root, 'mine'), part)],
  ['a link that leads nowhere', async (part) => symlink(join(root, 'nowhere'), part)],
  ['a pipe', async (part) => execFileSync('mkfifo', [part])],
  ['a folder', async (part) => mkdir(part)],
])('%s in place of a partial download is not resumed', async (name, plant) => {
  const folder = join(root, name);
  await mkdir(folder);
  await writeFile(join(root, 'mine'), 'mine');
  await plant(join(folder, '.a.mp4.part'));
  await writeFile(join(folder, '.a.mp4.part.json'), '{"validator":"x"}');
  const part = await openPart(join(folder, 'a.mp4'));
  expect([part.bytes, part.validator]).toEqual([0, null]);
  await part.restart('y');
  await part.append(Buffer.from('ours'));
  await part.finish();
  await part.close();
  expect(await readFile(join(folder, 'a.mp4'), 'utf8')).toBe('ours');
  expect(await readFile(join(root, 'mine'), 'utf8')).toBe('mine');
  expect((await readdir(root)).sort()).not.toContain('nowhere');
});

it.skipIf(windows)('a pipe in place of the validator file: starts again', async () => {
  const folder = join(root, 'note');
  await mkdir(folder);
  await writeFile(join(folder, '.a.mp4.part'), 'begun');
  execFileSync('mkfifo', [join(folder, '.a.mp4.part.json')]);
  const part = await openPart(join(folder, 'a.mp4'));
  expect([part.bytes, part.validator]).toEqual([5, null]);
  await part.close();
});
