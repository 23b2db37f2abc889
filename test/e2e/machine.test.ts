import { execFileSync, spawn } from 'node:child_process';
import { appendFile, chmod, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findProgram } from '../../src/tools/programs.ts';
import { smallKeys, writeSmallArchive } from '../torture/small-export.ts';
import { leftovers } from '../torture/tree.ts';
import { expectConsistentFolder } from './accounting.ts';
import { bin, ending, runPort, workFolder } from './run-port.ts';

/**
 * Trouble of the machine is told by its name, fails the posts that it met, and is forgotten: the next run delivers. Three
 * posts: a video to be encoded, one to be copied, two photos.
 */
const windows = process.platform === 'win32';
const work = await workFolder();
afterAll(work.remove);
const media = join(work.path, 'media');
const json = join(work.path, 'export.json');
const { encoded } = smallKeys;
let tools: { readonly ffmpeg: string; readonly ffprobe: string };
const args = (out: string, from = media) => [json, '--media', from, '--to', 'rednote', '--offline', '--out', out];
/** The same media with a box that only ffprobe knows what to do with, so that it is asked. */
const probed = join(work.path, 'probed');

beforeAll(async () => {
  await writeSmallArchive(work.path);
  await cp(media, probed, { recursive: true });
  for (const name of await readdir(probed)) {
    if (name.endsWith('.mp4')) await appendFile(join(probed, name), Buffer.from([0, 0, 0, 8, ...Buffer.from('abcd')]));
  }
  const [ffmpeg, ffprobe] = await Promise.all([findProgram('ffmpeg'), findProgram('ffprobe')]);
  tools = { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path };
});

const noStack = /\n {4}at |node:internal|Unhandled|TypeError/;

/** A program that answers who it is, and does `script` where it is given a file. */
async function standIn(name: 'ffmpeg' | 'ffprobe', script: string): Promise<NodeJS.ProcessEnv> {
  const path = join(await mkdtemp(join(work.path, 'tool-')), name);
  await writeFile(path, `#!/bin/sh\ncase "$*" in *file:*) ;; *) exec '${tools[name]}' "$@" ;; esac\n${script}\n`);
  await chmod(path, 0o755);
  return { [`PORT_${name.toUpperCase()}`]: path };
}

const codesOf = async (out: string) => {
  const { posts } = await expectConsistentFolder(join(out, 'small'));
  const failed = posts.filter(({ status }) => status === 'failed');
  const errors = failed.flatMap(({ issues }) => issues.filter(({ severity }) => severity === 'error'));
  return [...new Set(errors.map(({ code }) => code))];
};

describe.skipIf(windows)('a program that dies of the machine', () => {
  it.each<[string, 'ffmpeg' | 'ffprobe', string, string, RegExp]>([
    [
      'ffmpeg is killed',
      'ffmpeg',
      'echo "[swscaler @ 0x1] deprecated pixel format used" >&2; kill -9 $$',
      'program-killed',
      /run out of\s+memory/,
    ],
    ['ffprobe is killed', 'ffprobe', 'kill -9 $$', 'program-killed', /run out of\s+memory/],
    [
      'ffmpeg finds the disk full',
      'ffmpeg',
      'echo "av_interleaved_write_frame(): No space left on device" >&2; echo "Conversion failed!" >&2; exit 1',
      'disk-full',
      /no room/,
    ],
    [
      'ffmpeg finds the quota used up',
      'ffmpeg',
      'echo "av_interleaved_write_frame(): Disk quota exceeded" >&2; exit 1',
      'disk-quota',
      /quota/,
    ],
    [
      'ffprobe is shut in by snap',
      'ffprobe',
      'for last; do :; done; echo "$last: Permission denied" >&2; exit 1',
      'program-confined',
      /snap, flatpak or\s+AppArmor/,
    ],
    [
      'ffmpeg lost a library',
      'ffmpeg',
      'echo "ffmpeg: error while loading shared libraries: libx.so.1: cannot open shared object file: No such file or directory" >&2; exit 127',
      'program-start',
      /libx\.so\.1 is\s+missing/,
    ],
  ])(
    '%s: said by its name, nothing is called damaged, and the next run delivers',
    async (_what, name, script, code, words) => {
      const out = await mkdtemp(join(work.path, 'out-'));
      const from = name === 'ffprobe' ? probed : media;
      const ran = await runPort(args(out, from), work.path, await standIn(name, script));
      expect(ran.code, ran.stderr).toBe(1);
      expect(await codesOf(out)).toEqual([code]);
      expect(ran.stdout + ran.stderr).toMatch(words);
      expect(ran.stdout + ran.stderr).not.toMatch(/damaged|deprecated pixel/);
      expect(ran.stderr).not.toMatch(noStack);
      expect(await leftovers(out)).toEqual([]);
      // Nothing of it is remembered. One case of each program tells.
      if (code !== 'program-killed') return;
      const again = await runPort(args(out, from), work.path);
      expect(again.code, again.stderr).toBe(0);
      expect((await expectConsistentFolder(join(out, 'small'))).totals['rednote']).toMatchObject({
        delivered: 3,
        failed: 0,
      });
    },
  );

  it.each<[string, string, number, string]>([
    ['has no run bit', '#!/bin/sh\n', 0o644, 'it may not be run by you'],
    [
      'is made for another machine',
      '\u007fELF\u0002\u0001\u0001\u0000(\u0000(\n',
      0o755,
      'it is no program for this machine',
    ],
    ['wants what is not there', '#!/bin/sh\nexec /nowhere/ffmpeg\n', 0o755, 'is not there'],
  ])('PORT_FFMPEG that %s: one sentence with the reason, nothing written', async (_what, text, mode, reason) => {
    const path = join(await mkdtemp(join(work.path, 'tool-')), 'ffmpeg');
    await writeFile(path, text);
    await chmod(path, mode);
    const out = join(work.path, 'never');
    const { code, stderr } = await runPort(args(out), work.path, { PORT_FFMPEG: path });
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(reason);
    expect(await readdir(work.path)).not.toContain('never');
  });
});

