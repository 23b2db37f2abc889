import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/state/documents.ts';
import { accountOfFolder, openManifest, readRows } from '../../src/state/manifest.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { entry, issue } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../tools/folder.ts';

const files = createFiles();
const about = {
  tool: 'content-port 1.0.0',
  files: [] as string[],
  account: 'maya',
  describe: ({ code }: { code: string }) => code,
};
const [older, newer] = ['2025-03-02_09-15-04', '2025-11-23_08-05-41'] as const;

/** A folder whose manifest has these rows. */
async function folderOf(rows: readonly Entry[], folder = temporaryFolder()) {
  const manifest = await openManifest(folder, files);
  for (const row of rows) manifest.set(row);
  await manifest.save(about);
  return { folder, path: join(folder, 'manifest.json'), open: async () => openManifest(folder, files) };
}

async function writePackage(folder: string, { key, target }: Entry, document: object) {
  await mkdir(join(folder, target, key), { recursive: true });
  await writeFile(join(folder, target, key, 'post.json'), JSON.stringify({ schemaVersion: 1, ...document }));
}

it('says whether it wrote anything: what lies there else may be somebody else’s', async () => {
  const folder = temporaryFolder();
  const first = await openManifest(folder, createFiles());
  first.set(entry());
  expect([await first.save(about), await first.save(about)]).toEqual([true, false]);
  const path = join(folder, 'manifest.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"status"', '"note":"mine","status"'));
  const second = await openManifest(folder, createFiles());
  second.set(entry());
  expect(await second.save(about)).toBe(false);
});

describe('a manifest is written again after', () => {
  it.each<[string, Partial<Entry>, Partial<typeof about>]>([
    ['another reason with the same status', { issues: [issue('muted', 'warning', 'It has no sound.')] }, {}],
    ['another status', { status: 'held' }, {}],
    ['another version', {}, { tool: 'content-port 1.0.1' }],
    ['another export', {}, { files: ['export-2.zip'] }],
  ])('%s, and says so', async (_name, odd, now) => {
    const { path, open } = await folderOf([entry()]);
    const before = await readFile(path, 'utf8');
    const manifest = await open();
    manifest.set(entry(odd));
    expect(await manifest.save({ ...about, ...now })).toBe(true);
    expect(await readFile(path, 'utf8')).not.toBe(before);
    expect([...(await open()).rowsFor('rednote')]).toEqual([entry(odd)]);
  });
});

it('tells the rows of a platform newest first, in whatever order they came, as often as it is asked', async () => {
  const manifest = await openManifest(temporaryFolder(), createFiles());
  const days = ['2025-03-02_09-15-04', '2025-11-23_08-05-41', '2025-03-02_09-15-04-2', '2024-01-01_00-00-00'];
  for (const key of days) for (const target of ['rednote', 'reels']) manifest.set(entry({ key, target }));
  manifest.set(entry({ key: '2026-01-01_00-00-00', target: 'reels' }));
  const rows = manifest.rowsFor('rednote');
  const newest = [days[1], days[2], days[0], days[3]];
  expect([...rows].map(({ key }) => key)).toEqual(newest);
  expect([...rows].map(({ key }) => key)).toEqual(newest);
});

it.each<[string, readonly string[] | undefined, readonly string[]]>([
  [older, undefined, ['rednote', 'reels']],
  [older, ['reels', 'shorts'], ['reels']],
  [older, [], []],
  ['2024-01-01_00-00-00', undefined, []],
])('the rows of post %s for the platforms %j: %j', async (key, targets, expected) => {
  const { folder, open } = await folderOf([
    entry({ key: older }),
    entry({ key: older, target: 'reels' }),
    entry({ key: newer }),
  ]);
  for (const rows of [await open(), await readRows(folder, files)])
    expect(rows.rowsOf(key, targets).map(({ target }) => target)).toEqual(expected);
});

