import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ExportError } from '../../src/errors.ts';
import { readExport } from '../../src/exports/index.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { document, row } from '../exports/files.ts';
import { temporaryFile, temporaryFolder } from './folder.ts';
import { buildZip } from './zip-builder.ts';

const { open } = createArchives();
const json = JSON.stringify(document([row()]));
const exportZip = () => buildZip([{ name: 'user_data_tiktok.json', content: json, deflate: true }]);

async function namesIn(path: string): Promise<readonly string[]> {
  const archive = await open(path);
  await archive.close();
  return archive.files.map((file) => file.name);
}

async function postsIn(path: string): Promise<number> {
  const archive = await open(path);
  try {
    return (await readExport(archive.files)).posts.length;
  } finally {
    await archive.close();
  }
}

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

describe('forms of an export', () => {
  test.each([
    ['a ZIP', 'export.zip', exportZip()],
    ['a ZIP that was renamed', 'export.bin', exportZip()],
    ['a lone JSON file', 'user_data.json', json],
    ['a lone JSON file without ending', 'user_data', json],
    ['a lone TXT file', 'Posts.txt', 'Date: 2025-03-02 09:15:04 UTC\nLink: N/A\n'],
    ['JSON that was saved as text', 'user_data_tiktok.json.txt', json],
    ['JSON that was saved as text, in UTF-16', 'user_data.txt', Buffer.from(`\ufeff${json}`, 'utf16le')],
    ['JSON that was packed by itself', 'user_data_tiktok.json.gz', gzipSync(json)],
    ['a TXT that was packed by itself', 'Posts.txt.gz', gzipSync('Date: 2025-03-02 09:15:04 UTC\nLink: N/A\n')],
    ['a ZIP behind a header', 'export.zip', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), exportZip()])],
    ['a whole download under the name of an unfinished one', 'TikTok_Data_1.zip.crdownload', exportZip()],
    ['a ZIP in a ZIP, stored', 'outer.zip', buildZip([{ name: 'TikTok_Data_1.zip', content: exportZip() }])],
    [
      'a ZIP in a ZIP, compressed',
      'outer.zip',
      buildZip([{ name: 'a/TikTok_Data_1.zip', content: exportZip(), deflate: true }]),
    ],
    [
      'a ZIP with the twin of macOS',
      'export.zip',
      buildZip([
        { name: '__MACOSX/._user_data_tiktok.json', content: 'x' },
        { name: 'user_data_tiktok.json', content: json },
      ]),
    ],
  ])('%s', async (_, name, content) => {
    expect(await postsIn(temporaryFile(name, content))).toBe(1);
  });

  test('a folder with a ZIP in it', async () => {
    expect(await postsIn(folderWith({ 'a/user_data_tiktok.json': json, 'a/.DS_Store': 'x' }))).toBe(1);
    expect(await postsIn(folderWith({ 'TikTok_Data_1.zip': exportZip() }))).toBe(1);
  });

  test('a folder with compressed JSON and unfinished media downloads', async () => {
    const folder = folderWith({ 'user_data.json.gz': gzipSync(json), 'a.mp4.part': 'x', 'b.zip.part': 'x' });
    expect(await postsIn(folder)).toBe(1);
    const archive = await open(folder);
    expect(archive.files.map(({ name }) => name)).toEqual(['a.mp4.part', 'user_data.json']);
    expect(archive.setAside.map(({ actual }) => actual)).toEqual([
      expect.stringContaining('"b.zip.part" is a download'),
    ]);
  });

  test('a gzip bomb of JSON is refused', async () => {
    const archive = await open(temporaryFile('user_data.json.gz', gzipSync(`[${' '.repeat(40_000_000)}`)));
    await expect(archive.files[0]?.read(400_000_000)).rejects.toThrow('compression bomb');
  });

  test('names in a folder and in ZIPs look the same', async () => {
    const zip = buildZip([
      { name: 'b/c.mp4', content: 'x' },
      { name: 'b/', mode: 0o040755 },
      { name: '__MACOSX/b/._c.mp4', content: 'x' },
    ]);
    const folder = folderWith({ 'z.txt': '', 'a/b/c.mp4': 'x', 'inner.zip': zip });
    expect(await namesIn(folder)).toEqual(['a/b/c.mp4', 'inner.zip/b/c.mp4', 'z.txt']);
  });

  test('one level of nested ZIPs is opened, and no more', async () => {
    const three = buildZip([{ name: 'b.zip', content: buildZip([{ name: 'a.zip', content: exportZip() }]) }]);
    expect(await namesIn(temporaryFile('c.zip', three))).toEqual(['b.zip/a.zip']);
  });

  test('unpacked files are deleted after closing', async () => {
    const outer = temporaryFile('outer.zip', buildZip([{ name: 'i.zip', content: exportZip(), deflate: true }]));
    const scratch = temporaryFolder();
    vi.stubEnv('TMPDIR', scratch);
    vi.stubEnv('TEMP', scratch);
    onTestFinished(() => void vi.unstubAllEnvs());
    const archive = await open(outer);
    expect(archive.files.map((file) => file.name)).toEqual(['i.zip/user_data_tiktok.json']);
    expect(readdirSync(scratch)).toHaveLength(1);
    await archive.close();
    expect(readdirSync(scratch)).toEqual([]);
  });
});

