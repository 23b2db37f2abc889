import { utimesSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digest, openUpToDateCache } from '../../src/state/up-to-date-cache.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { temporaryFolder } from '../tools/folder.ts';

const files = createFiles();

const [these, others, seenAs] = [digest('these things'), digest('other things'), digest('these things, otherwise')];

/** A folder with a document that was settled, by an earlier run. */
async function settledFolder() {
  const folder = temporaryFolder();
  const document = join(folder, 'post.json');
  await writeFile(document, '{}');
  const first = await openUpToDateCache(folder, files);
  await first.record('a post', [these, seenAs], [document]);
  await first.save();
  return { folder, document, again: async () => openUpToDateCache(folder, files) };
}

describe('what is settled', () => {
  it.each<[string, boolean, (folder: string, document: string) => void, string]>([
    ['made of the same, untouched', true, () => {}, these],
    ['made of the same, by its other mark', true, () => {}, seenAs],
    ['made of something else', false, () => {}, others],
    ['no mark at all', false, () => {}, ''],
    ['both marks at once', false, () => {}, `${these},${seenAs}`],
    ['a document of another size', false, (_, path) => writeFileSync(path, '{ }'), these],
    ['a document of another time', false, (_, path) => utimesSync(path, 1, 1), seenAs],
    ['a cache that is garbage', false, (folder) => writeFileSync(join(folder, '.port/settled.json'), '{'), these],
    [
      'a seal of an older version',
      false,
      (folder) => {
        const seals = { 'a post': `${these} 2/1741000000` };
        writeFileSync(join(folder, '.port/settled.json'), JSON.stringify({ schemaVersion: 1, seals }));
      },
      these,
    ],
  ])('%s: %s', async (_name, holds, change, mark) => {
    const { folder, document, again } = await settledFolder();
    change(folder, document);
    expect((await again()).matches('a post', mark, await files.factsOf([document]))).toBe(holds);
  });

  it('told in another way it is the same, as long as its documents are', async () => {
    const { document, again } = await settledFolder();
    const settled = await again();
    settled.rekey('a post', [these, others]);
    settled.rekey('never settled', [these]);
    await settled.save();
    const facts = await files.factsOf([document]);
    const marks = [these, others, seenAs];
    expect(marks.map((mark) => settled.matches('a post', mark, facts))).toEqual([true, true, false]);
    expect((await again()).matches('a post', others, facts)).toBe(true);
    expect(settled.matches('never settled', these, facts)).toBe(false);
    utimesSync(document, 1, 1);
    settled.rekey('a post', [these]);
    expect(settled.matches('a post', these, await files.factsOf([document]))).toBe(false);
  });

  it('a document that is gone is nothing to rely on, before or after', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'sub'));
    const settled = await openUpToDateCache(folder, files);
    const gone = [join(folder, 'sub/post.json')];
    await settled.record('a post', ['x'], gone);
    expect(settled.matches('a post', 'x', await files.factsOf(gone))).toBe(false);
  });

  it('a digest tells values apart, and equal ones not', () => {
    expect(digest('a', { b: [1, null] })).toBe(digest('a', { b: [1, null] }));
    const unlike = [digest('ab'), digest('a', 'b'), digest(['a', 'b']), digest(1), digest('1'), digest(null)];
    expect(new Set(unlike).size).toBe(unlike.length);
  });
});
