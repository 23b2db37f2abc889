import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openManifest } from '../../src/state/manifest.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { entry } from '../deliver/contact-sheet/entries.ts';
import { temporaryFolder } from '../tools/folder.ts';

it('says whether it wrote anything: what lies there else may be somebody else’s', async () => {
  const folder = temporaryFolder();
  const about = { tool: 'content-port 1.0.0', files: [], account: 'maya', describe: () => '' };
  const first = await openManifest(folder, createFiles());
  first.set(entry());
  expect([await first.save(about), await first.save(about)]).toEqual([true, false]);
  const path = join(folder, 'manifest.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"status"', '"note":"mine","status"'));
  const second = await openManifest(folder, createFiles());
  second.set(entry());
  expect(await second.save(about)).toBe(false);
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
