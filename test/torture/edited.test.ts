import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { fixture, runPort, workFolder } from '../e2e/run-port.ts';
import { long } from './how-long.ts';
import { makeSmallMedia } from './small-export.ts';

const folder = await workFolder();
const media = await makeSmallMedia(join(folder.path, 'made'));
afterAll(folder.remove);

const key = '2025-06-01_10-00-00';

async function delivered(name: string) {
  const path = join(folder.path, name);
  await mkdir(join(path, 'export/media'), { recursive: true });
  // By a remux, so that what is delivered is no second name of the original.
  await writeFile(join(path, `export/media/${key}.mp4`), media['wide'] ?? '');
  const VideoList = [{ Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' }];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'small' } } };
  await writeFile(join(path, 'export/posts.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  const args = [join(path, 'export'), '--to', 'rednote', '--offline', '--out', join(path, 'out')];
  const port = async (...more: string[]) => runPort([...args, ...more], folder.path);
  expect((await port()).code).toBe(0);
  const account = join(path, 'out/small');
  const loseOriginal = async () => {
    await rm(join(account, 'originals'), { recursive: true });
    await rm(join(path, 'export/media'), { recursive: true });
  };
  return { port, account, post: join(account, 'rednote', key), loseOriginal };
}

/** Changed bytes under the same size and time, as a failing disk or a careless copy leaves them. */
async function rot(path: string): Promise<void> {
  const { atime, mtime } = await stat(path);
  const bytes = await readFile(path);
  bytes.fill(0, bytes.length / 2, bytes.length / 2 + 200);
  await chmod(path, 0o644);
  await writeFile(path, bytes);
  await utimes(path, atime, mtime);
}

describe('--verify', () => {
  it('finds what size and time do not show, and makes it again; without it that is not looked for', async () => {
    const { port, account, post } = await delivered('rot');
    const video = join(post, 'video.mp4');
    const whole = await readFile(video);
    await rot(video);
    await port();
    expect((await readFile(video)).equals(whole)).toBe(false);
    const { code } = await port('--verify');
    expect(code).toBe(0);
    expect((await readFile(video)).equals(whole)).toBe(true);
    await expectConsistentFolder(account);
    const { stderr } = await port('--verify');
    expect(stderr).toContain('already there');
  });

  it('a damaged file of a post whose original is gone is reported', async () => {
    const { port, account, post, loseOriginal } = await delivered('rot without original');
    await loseOriginal();
    await rot(join(post, 'video.mp4'));
    expect((await port('--verify')).code).toBe(1);
    const manifest = await expectConsistentFolder(account);
    expect(manifest.posts[0]?.status).toBe('failed');
  });
});

describe('a post whose original is gone, in a folder that a person worked in', () => {
  it('stays delivered with the words that were changed, and says whose they are', async () => {
    const { port, account, post, loseOriginal } = await delivered('words');
    await writeFile(join(post, 'caption.txt'), 'Mine\n\nAll mine.\n\n#own\n');
    await loseOriginal();
    for (const again of [1, 2]) {
      expect((await port()).code, `run ${again}`).toBe(0);
      const { posts } = await expectConsistentFolder(account);
      const words = { title: 'Mine', body: 'All mine.', hashtags: ['own'], source: 'edited' };
      expect(posts[0]).toMatchObject({ status: 'delivered', caption: words });
      expect(JSON.parse(await readFile(join(post, 'post.json'), 'utf8'))).toEqual({ schemaVersion: 1, ...posts[0] });
    }
  });

  it.each(['video.mp4', 'caption.txt'])('%s was deleted: manifest and files still match', async (name) => {
    const { port, account, post, loseOriginal } = await delivered(`deleted ${name}`);
    await loseOriginal();
    await rm(join(post, name));
    await port();
    const { posts } = await expectConsistentFolder(account);
    expect(posts[0]?.status).toBe(name === 'caption.txt' ? 'delivered' : 'failed');
  });
});

it.runIf(long)('words that were changed are not lost when a post becomes one of parts', async () => {
  const args = [fixture('export.zip'), '--to', 'shorts', '--only', '2025-12-06_17-42-30', '--offline'];
  const out = ['--out', join(folder.path, 'parts')];
  await runPort([...args, ...out, '--long', 'trim'], folder.path);
  const post = join(folder.path, 'parts/maya/shorts/2025-12-06_17-42-30');
  await writeFile(join(post, 'caption.txt'), 'Mine\n');
  await runPort([...args, ...out, '--long', 'split'], folder.path);
  expect(await readFile(join(post, 'caption-before.txt'), 'utf8')).toBe('Mine\n');
  expect(await readFile(join(post, 'part-1/caption.txt'), 'utf8')).toContain('(1/2)');
});
