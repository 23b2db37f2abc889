import { expect, it } from 'vitest';
import { hasMedia } from '../../src/deliver/package.ts';
import type { PackageJob } from '../../src/deliver/package-job.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';
import type { Entry } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { post } from '../builders.ts';
import { temporaryFolder } from '../tools/folder.ts';

const planned = { name: 'video.mp4', key: 'shared', unsharedKey: 'alone' } as PlannedFile;
const instead = {
  ...planned,
  unsharedKey: undefined,
  instead: { name: 'video.mp4', key: 'instead' },
} as unknown as PlannedFile;

/** Whether a package is taken for whole of which the manifest lists this rendition. */
async function holds(file: PlannedFile, row: { readonly rendition: string; readonly insteadOf?: string }) {
  const path = `rednote/${post().key}/video.mp4`;
  const previous = { status: 'delivered', files: [{ path, ...row }] } as unknown as Entry;
  const job = {
    ...{ folder: temporaryFolder(), target: 'rednote', post: post(), previous, nameOf: (key: string) => key },
    ...{ parts: [{ folder: '', files: [file] }], media: { own: [], whole: new Set([path]) } },
  } as unknown as PackageJob;
  return hasMedia(job, createFiles());
}

it.each<[string, boolean, PlannedFile, Parameters<typeof holds>[1]]>([
  ['the rendition that is planned', true, planned, { rendition: 'shared' }],
  ['the encoding that the platform would have alone', true, planned, { rendition: 'alone' }],
  ['another rendition', false, planned, { rendition: 'other' }],
  ['what was made instead of a copy that failed', true, instead, { rendition: 'instead', insteadOf: 'shared' }],
  ['something else made instead of that copy', false, instead, { rendition: 'other', insteadOf: 'shared' }],
  ['the same, made instead of something else', false, instead, { rendition: 'instead', insteadOf: 'other' }],
])('a package with %s has its media: %s', async (_name, expected, file, row) => {
  expect(await holds(file, row)).toBe(expected);
});

it.each<[string, boolean, Partial<PackageJob> & { readonly rows?: readonly string[] }]>([
  ['the cover that a person replaced since then', true, { media: theirs('cover.jpg') }],
  ['a video that a person replaced since then', true, { media: theirs('video.mp4') }],
  ['no cover, though one is planned', false, { rows: ['video.mp4'] }],
  ['one file more than planned', false, { rows: ['video.mp4', 'cover.jpg', 'part-2/video.mp4'] }],
  ['a cover whose bytes changed', false, { media: { own: [], whole: new Set([pathOf('video.mp4')]) } }],
  ['nothing that was delivered before', false, { previous: null }],
  ['a part whose folder is a link or missing', false, { parts: [part(''), { ...part('part-1'), files: [] }] }],
])('a package with %s has its media: %s', async (_name, expected, { rows = ['video.mp4', 'cover.jpg'], ...odd }) => {
  const media = rows.map((name) => ({ path: pathOf(name), rendition: name }));
  const files = [...media, { path: pathOf('caption.txt'), rendition: null }];
  const job = {
    ...{ folder: temporaryFolder(), target: 'rednote', post: post(), nameOf: (key: string) => key },
    ...{ previous: { status: 'delivered', files }, parts: [part('')] },
    ...{ media: { own: [], whole: new Set([pathOf('video.mp4'), pathOf('cover.jpg')]) } },
    ...odd,
  } as unknown as PackageJob;
  expect(await hasMedia(job, createFiles())).toBe(expected);
});

function pathOf(name: string): string {
  return `rednote/${post().key}/${name}`;
}

function theirs(name: string): PackageJob['media'] {
  const whole = ['video.mp4', 'cover.jpg'].filter((each) => each !== name).map(pathOf);
  return { own: [{ path: pathOf(name) }], whole: new Set(whole) } as unknown as PackageJob['media'];
}

function part(folder: string) {
  const files = ['video.mp4', 'cover.jpg'].map((name) => ({ name, key: name }));
  return { folder, files } as unknown as PackageJob['parts'][number];
}
