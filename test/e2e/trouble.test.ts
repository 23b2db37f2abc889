import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from './accounting.ts';
import { bin, fixture, foldersAfter, runPort, workFolder } from './run-port.ts';

const folders: (() => Promise<void>)[] = [];
async function fresh(): Promise<string> {
  const { path, remove } = await workFolder();
  folders.push(remove);
  return path;
}
afterAll(async () => {
  await Promise.all(folders.map(async (remove) => remove()));
});

describe('an export full of trouble', () => {
  it('ends every post with a reason, delivers what can be had, and stays in one piece', async () => {
    const path = await fresh();
    const args = [fixture('trouble.zip'), '--to', 'all', '--slide-seconds', '1', '--json'];
    const { code, stdout } = await runPort(args, path);
    expect(code).toBe(1);
    const lines = stdout.trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { type: string; exitCode?: number });
    expect(events.at(-1)).toMatchObject({ type: 'summary', exitCode: 1 });

    const manifest = await expectConsistentFolder(join(path, 'ported/maya_trouble'));
    const without = manifest.posts.filter(({ status, issues }) => status !== 'delivered' && issues.length === 0);
    expect(without).toEqual([]);
    const codes = manifest.posts.flatMap(({ issues }) => issues.map(({ code: each }) => each));
    expect(codes).toEqual(
      expect.arrayContaining([
        'link-expired',
        'no-link',
        'damaged',
        'photo-missing',
        'several-files-fit',
        'visibility',
      ]),
    );
    expect(manifest.totals['rednote']?.['delivered']).toBeGreaterThan(0);
  });

  it('--strict: a warning is a failure, and nothing is made', async () => {
    const path = await fresh();
    const wordless = [fixture('export/user_data_tiktok.json'), '--media', fixture('export/media'), '--offline'];
    await runPort([...wordless, '--to', 'rednote', '--strict', '--limit', '1'], path);
    const manifest = await expectConsistentFolder(join(path, 'ported/maya'));
    expect(manifest.totals['rednote']).toEqual({ delivered: 0, held: 7, rejected: 0, failed: 1 });
  });

  it('--strict after a delivery: post.json says that the post failed, and the next run knows the package again', async () => {
    const path = await fresh();
    const key = '2025-03-02_09-15-04';
    const wordless = [fixture('export/user_data_tiktok.json'), '--media', fixture('export/media'), '--offline'];
    const args = [...wordless, '--to', 'rednote', '--only', key];
    const folder = join(path, 'ported/maya');
    const package_ = join(folder, 'rednote', key);
    const document = async () => JSON.parse(await readFile(join(package_, 'post.json'), 'utf8')) as { status: string };
    await runPort(args, path);
    const { ino } = await stat(join(package_, 'cover.jpg'));
    const delivered = await document();
    expect(delivered.status).toBe('delivered');

    for (const _ of [1, 2]) {
      await runPort([...args, '--strict'], path);
      const { posts } = await expectConsistentFolder(folder);
      const row = posts.find((each) => each.key === key);
      expect(row?.status).toBe('failed');
      const { before, ...now } = (await document()) as { status: string; before?: unknown };
      expect(now).toEqual({ schemaVersion: 1, ...row });
      expect({ schemaVersion: 1, ...(before as object) }).toEqual(delivered);
    }
    // Without manifest and memory the packages tell.
    await rm(join(folder, '.port'), { recursive: true });
    await rm(join(folder, 'manifest.json'));
    const { stderr } = await runPort(args, path);
    expect(stderr).toContain('already there');
    expect((await stat(join(package_, 'cover.jpg'))).ino).toBe(ino);
    expect(await document()).toEqual(delivered);
    await expectConsistentFolder(folder);
  });
});

