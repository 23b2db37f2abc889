import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { combineSettings } from '../../src/config/config-file.ts';
import { checkOptions } from '../../src/config/options.ts';
import type { RunEvent } from '../../src/model/event.ts';
import { dryRun } from '../../src/pipeline/dry-run.ts';
import { port } from '../../src/pipeline/port.ts';
import { createDryRunTools } from '../../src/tools/create-dry-run-tools.ts';
import { createTools } from '../../src/tools/create-tools.ts';
import { makeMedia, picture, recipes, tone } from '../media.ts';
import { workFolder } from './run-port.ts';

const folder = await workFolder();
afterAll(folder.remove);

const video = '2025-06-01_10-00-00';
const photos = '2025-06-02_10-00-00';
const wide = '2025-06-03_10-00-00';
const input = join(folder.path, 'export');
const small = (size: string) => [
  ...picture(size, 0.6),
  ...tone(0.6),
  ...recipes.compliant.slice(picture().length + tone().length),
];
const drawn = async (background: string) =>
  sharp({ create: { width: 120, height: 160, channels: 3, background } })
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  const media = join(input, 'media');
  await mkdir(join(media, photos), { recursive: true });
  await makeMedia(media, `${video}.mp4`, small('160x284'));
  await makeMedia(media, `${wide}.mp4`, small('284x160'));
  await writeFile(join(media, photos, '01.jpg'), await drawn('teal'));
  await writeFile(join(media, photos, '02.jpg'), await drawn('olive'));
  const link = (expires: number) => `https://v16.tiktokcdn.com/a/?x-expires=${expires}&x-signature=a`;
  const VideoList = [
    { Date: '2025-06-01 10:00:00', Link: 'N/A', WhoCanView: 'Everyone' },
    { Date: '2025-06-02 10:00:00', Link: 'N/A', Title: 'Two photos', WhoCanView: 'Everyone' },
    { Date: '2025-06-03 10:00:00', Link: 'N/A', WhoCanView: 'Only You' },
    { Date: '2025-06-04 10:00:00', Link: link(1_700_000_000), WhoCanView: 'Everyone' },
    { Date: '2025-06-05 10:00:00', Link: link(4_102_444_800), WhoCanView: 'Everyone' },
  ];
  const Profile = { 'Profile Info': { ProfileMap: { userName: 'maya' } } };
  await writeFile(join(input, 'user_data_tiktok.json'), JSON.stringify({ Profile, Post: { Posts: { VideoList } } }));
  await writeFile(join(input, 'words.csv'), `date,caption\n2025-06-01 10:00:00,"My ""first"" video #spring"\n`);
}, 60_000);