describe('archives that are refused with a message', () => {
  test.each([
    ['a file that is not there', () => join(temporaryFolder(), 'missing.zip'), 'does not exist'],
    ['a web page named .zip', () => temporaryFile('export.zip', '<html>'), 'is named .zip but is none'],
    ['a video', () => temporaryFile('a.mp4', '\u0000\u0000\u0000 ftypisom'), 'is no export'],
    ['an empty file', () => temporaryFile('a', ''), 'is no export'],
    [
      'a ZIP in which only a damaged ZIP lies',
      () => temporaryFile('a.zip', buildZip([{ name: 'i.zip', content: 'PK' }])),
      '"i.zip" in "a.zip" cannot be read',
    ],
    [
      'a ZIP that is cut off',
      () => temporaryFile('a.zip', exportZip().subarray(0, 60)),
      'cannot be read: it is damaged',
    ],
    [
      'the log-in page of TikTok',
      () => temporaryFile('export.zip', '<!DOCTYPE html><html><title>Log in</title>'),
      'web page',
    ],
    ['that page under the name of the JSON', () => temporaryFile('user_data.json', '\n<html lang="en">'), 'web page'],
    [
      'one part of a split ZIP',
      () => temporaryFile('export.zip.001', exportZip().subarray(0, 60)),
      'is one part of a ZIP',
    ],
    ['another part of it', () => temporaryFile('export.zip.002', 'x'), 'is one part of a ZIP'],
    [
      'a part as WinZip names it',
      () => temporaryFile('export.z01', exportZip().subarray(0, 60)),
      'zip -s 0 "export.zip"',
    ],
    [
      'a folder of such parts',
      () => folderWith({ 'export.zip.001': 'PK', 'export.zip.002': 'x' }),
      'is one part of a ZIP',
    ],
    ['a download of Chrome', () => temporaryFile('a.zip.crdownload', exportZip().subarray(0, 60)), 'is not finished'],
    ['a download of Firefox', () => temporaryFile('a.zip.part', exportZip().subarray(0, 60)), 'is not finished'],
    ['a folder with such a download', () => folderWith({ 'Unconfirmed 12.crdownload': 'x' }), 'is not finished'],
    ['a RAR archive', () => temporaryFile('export.rar', 'Rar!\u001a\u0007\u0001'), 'is a RAR archive'],
    ['gzip that is cut off', () => temporaryFile('a.json.gz', gzipSync(json).subarray(0, 40)), 'cannot be unpacked'],
    [
      'gzip of something else',
      () => temporaryFile('a.tar.gz', gzipSync('\u0000'.repeat(600))),
      'gzip archive of something else',
    ],
  ])('%s', async (_, path, reason) => {
    await expect(open(path())).rejects.toThrow(ExportError);
    await expect(open(path())).rejects.toThrow(reason);
  });

  test('an encrypted export says what to do', async () => {
    const path = temporaryFile('a.zip', buildZip([{ name: 'user_data_tiktok.json', content: json, flags: 1 }]));
    await expect(postsIn(path)).rejects.toThrow(
      /"user_data_tiktok.json" in "a.zip" is protected by a password: unzip the archive with it/,
    );
  });

  test('a bomb in place of the posts is refused', async () => {
    const path = temporaryFile(
      'a.zip',
      buildZip([{ name: 'user_data_tiktok.json', content: Buffer.alloc(64 * 1024 * 1024, ' '), deflate: true }]),
    );
    await expect(postsIn(path)).rejects.toThrow('compression bomb');
  });

  test('a text larger than its limit is not read', async () => {
    const archive = await open(temporaryFile('a.zip', exportZip()));
    await expect(archive.files[0]?.read(10)).rejects.toThrow('"user_data_tiktok.json" is larger than');
    await archive.close();
  });
});

