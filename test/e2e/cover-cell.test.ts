import { mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMedia, recipes, tone } from '../media.ts';
import { expectConsistentFolder, type ManifestDocument } from './accounting.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const video = '2025-06-01_10-00-00';
const photos = '2025-06-02_10-00-00';
const account = join(folder.path, 'ported/maya');
const args = [join(folder.path, 'export'), '--to', 'rednote', '--offline'];
const port = async (...more: string[]) => runPort([...args, ...more], folder.path);
const drawn = async (background: string) =>
  sharp({ create: { width: 300, height: 400, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** The colour of a cover: red, green or blue, whichever stands out. */
async function colourOf(key: string): Promise<string> {
  const { data } = await sharp(join(account, 'rednote', key, 'cover.jpg'))
    .resize(1, 1, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red = 0, green = 0, blue = 0] = data;
  return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
}

/** captions.csv with another cell in the column `cover`, the last one but `targets` and `fit`, which are empty. */
async function fillIn(key: string, cell: string): Promise<void> {
  const path = join(account, 'captions.csv');
  const lines = (await readFile(path, 'utf8')).split('\r\n');
  const quoted = /[",]/.test(cell) ? `"${cell}"` : cell;
  await writeFile(
    path,
    lines
      .map((line) => (line.startsWith(key) ? line.replace(/(?:"[^"]*"|[^,]*),,$/, `${quoted},,`) : line))
      .join('\r\n'),
  );
}

async function cellOf(key: string): Promise<string | undefined> {
  const lines = (await readFile(join(account, 'captions.csv'), 'utf8')).split('\r\n');
  return lines
    .find((line) => line.startsWith(key))
    ?.split(',')
    .at(-3);
}

beforeAll(async () => {
  const media = join(folder.path, 'export/media');
  await mkdir(join(media, photos), { recursive: true });
  // A second of blue, then one of green.
  const two = [
    '-f',
    'lavfi',
    '-i',
    'color=c=blue:s=160x284:r=25:d=1',
    '-f',
    'lavfi',
    '-i',
    'color=c=green:s=160x284:r=25:d=1',
  ];
  const encoded = recipes.compliant.slice(recipes.compliant.indexOf('-c:v'));
  await makeMedia(media, `${video}.mp4`, [
    ...[...two, ...tone(2), '-filter_complex', '[0:v][1:v]concat=n=2:v=1[v]', '-map', '[v]', '-map', '2:a'],
    ...encoded,
  ]);
  await writeFile(join(media, photos, '01.jpg'), await drawn('blue'));
  await writeFile(join(media, photos, '02.jpg'), await drawn('green'));
  const VideoList = [
    { Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' },
    { Date: '2025-06-02 10:00:00', Link: 'N/A', Title: 'Two photos', WhoCanView: 'Everyone' },
  ];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  const document = JSON.stringify({ Profile, Post: { Posts: { VideoList } } });
  await writeFile(join(folder.path, 'export/user_data_tiktok.json'), document);
  await mkdir(join(folder.path, 'pictures'));
  await writeFile(join(folder.path, 'pictures/mine.jpg'), await drawn('red'));
  await writeFile(join(folder.path, 'outside.jpg'), await drawn('red'));
}, 60_000);

describe('the column cover of captions.csv', () => {
  it('remembers --cover, and gives way to another one and to an emptied cell', async () => {
    expect((await port('--only', video, '--cover', '1.5')).code).toBe(0);
    expect(await colourOf(video)).toBe('green');
    expect(await cellOf(video)).toBe('1.5');
    const { stderr } = await port();
    expect(stderr).toContain('already there');
    expect(await colourOf(video)).toBe('green');
    // Without any cache the sheet alone remembers it.
    await rm(join(account, '.port'), { recursive: true });
    await port();
    expect(await colourOf(video)).toBe('green');
    await port('--only', video, '--cover', '0.2');
    expect([await colourOf(video), await cellOf(video)]).toEqual(['blue', '0.2']);
    await fillIn(video, '1,4');
    await port();
    expect(await colourOf(video)).toBe('green');
    await fillIn(video, '');
    await port();
    expect(await cellOf(video)).toBe('');
    const { posts } = JSON.parse(await readFile(join(account, 'manifest.json'), 'utf8')) as ManifestDocument;
    expect(posts.find(({ key }) => key === video)).not.toHaveProperty('cover');
    await expectConsistentFolder(account);
  }, 120_000);

  it('takes a picture of the account or of --media, of videos and photo posts alike, and follows its changes', async () => {
    await fillIn(photos, `originals/${photos}/02.jpg`);
    await fillIn(video, 'mine.jpg');
    const { stderr, code } = await port('--media', 'pictures');
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/not used|fits no post/);
    expect([await colourOf(photos), await colourOf(video)]).toEqual(['green', 'red']);
    const path = join(account, 'rednote', video, 'cover.jpg');
    const { ino } = await stat(path);
    await port('--media', 'pictures');
    expect((await stat(path)).ino).toBe(ino);
    await writeFile(join(folder.path, 'pictures/mine.jpg'), await drawn('lime'));
    await port('--media', 'pictures');
    expect(await colourOf(video)).toBe('green');
    await expectConsistentFolder(account);
  }, 120_000);

  it('says in one sentence why a cell is not followed, and chooses as without it; a dry run says the same', async () => {
    await symlink(join(folder.path, 'outside.jpg'), join(folder.path, 'pictures/link.jpg'));
    const cells: readonly [string, string, RegExp][] = [
      [video, '../../outside.jpg', /has to lie in the account’s folder/],
      [video, join(folder.path, 'outside.jpg'), /has to lie in the account’s folder/],
      [video, 'link.jpg', /has to lie in the account’s folder/],
      [video, 'https://example.com/a.jpg', /not taken from the network/],
      [video, '99', /the video lasts 2 s/],
      [photos, '1.5', /this post has photos/],
      [video, `rednote/${video}/cover.jpg`, /port made that file/],
      [video, 'captions.csv', /cannot be opened as a picture/],
    ];
    for (const [key, cell, sentence] of cells) {
      await fillIn(video, '');
      await fillIn(photos, '');
      await fillIn(key, cell);
      const dry = await port('--media', 'pictures', '--dry-run', '--strict');
      const { code, stderr } = await port('--media', 'pictures', '--only', key);
      expect(code, cell).toBe(0);
      expect(stderr.replace(/\s+/g, ' '), cell).toMatch(sentence);
      expect(dry.code, cell).toBe(1);
      expect(dry.stderr.replace(/\s+/g, ' '), cell).toMatch(sentence);
      expect(await cellOf(key)).toBe(cell);
    }
  }, 240_000);
});
