import { chmod, cp, mkdir, readdir, readFile, rename, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallKeys, writeSmallArchive } from '../torture/small-export.ts';
import { leftovers } from '../torture/tree.ts';
import { expectConsistentFolder } from './accounting.ts';
import { runPort, workFolder } from './run-port.ts';

const work = await workFolder();
afterAll(work.remove);
const media = join(work.path, 'media');
const json = join(work.path, 'export.json');
const small = (out: string) => join(work.path, out, 'small');
const port = async (out: string, args: readonly string[], refuses?: string) => {
  const hook = pathToFileURL(resolve(import.meta.dirname, '../torture/refusing-disk.mjs')).href;
  const refusing = { NODE_OPTIONS: `--import ${hook}`, PORT_TEST_REFUSES: refuses };
  const all = [json, ...args, '--to', 'rednote,shorts', '--offline', '--out', join(work.path, out)];
  return await runPort(all, work.path, refuses === undefined ? {} : refusing);
};
const { encoded } = smallKeys;
const inodeOf = async (out: string) => (await stat(join(small(out), 'rednote', encoded, 'video.mp4'))).ino;
const outcomes = (text: string) =>
  text.split('\n').flatMap((line) => /^(?:delivered|failed) .*\((.*)\)$/.exec(line)?.[1] ?? []);

/** Two videos (a copy, an encode) and photos, with links that have ended. */
beforeAll(async () => {
  await writeSmallArchive(work.path, 'https://v16m.tiktokcdn.com/a.mp4?x-expires=1600000000');
  const { code, stderr } = await port('first', ['--media', media]);
  expect(code, stderr).toBe(0);
});

describe('a folder that was copied is the same folder', () => {
  const hour = 3600;
  it.each<[string, (seconds: number) => number]>([
    ['without times', () => Math.floor(Date.now() / 1000)],
    ['through a ZIP or to FAT, whose hour shifts', (seconds) => Math.floor(seconds / 2) * 2 + hour],
  ])('%s: nothing is made again, times are set again, the run after it is through at once', async (name, timeOf) => {
    const out = `copied ${name}`;
    await cp(small('first'), small(out), { recursive: true });
    for (const each of await readdir(small(out), { recursive: true })) {
      const path = join(small(out), each);
      const seconds = timeOf((await stat(join(small('first'), each))).mtimeMs / 1000);
      await utimes(path, seconds, seconds);
    }
    const before = await inodeOf(out);
    const again = await port(out, []);
    expect(again.code, again.stderr).toBe(0);
    expect(outcomes(again.stderr)).toEqual(['already there', 'already there', 'already there']);
    expect(await inodeOf(out)).toBe(before);
    for (const path of [`rednote/${encoded}/video.mp4`, `rednote/${encoded}/caption.txt`]) {
      expect((await stat(join(small(out), path))).mtime.toISOString(), path).toBe('2025-06-02T10:00:00.000Z');
    }
    const [upload] = (await readdir(join(small(out), 'shorts-upload/01'))).sort();
    const uploaded = (await stat(join(small(out), 'shorts-upload/01', upload ?? ''))).mtime.toISOString();
    expect(uploaded).toMatch(/^2025-06-0\dT10:00:00/);
    const settled = await readFile(join(small(out), '.port/settled.json'), 'utf8');
    const third = await port(out, []);
    expect(outcomes(third.stderr)).toEqual(['already there', 'already there', 'already there']);
    expect(await readFile(join(small(out), '.port/settled.json'), 'utf8')).toBe(settled);
    await expectConsistentFolder(small(out));
  });

  it('of which one file has other bytes of the same size: only that one is the person’s', async () => {
    const out = 'copied and edited';
    await cp(small('first'), small(out), { recursive: true });
    const path = join(small(out), 'rednote', '2025-06-03_10-00-00', '01.jpg');
    const { size } = await stat(path);
    await writeFile(`${path}.new`, Buffer.alloc(size, 7));
    await rename(`${path}.new`, path);
    const { stderr } = await port(out, []);
    expect(stderr).toContain('Your own 01.jpg');
    expect(outcomes(stderr).filter((each) => each === 'already there').length).toBeGreaterThanOrEqual(2);
  });
});