describe('a folder that a person worked in', () => {
  const key = '2025-03-02_09-15-04';
  const args = [fixture('export.zip'), '--to', 'rednote', '--only', key];
  const delivered = foldersAfter(args, fresh);

  it('keeps the words that were changed, run after run, whatever the words would be by now', async () => {
    const path = await delivered();
    const caption = join(path, 'ported/maya/rednote', key, 'caption.txt');
    await writeFile(caption, 'Mine\n\nAll mine.\n\n#own #words\n');
    // Without another option a run that finds nothing changed does not come to the words.
    for (const more of [[], ['--tags', 'again']]) {
      expect((await runPort([...args, ...more], path)).code).toBe(0);
      expect(await readFile(caption, 'utf8'), more.join(' ')).toBe('Mine\n\nAll mine.\n\n#own #words\n');
    }
    const manifest = await expectConsistentFolder(join(path, 'ported/maya'));
    const row = manifest.posts.find((each) => each.key === key);
    expect(row?.caption).toMatchObject({ title: 'Mine', body: 'All mine.', source: 'edited' });
    expect(row?.issues.filter(({ code }) => code === 'caption-edited')).toHaveLength(1);
  });

  it('keeps the words that were changed where nothing is left that tells whose they are', async () => {
    const path = await delivered();
    const folder = join(path, 'ported/maya');
    const caption = join(folder, 'rednote', key, 'caption.txt');
    const words = 'Mine\n\nAll mine.\n\n#own #words\n';
    await writeFile(caption, words);
    for (const name of ['.port', 'manifest.json', join('rednote', key, 'post.json')])
      await rm(join(folder, name), { recursive: true });
    expect((await runPort(args, path)).code).toBe(0);
    expect(await readFile(caption, 'utf8')).toBe(words);
    const row = (await expectConsistentFolder(folder)).posts.find((each) => each.key === key);
    expect(row?.caption).toMatchObject({ title: 'Mine', body: 'All mine.', source: 'edited' });
  });

  it('warns of the words that are there, not of those that were planned', async () => {
    const path = await fresh();
    const words = join(path, 'words.csv');
    await writeFile(words, `key,caption\n${key},"Seen on TikTok, at https://x.y"\n`);
    const own = [...args, '--captions', words];
    const folder = join(path, 'ported/maya/rednote', key);
    const wordCodes = async () => {
      const { issues } = JSON.parse(await readFile(join(folder, 'post.json'), 'utf8'));
      return issues
        .filter(({ code }: { code: string }) => /^(word-|contacts-|title-|no-words)/.test(code))
        .map(({ code, actual }: { code: string; actual: string }) => `${code} ${actual}`);
    };
    await runPort(own, path);
    expect(await wordCodes()).toEqual(['contacts-removed 1', 'word-platform TikTok']);
    await writeFile(join(folder, 'caption.txt'), 'Mine\n\nSeen on Instagram\n');
    await runPort(own, path);
    expect(await wordCodes()).toEqual(['word-platform Instagram']);
  });

  it('--strict judges the words that are there, from the first run on, and says what to shorten', async () => {
    const path = await fresh();
    const words = join(path, 'words.csv');
    await writeFile(words, `key,caption\n${key},"Seen on TikTok, at https://x.y"\n`);
    const own = [...args, '--captions', words];
    const folder = join(path, 'ported/maya');
    const caption = join(folder, 'rednote', key, 'caption.txt');
    const ofWords = async () => {
      const row = (await expectConsistentFolder(folder)).posts.find((each) => each.key === key);
      const codes = row?.issues.map(({ code }) => code).filter((code) => /^(word-|own-|contacts-|title-)/.test(code));
      return [row?.status, ...(codes ?? [])];
    };
    await runPort(own, path);
    expect(await ofWords()).toEqual(['delivered', 'contacts-removed', 'word-platform']);
    await writeFile(caption, 'Mine\n\nAll mine.\n');
    expect((await runPort([...own, '--strict'], path)).code).toBe(0);
    expect(await ofWords()).toEqual(['delivered']);
    const long = `${'汉'.repeat(23)}\n\nAt https://x.y\n`;
    await writeFile(caption, long);
    const { code, stdout, stderr } = await runPort([...own, '--strict'], path);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('Shorten it by 3.');
    expect(await ofWords()).toEqual(['failed', 'own-title-long', 'own-contact']);
    expect(await readFile(caption, 'utf8')).toBe(long);
  });

  it('makes a file again that was deleted or changed, and keeps the words', async () => {
    const path = await delivered();
    const post = join(path, 'ported/maya/rednote', key);
    await writeFile(join(post, 'caption.txt'), 'Mine\n');
    await rm(join(post, 'cover.jpg'));
    await runPort(args, path);
    expect((await stat(join(post, 'cover.jpg'))).size).toBeGreaterThan(1000);
    expect(await readFile(join(post, 'caption.txt'), 'utf8')).toBe('Mine\n');
    await expectConsistentFolder(join(path, 'ported/maya'));
  });

  it('loses nothing with .port/ and the manifest', async () => {
    const path = await delivered();
    const video = join(path, 'ported/maya/rednote', key, 'video.mp4');
    const { ino } = await stat(video);
    await rm(join(path, 'ported/maya/.port'), { recursive: true });
    await rm(join(path, 'ported/maya/manifest.json'));
    const { stderr } = await runPort(args, path);
    expect(stderr).toContain('already there');
    expect((await stat(video)).ino).toBe(ino);
    await expectConsistentFolder(join(path, 'ported/maya'));
  });

  it('a platform added later shares what is there, and manifest and files still match', async () => {
    const path = await delivered();
    await runPort([fixture('export.zip'), '--to', 'lemon8', '--only', '2025-02-14_19-33-07'], path);
    const manifest = await expectConsistentFolder(join(path, 'ported/maya'));
    expect(manifest.totals).toMatchObject({ rednote: { delivered: 1, held: 7 }, lemon8: { delivered: 1, held: 7 } });
  });

  it('the original is gone and its link dead: what was delivered stays delivered', async () => {
    const path = await delivered();
    await rm(join(path, 'ported/maya/originals'), { recursive: true });
    const bare = join(path, 'user_data_tiktok.json');
    await writeFile(bare, await readFile(fixture('export/user_data_tiktok.json')));
    const { code } = await runPort([bare, ...args.slice(1)], path);
    expect(code).toBe(0);
    await expectConsistentFolder(join(path, 'ported/maya'));
  });

  it('leaves alone what a person put there, when it makes a file again', async () => {
    const path = await delivered();
    const post = join(path, 'ported/maya/rednote', key);
    await writeFile(join(post, 'notes.txt'), 'mine');
    await rm(join(post, 'cover.jpg'));
    await runPort(args, path);
    expect(await readFile(join(post, 'notes.txt'), 'utf8')).toBe('mine');
    expect((await readdir(post)).sort()).toEqual(['caption.txt', 'cover.jpg', 'notes.txt', 'post.json', 'video.mp4']);
  });

  it.skipIf(process.platform === 'win32')(
    'originals cannot be written by accident, nor through a delivered file',
    async () => {
      const path = await delivered();
      for (const name of ['originals/2025-03-02_09-15-04.mp4', `rednote/${key}/video.mp4`]) {
        expect((await stat(join(path, 'ported/maya', name))).mode & 0o222).toBe(0);
      }
    },
  );

  it('a broken manifest is set aside and made again, with all platforms', async () => {
    const path = await fresh();
    await runPort([fixture('export.zip'), '--to', 'rednote,lemon8', '--only', key], path);
    const manifest = join(path, 'ported/maya/manifest.json');
    await writeFile(manifest, (await readFile(manifest)).subarray(0, 3000));
    const { code, stderr } = await runPort(args, path);
    expect(code).toBe(0);
    expect(stderr).toContain('manifest.json.broken');
    const { totals } = await expectConsistentFolder(join(path, 'ported/maya'));
    expect(totals).toMatchObject({ rednote: { delivered: 1 }, lemon8: { delivered: 1 } });
  });

  it('a broken post.json is written again', async () => {
    const path = await delivered();
    const document = join(path, 'ported/maya/rednote', key, 'post.json');
    const before = await readFile(document, 'utf8');
    await writeFile(document, 'garbage');
    await runPort(args, path);
    expect(await readFile(document, 'utf8')).toBe(before);
  });

  it("a caption.txt of megabytes is that post's trouble, and stays", async () => {
    const path = await delivered();
    const caption = join(path, 'ported/maya/rednote', key, 'caption.txt');
    await writeFile(caption, 'a'.repeat(2_000_000));
    const { code, stderr } = await runPort(args, path);
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
    expect((await stat(caption)).size).toBe(2_000_000);
  });

  it('an original that somebody changed is said run after run, and what is delivered is made of it again', async () => {
    const path = await delivered();
    const original = join(path, `ported/maya/originals/${key}.mp4`);
    const video = join(path, 'ported/maya/rednote', key, 'video.mp4');
    // Another video of the same size, and no second name of what was delivered.
    const bytes = await readFile(original);
    bytes.write('AnotherNamed', bytes.indexOf('VideoHandler'));
    await rm(original);
    await writeFile(original, bytes);
    const first = await runPort(args, path);
    expect(first.stderr).not.toContain('already there');
    expect((await readFile(video)).equals(bytes)).toBe(true);
    const second = await runPort(args, path);
    expect(second.stderr).toContain('already there');
    for (const { code, stderr } of [first, second]) {
      expect(code).toBe(0);
      expect(stderr.replace(/\s+/g, ' ')).toContain(`originals/${key}.mp4 was edited since port first met it`);
    }
    const { posts } = await expectConsistentFolder(join(path, 'ported/maya'));
    expect(posts.find((each) => each.key === key)?.issues.map(({ code }) => code)).toContain('original-changed');
  });
});

