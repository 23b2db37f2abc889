import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../../src/tools/programs.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { runPort } from '../e2e/run-port.ts';
import { cases } from './how-long.ts';
import { makeSmallMedia } from './small-export.ts';
import { contents, finalFiles, leftovers } from './tree.ts';

let folder: string;
let args: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'port-disk-'));
  args = await exportAt(folder);
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Three posts whose files are used where they lie: a copy, an encode, photos. */
async function exportAt(place: string): Promise<string[]> {
  const made = await makeSmallMedia(join(place, 'made'));
  await mkdir(join(place, 'media/2025-06-03_10-00-00'), { recursive: true });
  const file = async (name: string, content: Buffer | undefined) =>
    writeFile(join(place, 'media', name), content ?? Buffer.alloc(0));
  await file('2025-06-01_10-00-00.mp4', made['/copy']);
  await file('2025-06-02_10-00-00.mp4', made['/hevc']);
  await file('2025-06-03_10-00-00/01.jpg', made['/one']);
  await file('2025-06-03_10-00-00/02.webp', made['/two']);
  const VideoList = [1, 2, 3].map((day) => ({
    ...{ Date: `2025-06-0${day} 10:00:00`, Link: 'N/A', WhoCanView: 'Everyone' },
    ...(day === 3 && { Title: 'Two photos' }),
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(place, 'export.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  const from = [join(place, 'export.json'), '--media', join(place, 'media')];
  return [...from, '--to', 'rednote,lemon8', '--offline', '--jobs', '1'];
}

/** A small disk of its own; unmounted when the test is over. */
async function disk(size: string): Promise<{ readonly path: string; remount(options: string): void }> {
  const path = await mkdtemp(join(folder, 'disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  onTestFinished(() => void execFileSync('umount', ['-l', path]));
  return { path, remount: (options) => execFileSync('mount', ['-o', `remount,${options}`, path]) };
}

const canMount = await (async () => {
  const path = await mkdtemp(join(tmpdir(), 'port-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    console.warn('NOT TESTED: disks that are full or read-only. Only root can mount small ones, on Linux.');
    return false;
  } finally {
    await rm(path, { recursive: true });
  }
})();

describe.skipIf(!canMount)('a disk of its own', () => {
  it('full at any point: each post says so, nothing damaged has a final name, and with room it continues', async () => {
    const roomy = await disk('50m');
    expect((await runPort([...args, '--out', roomy.path], folder)).code).toBe(0);
    const whole = contents(await finalFiles(roomy.path));
    const used = Number(execFileSync('du', ['-sk', roomy.path], { encoding: 'utf8' }).split('\t')[0]);
    const sizes = cases(2, 40);
    for (let index = 0; index < sizes; index++) {
      const kilobytes = Math.max(8, Math.round((used * (index + 0.3)) / sizes));
      const when = `${kilobytes} of ${used} kB`;
      const small = await disk(`${kilobytes}k`);
      const out = ['--out', small.path];
      const { code, stderr } = await runPort([...args, ...out], folder);
      expect([1, 2], `${when}: ${stderr}`).toContain(code);
      expect(stderr, when).not.toContain('    at ');
      for (const [path, { content }] of await finalFiles(small.path)) {
        if (!/manifest\.json|index\.html|captions\.csv/.test(path))
          expect(content, `${when}: ${path}`).toBe(whole[path]);
      }
      small.remount('size=50m');
      const again = await runPort([...args, ...out], folder);
      expect(again.code, `${when}: ${again.stderr}`).toBe(0);
      await expectConsistentFolder(join(small.path, 'small'));
      expect(contents(await finalFiles(small.path)), when).toEqual(whole);
      expect(await leftovers(small.path), when).toEqual([]);
    }
  });

  it('read-only: one sentence, exit 2; originals may lie on one', async () => {
    const { path, remount } = await disk('5m');
    const own = await exportAt(path);
    remount('ro');
    const refused = await runPort([...own, '--out', join(path, 'ported')], folder);
    expect([refused.code, refused.stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(refused.stderr).toContain('--out');
    // Another disk too: what is delivered is a copy.
    const out = join(folder, 'from read-only');
    expect((await runPort([...own, '--out', out], folder)).code).toBe(0);
    await expectConsistentFolder(join(out, 'small'));
  });
});

it('a disk without hard links: copies serve as well', async () => {
  const out = join(folder, 'no links');
  const hook = pathToFileURL(resolve(import.meta.dirname, 'no-hard-links.mjs')).href;
  const { code, stderr } = await runPort([...args, '--out', out], folder, { NODE_OPTIONS: `--import ${hook}` });
  expect(code, stderr).toBe(0);
  await expectConsistentFolder(join(out, 'small'));
  const inodes = ['rednote', 'lemon8'].map(
    async (target) => (await stat(join(out, 'small', target, '2025-06-02_10-00-00/video.mp4'))).ino,
  );
  expect(new Set(await Promise.all(inodes)).size).toBe(2);
  expect(await leftovers(out)).toEqual([]);
});

// Linux takes paths of 4095 bytes: with 4085 there is no room for a lock, with 4040 none for a package.
it.skipIf(process.platform !== 'linux').each([
  [4085, 2],
  [4040, 1],
])('a folder whose name is %i bytes long: words, no stack', async (length, exitCode) => {
  const deep = join(folder, ...Array.from({ length: 20 }, () => 'x'.repeat(200)), 'y'.repeat(200)).slice(0, length);
  const { code, stderr } = await runPort([...args, '--out', deep], folder);
  expect(stderr).not.toContain('    at ');
  expect(stderr).toContain('ENAMETOOLONG');
  expect(code).toBe(exitCode);
});

describe.skipIf(process.platform === 'win32')('files that vanish', () => {
  it.each([
    [
      'after they were looked at',
      'ffprobe',
      (real: string, media: string) => `'${real}' "$@"; s=$?; case "$*" in *.mp4*) rm -rf '${media}' ;; esac; exit $s`,
    ],
    [
      'when they are encoded',
      'ffmpeg',
      (real: string, media: string) =>
        `for last; do :; done; case "$last" in *.video.part.mp4) rm -rf '${media}' ;; esac; exec '${real}' "$@"`,
    ],
  ])('%s: each post says so, and the run comes to its end', async (when, program, script) => {
    const place = await mkdtemp(join(folder, 'vanish-'));
    const own = await exportAt(place);
    // With a box that only ffprobe knows what to do with, so that it is asked.
    for (const name of program === 'ffprobe' ? await readdir(join(place, 'media')) : []) {
      const box = Buffer.from([0, 0, 0, 8, ...Buffer.from('abcd')]);
      if (name.endsWith('.mp4')) await appendFile(join(place, 'media', name), box);
    }
    const { path: real } = await findProgram(program as 'ffmpeg' | 'ffprobe');
    const stand = join(place, program);
    await writeFile(stand, `#!/bin/sh\n${script(real, join(place, 'media'))}\n`);
    await chmod(stand, 0o755);
    const out = join(place, 'out');
    const environment = { [`PORT_${program.toUpperCase()}`]: stand };
    const { code, stderr } = await runPort([...own, '--out', out], folder, environment);
    expect(code, `${when}: ${stderr}`).toBe(1);
    expect(stderr).not.toContain('    at ');
    const manifest = await expectConsistentFolder(join(out, 'small'));
    expect(manifest.totals['rednote']?.['failed']).toBeGreaterThan(0);
    expect(await leftovers(out)).toEqual([]);
    expect((await readdir(join(out, 'small'))).sort()).toContain('manifest.json');
  });
});
