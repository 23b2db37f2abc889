import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { writeContactSheet } from '../../../src/deliver/contact-sheet.ts';
import { rednote } from '../../../src/targets/rednote/index.ts';
import { createFiles } from '../../../src/tools/disk-files.ts';
import { entry } from './entries.ts';
import { noPosting } from './posting.ts';

const folder = await mkdtemp(join(tmpdir(), 'port-sheet-'));
afterAll(async () => rm(folder, { recursive: true, force: true }));

it('a planted page is drawn again, though a cache says that it was drawn; one of ours stays', async () => {
  const row = entry();
  const job = {
    folder,
    account: 'maya',
    target: rednote,
    keys: [row.key],
    rows: [row],
    posting: async () => noPosting,
  };
  const path = join(folder, 'rednote/index.html');
  await mkdir(join(folder, 'rednote'));
  await writeFile(path, '<!doctype html><script>steal()</script>');
  const write = async () => writeContactSheet(job, createFiles(), async () => '', { isDrawn: true });
  await write();
  const page = await readFile(path, 'utf8');
  expect(page).not.toContain('steal');
  expect(page).toContain(row.key);
  await writeFile(path, `${page}<!-- as it lies there -->`);
  await write();
  expect(await readFile(path, 'utf8')).toContain('as it lies there');
});