describe('a video of --media', () => {
  const key = '2025-03-02_09-15-04';

  const args = [...['user_data_tiktok.json', '--media', 'media', '--offline'], '--to', 'rednote', '--only', key];
  const deliveredOnce = foldersAfter(args, fresh, async (path) => {
    await mkdir(join(path, 'media'));
    const original = join(path, 'media', `${key}.mp4`);
    await copyFile(fixture(`export/media/${key}.mp4`), original);
    const posted = new Date('2025-03-02T09:15:04Z');
    await utimes(original, posted, posted);
    await copyFile(fixture('export/user_data_tiktok.json'), join(path, 'user_data_tiktok.json'));
  });

  const unchanged = { code: 0, status: 'delivered', unchanged: true };

  /** A folder in which it was delivered, and what another run makes of it. */
  async function deliveredFromMedia() {
    const path = await deliveredOnce();
    const original = join(path, 'media', `${key}.mp4`);
    const again = async (...more: string[]) => {
      const { code, stdout } = await runPort([...args, '--json', ...more], path);
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; status?: string; unchanged?: boolean });
      return { code, ...events.find(({ type, status }) => type === 'post' && status !== 'held') };
    };
    // Learns where the original of this copy lies.
    expect(await again()).toMatchObject(unchanged);
    const { mtimeMs } = await stat(original);
    /** Another video of the same size, which lies there as the first one did but for its time. */
    const replace = async (time: number) => {
      const bytes = await readFile(original);
      bytes.write('AnotherNamed', bytes.indexOf('VideoHandler'));
      await chmod(original, 0o644);
      await writeFile(original, bytes);
      await utimes(original, time, time);
      return bytes;
    };
    const video = async () => readFile(join(path, `ported/maya/rednote/${key}/video.mp4`));
    const balance = async () => void (await expectConsistentFolder(join(path, 'ported/maya')));
    return { path, original, again, replace, video, balance, time: mtimeMs / 1000 };
  }

  it('is unchanged as long as it is, by whatever one can tell', async () => {
    const { path, original, again, video, balance } = await deliveredFromMedia();
    expect((await video()).equals(await readFile(original))).toBe(true);
    expect(await again()).toMatchObject(unchanged);
    // Without the cache of what the files hold.
    await rm(join(path, 'ported/maya/.port/cache.json'));
    expect(await again()).toMatchObject(unchanged);
    await utimes(original, 0, 0);
    expect(await again()).toMatchObject(unchanged);
    expect(await again('--verify')).toMatchObject(unchanged);
    expect(await again()).toMatchObject(unchanged);
    await balance();
  });

  it('is delivered again where another one of the same size took its place', async () => {
    const { again, replace, video, balance, time } = await deliveredFromMedia();
    const bytes = await replace(time + 1);
    expect(await again()).toMatchObject({ status: 'delivered', unchanged: false });
    expect((await video()).equals(bytes)).toBe(true);
    expect(await again()).toMatchObject(unchanged);
    await balance();
  });

  it('--verify finds another one by what it holds, even of the same size and time', async () => {
    const { again, replace, video, balance, time } = await deliveredFromMedia();
    const bytes = await replace(time);
    expect(await again()).toMatchObject(unchanged);
    expect(await again('--verify')).toMatchObject({ status: 'delivered', unchanged: false });
    expect((await video()).equals(bytes)).toBe(true);
    expect(await again()).toMatchObject(unchanged);
    await balance();
  });
});

