import { utimesSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digest, openSettled } from '../src/settled.ts';
import { createFiles } from '../src/tools/files.ts';
import { temporaryFolder } from './tools/folder.ts';

const files = createFiles();

/** A folder with a document that was settled, by an earlier run. */
async function settledFolder() {
  const folder = temporaryFolder();
  const document = join(folder, 'post.json');
  await writeFile(document, '{}');
  const first = await openSettled(folder, files);
  await first.note('a post', 'these things', [document]);
  await first.save();
  return { folder, document, again: async () => openSettled(folder, files) };
}

describe('what is settled', () => {
  it.each<[string, boolean, (folder: string, document: string) => void, string]>([
    ['made of the same, untouched', true, () => {}, 'these things'],
    ['made of something else', false, () => {}, 'other things'],
    ['a document of another size', false, (_, path) => writeFileSync(path, '{ }'), 'these things'],
    ['a document of another time', false, (_, path) => utimesSync(path, 1, 1), 'these things'],
    [
      'a cache that is garbage',
      false,
      (folder) => writeFileSync(join(folder, '.port/settled.json'), '{'),
      'these things',
    ],
  ])('%s: %s', async (_name, holds, change, madeOf) => {
    const { folder, document, again } = await settledFolder();
    change(folder, document);
    expect((await again()).holds('a post', madeOf, await files.factsOf([document]))).toBe(holds);
  });

  it('a document that is gone is nothing to rely on, before or after', async () => {
    const folder = temporaryFolder();
    await mkdir(join(folder, 'sub'));
    const settled = await openSettled(folder, files);
    const gone = [join(folder, 'sub/post.json')];
    await settled.note('a post', 'x', gone);
    expect(settled.holds('a post', 'x', await files.factsOf(gone))).toBe(false);
  });

  it('a digest tells values apart, and equal ones not', () => {
    expect(digest('a', { b: [1, null] })).toBe(digest('a', { b: [1, null] }));
    const unlike = [digest('ab'), digest('a', 'b'), digest(['a', 'b']), digest(1), digest('1'), digest(null)];
    expect(new Set(unlike).size).toBe(unlike.length);
  });
});
