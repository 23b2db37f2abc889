import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/state/documents.ts';
import { knownKeysIn, openManifest, readRows, rowsByTargetIn, rowsIn } from '../../src/state/manifest.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import type { Files } from '../../src/tools/files.ts';
import { entry } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../tools/folder.ts';

const files = createFiles();
const about = {
  tool: 'content-port 1.0.0',
  files: ['export.zip'],
  account: 'maya',
  describe: ({ code }: { code: string }) => `Because ${code}.`,
};
const [oldest, older, newer] = ['2024-01-01_00-00-00', '2025-03-02_09-15-04', '2025-11-23_08-05-41'] as const;

/** A folder whose manifest has these rows. */
async function folderOf(rows: readonly Entry[], folder = temporaryFolder()) {
  const manifest = await openManifest(folder, files);
  for (const row of rows) manifest.set(row);
  await manifest.save(about);
  const path = join(folder, 'manifest.json');
  return {
    ...{ folder, path },
    open: async () => openManifest(folder, files),
    read: async () => JSON.parse(await readFile(path, 'utf8')),
    change: async (by: (text: string) => string) => writeFile(path, by(await readFile(path, 'utf8'))),
  };
}

async function writePackage(place: string, document: object) {
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'post.json'), JSON.stringify({ schemaVersion: 1, ...document }));
}

describe('what is written about an account', () => {
  it('are its posts, its exports, and the totals of each platform', async () => {
    const { read } = await folderOf([
      entry({ key: older }),
      entry({ key: newer, status: 'rejected' }),
      entry({ key: older, target: 'reels', status: 'held' }),
      entry({ key: newer, target: 'reels', status: 'failed' }),
    ]);
    const { schemaVersion, posts, ...head } = await read();
    expect([schemaVersion, posts.length]).toEqual([1, 4]);
    expect(head).toEqual({
      tool: 'content-port 1.0.0',
      export: { files: ['export.zip'], account: 'maya', posts: 2 },
      totals: {
        rednote: { delivered: 1, held: 0, rejected: 1, failed: 0 },
        reels: { delivered: 0, held: 1, rejected: 0, failed: 1 },
      },
    });
  });

  it('are keys without rows too, and how many these are as long as there are no rows', async () => {
    const folder = temporaryFolder();
    const manifest = await openManifest(folder, files);
    manifest.remember([
      { key: older, linkPath: '/a' },
      { key: newer, linkPath: null },
    ]);
    expect([await manifest.saveKeys(about), await manifest.saveKeys(about)]).toEqual([true, false]);
    const read = async () => JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    expect(await read()).toMatchObject({ export: { posts: 2 }, totals: {}, keys: { [older]: '/a', [newer]: null } });
    expect(await (await openManifest(folder, files)).saveKeys(about)).toBe(false);
    manifest.set(entry({ key: newer }));
    await manifest.saveKeys(about);
    expect(await read()).toMatchObject({ export: { posts: 1 }, keys: { [older]: '/a' } });
    await manifest.save(about);
    expect(await read()).not.toHaveProperty('keys');
  });

  it('for a post that was never selected for a platform: that it is held there, with its original and link', async () => {
    const original: Entry['original'] = {
      ...{ path: 'originals/a.mp4', sha256: 'a', source: 'media', matchedBy: 'id', seconds: null },
    };
    const row = entry({ key: older, original, linkPath: '/a', declarations: ['ai'], toDeclare: ['AI'] });
    const { open } = await folderOf([row, entry({ key: newer, target: 'reels' })]);
    const message = 'Because not-selected.';
    expect((await open()).rowsOf(older, ['reels'])).toEqual([
      {
        ...{ key: older, target: 'reels', status: 'held', original, linkPath: '/a', caption: null, files: [] },
        ...{ declarations: [], toDeclare: [] },
        issues: [{ code: 'not-selected', severity: 'info', actual: null, limit: null, message }],
      },
    ]);
  });

  it('and a key that no run has processed: that it is held on each platform', async () => {
    const { open } = await folderOf([entry({ key: older })]);
    const manifest = await open();
    manifest.remember([{ key: newer, linkPath: '/b' }]);
    expect(await manifest.save(about)).toBe(true);
    expect((await open()).rowsOf(newer)).toMatchObject([{ target: 'rednote', status: 'held', linkPath: '/b' }]);
  });
});

