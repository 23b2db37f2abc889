import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { port } from '../../src/pipeline/port.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import type { Tools } from '../../src/tools/tools.ts';
import { expectConsistentFolder, readManifest } from '../e2e/accounting.ts';
import { makeMedia, picture, temporaryFolder, tone } from '../media.ts';
import { watched } from './watched-tools.ts';

const video = '2025-06-01_10-00-00';
const wide = '2025-06-02_10-00-00';
const photos = '2025-06-03_10-00-00';

/** An export with a video that rednote and reels have encoded alike, one too wide for shorts, and a post of photos. */
let input = '';
beforeAll(async () => {
  input = await temporaryFolder();
  const media = join(input, 'media');
  await mkdir(join(media, photos), { recursive: true });
  const codec = ['-c:v', 'mpeg4', '-q:v', '5', '-c:a', 'aac'];
  await makeMedia(media, `${video}.mp4`, [...picture('160x284', 3), ...tone(3), ...codec]);
  await makeMedia(media, `${wide}.mp4`, [...picture('284x160', 3), ...tone(3), ...codec]);
  for (const [name, background] of Object.entries({ '01': 'teal', '02': 'olive' })) {
    const drawn = sharp({ create: { width: 120, height: 160, channels: 3, background } });
    await drawn.jpeg().toFile(join(media, photos, `${name}.jpg`));
  }
  const VideoList = [video, wide, photos].map((key) => ({
    ...{ Date: `${key.slice(0, 10)} 10:00:00`, Link: 'N/A', WhoCanView: 'Everyone' },
    ...(key === photos && { Title: 'Two photos' }),
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(input, 'posts.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}, 60_000);

/** Runs the main job in this process, and tells what it did for it and how each post ended. */
async function run(out: string, to: string, more: object = {}, change: (tools: Tools) => Tools = (tools) => tools) {
  const work: string[] = [];
  const ended: Record<string, string> = {};
  const said = new Set<string>();
  const plans: string[] = [];
  const tell = (event: RunEvent) => {
    if (event.type === 'plan') plans.push(`${event.key} ${event.target}`);
    if (event.type !== 'post') return;
    ended[`${event.key} ${event.target}`] = event.unchanged ? `${event.status}, unchanged` : event.status;
    for (const { message } of event.issues) said.add(message);
  };
  const options = { to, out, media: [join(input, 'media')], offline: true, ...more };
  const tools = watched(change(await createTools()), (what) => work.push(what));
  const settings = combineSettings(options, null, checkOptions);
  const { exitCode, accounts } = await port(
    ...([[join(input, 'posts.json')], settings, tools, tell, new AbortController().signal] as const),
  );
  const made = work.filter((each) => each !== 'words');
  return { work, made, ended, said: [...said], plans, exitCode, totals: accounts['maya'] };
}

/** Writes into cells of captions.csv. @param cells by post: cover, targets, fit */
async function choose(out: string, cells: Readonly<Record<string, string>>): Promise<void> {
  const path = join(out, 'maya/captions.csv');
  const lines = (await readFile(path, 'utf8')).split('\r\n');
  const filled = lines.map((line) => {
    const written = cells[line.slice(0, video.length)];
    return written === undefined ? line : line.replace(/,[^,]*,(?:"[^"]*"|[^",]*),[^,]*$/, `,${written}`);
  });
  await writeFile(path, filled.join('\r\n'));
}

/** What is in the packages of an account. */
async function packages(out: string): Promise<string[]> {
  const names = await readdir(join(out, 'maya'), { recursive: true });
  const inPackages = names.filter((name) => /^\w+\/\d.*\./.test(name)).sort();
  return await Promise.all(
    inPackages.map(async (name) => {
      const { ino, size, mtimeMs } = await stat(join(out, 'maya', name));
      return `${name} ${ino} ${size} ${mtimeMs}`;
    }),
  );
}

const rowOf = async (out: string, key: string, target: string) =>
  (await readManifest(join(out, 'maya'))).posts.find((row) => row.key === key && row.target === target);
const all = (status: string, to: string, keys = [video, wide, photos]) =>
  Object.fromEntries(keys.flatMap((key) => to.split(',').map((target) => [`${key} ${target}`, status])));

describe('targets in captions.csv', () => {
  it('a platform that is left out holds the post, the other one gets it, and a second run has nothing to do', async () => {
    const out = await temporaryFolder();
    await run(out, 'lemon8');
    await choose(out, { [video]: ',RedNote,' });
    const first = await run(out, 'rednote,reels');
    expect(first.ended).toEqual({ ...all('delivered', 'rednote,reels'), [`${video} reels`]: 'held' });
    expect(first.said.filter((each) => each.includes('its targets in captions.csv are: rednote.'))).toHaveLength(1);
    expect(first.plans).not.toContain(`${video} reels`);
    expect([first.exitCode, first.totals]).toEqual([
      0,
      {
        rednote: { delivered: 3, held: 0, rejected: 0, failed: 0 },
        reels: { delivered: 2, held: 1, rejected: 0, failed: 0 },
      },
    ]);
    expect(await readdir(join(out, 'maya/reels'))).not.toContain(video);
    const before = await packages(out);
    const second = await run(out, 'rednote,reels');
    // Not even the words of a package are read, as where a post is decided.
    expect(second.work).toEqual([]);
    expect(second.plans).not.toContain(`${video} reels`);
    expect(second.ended).toEqual({ ...all('delivered, unchanged', 'rednote,reels'), [`${video} reels`]: 'held' });
    expect(await packages(out)).toEqual(before);
    await expectConsistentFolder(join(out, 'maya'));
  }, 60_000);

  it('is planned as if the platform that is left out were not asked for', async () => {
    const [alone, chosen] = [await temporaryFolder(), await temporaryFolder()];
    await run(alone, 'shorts');
    await run(chosen, 'lemon8', { limit: '1' });
    await choose(chosen, { [photos]: ',shorts,' });
    await rm(join(chosen, 'maya/lemon8'), { recursive: true });
    await run(chosen, 'rednote,shorts,lemon8', { only: [photos] });
    const media = async (out: string) => (await rowOf(out, photos, 'shorts'))?.files.map(({ sha256 }) => sha256);
    expect(await media(chosen)).toEqual(await media(alone));
  }, 60_000);

  it('a package that is there stays, listed, and the choice taken back delivers it again without rendering', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote,reels');
    const files = (await packages(out)).filter((line) => !line.includes('post.json'));
    await choose(out, { [video]: ",'-,", [photos]: ',"rednote, lemon8",' });
    const held = await run(out, 'rednote,reels');
    expect(held.made).toEqual([]);
    expect(held.exitCode).toBe(0);
    const outcome = { ...all('delivered, unchanged', 'rednote,reels'), ...all('held', 'rednote,reels', [video]) };
    expect(held.ended).toEqual({ ...outcome, [`${photos} reels`]: 'held' });
    expect((await packages(out)).filter((line) => !line.includes('post.json'))).toEqual(files);
    const row = await rowOf(out, video, 'rednote');
    expect(row).toMatchObject({ status: 'held', issues: [{ code: 'target-left-out' }] });
    expect(row?.files.map(({ role }) => role)).toEqual(['video', 'cover', 'caption']);
    await expectConsistentFolder(join(out, 'maya'));
    const before = await packages(out);
    const again = await run(out, 'rednote,reels');
    expect([again.work, again.ended]).toEqual([[], held.ended]);
    expect(await packages(out)).toEqual(before);
    await choose(out, { [video]: ',,', [photos]: ',,' });
    const back = await run(out, 'rednote,reels');
    expect([...new Set(back.made)]).toEqual([]);
    for (const [post, status] of Object.entries(back.ended)) expect(`${post} ${status}`).toMatch(/ delivered/);
    await expectConsistentFolder(join(out, 'maya'));
  }, 60_000);

  it('in which nothing is understood hold the post everywhere; one unknown name among known ones is reported', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote,reels');
    await choose(out, { [video]: ',lemno8,', [wide]: ',rednote lemno8,' });
    const { ended, said, exitCode } = await run(out, 'rednote,reels', { strict: true });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Held back, since “lemno8”.* is not understood\. Did you mean “lemon8”\?/),
        'The target “lemno8” in captions.csv is no platform. Did you mean “lemon8”? Its other targets count.',
      ]),
    );
    expect(ended).toMatchObject({ ...all('held', 'rednote,reels', [video]), [`${wide} reels`]: 'held' });
    // With --strict a warning fails a post, but none that is held.
    expect([ended[`${wide} rednote`], exitCode]).toEqual(['failed', 1]);
    await choose(out, { [wide]: ',rednote,' });
    expect((await run(out, 'rednote,reels')).exitCode).toBe(0);
  }, 60_000);

  it('stay in force where the sheet or its column is gone, or cannot be read and was never recorded', async () => {
    const out = await temporaryFolder();
    const [sheet, record] = [join(out, 'maya/captions.csv'), join(out, 'maya/captions.json')];
    await run(out, 'rednote');
    await choose(out, { [video]: ',none,', [wide]: ',,crop' });
    const held = { ...all('delivered, unchanged', 'rednote'), [`${video} rednote`]: 'held' };
    await run(out, 'rednote');
    const written = await readFile(sheet, 'utf8');
    for (const text of [null, `key,caption\r\n${video},\r\n`, 'key,caption,targets\r\n', 'key,caption\n"unclosed']) {
      if (text === null) await rm(sheet);
      else await writeFile(sheet, text);
      expect([text, (await run(out, 'rednote')).ended]).toEqual([text, held]);
      if (text?.endsWith('unclosed')) continue;
      const now = await readFile(sheet, 'utf8');
      expect([now.includes(',none,\r\n'), now.includes(',,crop\r\n')]).toEqual([true, true]);
    }
    await rm(record);
    const unsure = await run(out, 'rednote,reels');
    expect(unsure.ended).toMatchObject({ ...all('held', 'rednote,reels', [video]), [`${wide} reels`]: 'delivered' });
    expect(await rowOf(out, wide, 'rednote')).toMatchObject({ fit: 'crop' });
    await writeFile(sheet, written);
    expect((await run(out, 'rednote')).ended).toMatchObject(all('held', 'rednote', [video]));
  }, 60_000);

  it('hold the post also where its original is in trouble, and fetch nothing with --no-held-originals', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote');
    await choose(out, { [video]: ',rednote,', [wide]: ',none,' });
    await rm(join(out, 'maya/originals'), { recursive: true, force: true });
    const media = await temporaryFolder();
    const nothing = await run(out, 'rednote,reels', { media: [media], heldOriginals: false });
    expect(nothing.ended).toMatchObject({ ...all('held', 'rednote,reels', [wide]), [`${video} reels`]: 'held' });
    const broken = await run(await copyOf(out), 'rednote,reels', { heldOriginals: true }, (tools) => ({
      ...tools,
      files: {
        ...tools.files,
        confined: () => ({ ...tools.files, sha256: async () => Promise.reject(new Error('EIO')) }),
      },
    }));
    expect(broken.ended).toMatchObject({ ...all('held', 'rednote,reels', [wide]), [`${video} reels`]: 'held' });
  }, 60_000);

  async function copyOf(out: string): Promise<string> {
    const copy = await temporaryFolder();
    await mkdir(join(copy, 'maya'));
    await writeFile(join(copy, 'maya/captions.csv'), await readFile(join(out, 'maya/captions.csv')));
    return copy;
  }
});

