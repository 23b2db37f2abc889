import { expect, it } from 'vitest';
import { openManifest } from '../../src/deliver/manifest.ts';
import { createFiles } from '../../src/tools/files.ts';
import { entry } from '../contact-sheet/entries.ts';
import { temporaryFolder } from '../tools/folder.ts';

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