describe('a manifest that a person changed', () => {
  const rows = [older, newer].flatMap((key) => [entry({ key }), entry({ key, target: 'reels' })]);

  it('has a row that was deleted back as held, though its totals still counted it', async () => {
    const { open, change } = await folderOf([
      ...rows.slice(0, 3),
      entry({ key: newer, target: 'reels', status: 'held' }),
    ]);
    await change((text) => text.replace(/,\n.*\n {2}\]\n\}\n$/, '\n  ]\n}\n'));
    expect(await (await open()).save(about)).toBe(true);
    expect((await open()).rowsOf(newer)).toMatchObject([{ target: 'rednote' }, { target: 'reels', status: 'held' }]);
  });

  it('is written again without a row that was broken', async () => {
    const { open, read, change } = await folderOf(rows);
    await change((text) => text.replace(/\n {4}\{.*\},\n/, `\n    {"key":"${oldest}"},\n`));
    const manifest = await open();
    expect(manifest.rowsOf(older)).toMatchObject([{ target: 'reels' }]);
    expect(await manifest.save(about)).toBe(true);
    expect((await read()).posts).toHaveLength(4);
  });

  it('is written again with each row once', async () => {
    const { open, read, change } = await folderOf(rows);
    await change((text) => text.replace(/\n( {4}\{.*\},)\n/, '\n$1\n$1\n'));
    expect((await read()).posts).toHaveLength(5);
    expect(await (await open()).save(about)).toBe(true);
    expect((await read()).posts).toHaveLength(4);
  });

  it('takes no key that none of port’s is', async () => {
    const { open, change } = await folderOf([entry({ key: older })]);
    await change((text) => text.replace('"totals"', `"keys": {"../x": null, "${newer}": "/b"}, "totals"`));
    expect((await open()).knownKeys()).toEqual([
      { key: newer, linkPath: '/b' },
      { key: older, linkPath: null },
    ]);
  });
});