describe('fit in captions.csv', () => {
  it('makes that post alone again, and a second run has nothing to do', async () => {
    const out = await temporaryFolder();
    await run(out, 'rednote,shorts');
    const others = async () => (await packages(out)).filter((line) => !line.includes(wide));
    const before = await others();
    await choose(out, { [wide]: ',,CROP' });
    const { ended, made } = await run(out, 'rednote,shorts');
    expect(made).toContain('ffmpeg');
    expect(ended).toEqual({
      ...all('delivered, unchanged', 'rednote,shorts'),
      [`${wide} rednote`]: expect.stringContaining('delivered'),
      [`${wide} shorts`]: 'delivered',
    });
    expect(await others()).toEqual(before);
    expect(await rowOf(out, wide, 'shorts')).toMatchObject({ fit: 'CROP' });
    const second = await run(out, 'rednote,shorts');
    expect([second.work, second.ended]).toEqual([[], all('delivered, unchanged', 'rednote,shorts')]);
    // The same as the run's: nothing to do either.
    await choose(out, { [video]: ',,blur' });
    const same = await run(out, 'rednote,shorts');
    expect([same.made, same.ended]).toEqual([[], all('delivered, unchanged', 'rednote,shorts')]);
    await expectConsistentFolder(join(out, 'maya'));
  }, 60_000);

  it('keep rejects that post alone; a word that is no fit is reported, and the run’s counts', async () => {
    const out = await temporaryFolder();
    await run(out, 'shorts');
    await choose(out, { [wide]: ',,keep', [video]: ',,corp' });
    const { ended, said, exitCode } = await run(out, 'shorts');
    expect([exitCode, ended[`${wide} shorts`], ended[`${video} shorts`]]).toEqual([
      ...[1, 'rejected', 'delivered, unchanged'],
    ]);
    expect(said).toContain(
      'The fit “corp” in captions.csv is not known. Did you mean “crop”? Until then --fit counts.',
    );
  }, 60_000);
});