describe('exports without a name', () => {
  it('never share a folder, though their files have one name; a second run finds its own again', async () => {
    const path = await fresh();
    const args = ['--to', 'rednote', '--offline'];
    for (const [folder, number] of [
      ['a', 1],
      ['b', 2],
      ['b', 2],
    ] as const) {
      await mkdir(join(path, folder), { recursive: true });
      const Link = `https://v.example/storage/${number}?x-tos-expires=1741770904`;
      const VideoList = [{ Date: '2025-03-02 09:15:04', Link, WhoCanView: 'Everyone' }];
      await writeFile(join(path, folder, 'posts.json'), JSON.stringify({ Post: { Posts: { VideoList } } }));
      await runPort([join(folder, 'posts.json'), ...args], path);
    }
    expect((await readdir(join(path, 'ported'))).sort()).toEqual(['posts', 'posts-2']);
    for (const name of ['posts', 'posts-2']) {
      const manifest = await expectConsistentFolder(join(path, 'ported', name));
      expect(manifest.totals).toEqual({ rednote: { delivered: 0, held: 0, rejected: 0, failed: 1 } });
    }
  });
});

describe('an export without a name whose manifest is broken', () => {
  it('says so, and goes on in the same folder', async () => {
    const path = await fresh();
    const Link = 'https://v.example/storage/1?x-tos-expires=1741770904';
    const VideoList = [{ Date: '2025-03-02 09:15:04', Link, WhoCanView: 'Everyone' }];
    await writeFile(join(path, 'posts.json'), JSON.stringify({ Post: { Posts: { VideoList } } }));
    const run = async (...more: string[]) => runPort(['posts.json', '--to', 'rednote', '--offline', ...more], path);
    await run();
    const manifest = join(path, 'ported/posts/manifest.json');
    await writeFile(manifest, (await readFile(manifest)).subarray(0, 300));
    // A dry run changes nothing, and says it too.
    for (const { stderr } of [await run('--dry-run'), await run()]) expect(stderr).toContain('manifest.json.broken');
    expect(await readdir(join(path, 'ported'))).toEqual(['posts']);
    expect(await readdir(join(path, 'ported/posts'))).toContain('manifest.json.broken');
    await expectConsistentFolder(join(path, 'ported/posts'));
  });
});