describe.skipIf(windows)('limits of a shell', () => {
  it.each([24, 32, 36])('%i open files: a sentence or all of it, never a stack', async (count) => {
    const out = await mkdtemp(join(work.path, 'out-'));
    const command = 'ulimit -n "$1" && shift && exec "$0" "$@"';
    const all = ['-c', command, process.execPath, `${count}`, bin, ...args(out)];
    const { code, stderr } = await ending(spawn('bash', all, { cwd: work.path }));
    expect(stderr).not.toMatch(noStack);
    if (code !== 0) expect(stderr).toMatch(/[Tt]oo many files are open/);
  });

  it.skipIf(process.platform !== 'linux').each([
    ['1.2 GB of address space: one sentence, nothing written', 1_200_000, [], 2, /1171 MB of address space.*ulimit -v/],
    ['2.5 GB of it: photos are made, or there is a sentence', 2_500_000, [], null, /delivered|not enough memory/],
    ['8 GB of it, and a link to fetch: one sentence', 8_000_000, ['fetch'], 2, /7812 MB .*network.*--offline/],
  ])('%s', async (_what, kilobytes, command, exitCode, words) => {
    const out = join(await mkdtemp(join(work.path, 'out-')), 'ported');
    const link = join(work.path, 'link.json');
    const VideoList = [{ Date: '2025-06-03 10:00:00', Link: 'https://v16.tiktokcdn.com/a?x-expires=4102444800' }];
    await writeFile(link, JSON.stringify({ Post: { Posts: { VideoList } } }));
    const own = command.length > 0 ? [...command, link, '--out', out] : [...args(out), '--only', '2025-06-03_10-00-00'];
    const all = ['-c', 'ulimit -c 0; ulimit -v "$1" && shift && exec "$0" "$@"', process.execPath, `${kilobytes}`];
    const { code, stderr } = await ending(spawn('bash', [...all, bin, ...own], { cwd: work.path }));
    expect(stderr).not.toMatch(noStack);
    expect(stderr).toMatch(words);
    if (exitCode !== null) expect(code, stderr).toBe(exitCode);
    if (exitCode === 2 && command.length === 0) await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  it('files of 4 kB at most, for ffmpeg: told by its name', async () => {
    const out = await mkdtemp(join(work.path, 'out-'));
    const environment = await standIn('ffmpeg', `ulimit -f 8; exec '${tools.ffmpeg}' "$@"`);
    const { code, stderr } = await runPort([...args(out), '--only', encoded], work.path, environment);
    expect([code, await codesOf(out)], stderr).toEqual([1, ['file-too-large']]);
    expect(stderr).not.toMatch(noStack);
    expect(await leftovers(out)).toEqual([]);
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0;
if (!canMount) console.warn('NOT TESTED: an ffmpeg that fills a small disk (only root can mount one, on Linux).');

it.skipIf(!canMount)(
  'a disk that fills while ffmpeg renders: disk-full, and with room it goes on',
  async ({ skip }) => {
    const disk = await mkdtemp(join(tmpdir(), 'port-small-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('NOT TESTED: mount refuses a tmpfs here');
    }
    onTestFinished(async () => {
      execFileSync('umount', ['-l', disk]);
      await rm(disk, { recursive: true });
    });
    const only = ['--only', encoded];
    // The rest of the disk is taken while ffmpeg writes its video.
    const filled = `for last; do :; done
case "$last" in *.video.part.mp4) ;; *) exec '${tools.ffmpeg}' "$@" ;; esac
cat /dev/zero > '${disk}/filler' 2>/dev/null; '${tools.ffmpeg}' "$@"; s=$?; rm '${disk}/filler'; exit $s`;
    const full = await runPort([...args(disk), ...only], work.path, await standIn('ffmpeg', filled));
    expect(full.stderr).not.toMatch(noStack);
    expect(full.code, full.stderr).toBe(1);
    expect(full.stderr).toMatch(/no room/);
    expect(await codesOf(disk)).toEqual(['disk-full']);
    const again = await runPort([...args(disk), ...only], work.path);
    expect(again.code, again.stderr).toBe(0);
  },
);