/** What may have happened to a folder between two runs. */
const events: Readonly<Record<string, (account: string) => Promise<unknown>>> = {
  'a delivery to another platform': async (account) => {
    const out = join(account, '..');
    return outcome({ to: 'lemon8', offline: true, media: [join(out, 'media')] }, out, false);
  },
  'words in the sheet': async (account) =>
    writeFile(join(account, 'captions.csv'), `key,caption\n${video},${'Mine '.repeat(30)}\n`),
  'other targets in the sheet': async (account) =>
    writeFile(join(account, 'captions.csv'), `key,caption,targets\n${video},,RedNote\n${photos},,"shorts; lemno8"\n`),
  'no target in the sheet': async (account) =>
    writeFile(join(account, 'captions.csv'), `key,targets,caption\n${video},none,\n2025-06-05_10-00-00,-,\n`),
  'unknown targets in the sheet': async (account) =>
    writeFile(join(account, 'captions.csv'), `key,targets,caption\n${photos},facebook,\n`),
  'another fit in the sheet': async (account) =>
    writeFile(join(account, 'captions.csv'), `key,caption,fit\n${wide},,keep\n${video},,corp\n`),
  'an original edited': async (account) => {
    const path = join(account, '../media', photos, '02.jpg');
    await writeFile(path, await drawn('navy')).catch(() => {});
  },
  'an own cover': async (account) => writeFile(join(account, 'rednote', video, 'cover.jpg'), await drawn('red')),
  'an own photo': async (account) => writeFile(join(account, 'rednote', photos, '02.jpg'), await drawn('red')),
  'a photo more': async (account) => writeFile(join(account, 'rednote', photos, '07.jpg'), await drawn('red')),
  'a broken own video': async (account) => {
    await rm(join(account, 'rednote', video, 'video.mp4'), { force: true });
    await writeFile(join(account, 'rednote', video, 'video.mp4'), 'saved halfway');
  },
  'an own video that is too wide': async (account) => {
    await rm(join(account, 'shorts', video, 'video.mp4'), { force: true });
    await writeFile(join(account, 'shorts', video, 'video.mp4'), await readFile(join(input, 'media', `${wide}.mp4`)));
  },
  'a cover gone': async (account) => rm(join(account, 'rednote', photos, 'cover.jpg'), { force: true }),
  'words by hand': async (account) =>
    writeFile(join(account, 'rednote', video, 'caption.txt'), `${'long '.repeat(30)}\n`),
  'words of megabytes': async (account) =>
    writeFile(join(account, 'rednote', video, 'caption.txt'), 'x'.repeat(2_000_000)),
  'a failed run, its post.json gone': async (account) => {
    const out = join(account, '..');
    const words = join(account, 'rednote', video, 'caption.txt');
    await writeFile(words, 'x'.repeat(2_000_000));
    await outcome({ to: 'rednote', offline: true, media: [join(out, 'media')] }, out, false);
    await rm(words);
    await rm(join(account, 'rednote', video, 'post.json'));
  },
  'words gone': async (account) => rm(join(account, 'rednote', video, 'caption.txt'), { force: true }),
  'a broken sheet': async (account) => writeFile(join(account, 'captions.csv'), 'key,caption\n"unclosed'),
  'a post that is out': async (account) => out(account, `${video},rednote`),
  'all posts that are out': async (account) =>
    out(account, ...[video, photos, wide].flatMap((key) => [`${key},rednote`, `${key},shorts`])),
  'a post of which nobody knew': async (account) => out(account, '2030-01-01_00-00-00,rednote', `${video},nowhere`),
  'a newer export in which all is private': async (account) => {
    const path = join(account, '../user_data_tiktok.json');
    await writeFile(path, (await readFile(path, 'utf8')).replaceAll('Everyone', 'Only You'));
  },
  'a package gone': async (account) => rm(join(account, 'rednote', video), { recursive: true, force: true }),
  'no sheet': async (account) => rm(join(account, 'captions.csv'), { force: true }),
  'no caches': async (account) => rm(join(account, '.port'), { recursive: true, force: true }),
  'no manifest': async (account) => rm(join(account, 'manifest.json'), { force: true }),
  'no originals': async (account) => {
    await rm(join(account, 'originals'), { recursive: true, force: true });
    await rm(join(account, '../media'), { recursive: true, force: true });
  },
};

/** Writes posting.csv as a person does. */
async function out(account: string, ...posts: readonly string[]): Promise<void> {
  const lines = posts.map((post) => `${post},x\n`);
  await writeFile(join(account, 'posting.csv'), `key,target,posted\n${lines.join('')}`);
}

const anyOptions = fc.record(
  {
    to: fc.constantFrom('rednote', 'shorts', 'lemon8', 'rednote,shorts', 'rednote,lemon8'),
    strict: fc.boolean(),
    limit: fc.constantFrom('1', '2', '4'),
    only: fc.constantFrom([video], [photos, wide], [wide]),
    include: fc.constant(['private']),
    fit: fc.constantFrom('keep', 'blur'),
    photos: fc.constantFrom('images', 'video'),
    tags: fc.constant('again'),
    redoPosted: fc.constant(true),
    until: fc.constantFrom('2025-06-02'),
    offline: fc.constant(true),
  },
  { requiredKeys: ['to', 'offline'] },
);

/** How each post ends, and what the run ends with. A post that nobody asked for is held. */
async function outcome(options: object, out: string, dry: boolean) {
  const told = new Map<string, string>();
  const tell = (event: RunEvent) => {
    if (event.type === 'post') told.set(`${event.key} ${event.target}`, event.status);
    if (event.type === 'plan' && event.expected) told.set(`${event.key} ${event.target}`, event.expected.status);
  };
  const settings = combineSettings({ ...options, out }, null, checkOptions);
  const world = await createTools();
  const { signal } = new AbortController();
  // Without the media beside the export: what an earlier run fetched is all there is.
  const paths = [join(out, 'user_data_tiktok.json')];
  if (!dry) {
    const { exitCode, accounts } = await port(paths, settings, world, tell, signal);
    return { exitCode, accounts, told };
  }
  const { tools, scratch, close } = await createDryRunTools(world);
  try {
    const { exitCode, accounts } = await dryRun(paths, settings, tools, scratch, tell, signal, false);
    return { exitCode, accounts, told };
  } finally {
    await close();
  }
}

