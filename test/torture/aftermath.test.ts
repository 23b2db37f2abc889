import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/tools/programs.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { cutOff, runPort, workFolder } from '../e2e/run-port.ts';
import { makeSmallMedia } from './small-export.ts';
import { leftovers } from './tree.ts';

const folder = await workFolder();
const media = await makeSmallMedia(join(folder.path, 'made'));
afterAll(folder.remove);

/** One post, whose video has to be encoded. */
async function oneEncode(
  name: string,
): Promise<{ readonly args: string[]; readonly out: string; readonly post: string }> {
  const path = join(folder.path, name);
  await mkdir(join(path, 'export/media'), { recursive: true });
  await writeFile(join(path, 'export/media/2025-06-02_10-00-00.mp4'), media['/hevc'] ?? '');
  const VideoList = [{ Date: '2025-06-02 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(path, 'export/posts.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  const out = join(path, 'out');
  const args = [join(path, 'export'), '--to', 'rednote', '--offline', '--out', out];
  return { args, out, post: join(out, 'small/rednote/2025-06-02_10-00-00') };
}

/** An ffmpeg that is slow: `before` and `after` are shell commands around each encode; it says so in `<name>.at-work`. */
async function slowFfmpeg(name: string, before: string, after: string): Promise<string> {
  const path = join(folder.path, name);
  const { path: ffmpeg } = await findProgram('ffmpeg');
  const script = [
    '#!/bin/sh',
    'for last; do :; done',
    `case "$last" in *.video.part.mp4) ;; *) exec '${ffmpeg}' "$@" ;; esac`,
    `touch '${path}.at-work'`,
    before,
    `'${ffmpeg}' "$@"; status=$?`,
    after,
    'exit $status',
  ];
  await writeFile(path, `${script.join('\n')}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('an ffmpeg whose run was killed', () => {
  it('that wakes up in the middle of the next run spoils nothing of it', async () => {
    const { args, out, post } = await oneEncode('orphan');
    // Writes over what the next run has just finished and is about to look at.
    const orphan = await slowFfmpeg(
      'late',
      'sleep 3',
      'exec 2>/dev/null; echo spoilt > "$(echo "$last" | sed s/^file://)"; touch "$0.done"',
    );
    const patient = await slowFfmpeg(
      'patient',
      '',
      `n=0; while [ ! -e '${orphan}.done' ] && [ $n -lt 80 ]; do sleep 0.1; n=$((n+1)); done`,
    );
    const isAtWork = () => existsSync(`${orphan}.at-work`);
    await cutOff(args, folder.path, 'SIGKILL', isAtWork, { PORT_FFMPEG: orphan });
    const { code, stderr } = await runPort(args, folder.path, { PORT_FFMPEG: patient });
    expect(code, stderr).toBe(0);
    expect(existsSync(`${orphan}.done`)).toBe(true);
    await expectConsistentFolder(join(out, 'small'));
    expect((await stat(join(post, 'video.mp4'))).size).toBeGreaterThan(1000);
    expect(await leftovers(out)).toEqual([]);
  });
});

describe('killed between the two renames that replace a package', () => {
  it.each(['before the new one came', 'after it'])('%s: what a person put there is still there', async (when) => {
    const { args, out, post } = await oneEncode(when);
    expect((await runPort(args, folder.path)).code).toBe(0);
    const old = join(post, '../.2025-06-02_10-00-00.old.part');
    await mkdir(join(old, 'mine'), { recursive: true });
    for (const name of ['post.json', 'caption.txt', 'video.mp4', 'cover.jpg']) {
      await writeFile(join(old, name), await readFile(join(post, name)));
    }
    await writeFile(join(old, 'mine/notes.txt'), 'mine');
    if (when === 'before the new one came') await rm(post, { recursive: true });
    expect((await runPort(args, folder.path)).code).toBe(0);
    expect(await readFile(join(post, 'mine/notes.txt'), 'utf8')).toBe('mine');
    await rm(join(post, 'mine'), { recursive: true });
    await expectConsistentFolder(join(out, 'small'));
  });
});
