import { describe, expect, it } from 'vitest';
import { isLocalName } from '../../src/tools/addresses.ts';
import { reasonOf } from '../../src/tools/http-answer.ts';
import { decodeBytes } from '../../src/tools/image-memory.ts';
import { whyNoArchive, whyNotWhole } from '../../src/tools/odd-containers.ts';
import { publishedHash, publishedHashes } from '../../src/tools/release.ts';
import { checkParts, tooLarge } from '../../src/tools/text-budget.ts';
import { type EntryFacts, limits, refuseOverlaps, whyLeftOut, whyUnreadable } from '../../src/tools/zip-guards.ts';

const entry = (odd: Partial<EntryFacts> = {}): EntryFacts => ({
  ...{ name: 'a.json', start: 0, compressed: 100, bytes: 100, mode: 0, encrypted: false, method: 8 },
  ...odd,
});

describe('an entry of a ZIP', () => {
  const control = 'its name holds control characters';
  const absolute = 'its name is an absolute path';
  const out = 'its name leads out of the archive';
  const device = 'its name is that of a device';
  it.each<[string, Partial<EntryFacts>, string | null]>([
    ['a plain file', {}, null],
    ['a file in folders', { name: 'a/b c/d.json', mode: 0o100644 }, null],
    ['no name', { name: '' }, 'it has no name'],
    ['a name of 1024 letters', { name: 'x'.repeat(1024) }, null],
    ['a name of 1025 letters', { name: 'x'.repeat(1025) }, 'its name is too long'],
    ['a line break', { name: 'a\nb' }, control],
    ['DEL', { name: 'a\u007f' }, control],
    ['a C1 control', { name: 'a\u0085' }, control],
    ['a mark that turns text round', { name: 'a\u202egnp.exe' }, control],
    ['an isolating mark', { name: 'a\u2066' }, control],
    ['a slash first', { name: '/etc/passwd' }, absolute],
    ['a drive', { name: 'c:x' }, absolute],
    ['a drive in capitals', { name: 'C:\\x' }, absolute],
    ['a colon later', { name: 'ab:c' }, null],
    ['a step up', { name: '../a' }, out],
    ['a step up inside', { name: 'a/../../b' }, out],
    ['points in a name', { name: 'a..b/...' }, null],
    ['a device', { name: 'CON' }, device],
    ['a device with an ending', { name: 'a/nul.txt' }, device],
    ['a device with blanks', { name: 'a/ com1 ' }, device],
    ['a printer', { name: 'lpt9.json' }, device],
    ['a console', { name: 'conin$' }, device],
    ['a name that begins like a device', { name: 'console.json' }, null],
    ['a port of two digits', { name: 'com10' }, null],
    ['a folder by its name', { name: 'a/' }, 'folder'],
    ['a folder by its mode', { mode: 0o040755 }, 'folder'],
    ['a symbolic link', { mode: 0o120777 }, 'it is a symbolic link'],
    ['a pipe', { mode: 0o010644 }, 'it is no regular file'],
  ])('with %s', (_odd, odd, why) => {
    expect(whyLeftOut(entry(odd))).toBe(why);
  });

  const bomb = limits.ratioFrom + 1;
  it.each<[string, Partial<EntryFacts>, number, RegExp | null]>([
    ['a whole one', {}, 130, null],
    ['a stored one', { method: 0 }, 130, null],
    ['one that ends a byte too late', {}, 129, /^lies beyond the end of the archive/],
    ['one with a password', { encrypted: true }, 130, /^is protected by a password/],
    ['one of another method', { method: 12 }, 130, /that port cannot read \(method 12\)/],
    ['a stored one of two sizes', { method: 0, bytes: 99 }, 130, /^has two different sizes/],
    ['a packed one of two sizes', { bytes: 99 }, 130, null],
    ['a small one of any ratio', { bytes: limits.ratioFrom, compressed: 10 }, 1e9, null],
    ['a large one of the highest ratio', { bytes: bomb, compressed: Math.ceil(bomb / 200) }, 1e9, null],
    ['a bomb', { bytes: bomb, compressed: 1000 }, 1e9, /^would unpack to 16777 times its size/],
    ['a bomb of no size', { bytes: bomb, compressed: 0 }, 1e9, /^would unpack to 16777217 times/],
  ])('%s is read, or not', (_odd, odd, size, why) => {
    const told = whyUnreadable(entry(odd), size);
    if (why === null) expect(told).toBeNull();
    else expect(told).toMatch(why);
  });

  it('overlapping entries are refused, adjacent ones are not, nor those beyond the end', () => {
    const overlaps =
      (...starts: number[]) =>
      () =>
        refuseOverlaps(
          starts.map((start) => entry({ start })),
          1000,
          '"a.zip"',
        );
    expect(overlaps(0, 130, 260)).not.toThrow();
    expect(overlaps(260, 0, 130)).not.toThrow();
    expect(overlaps(0, 129)).toThrow('"a.zip" is refused: its entries overlap');
    expect(overlaps(5, 5)).toThrow('overlap');
    expect(overlaps(0, 900, 910)).not.toThrow();
  });
});