it('a post that was never selected for a platform is held there, so that the totals of all platforms are equal', async () => {
  const { open } = await folderOf([
    entry({ key: older }),
    entry({ key: newer }),
    entry({ key: older, target: 'reels' }),
  ]);
  const manifest = await open();
  expect(manifest.totals([older, newer], 'rednote')).toEqual({ delivered: 2, held: 0, rejected: 0, failed: 0 });
  expect(manifest.totals([older, newer], 'reels')).toEqual({ delivered: 1, held: 1, rejected: 0, failed: 0 });
  expect(manifest.rowsOf(newer, ['reels'])).toMatchObject([{ status: 'held', issues: [{ code: 'not-selected' }] }]);
});

describe('the row of a post', () => {
  const delivered = entry({ key: older });
  const failed = entry({ key: older, status: 'failed', files: [] });
  it.each<[string, Entry | null, object | null, Entry | null]>([
    ['the manifest has it', delivered, null, delivered],
    ['the manifest has it, and its package another', delivered, { ...delivered, linkPath: '/x' }, delivered],
    ['a killed run delivered it and did not list it', null, delivered, delivered],
    ['it failed, and its package is from an earlier run', failed, { ...failed, before: delivered }, delivered],
    ['it failed, and its package is from a killed run after that', failed, delivered, delivered],
    ['it failed, and there is no package', failed, null, failed],
    ['it failed, and its package is broken', failed, { key: older }, failed],
    ['nobody knows it', null, null, null],
    ['nobody knows it, and its package is broken', null, {}, null],
  ])('%s', async (_name, listed, written, expected) => {
    const { folder, open } = await folderOf([entry({ key: newer }), ...(listed === null ? [] : [listed])]);
    if (written !== null) await writePackage(folder, delivered, written);
    expect(await (await open()).get(older, 'rednote')).toEqual(expected);
  });
});

describe('without a manifest that can be read', () => {
  it.each<[string, string | null, boolean]>([
    ['none', null, false],
    ['a broken one', '{', true],
    ['one with keys alone', '{"schemaVersion":1,"tool":"x","export":{},"totals":{},"keys":{},"posts":[]}', false],
  ])('%s: the rows come from the packages, and are written', async (_name, text, wasBroken) => {
    const folder = temporaryFolder();
    const rows = [entry({ key: newer }), entry({ key: newer, target: 'reels' })];
    for (const row of rows) await writePackage(folder, row, row);
    await writePackage(folder, entry({ key: older }), entry({ key: older, target: '../x' }));
    const path = join(folder, 'manifest.json');
    if (text !== null) await writeFile(path, text);
    const manifest = await openManifest(folder, files);
    expect([manifest.wasBroken, manifest.rowsOf(newer)]).toEqual([wasBroken, rows]);
    if (wasBroken) expect(await readFile(`${path}.broken`, 'utf8')).toBe(text);
    expect(await manifest.save(about)).toBe(true);
    expect((await openManifest(folder, files)).rowsOf(newer)).toEqual(rows);
  });
});

it('keys that were given to posts are kept, though no post was processed', async () => {
  const folder = temporaryFolder();
  const keys = [
    { key: older, linkPath: '/a' },
    { key: newer, linkPath: null },
  ];
  const first = await openManifest(folder, files);
  first.remember(keys);
  expect(await first.saveKeys(about)).toBe(true);
  const second = await openManifest(folder, files);
  expect(second.knownKeys()).toEqual(keys);
  second.set(entry({ key: newer, linkPath: '/b' }));
  await second.save(about);
  expect((await openManifest(folder, files)).knownKeys()).toEqual(
    expect.arrayContaining([keys[0], { key: newer, linkPath: '/b' }]),
  );
});

it.each<[string, string | null, string | null]>([
  ['as port writes it', '{\n  "export": {"account": "maya"}', 'maya'],
  ['with quotation marks and other letters', '{"account": "m\\u00e1\\"ya"', 'má"ya'],
  ['on one line', '{"export":{"account":"maya"}}', 'maya'],
  ['without a name', '{"posts": []}', null],
  ['with a number for a name', '{"account": 7}', null],
  ['with a name that is broken', '{"account": "\\x"', null],
  ['that is not there', null, null],
])('the account of a manifest %s', async (_name, text, account) => {
  const folder = temporaryFolder();
  if (text !== null) await writeFile(join(folder, 'manifest.json'), text);
  expect(await accountOfFolder(folder, files)).toBe(account);
});
