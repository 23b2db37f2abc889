import { chmodSync, linkSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OriginalsOptions } from '../../src/originals/index.ts';
import { openProbeCache } from '../../src/state/probe-cache.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { fakeMedia } from '../servers/media.ts';
import { key, never, video, world, zip } from './world.ts';

const [mp4, edited, other] = [fakeMedia('mp4', 64, 1), fakeMedia('mp4', 96, 1), fakeMedia('mp4', 64, 2)];
const name = `originals/${key}.mp4`;

/** An account's folder whose memory is kept from run to run. */
function account() {
  const place = world();
  const path = join(place.folder, name);
  const run = async (odd: Partial<OriginalsOptions> = {}, verify = false) => {
    const probeCache = await openProbeCache(place.folder, createFiles(), verify);
    const originals = await place.open({ posts: [video()], probeCache, ...odd });
    const { issues } = await originals.get(video(), never);
    await probeCache.save();
    return issues.map(({ code, actual, severity }) => `${severity} ${code} ${actual}`);
  };
  return { run, path, bundled: { bundled: [zip({ [`${key}.mp4`]: mp4 })] } };
}

const told = [`warning original-changed ${name}`];

it('an original that was edited in place is reported, in this run and the next', async () => {
  const { run, path, bundled } = account();
  expect(await run(bundled)).toEqual([]);
  chmodSync(path, 0o644);
  writeFileSync(path, edited);
  expect(await run()).toEqual(told);
  expect(await run()).toEqual(told);
  expect(await run({}, true)).toEqual(told);
});

it("a hard link to a person's file that was edited under its own name is reported", async () => {
  const { run, path } = account();
  const own = `${path}.own`;
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(own, mp4);
  linkSync(own, path);
  expect(await run()).toEqual([]);
  writeFileSync(own, edited);
  expect(await run()).toEqual(told);
});

it("a file of --media in the account's folder is a person's own to edit", async () => {
  const { run, path } = account();
  const own = join(path, '../../mine', `${key}.mp4`);
  mkdirSync(join(own, '..'), { recursive: true });
  for (const content of [mp4, edited]) {
    writeFileSync(own, content);
    expect(await run({ media: [await createArchives().open(join(own, '..'))] })).toEqual([]);
  }
});

it('a change with the same size and time is found by --verify', async () => {
  const { run, path, bundled } = account();
  await run(bundled);
  chmodSync(path, 0o644);
  writeFileSync(path, other);
  utimesSync(path, video().time, video().time);
  expect(await run()).toEqual([]);
  expect(await run({}, true)).toEqual(told);
});

it('a changed time, or a file that was deleted and fetched again, is not reported', async () => {
  const { run, path, bundled } = account();
  await run(bundled);
  utimesSync(path, 7, 7);
  expect(await run()).toEqual([]);
  rmSync(path);
  expect(await run({ bundled: [zip({ [`${key}.mp4`]: edited })] })).toEqual([]);
  expect(await run()).toEqual([]);
});
