import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ExportError } from '../../src/errors.ts';
import { createArchives } from '../../src/tools/archives.ts';
import { openNestedZip, unpackBudget } from '../../src/tools/nested-zip.ts';
import { openZip } from '../../src/tools/zip.ts';
import { temporaryFile, temporaryFolder } from './folder.ts';
import { type BuiltEntry, buildZip } from './zip-builder.ts';

const { open } = createArchives();
const never = new AbortController().signal;
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** What is in an archive: each name with its content, or why it cannot be read; and what is set aside. */
async function contents(path: string): Promise<{ readonly texts: Record<string, string>; readonly aside: string[] }> {
  const archive = await open(path);
  const texts: Record<string, string> = {};
  for (const file of archive.files) {
    const read = await file.read(1000).catch((error: Error) => `error: ${error.message}`);
    texts[file.name] = typeof read === 'string' ? read : Buffer.from(read).toString();
  }
  await archive.close();
  return { texts, aside: archive.setAside.map(({ actual }) => String(actual)) };
}

describe('a single file', () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');
  it.each<[string, string, string | Buffer, string | null]>([
    ['JSON', 'a.json', '{}', 'a.json'],
    ['JSON by its content', 'export', ' \n[1]', 'export.json'],
    ['JSON with a mark of UTF-8', 'a.bak', '\ufeff{}', 'a.bak.json'],
    ['JSON in UTF-16', 'a.bak', utf16('{}'), 'a.bak.json'],
    ['JSON in UTF-16, the other way round', 'a.bak', Buffer.from(utf16('{}')).swap16(), 'a.bak.json'],
    ['JSON named as text', 'a.txt', '{}', 'a.txt.json'],
    ['JSON named as both', 'a.json.txt', '{}', 'a.json.txt'],
    ['JSON named as text in capitals', 'A.TXT', '[]', 'A.TXT.json'],
    ['text', 'Posts.txt', 'Date: x', 'Posts.txt'],
    ['lines of JSON', 'a.jsonl', '{}', 'a.jsonl'],
    ['a sheet', 'captions.csv', 'key', 'captions.csv'],
    ['a sheet of Excel, which is a ZIP', 'captions.xlsx', buildZip([{ name: 'a', content: 'b' }]), 'captions.xlsx'],
    ['a sheet of Numbers', 'captions.numbers', 'x', 'captions.numbers'],
    ['packed JSON', 'a.json.gz', gzipSync('{}'), 'a.json'],
    ['packed JSON by its content', 'a.gzip', gzipSync('{}'), 'a.json'],
    ['packed text', 'Posts.txt.gz', gzipSync('Date: x'), 'Posts.txt'],
    ['packed JSON named as text', 'a.txt.gz', gzipSync('{}'), 'a.txt.json'],
    ['a packed file of something else', 'a.bin.gz', gzipSync('x'), null],
    ['something else', 'a.bin', 'x', null],
    ['a bracket behind a word', 'a.bin', 'x {}', null],
    ['a name that only ends like JSON', 'ajson', 'x', null],
  ])('%s (%s)', async (_odd, name, content, expected) => {
    const path = put(name, content);
    if (expected === null) {
      await expect(open(path)).rejects.toThrow(ExportError);
      return;
    }
    const { files } = await open(path);
    expect(files.map((file) => file.name)).toEqual([expected]);
    expect(Buffer.from((await files[0]?.read(1000)) ?? []).length).toBeGreaterThan(0);
  });

  it.skipIf(process.platform === 'win32')('that is no file is refused, without waiting for it', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    await expect(open(join(folder, 'pipe.json'))).rejects.toThrow('pipe.json" is neither a file nor a folder.');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
    await expect(open(join(folder, 'socket'))).rejects.toThrow('is neither a file nor a folder.');
    server.close();
    await expect(open(join(put('file', 'x'), 'below'))).rejects.toThrow('cannot be opened (ENOTDIR).');
  });

  it('is read as a stream, and whole within its limit', async () => {
    const path = put('a.json', `[${'1,'.repeat(1_000_000)}1]`);
    const [file] = (await open(path)).files;
    let bytes = 0;
    for await (const chunk of file?.stream(never) ?? []) bytes += chunk.length;
    expect(bytes).toBe(2_000_003);
    expect(await file?.read(2_000_003)).toHaveLength(2_000_003);
    await expect(file?.read(2_000_002)).rejects.toThrow(
      '"a.json" is larger than the 2 MB that port reads of such a file.',
    );
    await expect(async () => {
      for await (const chunk of file?.stream(AbortSignal.abort()) ?? []) expect(chunk).toBeNull();
    }).rejects.toThrow(/abort/i);
  });

  it('that shrinks while it is open is read as it is', async () => {
    const path = put('a.json', '{"a": 1}');
    const [file] = (await open(path)).files;
    truncateSync(path, 2);
    expect(Buffer.from((await file?.read(100)) ?? []).toString()).toBe('{"');
  });
});

