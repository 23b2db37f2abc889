import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { expectConsistentFolder, type ManifestDocument, type Row } from './accounting.ts';
import { runPort, workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const video = '2025-06-01_10-00-00';
const photos = '2025-06-02_10-00-00';
const small = [...picture('160x284', 0.6), ...tone(0.6)];
const tail = (recipe: readonly string[]) => recipe.slice(picture().length + tone().length);
const drawn = async (background: string, width = 120, height = 160) =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const args = [join(folder.path, 'export'), '--to', 'rednote,shorts', '--offline'];
/** What a person makes: a video that platforms take, and one that is too wide for Shorts. */
let fine: Buffer;
let wide: Buffer;

beforeAll(async () => {
  const media = join(folder.path, 'export/media');
  await mkdir(join(media, photos), { recursive: true });
  // By a remux, so that what is delivered is no second name of the original.
  await makeMedia(media, `${video}.mp4`, [...small, ...tail(recipes.moovLast)]);
  await writeFile(join(media, photos, '01.jpg'), await drawn('teal'));
  await writeFile(join(media, photos, '02.jpg'), await drawn('olive'));
  const VideoList = [
    { Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' },
    { Date: '2025-06-02 10:00:00', Link: 'N/A', Title: 'Two photos', WhoCanView: 'Everyone' },
  ];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(
    join(folder.path, 'export/user_data_tiktok.json'),
    JSON.stringify({ Profile, Post: { Posts: { VideoList } } }),
  );
  await mkdir(join(folder.path, 'made'));
  fine = await readFile(
    await makeMedia(join(folder.path, 'made'), 'fine.mp4', [
      ...picture('160x284', 0.8),
      ...tone(0.8),
      ...tail(recipes.compliant),
    ]),
  );
  wide = await readFile(
    await makeMedia(join(folder.path, 'made'), 'wide.mp4', [
      ...picture('284x160', 0.6),
      ...tone(0.6),
      ...tail(recipes.compliant),
    ]),
  );
  const { code, stderr } = await runPort([...args, '--out', 'first'], folder.path);
  if (code !== 0) throw new Error(stderr);
}, 120_000);

let copies = 0;

/** A folder as the first run left it, to spoil. */
async function delivered() {
  const out = `out-${++copies}`;
  await cp(join(folder.path, 'first'), join(folder.path, out), { recursive: true, preserveTimestamps: true });
  const account = join(folder.path, out, 'maya');
  const port = async (...more: string[]) => runPort([...args, '--out', out, ...more], folder.path);
  const at = (target: string, key: string, name: string) => join(account, target, key, name);
  return { account, port, at };
}

function row({ posts }: ManifestDocument, key: string, target: string): Row {
  const found = posts.find((each) => each.key === key && each.target === target);
  if (!found) throw new Error(`no row for ${key} ${target}`);
  return found;
}

const fileOf = (found: Row, name: string) => found.files.find(({ path }) => path.endsWith(`/${name}`));

describe("a person's own file in a package", () => {
  it('a cover and a photo stay, are listed and named, and go when they are deleted', async () => {
    const { account, port, at } = await delivered();
    const cover = at('rednote', video, 'cover.jpg');
    const photo = at('rednote', photos, '02.jpg');
    const [ownCover, ownPhoto] = [await drawn('red', 300, 400), await drawn('gold', 200, 300)];
    const ours = await readFile(photo);
    await writeFile(cover, ownCover);
    await rm(photo);
    await writeFile(photo, ownPhoto);

    const { code, stderr } = await port();
    expect(code).toBe(0);
    expect(stderr).toContain('Your own cover.jpg stays as it is.');
    expect(stderr).toContain('Your own 02.jpg stays as it is.');
    expect((await readFile(cover)).equals(ownCover)).toBe(true);
    const first = await expectConsistentFolder(account);
    expect(fileOf(row(first, video, 'rednote'), 'cover.jpg')).toMatchObject({
      ...{ action: 'own', role: 'cover', sha256: sha256(ownCover), bytes: ownCover.length },
    });
    expect(fileOf(row(first, photos, 'rednote'), '02.jpg')).toMatchObject({ action: 'own', role: 'photo' });
    expect(fileOf(row(first, photos, 'rednote'), '01.jpg')?.action).not.toBe('own');
    expect(await readFile(join(account, 'rednote/index.html'), 'utf8')).toContain('Your own cover.jpg stays');

    // Nothing to do; nothing changes; the caches can go.
    expect((await port()).stderr).toContain('already there');
    await rm(join(account, '.port'), { recursive: true });
    await port();
    const filesIn = ({ posts }: ManifestDocument) => posts.map(({ files }) => files);
    expect(filesIn(await expectConsistentFolder(account))).toEqual(filesIn(first));

    // Other options make the other files anew.
    await port('--tags', 'again', '--photos', 'video', '--cover', '0.2', '--only', video);
    expect((await readFile(cover)).equals(ownCover)).toBe(true);
    await expectConsistentFolder(account);

    await rm(cover);
    await rm(photo);
    await port();
    expect((await readFile(photo)).equals(ours)).toBe(true);
    const last = await expectConsistentFolder(account);
    expect(fileOf(row(last, video, 'rednote'), 'cover.jpg')?.action).toBe('image');
    expect(row(last, photos, 'rednote').issues.map(({ code }) => code)).not.toContain('own-file');
  }, 120_000);

  it('a video is held against the limits: kept and delivered with what is wrong, and --strict fails it', async () => {
    const { account, port, at } = await delivered();
    await writeFile(at('rednote', video, 'video.mp4'), fine);
    await writeFile(at('shorts', video, 'video.mp4'), wide);
    const { code, stderr } = await port();
    expect(code).toBe(0);
    expect(stderr.replace(/\s+/g, ' ')).toContain('Your own video.mp4 may be refused here: Its shape is 284x160');
    const manifest = await expectConsistentFolder(account);
    expect(row(manifest, video, 'rednote').issues.map(({ code: each }) => each)).not.toContain('own-file-unfit');
    const shorts = row(manifest, video, 'shorts');
    expect(shorts.status).toBe('delivered');
    expect(fileOf(shorts, 'video.mp4')).toMatchObject({ action: 'own', why: [{ code: 'shape' }] });

    const dry = await port('--strict', '--dry-run', '--json');
    const strict = await port('--strict', '--json');
    expect(strict.code).toBe(1);
    expect(totalsOf(dry)).toEqual(totalsOf(strict));
    expect((await readFile(at('shorts', video, 'video.mp4'))).equals(wide)).toBe(true);
    await expectConsistentFolder(account);
    // The post that failed still knows what was ours.
    await rm(at('shorts', video, 'video.mp4'));
    expect((await port()).code).toBe(0);
    expect(fileOf(row(await expectConsistentFolder(account), video, 'shorts'), 'video.mp4')?.action).toBe('remux');
  }, 120_000);

  it('one that cannot be opened fails its post, and stays', async () => {
    const { account, port, at } = await delivered();
    await writeFile(at('rednote', video, 'video.mp4'), 'saved halfway');
    const { code, stderr } = await port();
    expect(code).toBe(1);
    expect(stderr).toContain('Your own video.mp4 cannot be opened');
    expect(await readFile(at('rednote', video, 'video.mp4'), 'utf8')).toBe('saved halfway');
    await expectConsistentFolder(account);
  }, 60_000);

  it('stays when the post is held, when its original changed, and when there are parts', async () => {
    const { account, port, at } = await delivered();
    const cover = at('rednote', video, 'cover.jpg');
    const extra = at('rednote', photos, '03.jpg');
    const own = await drawn('purple');
    await writeFile(cover, own);
    await writeFile(extra, own);
    await writeFile(at('rednote', photos, 'notes.txt'), 'mine');
    await port('--until', '2025-05-01');
    await port();
    expect(fileOf(row(await readBooks(account), video, 'rednote'), 'cover.jpg')?.action).toBe('own');
    // Another original, as `--media` names it.
    await mkdir(join(account, '../media'), { recursive: true });
    await writeFile(join(account, '../media', `${video}.mp4`), fine);
    const { stderr } = await port('--media', join(account, '../media'), '--photos', 'video');
    expect(stderr).toContain('Your own cover.jpg stays');
    for (const path of [cover, extra]) expect((await readFile(path)).equals(own)).toBe(true);
    expect(await readFile(at('rednote', photos, 'notes.txt'), 'utf8')).toBe('mine');
    const manifest = await readBooks(account);
    expect(fileOf(row(manifest, photos, 'rednote'), '03.jpg')?.action).toBe('own');
    expect(fileOf(row(manifest, video, 'rednote'), 'cover.jpg')).toMatchObject({ action: 'own', sha256: sha256(own) });
  }, 120_000);

  it('our own file, synchronised or restored with another time, is still ours and made by nobody', async () => {
    const { account, port, at } = await delivered();
    const path = at('rednote', video, 'video.mp4');
    const { ino } = await stat(path);
    await utimes(path, 0, 0);
    const { stderr } = await port();
    expect(stderr).toContain('already there');
    expect((await stat(path)).ino).toBe(ino);
    await expectConsistentFolder(account);
  }, 60_000);

  it('a folder whose manifest is older than its packages takes nothing of ours for theirs', async () => {
    const { account, port } = await delivered();
    const before = await readFile(join(account, 'manifest.json'));
    await port('--cover', '0.3', '--only', video);
    await writeFile(join(account, 'manifest.json'), before);
    const { stderr } = await port('--cover', '0.1', '--only', video);
    expect(stderr).not.toContain('Your own');
    await expectConsistentFolder(account);
  }, 60_000);
});

/** The manifest, where a file that is no medium lies beside the others. */
async function readBooks(account: string): Promise<ManifestDocument> {
  return JSON.parse(await readFile(join(account, 'manifest.json'), 'utf8')) as ManifestDocument;
}

function totalsOf({ stdout, code }: { readonly stdout: string; readonly code: number | null }) {
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { accounts: unknown };
  return { accounts: summary.accounts, code };
}
