import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { zip } from '../fixtures/zip.mjs';

it.each(['export', 'trouble'])('fixtures/%s.zip is what its folder makes, byte for byte', async (name) => {
  const committed = await readFile(resolve(import.meta.dirname, `../fixtures/${name}.zip`));
  expect(committed.equals(await (zip as (name: string) => Promise<Buffer>)(name))).toBe(true);
});

it('the demonstration is a small download', async () => {
  const { length } = await readFile(resolve(import.meta.dirname, '../fixtures/export.zip'));
  expect(length).toBeLessThan(3_000_000);
});