describe('what systems put beside the files of an export', () => {
  const odd = [
    '__MACOSX/a.json',
    'b/__MACOSX/x',
    '._a.json',
    'b/._c',
    '.DS_Store',
    'b/.DS_Store',
    'Thumbs.db',
    'b/desktop.ini',
    'THUMBS.DB',
  ];
  const plain = ['a.json', 'b/c.txt', 'not__MACOSX/x', 'a._b', 'x.DS_Store', 'Thumbs.db.txt', 'mydesktop.ini'];
  it('is left out of a ZIP without a word, and nothing else', async () => {
    const { texts, aside } = await contents(
      put('a.zip', buildZip([...odd, ...plain].map((name) => ({ name, content: 'x' })))),
    );
    expect(Object.keys(texts).sort()).toEqual([...plain].sort());
    expect(aside).toEqual([]);
  });

  it('is not opened where it is named like a ZIP', async () => {
    const zip = buildZip([
      { name: '__MACOSX/._a.zip', content: 'x' },
      { name: 'b.json', content: '{}' },
    ]);
    expect(await contents(put('a.zip', zip))).toEqual({ texts: { 'b.json': '{}' }, aside: [] });
  });
});

describe('ZIPs in each other', () => {
  const inner = (name = 'b.json', odd: Partial<BuiltEntry> = {}) => buildZip([{ name, content: '{}', ...odd }]);

  it.each([
    ['stored', false],
    ['packed', true],
  ])('%s: the files of the inner one have its name before theirs', async (_odd, deflate) => {
    const zip = buildZip([
      { name: 'in/A.ZIP', content: inner(), deflate },
      { name: 'c.json', content: '[]' },
      { name: 'broken.zip', content: 'no ZIP', deflate },
      { name: '../x.json', content: 'x' },
    ]);
    const { texts, aside } = await contents(put('a.zip', zip));
    expect(texts).toEqual({ 'c.json': '[]', 'in/A.ZIP/b.json': '{}' });
    expect(aside).toEqual([
      '"../x.json": its name leads out of the archive',
      expect.stringMatching(/^"broken.zip" in "a.zip" cannot be read/),
    ]);
  });

  it('in a folder: fifty are opened, further ones are files', async () => {
    for (let at = 0; at < 52; at++) put(`${String(at).padStart(2, '0')}.zip`, inner());
    const { texts } = await contents(folder);
    const names = Object.keys(texts);
    expect(names.filter((name) => name.endsWith('/b.json'))).toHaveLength(50);
    expect(names.filter((name) => !name.includes('/'))).toEqual(['50.zip', '51.zip']);
  });

  it('in a ZIP: fifty are opened, further ones are files', async () => {
    const all = Array.from({ length: 52 }, (_, at) => ({
      name: `${String(at).padStart(2, '0')}.zip`,
      content: inner(),
    }));
    const names = Object.keys((await contents(put('a.zip', buildZip(all)))).texts);
    expect(names.filter((name) => name.endsWith('/b.json'))).toHaveLength(50);
    expect(names.filter((name) => !name.includes('/'))).toEqual(['50.zip', '51.zip']);
  });

  it.each<[string, string | Buffer, string]>([
    ['a web page', '<!doctype html>', 'is named .zip but is none: it is a web page'],
    ['a RAR archive', 'Rar!\u001a\u0007', 'is named .zip but is none: it is a RAR archive'],
    ['something else', 'x'.repeat(100), 'cannot be read: it is damaged, cut off, or no ZIP'],
  ])('in a folder, of which one is %s: it is reported, and the rest is read', async (_odd, content, said) => {
    put('a/b.zip', content);
    put('c.json', '{}');
    expect(await contents(folder)).toEqual({ texts: { 'c.json': '{}' }, aside: [expect.stringContaining(said)] });
  });

  it('packed ones are unpacked into the temporary folder until the archive is closed', async () => {
    const scratch = temporaryFolder();
    vi.stubEnv('TMPDIR', scratch);
    try {
      const path = put('a.zip', buildZip([{ name: 'b.zip', content: inner(), deflate: true }]));
      const outer = await openZip(path, 'a.zip');
      const budget = unpackBudget();
      const before = budget.left;
      const entry = outer.entries[0];
      if (entry === undefined) throw new Error('no entry');
      const zip = await openNestedZip(path, entry, '"b.zip" in "a.zip"', budget);
      expect([before - budget.left, readdirSync(scratch).length]).toEqual([entry.bytes, 1]);
      await zip.close();
      expect(readdirSync(scratch)).toEqual([]);
      budget.left = entry.bytes - 1;
      await expect(openNestedZip(path, entry, '"b.zip" in "a.zip"', budget)).rejects.toThrow(
        /^"b.zip" in "a.zip" would take 1 MB of the temporary folder, far more .* Take it out of the outer archive/,
      );
      budget.left = entry.bytes;
      await (await openNestedZip(path, entry, '"b.zip" in "a.zip"', budget)).close();
      expect(budget.left).toBe(0);
      const damaged = buildZip([{ name: 'b.zip', content: 'no ZIP', deflate: true }]);
      expect(
        (
          await contents(
            put(
              'c.zip',
              buildZip([
                { name: 'x.json', content: '{}' },
                { name: 'b.zip', content: damaged, deflate: true, crc: 1 },
              ]),
            ),
          )
        ).aside,
      ).toEqual([expect.stringContaining('checksum')]);
      expect(readdirSync(scratch)).toEqual([]);
      await outer.close();
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe('a folder', () => {
  it('has its packed JSON as what is in it, and names what is no file', async () => {
    put('user_data.json.GZ', gzipSync('{}'));
    put('a/Posts.txt.gz', gzipSync('Date'));
    put('b.tar.gz', gzipSync('x'));
    put('c.zip.part', 'x');
    expect(Object.keys((await contents(folder)).texts)).toEqual(['a/Posts.txt', 'b.tar.gz', 'user_data.json']);
    expect((await contents(folder)).aside).toEqual([expect.stringContaining('"c.zip.part" is a download')]);
  });

  it('of which nothing can be read is refused with the first reason; an empty one is not', async () => {
    put('c.zip.part', 'x');
    await expect(open(folder)).rejects.toThrow(/^Nothing in ".*" can be read. "c.zip.part" is a download/);
    rmSync(join(folder, 'c.zip.part'));
    expect(await contents(folder)).toEqual({ texts: {}, aside: [] });
  });
});

it('a ZIP whose first bytes are those of one, and that is damaged, is told as such', async () => {
  await expect(open(temporaryFile('a.bin', 'PK\u0003\u0004 and no more'))).rejects.toThrow('"a.bin" cannot be read');
  await expect(open(temporaryFile('a.zip', 'neither page nor archive'))).rejects.toThrow(
    'a.zip" is named .zip but is none: the download may have failed. Download it again.',
  );
  await expect(open(temporaryFile('a.ZIP', '<html>'))).rejects.toThrow('is a web page');
});
