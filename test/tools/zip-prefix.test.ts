import { open } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openZip } from '../../src/tools/zip.ts';
import { withoutPrefix } from '../../src/tools/zip-prefix.ts';
import { temporaryFile } from './folder.ts';
import { buildZip } from './zip-builder.ts';

const zip = (comment = '') => buildZip([{ name: 'a.txt', content: 'content' }], { comment });
const header = Buffer.from('HTTP/1.1 200 OK\r\n\r\n');
const bytes = (...parts: (Buffer | string)[]) => Buffer.concat(parts.map((part) => Buffer.from(part as Buffer)));

async function rangeOf(content: Buffer, start = 0, end = content.length): Promise<[number, number]> {
  const handle = await open(temporaryFile('a', content));
  try {
    const found = await withoutPrefix(handle, { start, end });
    return [found.start, found.end];
  } finally {
    await handle.close();
  }
}

/** A ZIP whose offsets count from the start of the file, as in archives that unpack themselves. */
function selfExtracting(stub: Buffer): Buffer {
  const plain = zip();
  const list = plain.indexOf('PK\u0001\u0002', 0, 'latin1');
  const end = plain.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  plain.writeUInt32LE(stub.length, list + 42);
  plain.writeUInt32LE(plain.readUInt32LE(end + 16) + stub.length, end + 16);
  return bytes(stub, plain);
}

/** The last `PK\5\6` of a ZIP, with one of its numbers replaced. */
function withEnd(field: number, value: number): Buffer {
  const changed = zip();
  changed.writeUInt32LE(value, changed.length - 22 + field);
  return changed;
}

describe('the ZIP in a file', () => {
  const size = zip().length;
  it.each<[string, Buffer, [number, number]]>([
    ['alone', zip(), [0, size]],
    ['behind something else', bytes(header, zip()), [header.length, header.length + size]],
    ['with a comment', bytes(header, zip('made by hand')), [header.length, header.length + size + 12]],
    [
      'with a comment that holds the mark of an end',
      bytes(header, zip('PK\u0005\u0006 and more than an end is long')),
      [19, 19 + zip('PK\u0005\u0006 and more than an end is long').length],
    ],
    [
      'with the mark at the very end of the comment',
      bytes(header, zip('x PK\u0005\u0006')),
      [19, 19 + zip('x PK\u0005\u0006').length],
    ],
    ['with the longest comment', bytes(header, zip('c'.repeat(65_535))), [19, 19 + size + 65_535]],
    [
      'that unpacks itself, with offsets from the start of the file',
      selfExtracting(Buffer.from('MZ stub')),
      [0, 7 + size],
    ],
    ['with something behind: not recognised', bytes(header, zip(), 'x'), [0, header.length + size + 1]],
    [
      'of which the numbers lie elsewhere (ZIP64), by the length of its list',
      bytes('x', withEnd(12, 0xffffffff)),
      [0, size + 1],
    ],
    ['of which the numbers lie elsewhere (ZIP64), by its place', bytes('x', withEnd(16, 0xffffffff)), [0, size + 1]],
    ['whose list would begin before the file', withEnd(16, 5000), [0, size]],
    ['that is none', Buffer.from('no ZIP at all'), [0, 13]],
    ['that is only the mark of an end', Buffer.from('PK\u0005\u0006'), [0, 4]],
    ['that is empty', Buffer.alloc(0), [0, 0]],
  ])('%s', async (_odd, content, range) => {
    expect(await rangeOf(content)).toEqual(range);
  });

  it('is looked for in its range of the file only', async () => {
    const content = bytes('before', header, zip(), 'behind');
    const end = content.length - 6;
    expect(await rangeOf(content, 6, end)).toEqual([6 + header.length, end]);
    expect(await rangeOf(content, 6 + header.length, end)).toEqual([6 + header.length, end]);
    expect(await rangeOf(bytes(zip(), zip()), size, 2 * size)).toEqual([size, 2 * size]);
  });

  it('that ends before its range does is left as it is', async () => {
    expect(await rangeOf(bytes(header, zip()), 0, 10_000)).toEqual([0, 10_000]);
  });

  it.each<[string, Buffer]>([
    ['behind something else', bytes(header, zip())],
    ['that unpacks itself', selfExtracting(header)],
  ])('%s can be read', async (_odd, content) => {
    const opened = await openZip(temporaryFile('a.zip', content), 'a.zip');
    const chunks: Uint8Array[] = [];
    for await (const chunk of opened.entries[0]?.stream() ?? []) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('content');
    const at = await opened.entries[0]?.storedAt();
    expect(content.toString('latin1', at?.start, at?.end)).toBe('content');
    await opened.close();
  });
});
