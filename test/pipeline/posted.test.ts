import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { dryRun } from '../../src/pipeline/dry-run.ts';
import { port } from '../../src/pipeline/port.ts';
import { createDryRunTools } from '../../src/tools/create-dry-run-tools.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { expectConsistentFolder, readManifest } from '../e2e/accounting.ts';
import { makeMedia, picture, recipes, temporaryFolder, tone } from '../media.ts';

/** What is out stays as it is: a video for rednote and reels, and two photos. */

const video = '2025-06-01_10-00-00';
const photos = '2025-06-02_10-00-00';
const to = 'rednote,reels';
const tail = recipes.compliant.slice(picture().length + tone().length);

/** A folder with an export, its media, and what a first run delivered. */
let delivered = '';
beforeAll(async () => {
  delivered = await temporaryFolder();
  const media = join(delivered, 'media');
  await mkdir(join(media, photos), { recursive: true });
  await makeMedia(media, `${video}.mp4`, [...picture('160x284', 3), ...tone(3), ...tail]);
  for (const [name, background] of Object.entries({ '01': 'teal', '02': 'olive' })) {
    const drawn = sharp({ create: { width: 120, height: 160, channels: 3, background } });
    await drawn.jpeg().toFile(join(media, photos, `${name}.jpg`));
  }
  await writeExport(delivered);
  await writeFile(join(delivered, 'words.csv'), `key,caption\n${video},My first video #spring\n${photos},Two photos\n`);
  const first = await run(delivered, { captions: [join(delivered, 'words.csv')] });
  expect(Object.values(first.ended)).toEqual(Array(4).fill('delivered'));
}, 60_000);

async function writeExport(place: string, visibility = 'Everyone', keys = [video, photos]): Promise<void> {
  const VideoList = keys.map((key) => ({
    ...{ Date: `${key.slice(0, 10)} 10:00:00`, Link: 'N/A', WhoCanView: visibility },
    ...(key === photos && { Title: 'Two photos' }),
  }));
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(place, 'posts.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
}

/** A copy of the folder, with posts that are out. */
async function folderWith(posted: readonly string[] = [`${video},rednote`]): Promise<string> {
  const place = await temporaryFolder();
  if (process.platform === 'linux') execFileSync('cp', ['-a', `${delivered}/.`, place]);
  else await cp(delivered, place, { recursive: true, preserveTimestamps: true });
  if (posted.length > 0) await tick(place, posted);
  return place;
}

async function tick(place: string, posted: readonly string[]): Promise<void> {
  const lines = posted.map((each) => `${each},2026-11-01 12:00`);
  await writeFile(join(place, 'maya/posting.csv'), `${['key,target,posted', ...lines].join('\n')}\n`);
}

async function prepare(place: string, given: object) {
  const ended: Record<string, string> = {};
  const frozen: Record<string, string> = {};
  const warnings: string[] = [];
  const note = (
    event: { key: string; target: string },
    status: string,
    issues: readonly { code: string; message?: string }[],
  ) => {
    ended[`${event.key.slice(8, 10)} ${event.target}`] = status;
    for (const { code, message } of issues)
      if (code === 'posted-frozen')
        frozen[`${event.key.slice(8, 10)} ${event.target}`] =
          /it would now (.*)\. --redo/.exec(message ?? '')?.[1] ?? '';
  };
  const tell = (event: RunEvent) => {
    if (event.type === 'warning') warnings.push(event.message);
    if (event.type === 'post') note(event, event.status, event.issues);
    if (event.type === 'plan' && event.expected) note(event, event.expected.status, event.expected.issues ?? []);
  };
  const options = { to, out: place, media: [join(place, 'media')], offline: true, ...given };
  const settings = combineSettings(options, null, checkOptions);
  const about = { ended, frozen, warnings };
  return { settings, tell, about, signal: new AbortController().signal, paths: [join(place, 'posts.json')] };
}

async function run(place: string, given: object = {}) {
  const { settings, tell, about, signal, paths } = await prepare(place, given);
  const { exitCode } = await port(paths, settings, await createTools(), tell, signal);
  return { ...about, exitCode };
}

async function forecast(place: string, given: object = {}) {
  const { settings, tell, about, signal, paths } = await prepare(place, given);
  const { tools, scratch, close } = await createDryRunTools(await createTools());
  try {
    const { exitCode } = await dryRun(paths, settings, tools, scratch, tell, signal, false);
    return { ...about, exitCode };
  } finally {
    await close();
  }
}

/** Names, sizes and times of the files of a package, but its post.json. */
async function packageOf(place: string, target: string, key: string): Promise<string[]> {
  const folder = join(place, 'maya', target, key);
  const names = (await readdir(folder, { recursive: true }).catch(() => []))
    .filter((name) => !name.endsWith('.json'))
    .sort();
  return await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs, ino } = await stat(join(folder, name));
      return `${name} ${size} ${mtimeMs} ${ino}`;
    }),
  );
}

