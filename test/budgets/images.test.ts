import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../media.ts';
import { peakOf } from './peak.ts';
import { chunk, header, signature } from './png.ts';

/** Memory is the bound here: a picture may take so much and no more, whatever it says of itself. */
const bound = 700;
const probe = async (path: string) => peakOf('tools/sharp.js', 'createImages', 'probe', [path]);

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** A PNG of 16 x 16 pixels with these chunks before its picture. */
function png(chunks: readonly Buffer[]): Buffer {
  const picture = deflateSync(Buffer.alloc(16 * 17));
  return Buffer.concat([
    ...[signature, header(16, 8, 0), ...chunks],
    ...[chunk('IDAT', picture), chunk('IEND', Buffer.alloc(0))],
  ]);
}

const text = (megabytes: number) =>
  chunk(
    'zTXt',
    Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(megabytes * 1_000_000, 65))]),
  );

describe('a picture that costs more than it looks', () => {
  it.each([
    ['a hundred texts of 15 MB each', Array<Buffer>(100).fill(text(15))],
    ['one text of 300 MB', [text(300)]],
    ['texts of 15 MB in all but one', [text(15), text(2)]],
  ])('a PNG with %s is refused by its texts, before they are unpacked', async (_odd, chunks) => {
    const path = join(folder, 'texts.png');
    await writeFile(path, png(chunks));
    const { error, megabytes } = await probe(path);
    expect(error).toBe('its texts unpack to more than 16 MB');
    expect(megabytes).toBeLessThan(bound);
  });

  it('a PNG with a text of 10 MB is a picture like any other', async () => {
    const path = join(folder, 'words.png');
    await writeFile(path, png([text(10)]));
    expect(await probe(path)).toMatchObject({ value: { width: 16, height: 16, format: 'png' } });
  });

  it('an AVIF that says 64 million pixels is refused unopened, one of 4 thousand is read', async () => {
    const small = join(folder, 'small.avif');
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#123' } })
      .avif({ effort: 0 })
      .toFile(small);
    const large = await readFile(small);
    // The box of the picture's size: type, version and flags, width, height.
    const at = large.indexOf('ispe');
    large.writeUInt32BE(8000, at + 8);
    large.writeUInt32BE(8000, at + 12);
    await writeFile(join(folder, 'large.avif'), large);
    const { error, megabytes } = await probe(join(folder, 'large.avif'));
    expect(error).toBe('8000x8000; wanted: 54 million');
    expect(megabytes).toBeLessThan(bound);
    expect(await probe(small)).toMatchObject({ value: { width: 64 } });
  });

  it('an interlaced PNG of 16 bits and 144 million pixels is refused unopened', async () => {
    const path = join(folder, 'interlaced.png');
    const picture = deflateSync(Buffer.alloc(50_000_000));
    await writeFile(
      path,
      Buffer.concat([
        signature,
        header(12_000, 16, 6, 0, 0, 1),
        chunk('IDAT', picture),
        chunk('IEND', Buffer.alloc(0)),
      ]),
    );
    const { error, megabytes } = await probe(path);
    expect(error).toMatch(/^12000x12000; wanted: \d+ million$/);
    expect(megabytes).toBeLessThan(bound);
  });
});
