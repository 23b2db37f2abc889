import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { HandOverContext, Package, PackageFile } from '../../src/handover/contract.ts';
import { targets } from '../../src/targets/index.ts';
import type { Target } from '../../src/targets/target.ts';

export const now = Date.parse('2026-12-01T10:00:00Z');
export const around: HandOverContext = { account: 'maya', zone: 'Europe/Lisbon', now };
export const targetOf = (name: string): Target => targets.find((each) => each.name === name) ?? missing(name);

function missing(name: string): never {
  throw new Error(`There is no platform ${name}.`);
}

export const keyOf = (number: number) => `2025-01-01_00-00-${String(number).padStart(2, '0')}`;

/** A video of a post with all that a tool can want. */
export function packaged(target: string, odd: Partial<Package> = {}): Package {
  const id = odd.id ?? odd.key ?? keyOf(1);
  const platform = targetOf(target);
  return {
    ...{ id, key: id.split('/')[0] ?? id, target: platform, planned: null },
    title: platform.words.title === null ? null : 'Morning ferry',
    ...{ body: 'The first boat of the day', hashtags: ['ferry', 'lisbon'] },
    video: { path: `/ported/maya/${target}/${id}/video.mp4`, bytes: 1000 },
    ...{ photos: [], cover: { path: `/ported/maya/${target}/${id}/cover.jpg`, bytes: 100 } },
    ...{ declarations: [], toDeclare: Object.values(platform.declarations.always).map(({ value }) => value) },
    ...{ answers: { madeForKids: false, ownWork: null }, subtitles: null },
    ...odd,
  };
}

/** The same as a post of photos. */
export function photos(target: string, count: number, odd: Partial<Package> = {}): Package {
  const id = odd.id ?? keyOf(1);
  const files = Array.from({ length: count }, (_, index) => ({
    ...{ path: `/ported/maya/${target}/${id}/0${index + 1}.jpg`, bytes: 1000 },
  }));
  return packaged(target, { video: null, photos: files, ...odd });
}

/** A package whose files are there, below a folder. */
export function onDisk(root: string, from: Package): Package {
  const moved = (file: PackageFile): PackageFile => {
    const path = join(root, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `bytes of ${file.path}`);
    return { ...file, path };
  };
  return {
    ...from,
    video: from.video && moved(from.video),
    photos: from.photos.map(moved),
    cover: from.cover && moved(from.cover),
    subtitles: from.subtitles && { ...from.subtitles, ...moved(from.subtitles) },
  };
}