const rowOf = async (place: string, key: string, target: string) =>
  (await readManifest(join(place, 'maya'))).posts.find((row) => row.key === key && row.target === target);

async function write(place: string, cells: string): Promise<void> {
  await writeFile(join(place, 'maya/captions.csv'), cells);
}

const all = { '01 rednote': 'delivered', '01 reels': 'delivered', '02 rednote': 'delivered', '02 reels': 'delivered' };

describe('a post that is out on one platform', () => {
  const cases: [
    string,
    (place: string) => Promise<unknown>,
    object,
    { frozen: string | null; ended?: object; exitCode?: number },
  ][] = [
    ['nothing changed', async () => {}, {}, { frozen: null }],
    [
      'other words in captions.csv',
      async (place) => write(place, `key,caption\n${video},Other words\n`),
      {},
      { frozen: 'have other words' },
    ],
    ['other words by --tags', async () => {}, { tags: 'again' }, { frozen: 'have other words' }],
    [
      'another cover',
      async (place) => write(place, `key,caption,cover\n${video},My first video #spring,1.5\n`),
      {},
      { frozen: 'have other files' },
    ],
    [
      'another loudness and tags',
      async () => {},
      { loudness: '-30', tags: 'again' },
      { frozen: 'have other words and other files' },
    ],
    [
      'left out by targets',
      async (place) => write(place, `key,caption,targets\n${video},My first video #spring,none\n`),
      {},
      { frozen: null, ended: { '01 reels': 'held' } },
    ],
    [
      'no original any more',
      async (place) => {
        await rm(join(place, 'media'), { recursive: true });
        await rm(join(place, 'maya/originals'), { recursive: true, force: true });
      },
      { media: [] },
      { frozen: null },
    ],
    [
      'another video in place of its original',
      async (place) => makeMedia(join(place, 'media'), `${video}.mp4`, [...picture('160x284', 4), ...tone(4), ...tail]),
      {},
      { frozen: 'have other files' },
    ],
    [
      'private in a newer export',
      async (place) => writeExport(place, 'Only You'),
      {},
      { frozen: 'be held', ended: { '01 reels': 'held', '02 rednote': 'held', '02 reels': 'held' } },
    ],
    [
      'gone from a newer export',
      async (place) => writeExport(place, 'Everyone', [photos]),
      {},
      { frozen: null, ended: { '01 rednote': undefined, '01 reels': undefined } },
    ],
    [
      'not selected',
      async () => {},
      { only: [photos], tags: 'again' },
      { frozen: null, ended: { '01 rednote': undefined, '01 reels': undefined } },
    ],
    [
      '--strict with a warning',
      async (place) => write(place, `key,caption,fit\n${video},Other words,corp\n`),
      { strict: true },
      { frozen: 'have other words', ended: { '01 reels': 'failed' }, exitCode: 1 },
    ],
    [
      'no caches',
      async (place) => rm(join(place, 'maya/.port'), { recursive: true }),
      { tags: 'again' },
      { frozen: 'have other words' },
    ],
  ];
  it.each(cases)(
    '%s: its package stays, and the dry run says the same',
    async (_name, happen, given, { frozen, ended = {}, exitCode = 0 }) => {
      const place = await folderWith();
      await happen(place);
      const before = await packageOf(place, 'rednote', video);
      const foretold = await forecast(place, given);
      const ran = await run(place, given);
      expect(await packageOf(place, 'rednote', video)).toEqual(before);
      const expected = JSON.parse(JSON.stringify({ ...all, ...ended }));
      const told = frozen === null ? {} : { '01 rednote': frozen };
      expect({ ended: ran.ended, frozen: ran.frozen, exitCode: ran.exitCode }).toEqual({
        ended: expected,
        frozen: told,
        exitCode,
      });
      expect({ frozen: foretold.frozen, exitCode: foretold.exitCode }).toEqual({ frozen: told, exitCode });
      // A post that was not selected is in the dry run alone.
      expect(foretold.ended).toMatchObject(expected);
      expect(ran.warnings.filter((each) => each.includes('--redo-posted'))).toHaveLength(frozen === null ? 0 : 1);
      await expectConsistentFolder(join(place, 'maya'));
      // A second run says the same, and a third one too.
      const again = await run(place, given);
      expect({ ended: again.ended, frozen: again.frozen }).toEqual({ ended: expected, frozen: told });
      expect(await packageOf(place, 'rednote', video)).toEqual(before);
      expect(await readFile(join(place, 'maya/posting.csv'), 'utf8')).toContain(
        `${video},rednote,,2026-11-01T12:00:00`,
      );
    },
    60_000,
  );

  it('--redo-posted makes it again, the dry run agrees, and it is frozen again afterwards', async () => {
    const place = await folderWith();
    const given = { tags: 'again', redoPosted: true };
    expect(await forecast(place, given)).toMatchObject({ ended: all, frozen: {} });
    expect(await run(place, given)).toMatchObject({ ended: all, frozen: {} });
    expect(await readFile(join(place, 'maya/rednote', video, 'caption.txt'), 'utf8')).toContain('#again');
    expect((await run(place, { tags: 'again' })).frozen).toEqual({});
    expect((await run(place)).frozen).toEqual({ '01 rednote': 'have other words' });
    expect(await readFile(join(place, 'maya/rednote', video, 'caption.txt'), 'utf8')).toContain('#again');
  }, 60_000);

  it('taken back, it gets what it missed', async () => {
    const place = await folderWith();
    await run(place, { tags: 'again' });
    const sheet = join(place, 'maya/posting.csv');
    await writeFile(sheet, (await readFile(sheet, 'utf8')).replace(/2026-11-01T12:00:00[^,]*/, ''));
    expect((await run(place, { tags: 'again' })).frozen).toEqual({});
    expect(await readFile(join(place, 'maya/rednote', video, 'caption.txt'), 'utf8')).toContain('#again');
  }, 60_000);

  it('a file of its package that was deleted is not made again, and not listed', async () => {
    const place = await folderWith();
    await rm(join(place, 'maya/rednote', video, 'cover.jpg'));
    const foretold = await forecast(place);
    const ran = await run(place);
    expect(ran.frozen).toEqual({ '01 rednote': 'have other files' });
    expect(foretold.frozen).toEqual(ran.frozen);
    expect([foretold.ended, ran.ended]).toEqual([all, all]);
    expect((await rowOf(place, video, 'rednote'))?.files.map(({ role }) => role)).toEqual(['video', 'caption']);
    expect(await run(place)).toMatchObject({ ended: ran.ended, frozen: ran.frozen });
    await expect(stat(join(place, 'maya/rednote', video, 'cover.jpg'))).rejects.toThrow('ENOENT');
  }, 60_000);

  it('a package that is gone as a whole stays gone, and --redo-posted makes it', async () => {
    const place = await folderWith();
    await rm(join(place, 'maya/rednote', video), { recursive: true });
    const foretold = await forecast(place);
    const ran = await run(place);
    expect([foretold.ended, foretold.frozen]).toEqual([ran.ended, ran.frozen]);
    expect((await rowOf(place, video, 'rednote'))?.files).toEqual([]);
    expect((await run(place)).frozen).toEqual({ '01 rednote': 'have other files' });
    expect((await run(place, { redoPosted: true })).ended).toEqual(all);
    await expectConsistentFolder(join(place, 'maya'));
    expect((await packageOf(place, 'rednote', video)).length).toBe(3);
  }, 60_000);

  it('a folder that lost its manifest, or has a broken one, changes nothing either', async () => {
    for (const text of [null, '{']) {
      const place = await folderWith();
      await run(place);
      const before = await packageOf(place, 'rednote', video);
      if (text === null) await rm(join(place, 'maya/manifest.json'));
      else await writeFile(join(place, 'maya/manifest.json'), text);
      const foretold = await forecast(place, { tags: 'again' });
      const ran = await run(place, { tags: 'again' });
      expect([ran.ended, ran.frozen]).toEqual([all, { '01 rednote': 'have other words' }]);
      expect([foretold.ended, foretold.frozen]).toEqual([ran.ended, ran.frozen]);
      expect(await packageOf(place, 'rednote', video)).toEqual(before);
    }
  }, 60_000);

  it("a person's own files and words in its package stay, and are listed", async () => {
    const place = await folderWith();
    const folder = join(place, 'maya/rednote', video);
    await rm(join(folder, 'cover.jpg'));
    await sharp({ create: { width: 300, height: 400, channels: 3, background: 'red' } })
      .jpeg()
      .toFile(join(folder, 'cover.jpg'));
    await writeFile(join(folder, 'caption.txt'), 'My title\n\nMy words\n');
    const before = await packageOf(place, 'rednote', video);
    const foretold = await forecast(place, { tags: 'again' });
    const ran = await run(place, { tags: 'again' });
    expect([ran.ended, ran.frozen]).toEqual([all, {}]);
    expect([foretold.ended, foretold.frozen]).toEqual([ran.ended, ran.frozen]);
    expect(await packageOf(place, 'rednote', video)).toEqual(before);
    expect(await rowOf(place, video, 'rednote')).toMatchObject({ caption: { title: 'My title', source: 'edited' } });
    await expectConsistentFolder(join(place, 'maya'));
  }, 60_000);

  it('a worse disk does not thaw it: after a run in which its original could not be read, it is frozen still', async () => {
    const place = await folderWith();
    const before = await packageOf(place, 'rednote', video);
    await rm(join(place, 'maya/originals'), { recursive: true, force: true });
    await rm(join(place, 'media', `${video}.mp4`));
    await mkdir(join(place, 'media', `${video}.mp4`));
    await run(place, { tags: 'again' });
    await rm(join(place, 'media', `${video}.mp4`), { recursive: true });
    await cp(join(delivered, 'media', `${video}.mp4`), join(place, 'media', `${video}.mp4`), {
      preserveTimestamps: true,
    });
    expect((await run(place, { tags: 'again' })).frozen).toEqual({ '01 rednote': 'have other words' });
    expect(await packageOf(place, 'rednote', video)).toEqual(before);
  }, 60_000);
});

