import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { port } from '../../src/pipeline/port.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { expectConsistentFolder } from '../e2e/accounting.ts';
import { makeMedia, picture, temporaryFolder, tone } from '../media.ts';
import { watched } from './watched-tools.ts';

const video = '2025-06-01_10-00-00';
const photos = '2025-06-02_10-00-00';
const platforms = ['rednote', 'reels', 'rednote,reels'] as const;

/** An export with a video that both platforms have encoded alike, and a post of photos. */
let input = '';
beforeAll(async () => {
  input = await temporaryFolder();
  const media = join(input, 'media');
  await mkdir(join(media, photos), { recursive: true });
  const codec = ['-c:v', 'mpeg4', '-q:v', '5', '-c:a', 'aac'];
  await makeMedia(media, `${video}.mp4`, [...picture('160x284', 3), ...tone(3), ...codec]);
  for (const [name, background] of Object.entries({ '01': 'teal', '02': 'olive' })) {
    const drawn = sharp({ create: { width: 120, height: 160, channels: 3, background } });
    await drawn.jpeg().toFile(join(media, photos, `${name}.jpg`));
  }
  const VideoList = [
    { Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' },
    { Date: '2025-06-02 10:00:00', Link: 'N/A', Title: 'Two photos', WhoCanView: 'Everyone' },
  ];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(input, 'posts.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}, 60_000);

/** Runs the main job in this process, and tells what it did for it: programs started, words of packages read. */
async function run(out: string, to: string) {
  const work: string[] = [];
  const ended: Record<string, string> = {};
  const tell = (event: RunEvent) => {
    if (event.type !== 'post') return;
    ended[`${event.key} ${event.target}`] = event.unchanged ? `${event.status}, unchanged` : event.status;
  };
  const options = { to, out, media: [join(input, 'media')], offline: true };
  const settings = combineSettings(options, null, checkOptions);
  const tools = watched(await createTools(), (what) => work.push(what));
  await port([join(input, 'posts.json')], settings, tools, tell, new AbortController().signal);
  return { work, ended };
}

/** All documents and media of an account but for its cache, with inode and time. */
async function snapshot(account: string): Promise<string[]> {
  const names = (await readdir(account, { recursive: true })).filter((name) => !name.startsWith('.port'));
  const lines = names.map(async (name) => {
    const { ino, size, mtimeMs } = await stat(join(account, name));
    return `${name} ${ino} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(lines)).sort();
}

const unchanged = (to: string) =>
  Object.fromEntries(
    [video, photos].flatMap((key) => to.split(',').map((target) => [`${key} ${target}`, 'delivered, unchanged'])),
  );

describe('each post and platform has its own record', () => {
  it('platforms asked for in turn and together: what was delivered is neither planned nor made again', async () => {
    const out = await temporaryFolder();
    expect((await run(out, 'rednote')).work).toContain('ffmpeg');
    // The encoding is there already, in the package of the other platform.
    expect((await run(out, 'reels')).work.filter((each) => each !== 'words')).toEqual(Array(4).fill('image'));
    const packages = async () =>
      (await snapshot(join(out, 'maya'))).filter((line) => !/index\.html|manifest\.json/.test(line));
    const before = await packages();
    for (const to of [...platforms, ...platforms]) {
      const { work, ended } = await run(out, to);
      expect([to, work, ended]).toEqual([to, [], unchanged(to)]);
    }
    expect(await packages()).toEqual(before);
    // Nor without the cache.
    await rm(join(out, 'maya/.port'), { recursive: true });
    expect((await run(out, 'rednote,reels')).ended).toEqual(unchanged('rednote,reels'));
    expect(await packages()).toEqual(before);
    await expectConsistentFolder(join(out, 'maya'));
  }, 60_000);

  it('a package that changed is made whole, and the other platform is left alone', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote,reels');
    await rm(join(out, 'maya/rednote', photos, 'cover.jpg'));
    const { work, ended } = await run(out, 'rednote,reels');
    expect(ended).toEqual({ ...unchanged('rednote,reels'), [`${photos} rednote`]: 'delivered' });
    expect(work.filter((each) => each !== 'words')).toEqual(['image']);
    await expectConsistentFolder(join(out, 'maya'));
  }, 60_000);

  it('trouble with one platform: the other one stays delivered', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote,reels');
    await writeFile(join(out, 'maya/rednote', video, 'caption.txt'), 'x'.repeat(2_000_000));
    const { ended } = await run(out, 'rednote,reels');
    expect(ended).toEqual({ ...unchanged('rednote,reels'), [`${video} rednote`]: 'failed' });
  }, 60_000);

  it('a folder of an earlier version, with one record a post: nothing is made again and no row changes', async () => {
    const out = await temporaryFolder();
    const account = join(out, 'maya');
    await run(out, 'rednote,reels');
    const seals = { [video]: 'iFmnBLOIPvVUnsM9S-PZyq,x 100/1748772000;', 'manifest.json': 'x 1/1;' };
    await writeFile(join(account, '.port/settled.json'), JSON.stringify({ schemaVersion: 1, seals }));
    const [before, rows] = [await snapshot(account), await readFile(join(account, 'manifest.json'))];
    const first = await run(out, 'rednote,reels');
    expect(first.ended).toEqual(unchanged('rednote,reels'));
    expect(first.work.filter((each) => each !== 'words')).toEqual([]);
    expect(await snapshot(account)).toEqual(before);
    expect((await readFile(join(account, 'manifest.json'))).equals(rows)).toBe(true);
    expect((await run(out, 'rednote,reels')).work).toEqual([]);
  }, 60_000);
});
