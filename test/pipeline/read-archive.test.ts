import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ExportError, NoPostsError } from '../../src/errors.ts';
import { readArchive } from '../../src/pipeline/read-archive.ts';
import { toJson } from '../../src/state/documents.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { document, video as linkOf, row } from '../exports/files.ts';
import { temporaryFolder } from '../media.ts';
import { buildZip } from '../tools/zip-builder.ts';

type Content = Readonly<Record<string, string | Uint8Array>>;

/** Reads an archive on disk. @param form `zip`, or a folder */
async function read(content: Content, form: 'zip' | 'folder', given: string | null = null) {
  const path = join(await temporaryFolder(), form === 'zip' ? 'client.zip' : 'client');
  const files = Object.entries(content);
  if (form === 'zip') await writeFile(path, buildZip(files.map(([name, text]) => ({ name, content: text }))));
  for (const [name, text] of form === 'zip' ? [] : files) {
    await mkdir(join(path, dirname(name)), { recursive: true });
    await writeFile(join(path, name), text);
  }
  const archive = await createArchives().open(path);
  try {
    const found = await readArchive(archive, given).catch((error: unknown) => error);
    return { path, read: found };
  } finally {
    await archive.close();
  }
}

const data = (account: string | null, rows: readonly object[] = [row()]) => JSON.stringify(document(rows, [], account));
const manifest = toJson({
  ...{ tool: 'content-port 1.0.0', export: { files: [], account: 'maya', posts: 0 } },
  ...{ totals: {}, posts: [] },
});
const video = 'originals/2025-03-02_09-15-04.mp4';

describe('an archive with an export', () => {
  const other = row({ Date: '2025-03-01 10:00:00', Link: linkOf('two') });
  const two = { 'a/user_data_tiktok.json': data('maya'), 'b/user_data_tiktok.json': data(null, [other]) };
  it.each<[string, Content, string | null, string | null]>([
    ['has the account of the export', { 'user_data_tiktok.json': data('maya') }, null, 'maya'],
    ['a second one without an account, which is given', two, 'maya', 'maya'],
    ['an account that is given does not replace it', { 'user_data_tiktok.json': data('maya') }, 'tom', 'maya'],
    ['without an account has none', { 'user_data_tiktok.json': data(null) }, null, null],
    ['beside a broken file', { 'user_data_tiktok.json': data('maya'), 'notes.json': '{' }, null, 'maya'],
  ])('%s', async (_name, content, given, account) => {
    for (const form of ['zip', 'folder'] as const) {
      const { read: found } = await read(content, form, given);
      expect(found).toMatchObject({
        account,
        posts: expect.arrayContaining([expect.objectContaining({ key: '2025-03-02_09-15-04' })]),
      });
    }
  });
});

describe('an archive without an export is refused', () => {
  const skipped = { '../user_data_tiktok.json': data('maya'), 'readme.md': 'x' };
  it.each<[string, Content, 'zip' | 'folder', (path: string) => RegExp]>([
    ['nothing of TikTok', { 'readme.md': 'x' }, 'zip', () => /^No TikTok export was found here(?!.*Left out)/],
    ['an entry that was skipped may be it', skipped, 'zip', () => /No TikTok export .* Left out: .*user_data_tiktok/],
    [
      'the folder of an account that port wrote, with originals',
      { 'manifest.json': manifest, [video]: 'x' },
      'folder',
      (path) => new RegExp(`^"client" is what port wrote and no export: .* --media "${path}"\\.$`),
    ],
    [
      'the folder of an account that port wrote, without originals',
      { 'manifest.json': manifest },
      'folder',
      () => /^"client" is what port wrote and no export: name the ZIP, JSON or folder that came from TikTok\.$/,
    ],
    [
      'output of port beside a document that might be an export',
      { 'maya/manifest.json': manifest, [`maya/${video}`]: 'x', 'data.json': '{' },
      'folder',
      () => /^(?!.*what port wrote)"data.json" is not valid JSON/,
    ],
  ])('%s', async (_name, content, form, sentence) => {
    const { path, read: found } = await read(content, form);
    expect(found).toBeInstanceOf(ExportError);
    expect((found as Error).message).toMatch(sentence(path));
  });

  it.each<[string, Content]>([
    ['a profile', {}],
    ['a profile and an entry that was skipped', { '../notes.txt': 'x' }],
  ])('%s: the error has the account, for the posts of another file', async (_name, more) => {
    const profile = JSON.stringify({ Profile: { 'Profile Info': { ProfileMap: { userName: 'maya' } } } });
    const { read: found } = await read({ 'user_data_tiktok.json': profile, ...more }, 'zip');
    expect(found).toBeInstanceOf(NoPostsError);
    expect(found).toMatchObject({ account: 'maya' });
  });
});