it('a post that is out on all platforms, with posting.json lost, is frozen on all', async () => {
  const place = await folderWith([`${video},rednote`, `${video},reels`]);
  await rm(join(place, 'maya/posting.json'), { force: true });
  expect((await run(place, { tags: 'again' })).frozen).toEqual({
    '01 rednote': 'have other words',
    '01 reels': 'have other words',
  });
}, 60_000);

it('a post that is ticked while the run makes another one stays as it is', async () => {
  const place = await folderWith([]);
  await writeFile(join(place, 'words.csv'), `key,caption\n${video},All new words\n${photos},More new words\n`);
  const { settings, tell, about, signal, paths } = await prepare(place, {
    captions: [join(place, 'words.csv')],
    jobs: '1',
  });
  const ticking = (event: RunEvent) => {
    const isFirst = event.type === 'post' && event.key === photos;
    if (isFirst)
      writeFileSync(join(place, 'maya/posting.csv'), `key,target,posted\n${video},rednote,2026-11-01 12:00\n`);
    tell(event);
  };
  const before = await packageOf(place, 'rednote', video);
  await port(paths, settings, await createTools(), ticking, signal);
  expect(about.frozen).toEqual({ '01 rednote': 'have other words' });
  expect(await packageOf(place, 'rednote', video)).toEqual(before);
  expect(await readFile(join(place, 'maya/reels', video, 'caption.txt'), 'utf8')).toContain('All new words');
}, 60_000);