let number = 0;
async function fresh(): Promise<string> {
  const out = join(folder.path, `out-${++number}`);
  await cp(input, out, { recursive: true });
  return out;
}
/** As a first run left it, with the words of its video. */
let delivered = '';
beforeAll(async () => {
  delivered = await fresh();
  const given = { media: [join(delivered, 'media')], captions: [join(delivered, 'words.csv')] };
  const first = await outcome({ to: 'rednote,shorts', offline: true, ...given }, delivered, false);
  expect([...first.told.values()].sort()).toEqual([
    ...Array(4).fill('delivered'),
    ...Array(4).fill('failed'),
    'held',
    'held',
  ]);
}, 120_000);

/** @param changes since the first run; null: there was none */
async function expectLaw(options: object, changes: readonly string[] | null): Promise<void> {
  const out = await fresh();
  if (changes !== null) {
    await rm(out, { recursive: true });
    await cp(delivered, out, { recursive: true, preserveTimestamps: true });
    for (const change of changes) await events[change]?.(join(out, 'maya'));
  }
  const media = changes?.includes('no originals') ? {} : { media: [join(out, 'media')] };
  const foretold = await outcome({ ...options, ...media }, out, true);
  const ran = await outcome({ ...options, ...media }, out, false);
  expect(foretold.accounts).toEqual(ran.accounts);
  expect(foretold.exitCode).toBe(ran.exitCode);
  for (const [post, status] of ran.told) expect(`${post} ${foretold.told.get(post)}`).toBe(`${post} ${status}`);
  await rm(out, { recursive: true });
}

const runs = Number(process.env['PORT_TORTURE_CASES'] ?? 6);

describe('a dry run says how each post ends and with which exit code', () => {
  it.each<[string, object, readonly string[]]>([
    ['strict, the words delivered, then a broken sheet', { strict: true, only: [video] }, ['a broken sheet']],
    ['strict, words by hand, then a broken sheet', { strict: true }, ['words by hand', 'a broken sheet']],
    ['one platform up to date, another one new', { to: 'rednote,lemon8' }, []],
    ['one package edited, the other up to date', { to: 'rednote,shorts' }, ['a cover gone', 'words by hand']],
    ['a platform left out, strict', { strict: true, include: ['private'] }, ['other targets in the sheet']],
    ['nowhere, then a broken sheet', { to: 'rednote,lemon8' }, ['no target in the sheet', 'a broken sheet']],
    ['nowhere, no original', {}, ['unknown targets in the sheet', 'no originals']],
    ['another fit', { include: ['private'] }, ['another fit in the sheet']],
    ['posts that are out, all changes at once', { tags: 'again' }, ['all posts that are out', 'no originals']],
    ['a post that is out, private now', {}, ['a post that is out', 'a newer export in which all is private']],
    [
      'a post that is out, failed in the last run, private now',
      {},
      ['a failed run, its post.json gone', 'a post that is out', 'a newer export in which all is private'],
    ],
    ['a post that is out, without its package', {}, ['a post that is out', 'a package gone', 'no originals']],
    ['a post that is out, strict', { strict: true }, ['a post that is out', 'another fit in the sheet']],
    ['a post that is out, a broken own video', {}, ['all posts that are out', 'a broken own video']],
    ['a post that is out, words of megabytes', {}, ['all posts that are out', 'words of megabytes']],
    ['a post that is out, no manifest', {}, ['all posts that are out', 'no manifest', 'no caches']],
    ['a post that is out, left out', {}, ['all posts that are out', 'no target in the sheet', 'no originals']],
    ['one package is in trouble, the other up to date', { to: 'rednote,shorts' }, ['words of megabytes']],
  ])(
    '%s',
    async (_name, options, changes) => {
      await expectLaw({ to: 'rednote,shorts', offline: true, ...options }, changes);
    },
    60_000,
  );

  it('whatever the options and the state of the folder', async () => {
    const happened = fc.subarray(Object.keys(events), { maxLength: 3 });
    const state = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: happened });
    await fc.assert(fc.asyncProperty(anyOptions, state, expectLaw), { numRuns: runs, endOnFailure: true });
  }, 600_000);
});
