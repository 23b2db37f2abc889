import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createFiles } from '../../src/tools/disk-files.ts';
import { dryFiles } from '../../src/tools/dry-files.ts';
import { temporaryFolder } from '../media.ts';

async function places() {
  const root = await temporaryFolder();
  const [scratch, outside] = [join(root, 'scratch'), join(root, 'outside')];
  await Promise.all([mkdir(scratch), mkdir(outside)]);
  await writeFile(join(outside, 'a'), 'mine');
  return { scratch, outside, files: dryFiles(createFiles(), scratch) };
}

it('outside the scratch folder nothing is written, moved, linked or deleted', async () => {
  const { scratch, outside, files } = await places();
  const a = join(outside, 'a');
  await files.write(join(outside, 'b'), 'x');
  await files.write(a, 'x');
  await files.append(a, 'x');
  await files.link(a, join(outside, 'c'));
  await files.copy(a, join(outside, 'd'));
  await files.move(a, join(scratch, 'a'));
  await files.makeFolder(join(outside, 'folder'));
  await files.setModified(a, 0);
  await files.remove(outside);
  await files.remove(join(scratch, '../outside'));
  await files.remove(scratch);
  expect(await readdir(outside)).toEqual(['a']);
  expect(await readFile(a, 'utf8')).toBe('mine');
  expect(await files.readText(a, 10)).toBe('mine');
  expect(await readdir(scratch)).toEqual([]);
});

it('a stream outside the scratch folder is an error', async () => {
  const { outside, files } = await places();
  const stream = files.writeStream(join(outside, 'b'), (async function* () {})(), 10, new AbortController().signal);
  await expect(stream).rejects.toThrow('a dry run would write');
});

it('inside the scratch folder everything works', async () => {
  const { scratch, files } = await places();
  await files.write(join(scratch, 'b'), 'x');
  await files.move(join(scratch, 'b'), join(scratch, 'deep/c'));
  expect(await readFile(join(scratch, 'deep/c'), 'utf8')).toBe('x');
  await files.remove(join(scratch, 'deep'));
  expect(await readdir(scratch)).toEqual([]);
});
