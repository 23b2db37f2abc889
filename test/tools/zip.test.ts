import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { ExportError } from '../../src/errors.ts';
import { openZip } from '../../src/tools/zip.ts';
import { temporaryFile } from './folder.ts';
import { type BuiltEntry, buildZip, buildZip64End } from './zip-builder.ts';

const good: BuiltEntry = { name: 'user_data.json', content: '{"Post":{}}', deflate: true };

/** Opens a ZIP, reads all that is in it, and says what came out. */
async function contents(zip: Uint8Array) {
  const opened = await openZip(temporaryFile('export.zip', zip), 'export.zip');
  try {
    const texts: Record<string, string> = {};
    for (const entry of opened.entries) {
      try {
        const chunks: Uint8Array[] = [];
        for await (const chunk of entry.stream()) chunks.push(chunk);
        texts[entry.name] = Buffer.concat(chunks).toString();
      } catch (error) {
        expect(error).toBeInstanceOf(ExportError);
        texts[entry.name] = (error as Error).message;
      }
    }
    return { texts, skipped: opened.skipped };
  } finally {
    await opened.close();
  }
}

test('reads a ZIP of another program', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('hello'), 'a/b.txt');
  zip.addBuffer(Buffer.from('stored'), 'stored.bin', { compress: false });
  zip.addBuffer(Buffer.alloc(0), 'empty.txt');
  zip.addEmptyDirectory('a');
  zip.addBuffer(Buffer.from('x'), 'n\u00e4me \u{1f600}.txt', { forceZip64Format: true } as object);
  zip.end({ forceZip64Format: true, comment: 'made by hand' });
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  expect(await contents(Buffer.concat(chunks))).toEqual({
    texts: { 'a/b.txt': 'hello', 'stored.bin': 'stored', 'empty.txt': '', 'n\u00e4me \u{1f600}.txt': 'x' },
    skipped: [],
  });
});

test('reads a central directory in another order than the contents, as written by programs that update archives', async () => {
  const zip = buildZip(
    ['a', 'b', 'c', 'd'].map((name) => ({ name, content: name.repeat(50) })),
    { listed: [2, 0, 3, 1] },
  );
  const texts = Object.fromEntries(['c', 'a', 'd', 'b'].map((name) => [name, name.repeat(50)]));
  expect(await contents(zip)).toEqual({ texts, skipped: [] });
});

