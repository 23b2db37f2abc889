import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { writeContactSheet } from '../../src/deliver/contact-sheet.ts';
import { redrawSheets } from '../../src/pipeline/redraw-sheets.ts';
import { changePostingFolder } from '../../src/posting/folder.ts';
import { toJson } from '../../src/state/documents.ts';
import { createFiles } from '../../src/tools/disk-files.ts';
import { createLocks } from '../../src/tools/locks.ts';
import { entry } from '../deliver/contact-sheet/entries.ts';
import { noPosting } from '../deliver/contact-sheet/posting.ts';
import { targetNamed } from '../deliver/contact-sheet/sample.ts';
import { temporaryFolder } from '../media.ts';

const tools = { files: createFiles(), locks: createLocks(), now: () => 1_800_000_000 };
const key = '2025-03-02_09-15-04';
const pages = ['rednote', 'shorts'] as const;
let folder = '';

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'maya');
  const rows = pages.map((target) => entry({ key, target }));
  await mkdir(folder, { recursive: true });
  const head = { tool: 'content-port 1.0.0', export: { files: [], account: 'maya', posts: 1 }, totals: {} };
  await writeFile(join(folder, 'manifest.json'), toJson({ ...head, posts: rows }));
  for (const [at, name] of pages.entries()) {
    const job = { folder, account: 'maya', target: targetNamed(name), keys: [key], rows: rows.slice(at, at + 1) };
    await writeContactSheet({ ...job, posting: async () => noPosting }, tools.files, async () => '');
  }
});

const page = async (name: string) => readFile(join(folder, name, 'index.html'), 'utf8');
const post = async (posted: string) =>
  changePostingFolder(
    folder,
    tools,
    (name) => name,
    () => [{ key, target: 'rednote', cells: { posted } }],
  );

it('a post that is posted on one platform: only that page changes, and says when', async () => {
  const [before, other] = [await page('rednote'), await stat(join(folder, 'shorts/index.html'))];
  await post('2026-12-01T12:00:00+01:00');
  await redrawSheets(folder, tools);
  expect(await page('rednote')).toContain('data-posted="2026-12-01T12:00:00+01:00"');
  expect((await stat(join(folder, 'shorts/index.html'))).ino).toBe(other.ino);
  await post('');
  await redrawSheets(folder, tools);
  expect(await page('rednote')).toBe(before);
});

it('no page, or a page of somebody else: nothing is written', async () => {
  await rm(join(folder, 'rednote/index.html'));
  await writeFile(join(folder, 'shorts/index.html'), '<!doctype html>mine');
  await post('2026-12-01T12:00:00+01:00');
  await redrawSheets(folder, tools);
  await expect(page('rednote')).rejects.toThrow('ENOENT');
  expect(await page('shorts')).toBe('<!doctype html>mine');
  await expect(page('reels')).rejects.toThrow('ENOENT');
});

it('a run that delivers a post meanwhile: the page has it', async () => {
  await post('2026-12-01T12:00:00+01:00');
  let reads = 0;
  const files = createFiles();
  const later = '2025-03-03_10-00-00';
  const read: typeof files.read = async (path, maxBytes) => {
    const bytes = await files.read(path, maxBytes);
    if (!path.endsWith('rednote/index.html') || reads++ > 0) return bytes;
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { posts: unknown[] };
    const posts = [entry({ key: later }), ...manifest.posts];
    await writeFile(join(folder, 'manifest.json'), toJson({ ...manifest, posts }));
    return bytes;
  };
  const slow = { ...files, confined: () => ({ ...files, read }) };
  await redrawSheets(folder, { ...tools, files: slow });
  expect(await page('rednote')).toContain(later);
});
