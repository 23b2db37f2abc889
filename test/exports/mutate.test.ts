import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const sources = ['trouble.zip', 'exports/generation-a.json', 'exports/generation-e.json', 'exports/txt-2023/Posts.txt'];

test('damaged bytes give a result or an error message, in less than 300 MB', async () => {
  const script = resolve(import.meta.dirname, 'mutate.mjs');
  const files = sources.map((name) => resolve(root, 'fixtures', name));
  const { stdout } = await promisify(execFile)(process.execPath, [script, '2000', ...files], { timeout: 110_000 });
  const came = JSON.parse(stdout) as { read: number; refused: number; other: string[]; peakMB: number };
  expect(came.other).toEqual([]);
  expect(came.read).toBeGreaterThan(100);
  expect(came.refused).toBeGreaterThan(100);
  expect(came.peakMB).toBeLessThan(300);
});
