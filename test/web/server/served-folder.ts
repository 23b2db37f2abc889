import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { writeContactSheet } from '../../../src/deliver/contact-sheet.ts';
import { changePostingFolder, openPostingFolder } from '../../../src/posting/folder.ts';
import type { Edits, PostingRow } from '../../../src/posting/record.ts';
import { uploadId } from '../../../src/posting/upload.ts';
import { type Entry, toJson } from '../../../src/state/documents.ts';
import type { PostingStoreTools } from '../../../src/web/server/posting-store.ts';
import { type Serving, serve } from '../../../src/web/server/server.ts';
import { caption, entry, file } from '../../deliver/contact-sheet/entries.ts';
import { noPosting } from '../../deliver/contact-sheet/posting.ts';
import { targetNamed } from '../../deliver/contact-sheet/sample.ts';
import { temporaryFolder } from '../../media.ts';
import { storeTools } from './tools.ts';

export const tools = storeTools();

/** Keys of posts, one a minute, the newest first. */
export function keysOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const time = new Date(1_700_000_000_000 + (count - index) * 60_000).toISOString();
    return time.slice(0, 19).replace('T', '_').replaceAll(':', '-');
  });
}

/** An account's folder with posts for RedNote, each with its words and no media, and their contact sheet. */
export async function accountWith(
  keys: readonly string[],
  parts: Readonly<Record<string, number>> = {},
): Promise<string> {
  const folder = join(await temporaryFolder(), 'ported', 'maya');
  const rows = keys.map((key, index): Entry => {
    const row = entry({ key, caption: caption({ title: `Post ${index}` }), files: [] });
    const names = Array.from({ length: parts[key] ?? 0 }, (_, at) => `rednote/${key}/part-${at + 1}/video.mp4`);
    if (names.length === 0) return row;
    const ofParts = names.map((path) => ({ caption: caption(), files: [path] }));
    return { ...row, files: names.map((path) => file(path, 'video')), parts: ofParts };
  });
  await mkdir(folder, { recursive: true });
  const totals = { rednote: { delivered: rows.length, held: 0, rejected: 0, failed: 0 } };
  const known = { files: ['export.zip'], account: 'maya', posts: rows.length };
  const manifest = toJson({ tool: 'content-port 1.0.0', export: known, totals, posts: rows });
  await writeFile(join(folder, 'manifest.json'), manifest);
  const sheet = { folder, account: 'maya', target: targetNamed('rednote'), keys, rows };
  await writeContactSheet({ ...sheet, posting: async () => noPosting }, tools.files, async () => '');
  return folder;
}

export const token = 'AbCdEfGhIjKlMnOpQrStUv';

/** Serves the folder above an account's folder until the test is over. */
export async function serveAccount(folder: string, odd: Partial<PostingStoreTools> = {}, port = 0): Promise<Serving> {
  const settings = { host: '127.0.0.1', port, token, tools: { ...tools, ...odd } };
  const serving = await serve({ folder: join(folder, '..'), ...settings });
  onTestFinished(async () => serving.close());
  return serving;
}

/** Plans or posts, as `port plan` and `port posted` do. */
export async function edit(folder: string, edits: Edits, zone: string | null = null): Promise<void> {
  await changePostingFolder(
    folder,
    tools,
    (name) => name,
    () => edits,
    zone,
  );
}

export async function rowOf(folder: string, key: string): Promise<PostingRow | undefined> {
  const { posting } = await openPostingFolder(folder, tools);
  return posting.record.rows.get(uploadId({ key, target: 'rednote' }));
}

/** The rows of posting.csv as they stand there, by key. */
export async function sheetRows(folder: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(join(folder, 'posting.csv'), 'utf8');
  const lines = text.replace('\uFEFF', '').trim().split(/\r?\n/).slice(1);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(',')), line]));
}
