import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkSummaryPath } from '../../src/cli/summary-file.ts';
import { clientsCsv } from '../../src/report/clients-csv.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { runPort, workFolder } from './run-port.ts';

const work = await workFolder();
afterAll(work.remove);
const args = ['export.json', '--to', 'rednote', '--offline'];

/** One post of which nothing is at hand: captions.csv and manifest.json are written all the same. */
async function exportIn(folder: string): Promise<void> {
  const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(folder, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}

it.each(['captions.csv', 'manifest.json'])(
  'a summary under the name of a file that the run itself makes does not replace it: %s',
  async (name) => {
    const place = join(work.path, name.replace('.', '-'));
    await mkdir(place);
    await exportIn(place);
    const path = join('ported/maya', name);
    const { code, stderr } = await runPort([...args, '--summary', path], place);
    expect(code).toBe(1);
    expect(stderr).toContain('is there already');
    expect(await readFile(join(place, path), 'utf8')).not.toContain('account,target,delivered');
  },
);

it.skipIf(process.platform === 'win32').each<[string, (path: string) => Promise<unknown>]>([
  ['a file that port did not write', async (path) => writeFile(path, 'account,target\nmine\n')],
  ['an empty file', async (path) => writeFile(path, '')],
  ['a folder', async (path) => mkdir(path)],
  ['a pipe', async (path) => execFileSync('mkfifo', [path])],
  ['a link to a file', async (path) => symlink('mine.csv', path)],
  ['a link to an earlier table', async (path) => symlink('earlier.csv', path)],
  ['a link that leads nowhere', async (path) => symlink('nowhere.csv', path)],
  ['a link to itself', async (path) => symlink('summary.csv', path)],
  ['a place below a file', async (path) => writeFile(path, 'mine')],
])('a summary onto %s: one sentence, and it stays as it was', async (name, plant) => {
  const place = join(work.path, name.replaceAll(' ', '-'));
  await mkdir(place);
  await writeFile(join(place, 'mine.csv'), 'mine');
  const earlier = clientsCsv(() => 0).text();
  await writeFile(join(place, 'earlier.csv'), earlier);
  const path = join(place, 'summary.csv');
  await plant(path);
  const before = await pictureOf(place);
  const given = name.endsWith('below a file') ? join(path, 'deeper/summary.csv') : path;
  await expect(checkSummaryPath(given, createFiles())).rejects.toThrow(/^"[^\n]+--summary[^\n]*\.$/);
  expect(await pictureOf(place)).toEqual(before);
});

it('a summary in place of an earlier one, and under a name that is free, also in a folder to be made', async () => {
  const place = join(work.path, 'free');
  await mkdir(place);
  await writeFile(join(place, 'earlier.csv'), clientsCsv(() => 0).text());
  for (const name of ['earlier.csv', 'new.csv', 'a/b/new.csv'])
    await expect(checkSummaryPath(join(place, name), createFiles()), name).resolves.toBeUndefined();
});

it('a summary onto an original: refused before anything is done', async () => {
  const place = join(work.path, 'onto-an-original');
  await mkdir(join(place, 'ported/maya/originals'), { recursive: true });
  await exportIn(place);
  const path = 'ported/maya/originals/2025-06-01_10-00-00.mp4';
  await writeFile(join(place, path), 'a video');
  const { code, stderr } = await runPort([...args, '--summary', path], place);
  expect([code, stderr.trim().split('\n').length], stderr).toEqual([2, 1]);
  expect(await readFile(join(place, path), 'utf8')).toBe('a video');
  expect(await readdir(join(place, 'ported/maya'))).toEqual(['originals']);
});

async function pictureOf(folder: string): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const found = await lstat(path);
    const what = found.isSymbolicLink() ? await readlink(path) : found.isFile() ? await readFile(path, 'utf8') : '';
    seen.push(`${name} ${found.mode} ${what}`);
  }
  return seen;
}