describe('questions about posts', () => {
  const rows = [entry({ key: older }), entry({ key: newer }), entry({ key: newer, target: 'reels', status: 'held' })];

  it('whether there is a row', async () => {
    const manifest = await openManifest(temporaryFolder(), files);
    for (const row of rows) manifest.set(row);
    const places = [
      [older, 'rednote'],
      [older, 'reels'],
      [newer, 'reels'],
      [oldest, 'reels'],
    ] as const;
    expect(places.map(([key, target]) => manifest.has(key, target))).toEqual([true, false, true, false]);
  });

  it('their totals on a platform, without posts that have no row there', async () => {
    const manifest = await openManifest(temporaryFolder(), files);
    for (const row of rows) manifest.set(row);
    const none = { delivered: 0, held: 0, rejected: 0, failed: 0 };
    expect(manifest.totals([oldest, older, newer], 'rednote')).toEqual({ ...none, delivered: 2 });
    expect(manifest.totals([oldest, older, newer], 'reels')).toEqual({ ...none, held: 1 });
    expect(manifest.totals([older], 'reels')).toEqual(none);
  });

  it('that is under way are answered from one reading of its row, until the row changes', async () => {
    const { open } = await folderOf(rows);
    const manifest = await open();
    const [first] = manifest.rowsOf(newer, ['reels']);
    expect(await manifest.get(newer, 'reels')).toBe(first);
    expect(manifest.rowsOf(newer)[1]).toBe(first);
    manifest.set(entry({ key: newer, target: 'reels', status: 'delivered' }));
    expect(manifest.rowsOf(newer).map(({ target, status }) => `${target} ${status}`)).toEqual([
      'rednote delivered',
      'reels delivered',
    ]);
    expect((await manifest.get(newer, 'reels'))?.status).toBe('delivered');
  });

  it('of hundreds, in turn, twice', async () => {
    const many = Array.from({ length: 200 }, (_, at) => entry({ key: `${older}-${at + 1}` }));
    const { open } = await folderOf(many);
    const manifest = await open();
    const found = () => many.flatMap(({ key }) => manifest.rowsOf(key, ['rednote']));
    expect(found()).toEqual(many);
    expect(found()).toEqual(many);
  });

  it('that had no rows at first', async () => {
    const manifest = await openManifest(temporaryFolder(), files);
    expect([manifest.rowsOf(older), await manifest.get(older, 'rednote')]).toEqual([[], null]);
    manifest.remember([{ key: older, linkPath: null }]);
    manifest.set(entry({ key: newer }));
    await manifest.save(about);
    expect(manifest.rowsOf(older).map(({ status }) => status)).toEqual(['held']);
  });

  it('of a folder that is not locked, newest first', async () => {
    const days = [older, newer, oldest];
    const { folder } = await folderOf(
      days.flatMap((key) => [entry({ key, linkPath: `/${key}` }), entry({ key, target: 'reels' })]),
    );
    const newest = [newer, older, oldest];
    expect((await readRows(folder, files)).keys).toEqual(newest);
    const placeOf = ({ key, target }: Entry) => `${key} ${target}`;
    const places = newest.flatMap((key) => [`${key} rednote`, `${key} reels`]);
    const all = await rowsIn(folder, files);
    expect([...all].map(placeOf)).toEqual(places);
    expect([...all].map(placeOf)).toEqual(places);
    const rowsFor = await rowsByTargetIn(folder, files);
    expect([...rowsFor('reels')].map(placeOf)).toEqual(newest.map((key) => `${key} reels`));
    expect([...rowsFor('shorts')]).toEqual([]);
    expect(await knownKeysIn(folder, files)).toEqual(days.map((key) => ({ key, linkPath: `/${key}` })));
  });

  it('of a folder without a manifest or packages', async () => {
    const folder = temporaryFolder();
    expect([...(await rowsIn(folder, files))]).toEqual([]);
    expect((await readRows(folder, files)).keys).toEqual([]);
    expect(await knownKeysIn(folder, files)).toEqual([]);
  });
});

describe('a package', () => {
  const row = entry({ key: older });

  it('that was copied under the name of another platform or post is not that one’s', async () => {
    const folder = temporaryFolder();
    await writePackage(join(folder, 'rednote', older), row);
    const stale = { ...row, status: 'held' };
    for (const place of [`rednote/${newer}`, `reels/${older}`, `rednote-copy/${older}`, `.trash/${older}`])
      await writePackage(join(folder, place), stale);
    await mkdir(join(folder, 'originals'));
    for (const name of ['notes.txt', 'originals/a.mp4']) await writeFile(join(folder, name), '');
    expect([...(await rowsIn(folder, files))]).toEqual([row]);
    const manifest = await openManifest(folder, files);
    expect(await manifest.get(newer, 'rednote')).toBeNull();
    expect(await manifest.get(older, 'reels')).toBeNull();
    expect(await manifest.get(older, 'rednote')).toEqual(row);
  });

  it('is found although a hidden folder next to it cannot be read', async () => {
    const folder = temporaryFolder();
    await writePackage(join(folder, 'rednote', older), row);
    await mkdir(join(folder, '.Trashes'));
    const refusing: Files = {
      ...files,
      list: async (path) => {
        if (path.endsWith('.Trashes')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
        return files.list(path);
      },
    };
    expect([...(await rowsIn(folder, refusing))]).toEqual([row]);
  });
});