describe('names and keys', () => {
  it('an account called __proto__ is an account', async () => {
    const path = await fresh();
    const file = join(path, 'user_data.json');
    const Profile = { 'Profile Info': { ProfileMap: { userName: '__proto__' } } };
    const VideoList = [{ Date: '2025-03-02 09:15:04', Link: 'N/A', WhoCanView: 'Everyone' }];
    await writeFile(file, JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
    const { code, stdout } = await runPort([file, '--to', 'rednote', '--offline', '--json'], path);
    expect(code).toBe(1);
    expect(stdout.trim().split('\n').at(-1)).toContain('"__proto__":{"rednote":{"delivered":0');
  });

  it('a key that no post has is reported', async () => {
    const path = await fresh();
    const { stderr } = await runPort([fixture('export.zip'), '--to', 'rednote', '--only', 'nope'], path);
    expect(stderr).toContain('There is no post "nope".');
  });

  it('--since after --until is a slip', async () => {
    const path = await fresh();
    const args = [fixture('export.zip'), '--to', 'rednote', '--since', '2025-03-02', '--until', '2025-03-01'];
    expect((await runPort(args, path)).code).toBe(2);
  });
});

describe.skipIf(process.platform === 'win32')('a reader that has seen enough', () => {
  it.each(['--json | head -1', '2>&1 | head -1'])('%s: the work is finished all the same', async (pipe) => {
    const path = await fresh();
    const command = `set -o pipefail; '${process.execPath}' '${bin}' '${fixture('export.zip')}' --to rednote --only 2025-03-02_09-15-04 ${pipe}`;
    const { status } = spawnSync('bash', ['-c', command], { cwd: path });
    expect(status).toBe(0);
    const { totals } = await expectConsistentFolder(join(path, 'ported/maya'));
    expect(totals['rednote']).toMatchObject({ delivered: 1, held: 7 });
  });
});