describe('a disk that refuses', () => {
  it.each([
    ['times modes links sync', ['times of files', 'two names', 'what was written']],
    ['cross', []],
    ['busy', []],
  ])('%s: all is delivered, once; said once; the next run has nothing to do', async (refuses, said) => {
    const out = `refuses ${refuses}`;
    const first = await port(out, ['--media', media], refuses);
    expect(first.code, first.stderr).toBe(0);
    await expectConsistentFolder(small(out));
    for (const words of said) expect(first.stderr.split(words), words).toHaveLength(2);
    expect(await leftovers(join(work.path, out))).toEqual([]);
    const before = await inodeOf(out);
    const second = await port(out, [], refuses);
    expect(second.code, second.stderr).toBe(0);
    expect(outcomes(second.stderr)).toEqual(['already there', 'already there', 'already there']);
    expect(await inodeOf(out)).toBe(before);
  });

  it('to replace read-only files, as Windows does: they are replaced all the same', async () => {
    const out = 'read-only';
    await cp(small('first'), small(out), { recursive: true, preserveTimestamps: true });
    for (const each of await readdir(small(out), { recursive: true, withFileTypes: true }))
      if (each.isFile()) await chmod(join(each.parentPath, each.name), 0o444);
    const words = join(work.path, 'words.csv');
    await writeFile(words, `key,caption\n${encoded},The harbour by night\n`);
    const { code, stderr } = await port(out, ['--media', media, '--captions', words], 'readonly');
    expect(code, stderr).toBe(0);
    expect(await readFile(join(small(out), 'captions.csv'), 'utf8')).toContain('The harbour by night');
    expect(await readFile(join(small(out), 'rednote', encoded, 'caption.txt'), 'utf8')).toContain('by night');
    await expectConsistentFolder(small(out));
    expect(await leftovers(join(work.path, out))).toEqual([]);
  });

  it('to let an old package go: a warning, and the post is delivered', async () => {
    const out = 'leftover';
    await cp(small('first'), small(out), { recursive: true, preserveTimestamps: true });
    const left = join(small(out), 'rednote', `.${encoded}.old.part`);
    await mkdir(left);
    await writeFile(join(left, 'post.json'), '{}');
    const { code, stderr } = await port(out, ['--media', media, '--fit', 'crop'], 'leftover');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain(`${encoded}.old.part cannot be taken away`);
    expect((await port(out, ['--media', media, '--fit', 'crop'])).stderr).not.toContain('cannot be taken away');
    await expectConsistentFolder(small(out));
    expect(await leftovers(join(work.path, out))).toEqual([]);
  });
});

describe('a cloud’s placeholder of zeros', () => {
  it.each([
    ['a video', '2025-06-01_10-00-00.mp4', 1],
    ['a photo', '2025-06-03_10-00-00/01.jpg', 0],
  ])('%s that is whole later, with the same size and time: the post heals', async (_what, name, code) => {
    const cloud = join(work.path, `cloud ${name.slice(-3)}`);
    await cp(media, cloud, { recursive: true });
    const path = join(cloud, name);
    const whole = await readFile(path);
    const put = async (bytes: Uint8Array) => {
      await writeFile(path, bytes);
      await utimes(path, 1_750_000_000, 1_750_000_000);
    };
    await put(Buffer.alloc(whole.length));
    const out = `healed ${name.slice(-3)}`;
    const first = await port(out, ['--media', cloud]);
    expect(first.code, first.stderr).toBe(code);
    expect(first.stderr).toMatch(/damaged|left out|passed over/);
    await put(whole);
    const second = await port(out, ['--media', cloud]);
    expect(second.code, second.stderr).toBe(0);
    const { totals, posts } = await expectConsistentFolder(small(out));
    expect(totals['rednote']?.['delivered']).toBe(3);
    const healed = posts.find((each) => each.target === 'rednote' && name.startsWith(each.key));
    const files = (healed?.files ?? []).filter(({ role }) => role === 'video' || role === 'photo');
    expect(files).toHaveLength(name.endsWith('jpg') ? 2 : 1);
  });
});