describe('an entry with a dangerous name is skipped and reported, the posts stay', () => {
  test.each([
    ['leads out', '../../etc/passwd', 'leads out of the archive'],
    ['leads out in the middle', 'a/../../b.mp4', 'leads out of the archive'],
    ['leads out, Windows', '..\\..\\b.mp4', 'leads out of the archive'],
    ['is absolute', '/etc/passwd', 'absolute path'],
    ['is absolute, Windows', 'C:\\Windows\\x.mp4', 'absolute path'],
    ['is a network path', '\\\\server\\share\\x.mp4', 'absolute path'],
    ['is a device', 'CON', 'device'],
    ['is a device with an ending', 'media/aux.mp4', 'device'],
    ['holds a zero byte', 'a\u0000.mp4', 'control characters'],
    ['holds a line break', 'a\n.mp4', 'control characters'],
    ['holds a terminal sequence', 'a\u001b[31m.mp4', 'control characters'],
    ['turns the writing around', 'a\u202e4pm.exe', 'control characters'],
    ['is empty', '', 'no name'],
    ['is endless', 'a'.repeat(2000), 'too long'],
  ])('%s', async (_, name, reason) => {
    const { texts, skipped } = await contents(buildZip([{ name, content: 'x' }, good]));
    expect(texts).toEqual({ 'user_data.json': '{"Post":{}}' });
    expect(skipped).toHaveLength(1);
    expect(skipped[0]).toContain(reason);
    // A report of a name must not do what the name was made for.
    expect(skipped[0]).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test.each([
    ['a symbolic link', 0o120777, 'symbolic link'],
    ['a device', 0o020666, 'no regular file'],
    ['a pipe', 0o010666, 'no regular file'],
  ])('%s', async (_, mode, reason) => {
    const { texts, skipped } = await contents(buildZip([{ name: 'link.mp4', content: '/etc/passwd', mode }, good]));
    expect(Object.keys(texts)).toEqual(['user_data.json']);
    expect(skipped[0]).toContain(reason);
  });

  test.each(['a..b.mp4', 'console.mp4', '2025-03-02 09:15:04.mp4', 'comma.txt', 'x/.hidden'])(
    '%s is fine',
    async (name) => {
      expect((await contents(buildZip([{ name, content: 'x' }]))).texts).toEqual({ [name]: 'x' });
    },
  );

  test('treats backslashes as slashes', async () => {
    expect((await contents(buildZip([{ name: 'TikTok\\Posts\\Posts.txt', content: 'x' }]))).texts).toEqual({
      'TikTok/Posts/Posts.txt': 'x',
    });
  });
});

describe('an entry with untrustworthy content fails alone', () => {
  const large = { name: 'x.mp4', content: 'x'.repeat(100_000), deflate: true };
  test.each<[string, BuiltEntry, string]>([
    ['is larger than declared', { ...large, bytes: 50 }, 'holds more than the 50 bytes'],
    ['is smaller than declared', { ...large, bytes: 200_000 }, 'holds less than the 200000 bytes'],
    ['is stored with two sizes', { ...large, deflate: false, bytes: 5 }, 'two different sizes'],
    ['has a wrong checksum', { ...large, crc: 1 }, 'checksum is wrong'],
    ['is no deflate stream', { ...large, raw: Buffer.from('this is not deflated') }, 'cannot be read'],
    ['is encrypted', { ...large, flags: 0x801 }, 'protected by a password'],
    ['is packed in another way', { ...large, method: 14 }, 'method 14'],
    ['lies beyond the end', { ...large, offset: 0x7fffffff }, 'beyond the end'],
    ['claims more bytes than there are', { ...large, compressed: 0x7fffffff }, 'beyond the end'],
    ['points to something else', { ...large, signature: 7 }, 'invalid local file header'],
  ])('%s', async (_, bad, reason) => {
    const { texts } = await contents(buildZip([bad, good]));
    expect(texts['user_data.json']).toBe('{"Post":{}}');
    expect(texts['x.mp4']).toContain(reason);
  });

  test('refuses a zip bomb before unpacking a byte', async () => {
    const bomb = buildZip([{ name: 'user_data.json', content: Buffer.alloc(64 * 1024 * 1024), deflate: true }]);
    expect((await contents(bomb)).texts['user_data.json']).toMatch(/would unpack to \d+ times its size/);
  });

  test('reads an entry with a ratio just below 200, refuses one above', async () => {
    const bytes = 17 * 1024 * 1024;
    const noise = randomBytes(bytes / 244).toString('base64');
    const packed = (length: number) => {
      const content = Buffer.alloc(bytes, ' ');
      content.write(noise.slice(0, length));
      return buildZip([{ name: 'user_data.json', content, deflate: true }]);
    };
    const [below, above] = [packed(noise.length), packed(noise.length * 0.9)];
    expect([bytes / below.length, bytes / above.length].map((times) => Math.floor(times / 10))).toEqual([19, 21]);
    expect((await contents(below)).texts['user_data.json']?.length).toBe(bytes);
    expect((await contents(above)).texts['user_data.json']).toMatch(/would unpack to 2\d\d times its size/);
  });

  test('a small entry may have any ratio', async () => {
    const uniform = buildZip([{ name: 'user_data.json', content: Buffer.alloc(1024 * 1024, ' '), deflate: true }]);
    expect((await contents(uniform)).texts['user_data.json']?.length).toBe(1024 * 1024);
  });

  test('a bomb that declares a false size stops at that size', async () => {
    const bomb = buildZip([
      { name: 'user_data.json', content: Buffer.alloc(64 * 1024 * 1024), deflate: true, bytes: 1000 },
    ]);
    expect((await contents(bomb)).texts['user_data.json']).toContain('holds more than the 1000 bytes');
  });
});

describe('an archive that is refused completely', () => {
  const refused = (zip: Uint8Array) => expect(contents(zip)).rejects;

  test('with entries that overlap', async () => {
    await refused(buildZip([good, { ...good, name: 'again.json', offset: 0 }])).toThrow('entries overlap');
  });

  test('with entries that overlap partially', async () => {
    const inner = buildZip([{ name: 'b', content: 'x'.repeat(50) }]);
    await refused(
      buildZip([
        { name: 'a.zip', content: inner },
        { name: 'b', content: 'x'.repeat(50), offset: 35 },
      ]),
    ).toThrow('entries overlap');
  });

  test('with too many entries', async () => {
    await refused(buildZip64End(300_000n, 0n)).toThrow('lists 300000 files');
  });

  test.each([
    ['cut off in the list of contents', (zip: Buffer) => zip.subarray(0, zip.length - 30)],
    ['cut off in the content', (zip: Buffer) => zip.subarray(0, 40)],
    ['with something behind', (zip: Buffer) => Buffer.concat([zip, Buffer.from('more')])],
    ['that is empty', () => Buffer.alloc(0)],
    ['of another sort', () => Buffer.from('<html>Not found</html>'.repeat(10))],
    ['whose list lies nowhere', () => buildZip64End(1n, 1n << 62n)],
    ['whose list is behind the end', () => buildZip64End(1n, 10_000n)],
    ['whose list is rubbish', () => buildZip64End(1n, 0n)],
  ])('%s', async (_, change) => {
    await refused(change(buildZip([good]))).toThrow(/export\.zip cannot be read: it is damaged, cut off, or no ZIP/);
  });

  test('a truncated central directory keeps the entries before', async () => {
    const { texts, skipped } = await contents(buildZip([good], { count: 3 }));
    expect(Object.keys(texts)).toEqual(['user_data.json']);
    expect(skipped[0]).toContain('the list of contents is damaged');
  });

  test('strong encryption and broken extra fields end the list, not the run', async () => {
    for (const bad of [
      { name: 'x', flags: 0x41 },
      { name: 'x', extra: Uint8Array.of(1, 0, 255, 255, 0) },
    ]) {
      const { texts, skipped } = await contents(buildZip([good, bad]));
      expect(Object.keys(texts)).toEqual(['user_data.json']);
      expect(skipped).toHaveLength(1);
    }
  });
});

test('an interrupted run stops reading', async () => {
  const path = temporaryFile('export.zip', buildZip([{ name: 'x.mp4', content: Buffer.alloc(1024 * 1024) }]));
  const zip = await openZip(path, 'export.zip');
  const controller = new AbortController();
  const read = async () => {
    for await (const _ of zip.entries[0]?.stream(controller.signal) ?? []) controller.abort();
  };
  await expect(read()).rejects.toThrow('abort');
  await zip.close();
});

test('any changed bytes give entries or an error message', async () => {
  const zip = buildZip([
    { name: '../x', content: 'x' },
    good,
    { name: 'a.mp4', content: 'y'.repeat(300) },
    { name: 'b.txt', content: 'z'.repeat(300), deflate: true },
  ]);
  const path = temporaryFile('export.zip', zip);
  const edits = fc.array(fc.record({ at: fc.nat(zip.length - 1), byte: fc.integer({ min: 0, max: 255 }) }), {
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(edits, fc.nat(60), async (list, cut) => {
      const changed = Buffer.from(zip);
      for (const { at, byte } of list) changed[at] = byte;
      writeFileSync(path, cut < 50 ? changed : changed.subarray(0, changed.length - cut));
      try {
        const opened = await openZip(path, 'export.zip');
        for (const entry of opened.entries) {
          expect(entry.name).not.toMatch(/\.\.\/|^\//);
          try {
            for await (const _ of entry.stream());
          } catch (error) {
            expect(error).toBeInstanceOf(ExportError);
          }
        }
        await opened.close();
      } catch (error) {
        expect(error).toBeInstanceOf(ExportError);
      }
    }),
    { numRuns: 500 },
  );
});
