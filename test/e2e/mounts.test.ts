import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { smallKeys, writeSmallArchive } from '../torture/small-export.ts';
import { leftovers } from '../torture/tree.ts';
import { expectConsistentFolder } from './accounting.ts';
import { driveKinds, memoryDisks, overlays } from './mounts.ts';
import { runPort, workFolder } from './run-port.ts';

/** Disks as people plug them in, mounted for real: what they refuse has its substitute, and nothing is made twice. */
const work = await workFolder();
afterAll(work.remove);
const media = join(work.path, 'media');
const { encoded } = smallKeys;
const port = async (out: string, ...more: readonly string[]) =>
  runPort(['export.json', '--media', media, '--to', 'rednote,shorts', '--offline', '--out', out, ...more], work.path);
const endsOf = (stderr: string) =>
  stderr.split('\n').flatMap((line) => /^(?:delivered|failed) .*\((.*)\)$/.exec(line)?.[1] ?? []);
const untouched = ['already there', 'already there', 'already there'];

/** A video to be copied, one to be encoded, two photos. */
beforeAll(async () => {
  await writeSmallArchive(work.path);
});

const folderOfTest = async () => mkdtemp(join(work.path, 'disk-'));

/** A test that cannot run here is skipped under a name that says why. */
function itOn(
  { name, whyNot }: { readonly name: string; readonly whyNot: string | null },
  what: string,
  test: () => Promise<void>,
): void {
  if (whyNot !== null) console.warn(`NOT TESTED: ${name}, since ${whyNot}.`);
  // Disks in files are slow where a machine has other work.
  if (whyNot === null) it(`${name}: ${what}`, { timeout: 300_000 }, test);
  else it.skip(`NOT TESTED (${whyNot}): ${name}: ${what}`, test);
}

/** Sentences about what a disk cannot do. */
const substitutes = /^.*(?:This disk|The disk).*$/gm;

for (const kind of driveKinds()) {
  itOn(kind, 'all is delivered, and the run after it was unplugged finds nothing to do', async () => {
    const drive = kind.make(await folderOfTest());
    onTestFinished(() => drive.unplug());
    const out = join(drive.path, 'ported');
    const first = await port(out);
    expect(first.code, first.stderr).toBe(0);
    await expectConsistentFolder(join(out, 'small'));
    expect(await leftovers(out)).toEqual([]);
    const said = first.stderr.match(substitutes) ?? [];
    expect(new Set(said).size, first.stderr).toBe(said.length);
    const video = join(out, 'small/rednote', encoded, 'video.mp4');
    const hash = await sha256(video);
    drive.unplug();
    drive.plugIn();
    const second = await port(out);
    expect(second.code, second.stderr).toBe(0);
    expect(endsOf(second.stderr), second.stderr).toEqual(untouched);
    expect(await sha256(video)).toBe(hash);
    // Other words are other packages: folders are replaced on this disk.
    const third = await port(out, '--tags', 'travel');
    expect(third.code, third.stderr).toBe(0);
    await expectConsistentFolder(join(out, 'small'));
    expect(await leftovers(out)).toEqual([]);
  });
}

itOn(overlays, 'packages of the lower layer are known, and replaced', async () => {
  const disk = overlays.make(await folderOfTest());
  onTestFinished(() => disk.unplug());
  const first = await port(join(work.path, 'before'));
  expect(first.code, first.stderr).toBe(0);
  await cp(join(work.path, 'before'), join(disk.lower, 'ported'), { recursive: true, preserveTimestamps: true });
  const lower = (await readdir(disk.lower, { recursive: true })).sort();
  const out = join(disk.path, 'ported');
  const second = await port(out);
  expect(second.code, second.stderr).toBe(0);
  expect(endsOf(second.stderr), second.stderr).toEqual(untouched);
  const third = await port(out, '--tags', 'travel');
  expect(third.code, third.stderr).toBe(0);
  await expectConsistentFolder(join(out, 'small'));
  expect(await leftovers(out)).toEqual([]);
  expect((await readdir(disk.lower, { recursive: true })).sort()).toEqual(lower);
});

const small = memoryDisks('160k');
itOn(small, 'full: said by its name, and originals are unharmed', async () => {
  const disk = small.make(await folderOfTest());
  onTestFinished(() => disk.unplug());
  const before = await hashesIn(media);
  const { code, stderr } = await port(join(disk.path, 'ported'));
  expect([1, 2], stderr).toContain(code);
  expect(stderr).toMatch(/no room|no space left/i);
  expect(stderr).not.toMatch(/damaged|\n {4}at /);
  expect(await hashesIn(media)).toEqual(before);
});

async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function hashesIn(folder: string): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) hashes.push(`${name} ${await sha256(path)}`);
  }
  return hashes;
}
