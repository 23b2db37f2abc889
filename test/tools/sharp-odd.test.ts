import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageError, ProgramError } from '../../src/errors.ts';
import type { Frame, ImageSettings } from '../../src/model/render-job.ts';
import { createImages, imageAbilities } from '../../src/tools/sharp.ts';
import { temporaryFolder } from '../media.ts';

const images = createImages();
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
const solid = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } });
const put = (name: string, content: Uint8Array | string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** Of the same pixels each time. */
function noise(width: number, height: number): Frame {
  let state = 1;
  const next = () => {
    state = (state * 48_271) % 0x7fffffff;
    return state >> 8;
  };
  return { width, height, pixels: Uint8Array.from({ length: width * height * 3 }, next) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** A PNG that says it has this size, and has no pixels. */
function emptyPng(width: number, height: number, depth: number, colours: number, interlaced: boolean): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colours, 0, 0, interlaced ? 1 : 0], 8);
  const start = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Buffer.concat([
    start,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(9))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function refusal(path: string): Promise<unknown> {
  return await images.probe(path).catch((error: unknown) => error);
}

describe('a picture is refused', () => {
  it.each<[string, string | Buffer, string]>([
    ['BMP', 'BM and more', 'BMP'],
    ['a codestream of JPEG XL', Buffer.from([0xff, 0x0a, 1, 2]), 'JPEG XL'],
    ['a container of JPEG XL', Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1'), 'JPEG XL'],
  ])('for what it is: %s', async (_odd, content, kind) => {
    const error = await refusal(put('other', content));
    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ code: 'image-codec', actual: kind, limit: 'JPEG' });
  });

  it.each<[string, Buffer, string, string]>([
    ['of any kind', emptyPng(13_000, 12_000, 8, 2, false), '13000x12000', '150 million'],
    ['of a kind that takes much memory', emptyPng(11_000, 11_000, 16, 6, true), '11000x11000', '117 million'],
  ])('for its pixels: %s', async (_odd, png, actual, limit) => {
    const error = await refusal(put('large.png', png));
    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ code: 'image-pixels', actual, limit });
  });

  it('for nothing where it is just as large as it may be: then its missing pixels are the reason', async () => {
    const error = await refusal(put('empty.png', emptyPng(12_500, 12_000, 8, 0, false)));
    expect(error).toBeInstanceOf(ProgramError);
    expect(error).not.toBeInstanceOf(ImageError);
  });

  it.each(['svg', 'pdf'])('for a kind that no photo has: %s', async (kind) => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    expect(await refusal(put(`a.${kind}`, kind === 'svg' ? svg : '%PDF-1.4\n'))).toBeInstanceOf(ProgramError);
  });
});

describe('a JPEG whose data are damaged', () => {
  it('in the middle can be shown, and is told to be flawed', async () => {
    const whole = await sharp(noise(64, 64).pixels, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    expect(await images.probe(put('whole.jpg', whole))).toMatchObject({ flawed: false, strippable: true });
    const middle = Math.floor(whole.length / 2);
    const hurt = Buffer.concat([whole.subarray(0, middle), Buffer.alloc(40, 0x55), whole.subarray(middle + 40)]);
    expect(await images.probe(put('hurt.jpg', hurt))).toMatchObject({ flawed: true });
  });

  it('by its end is refused', async () => {
    const whole = await sharp(noise(64, 64).pixels, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    expect(await refusal(put('cut.jpg', whole.subarray(0, whole.length / 2)))).toBeInstanceOf(ProgramError);
  });
});

const settings: ImageSettings = { format: 'jpeg', quality: 92, maxBytes: 8e6, width: 300, height: 400, fit: 'scale' };

async function rendered(source: string | Frame, odd: Partial<ImageSettings>) {
  const path = join(folder, 'out');
  await images.render(source, { ...settings, ...odd }, path, 0);
  return { bytes: statSync(path).size, about: await sharp(path).metadata(), path };
}

describe('the size of a rendered picture', () => {
  it.each(['jpeg', 'webp'] as const)(
    '%s: with less quality where it would be too large, and no less than needed',
    async (format) => {
      const source = noise(300, 400);
      const { bytes } = await rendered(source, { format });
      const fits = await rendered(source, { format, maxBytes: bytes });
      expect(fits.bytes).toBe(bytes);
      const smaller = await rendered(source, { format, maxBytes: bytes - 1 });
      expect(smaller.bytes).toBeLessThan(bytes);
      expect(smaller.bytes).toBe((await rendered(source, { format, quality: 84 })).bytes);
      if (format === 'jpeg') expect(smaller.about.chromaSubsampling).toBe('4:4:4');
    },
  );

  it('JPEG: with halved colours, the best quality of those, where nothing else fits', async () => {
    const source = noise(300, 400);
    const lowest = await rendered(source, { quality: 44 });
    const least = await rendered(source, { quality: 48, maxBytes: 1 });
    const last = await rendered(source, { maxBytes: lowest.bytes - 1 });
    expect(last.about.chromaSubsampling).toBe('4:2:0');
    expect(last.bytes).toBeLessThan(lowest.bytes);
    expect(last.bytes).toBeGreaterThan(least.bytes);
  });

  it('what cannot be made smaller stays as it is', async () => {
    const source = noise(30, 40);
    const png = await rendered(source, { format: 'png', width: 30, height: 40 });
    expect((await rendered(source, { format: 'png', width: 30, height: 40, maxBytes: 1 })).bytes).toBe(png.bytes);
    expect(png.about.isPalette).toBe(false);
  });
});

describe('colours that a picture describes without a profile', () => {
  async function withChunk(
    type: string,
    data: Buffer,
    picture: Sharp = solid(30, 40, 'rgb(200,60,60)'),
  ): Promise<string> {
    const png = await picture.png().toBuffer();
    return put(`${type}.png`, Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]));
  }
  const pixel = async (path: string) => [...(await sharp(path).raw().toBuffer()).subarray(0, 3)];

  it('are those of the rendered one: Display P3 by its number', async () => {
    const path = await withChunk('cICP', Buffer.from([12, 13, 0, 1]));
    const { path: out } = await rendered(path, { format: 'png', width: 30, height: 40 });
    const [red = 0, green = 255] = await pixel(out);
    expect(red).toBeGreaterThan(205);
    expect(green).toBeLessThan(55);
    expect((await images.probe(path)).profile).not.toBeNull();
    const plain = put('plain.png', await solid(30, 40, 'rgb(200,60,60)').png().toBuffer());
    expect(await pixel((await rendered(plain, { format: 'png', width: 30, height: 40 })).path)).toEqual([200, 60, 60]);
    expect((await images.probe(plain)).profile).toBeNull();
  });

  it('of HDR are brought into sRGB, as bright as their brightest', async () => {
    const path = await withChunk('cICP', Buffer.from([9, 16, 0, 1]), solid(30, 40, 'rgb(128,128,128)'));
    const { path: out } = await rendered(path, { format: 'png', width: 30, height: 40 });
    const [red = 0, green = 0, blue = 0] = await pixel(out);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(4);
    expect(red).toBeGreaterThan(160);
  });
});