describe('damage next to the posts does not lose them', () => {
  test('a damaged media entry', async () => {
    const zip = buildZip([
      { name: 'user_data_tiktok.json', content: json },
      { name: 'a.mp4', content: 'x', crc: 1 },
    ]);
    const archive = await open(temporaryFile('a.zip', zip));
    expect((await readExport(archive.files)).posts.length).toBe(1);
    const media = archive.files.find((file) => file.name === 'a.mp4');
    await expect(media?.read(10)).rejects.toThrow('checksum');
    await archive.close();
  });

  test('a nested ZIP with an implausible ratio is not unpacked', async () => {
    const isOurs = (name: string) => /^content-port-(?!test|dry)/.test(name);
    const before = readdirSync(tmpdir()).filter(isOurs);
    const path = join(temporaryFolder(), 'a.zip');
    // Zeros behind the signature, in a thousandth of their size.
    const inner = Buffer.alloc(100_000_000);
    inner.write('PK\u0003\u0004', 'latin1');
    writeFileSync(
      path,
      buildZip([
        { name: 'user_data.json', content: '{}' },
        { name: 'b.zip', content: inner, deflate: true },
      ]),
    );
    const archive = await createArchives().open(path);
    expect(archive.files.map(({ name }) => name)).toEqual(['user_data.json']);
    expect(archive.setAside).toMatchObject([
      { actual: expect.stringMatching(/^"b.zip" in "a.zip" would take 96 MB of the temporary folder, far more than/) },
    ]);
    await archive.close();
    expect(readdirSync(tmpdir()).filter(isOurs)).toEqual(before);
  });

  test('a damaged nested ZIP, and an entry whose name leads out', async () => {
    const zip = buildZip([
      { name: 'user_data_tiktok.json', content: json },
      { name: 'inner.zip', content: 'PK' },
      { name: '../x', content: 'x' },
    ]);
    const archive = await open(temporaryFile('a.zip', zip));
    expect((await readExport(archive.files)).posts.length).toBe(1);
    expect(archive.setAside).toMatchObject([
      { code: 'entry-skipped', severity: 'warning', actual: '"../x": its name leads out of the archive' },
      { code: 'entry-skipped', actual: expect.stringContaining('"inner.zip" in "a.zip" cannot be read') },
    ]);
    await archive.close();
  });

  test('a symbolic link in a folder is not followed', async () => {
    const folder = folderWith({ 'user_data.json': json });
    symlinkSync('/etc/passwd', join(folder, 'link.txt'));
    const archive = await open(folder);
    expect(archive.files.map((file) => file.name)).toEqual(['user_data.json']);
    expect(archive.setAside).toMatchObject([{ actual: '"link.txt": it is a symbolic link' }]);
    await archive.close();
  });
});

test('media are streamed, and reading may stop early', async () => {
  const path = temporaryFile(
    'a.zip',
    buildZip([{ name: 'a.mp4', content: Buffer.alloc(3_000_000, 7), deflate: true }]),
  );
  const archive = await open(path);
  const [media] = archive.files;
  let bytes = 0;
  for await (const chunk of media?.stream(new AbortController().signal) ?? []) bytes += chunk.length;
  expect(bytes).toBe(3_000_000);
  for await (const _ of media?.stream(new AbortController().signal) ?? []) break;
  expect((await media?.read(3_000_000))?.length).toBe(3_000_000);
  await archive.close();
});

test('the size of a file on disk is the current one, whether it was named or found', async () => {
  const folder = folderWith({ 'user_data.json': json });
  const path = join(folder, 'user_data.json');
  symlinkSync(path, join(folder, 'link.json'));
  for (const way of [folder, path, join(folder, 'link.json'), relative('.', path)]) {
    const [file] = (await open(way)).files;
    expect([file?.path?.startsWith(folder), file?.bytes]).toEqual([true, json.length]);
  }
  const [file] = (await open(path)).files;
  writeFileSync(path, `${json} `);
  expect([file?.bytes, (await file?.read(1e6))?.length]).toEqual([json.length + 1, json.length + 1]);
  rmSync(path);
  expect(file?.bytes).toBe(0);
  await expect(file?.read(1e6)).rejects.toThrow('ENOENT');
});
