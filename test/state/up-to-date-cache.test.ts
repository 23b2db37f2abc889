import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digest, openUpToDateCache } from '../../src/state/up-to-date-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';

const files = createFiles();

const [these, others] = [digest('these things'), digest('other things')];

/** A folder with a document that an earlier run recorded. */
async function recordedFolder() {
  const folder = temporaryFolder();
  const document = join(folder, 'post.json');
  await writeFile(document, '{}');
  const first = await openUpToDateCache(folder, files);
  await first.record('a post', these, [document]);
  await first.save();
  return { folder, document, again: async () => openUpToDateCache(folder, files) };
}

describe('the up-to-date cache', () => {
  it.each<[string, boolean, (folder: string, document: string) => void, string]>([
    ['made of the same, untouched', true, () => {}, these],
    ['made of something else', false, () => {}, others],
    ['no fingerprint at all', false, () => {}, ''],
    ['a document of another size', false, (_, path) => writeFileSync(path, '{ }'), these],
    ['a document of another time', false, (_, path) => utimesSync(path, 1, 1), these],
    ['a cache that is garbage', false, (folder) => writeFileSync(join(folder, '.port/settled.json'), '{'), these],
    [
      'a record of an older version',
      false,
      (folder) => {
        const seals = { 'a post': `${these} 2/1741000000` };
        writeFileSync(join(folder, '.port/settled.json'), JSON.stringify({ schemaVersion: 1, seals }));
      },
      these,
    ],
  ])('%s: %s', async (_name, holds, change, fingerprint) => {
    const { folder, document, again } = await recordedFolder();
    change(folder, document);
    expect((await again()).matches('a post', fingerprint, await files.factsOf([document]))).toBe(holds);
  });

  it('has what was recorded, under its name alone', async () => {
    const { document, again } = await recordedFolder();
    const cache = await again();
    expect(['a post', 'another'].map((name) => cache.has(name))).toEqual([true, false]);
    expect(cache.matches('another', these, await files.factsOf([document]))).toBe(false);
  });

  it('the last record counts', async () => {
    const { document, again } = await recordedFolder();
    const cache = await again();
    await cache.record('a post', others, [document]);
    await cache.save();
    const facts = await files.factsOf([document]);
    expect([these, others].map((each) => cache.matches('a post', each, facts))).toEqual([false, true]);
    expect((await again()).matches('a post', others, facts)).toBe(true);
  });

  it('is written only where something was recorded that it did not have', async () => {
    const { folder, document, again } = await recordedFolder();
    const path = join(folder, '.port/settled.json');
    utimesSync(path, 5, 5);
    const cache = await again();
    await cache.save();
    await cache.record('a post', these, [document]);
    await cache.save();
    expect(statSync(path).mtimeMs).toBe(5000);
    await cache.record('another', these, [document]);
    await cache.save();
    expect(statSync(path).mtimeMs).toBeGreaterThan(5000);
    utimesSync(path, 5, 5);
    await cache.save();
    expect(statSync(path).mtimeMs).toBe(5000);
  });

  it('forgets a record whose document is gone when it is recorded again', async () => {
    const { document, again } = await recordedFolder();
    const cache = await again();
    rmSync(document);
    await cache.record('a post', these, [document]);
    await cache.save();
    expect([cache.has('a post'), (await again()).has('a post')]).toEqual([false, false]);
  });

  it('a file that appears in a folder that was recorded counts too', async () => {
    const { folder, document, again } = await recordedFolder();
    const inside = join(folder, 'inside');
    await mkdir(inside);
    utimesSync(inside, 5, 5);
    const cache = await again();
    await cache.record('a post', these, [document], [inside]);
    const matches = async () =>
      cache.matches('a post', these, [...(await files.factsOf([document])), ...(await files.foldersOf([inside]))]);
    expect(await matches()).toBe(true);
    await writeFile(join(inside, 'new.txt'), '');
    expect(await matches()).toBe(false);
  });

  it('a document that is gone is nothing to rely on, before or after', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'sub'));
    const cache = await openUpToDateCache(folder, files);
    const gone = [join(folder, 'sub/post.json')];
    await cache.record('a post', 'x', gone);
    expect(cache.matches('a post', 'x', await files.factsOf(gone))).toBe(false);
  });

  it('a digest is the same in all versions: answers that were paid for are found by it', () => {
    expect(digest('engine', { model: 1 })).toBe('rCkg71Ty7GRnVxx_SN-JqN');
  });

  it('a digest tells values apart, and equal ones not', () => {
    expect(digest('a', { b: [1, null] })).toBe(digest('a', { b: [1, null] }));
    const unlike = [digest('ab'), digest('a', 'b'), digest(['a', 'b']), digest(1), digest('1'), digest(null)];
    expect(new Set(unlike).size).toBe(unlike.length);
  });
});