describe('a file that is no export', () => {
  it.each<[string, string | null]>([
    ['export.zip', null],
    ['/x/export.zip.crdownload', '"export.zip.crdownload" is a download that is not finished.'],
    ['user_data.json.part', 'not finished'],
    ['Posts.txt.partial', 'not finished'],
    ['a.gz.tmp', 'not finished'],
    ['a.zip.download', 'not finished'],
    ['a.zip.opdownload', 'not finished'],
    ['a.zip.aria2', 'not finished'],
    ['a.zip.!ut', 'not finished'],
    ['Unconfirmed 1234.crdownload', 'not finished'],
    ['video.mp4.part', null],
    ['a.zip.old', null],
    ['export.zip.001', 'cat "export.zip."* > export.zip'],
    ['export.z01', 'zip -s 0 "export.zip" --out export.zip'],
    ['a"b$c`d\\e.zip.002', 'cat "a?b?c?d?e.zip."* > export.zip'],
    ['export.zip.0001', null],
    ['export.z1', null],
  ])('by its name %s', (path, told) => {
    if (told === null) expect(whyNotWhole(path)).toBeNull();
    else expect(whyNotWhole(path)).toContain(told);
  });

  it.each<[string, Buffer, string | null]>([
    ['a.zip', Buffer.from('PK\u0003\u0004'), null],
    ['a.zip', Buffer.from('<!DOCTYPE  html>'), '"a.zip" is named .zip but is none: it is a web page'],
    ['a.json', Buffer.from('\ufeff \n<html>'), '"a.json" is a web page'],
    ['a.json', Buffer.from('<head>'), 'is a web page'],
    ['a.json', Buffer.from('<body>'), 'is a web page'],
    ['a.json', Buffer.from('<html>', 'utf16le'), 'is a web page'],
    ['a.json', Buffer.from('x<html>'), null],
    ['a.json', Buffer.from('<htmlx>'), null],
    ['a.zip', Buffer.from('Rar!\u001a\u0007', 'latin1'), 'it is a RAR archive, which port does not open'],
    ['a.7z', Buffer.from('7z\u00bc\u00af\u0027\u001c', 'latin1'), '"a.7z" is a 7-Zip archive'],
    ['a.xz', Buffer.from('\u00fd7zXZ\0', 'latin1'), 'an XZ archive'],
    ['a.bz2', Buffer.from('BZh9'), 'a bzip2 archive'],
    ['a.zip', Buffer.alloc(0), null],
  ])('%s by its first bytes', (path, start, told) => {
    if (told === null) expect(whyNoArchive(path, start)).toBeNull();
    else expect(whyNoArchive(path, start)).toContain(told);
  });
});

it.each([
  ['printer', true],
  ['localhost', true],
  ['a.localhost', true],
  ['nas.local', true],
  ['x.internal', true],
  ['x.intranet', true],
  ['x.private', true],
  ['x.corp', true],
  ['x.home', true],
  ['x.lan', true],
  ['x.home.arpa', true],
  ['x.localdomain', true],
  ['v.example.com', false],
  ['thelocal.com', false],
  ['x.mylan', false],
  ['local.example', false],
])('the name %s is one of a local network: %s', (name, expected) => {
  expect(isLocalName(name)).toBe(expected);
});

it.each<[object, string, boolean]>([
  [{ code: 'ENOTFOUND' }, 'host not found', false],
  [{ code: 'UND_ERR_HEADERS_OVERFLOW' }, 'its headers are too long', false],
  [{ code: 'CERT_HAS_EXPIRED' }, 'certificate not valid', false],
  [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate not valid', false],
  [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate not valid', false],
  [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate not valid', false],
  [{ code: 'EPROTO_SSL' }, 'certificate not valid', false],
  [{ code: 'ECONNREFUSED' }, 'connection refused', true],
  [{ code: 'UND_ERR_CONNECT_TIMEOUT' }, 'timed out', true],
  [{ code: 'ETIMEDOUT' }, 'timed out', true],
  [{ name: 'TimeoutError' }, 'timed out', true],
  [{ code: 'ECONNRESET' }, 'connection lost', true],
  [{}, 'connection lost', true],
])('an error of the network %j is told as %s', (error, reason, again) => {
  expect(reasonOf(Object.assign(new Error('https://secret.example'), error))).toEqual({ reason, again });
  expect(reasonOf('secret')).toEqual({ reason: 'connection lost', again: true });
});

it('hashes are read as sha256sum writes them, the first of a name counts', () => {
  const [a, b] = ['a'.repeat(64), 'B'.repeat(64)];
  const sums = `${a}  one\r\n${b} *two\n${b}  one\nabc  three\n${a}\n ${a}\tfour \n${a}0  five\n`;
  expect(Object.fromEntries(publishedHashes(sums))).toEqual({ one: a, two: b.toLowerCase(), four: a });
  expect([publishedHash(sums, 'two'), publishedHash(sums, 'five')]).toEqual([b.toLowerCase(), null]);
});

it.each<[object, number]>([
  [{ format: 'heif' }, 18.5],
  [{ format: 'png', isProgressive: true }, 4.5],
  [{ format: 'png', isProgressive: true, channels: 3, depth: 'ushort' }, 6.5],
  [{ format: 'png' }, 0.5],
  [{ format: 'jpeg', isProgressive: true }, 6],
  [{ format: 'jpeg' }, 0.5],
  [{ format: 'webp' }, 8],
  [{ format: 'gif' }, 5],
  [{}, 0.5],
])('a pixel of %j takes %s bytes to decode', (facts, bytes) => {
  expect(decodeBytes({ width: 10, height: 20, ...facts })).toBe(200 * bytes);
});

it('a text of more than 8 million objects and lists is refused, where it is larger than 20 MB', () => {
  const text = (brackets: number, bytes: number) =>
    Buffer.alloc(bytes, 'x')
      .fill('{', 0, brackets / 2)
      .fill('[', brackets / 2, brackets);
  expect(() => checkParts(text(8_000_000, 20_000_001), 'a.json')).not.toThrow();
  expect(() => checkParts(text(8_000_002, 20_000_000), 'a.json')).not.toThrow();
  expect(() => checkParts(text(8_000_002, 20_000_001), 'a.json')).toThrow(
    'a.json is made of more than 8 million parts',
  );
  expect(tooLarge('x')).toMatchObject({ message: 'x', code: 'EFBIG', syscall: 'read' });
});
