import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { withoutStored } from '../../src/originals/own-store.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';
import { key, zip } from './world.ts';

const files = createFiles();

/** The account's folder `maya` with these files. */
function account(...names: readonly string[]): string {
  const folder = join(temporaryFolder(), 'maya');
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), 'x');
  }
  return folder;
}

async function left(media: string, folder: string) {
  const archive = await createArchives().open(media);
  const [found] = await withoutStored([archive], folder, new Map([[key, 1]]), files);
  return found?.files.map(({ name }) => name).sort();
}

const stored = [`originals/${key}.mp4`, `originals/${key}.cover.jpg`, `originals/${key}/01.jpg`];

it('video, cover and photos of a known post are left out, those of other names stay', async () => {
  const others = [`originals/${key}-2.mp4`, `originals/set-aside/${key}.mp4`, `originals/x ${key}.mp4`];
  const folder = account(...stored, ...others);
  expect(await left(folder, folder)).toEqual(others);
  expect(await left(join(folder, 'originals'), folder)).toEqual(others.map((name) => name.slice('originals/'.length)));
  expect(await left(dirname(folder), folder)).toEqual(others.map((name) => `maya/${name}`));
});

it('also where --media or the account lies behind a symbolic link', async () => {
  const folder = account(...stored, 'originals/own.mp4');
  const link = join(temporaryFolder(), 'link');
  symlinkSync(folder, link);
  expect(await left(link, folder)).toEqual(['originals/own.mp4']);
  expect(await left(folder, link)).toEqual(['originals/own.mp4']);
});

it('an archive with none of them keeps all its files, as does one that is gone', async () => {
  const folder = account(...stored);
  const other = account(`originals/${key}.mp4`);
  expect(await left(other, folder)).toEqual([`originals/${key}.mp4`]);
  const archive = await createArchives().open(folder);
  rmSync(folder, { recursive: true });
  mkdirSync(join(other, 'originals'), { recursive: true });
  expect(await withoutStored([archive], other, new Map([[key, 1]]), files)).toEqual([archive]);
});

it('a ZIP keeps its files, also if it lies in the store under the name of a post', async () => {
  const folder = account(`originals/${key}.zip`);
  const packed = { ...zip({ 'clip.mp4': 'x' }), path: join(folder, 'originals', `${key}.zip`) };
  expect(await withoutStored([packed], folder, new Map([[key, 1]]), files)).toEqual([packed]);
});