describe('the salient part of a picture', () => {
  /** Grey with a red spot. */
  const spot = async (width: number, height: number, left: number, top: number) =>
    solid(width, height, '#888')
      .composite([{ input: await solid(40, 40, 'red').png().toBuffer(), left, top }])
      .png()
      .toBuffer();

  it('is the middle of the window that holds it', async () => {
    const right = await images.attention(await spot(400, 200, 340, 80), { width: 9, height: 16 });
    expect(right.y).toBe(0.5);
    expect(right.x).toBeGreaterThan(0.75);
    expect(right.x).toBeLessThanOrEqual(1);
    const left = await images.attention(await spot(400, 200, 10, 80), { width: 9, height: 16 });
    expect(left.x).toBeLessThan(0.25);
    const low = await images.attention(await spot(200, 400, 80, 350), { width: 16, height: 9 });
    expect(low.x).toBe(0.5);
    expect(low.y).toBeGreaterThan(0.75);
  });

  it('is the middle of all where the window is the whole, also for a line', async () => {
    expect(await images.attention(await spot(400, 200, 340, 80), { width: 2, height: 1 })).toEqual({ x: 0.5, y: 0.5 });
    const line = await solid(400, 1, '#888').png().toBuffer();
    expect((await images.attention(line, { width: 9, height: 16 })).y).toBe(0.5);
    const failed = images.attention(Buffer.from('no picture'), { width: 1, height: 1 });
    await expect(failed).rejects.toMatchObject({ name: 'ProgramError', command: 'sharp a frame' });
  });
});

describe('the picture alone', () => {
  it('is written without anything that says where or who, pixel by pixel the same, and has the same hash', async () => {
    const plain = solid(40, 30, 'red').jpeg();
    const path = put(
      'told.jpg',
      await plain
        .clone()
        .withExif({ IFD0: { Copyright: 'somebody' } })
        .toBuffer(),
    );
    const out = join(folder, 'stripped.jpg');
    await images.strip(path, out);
    expect(readFileSync(path).includes('somebody')).toBe(true);
    expect(readFileSync(out).includes('somebody')).toBe(false);
    expect((await sharp(out).raw().toBuffer()).equals(await sharp(path).raw().toBuffer())).toBe(true);
    expect(await images.pictureHash(out)).toBe(await images.pictureHash(path));
    expect(await images.pictureHash(put('other.jpg', await solid(40, 30, 'blue').jpeg().toBuffer()))).not.toBe(
      await images.pictureHash(path),
    );
  });

  it('of what is none is not written, and has no hash', async () => {
    const path = put('text.jpg', 'no picture');
    await expect(images.strip(path, join(folder, 'none'))).rejects.toThrow('it is not a whole JPEG, PNG or WebP');
    expect(await images.pictureHash(path)).toBeNull();
  });
});

it('says what this build reads and writes', () => {
  const { reads, writes, libvips, sharp: own } = imageAbilities();
  expect(reads).toEqual(expect.arrayContaining(['jpeg', 'png', 'webp', 'gif', 'tiff']));
  expect(writes).toEqual(expect.arrayContaining(['jpeg', 'png', 'webp']));
  expect([...reads, ...writes]).not.toContain('raw');
  expect([libvips, own]).toEqual([expect.stringMatching(/^\d+\.\d+/), expect.stringMatching(/^\d+\.\d+/)]);
});

it('an AVIF tells of its place, though its picture cannot be taken alone', async () => {
  const gps = { GPSLatitudeRef: 'N', GPSLatitude: '52/1 22/1 3/1', GPSLongitudeRef: 'E', GPSLongitude: '4/1 54/1 0/1' };
  const path = put('a.avif', await solid(30, 40, 'red').withExif({ IFD3: gps }).avif().toBuffer());
  expect(await images.probe(path)).toMatchObject({ format: 'heif', strippable: false, hasLocation: true });
});
