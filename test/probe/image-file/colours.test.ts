import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImages } from '../../../src/tools/sharp.ts';
import { temporaryFolder } from '../../media.ts';

type Colour = readonly [number, number, number];
const folder = await temporaryFolder();
const images = createImages();

async function plain([r, g, b]: Colour, format: 'png' | 'jpeg'): Promise<Buffer> {
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: { r, g, b } } });
  return await (format === 'png'
    ? picture.png()
    : picture.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
  ).toBuffer();
}

/** A PNG of one colour with these chunks before its picture. */
async function png(colour: Colour, ...chunks: readonly (readonly [string, Buffer])[]): Promise<Buffer> {
  const bytes = await plain(colour, 'png');
  const made = chunks.map(([type, data]) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  });
  return Buffer.concat([bytes.subarray(0, 33), ...made, bytes.subarray(33)]);
}

/** A JPEG whose EXIF says its colours as a camera does. */
async function camera(colour: Colour, order: 'II' | 'MM', space: number, index: string | null): Promise<Buffer> {
  const little = order === 'II';
  const short = (value: number) => {
    const bytes = Buffer.alloc(2);
    little ? bytes.writeUInt16LE(value) : bytes.writeUInt16BE(value);
    return bytes;
  };
  const long = (value: number) => {
    const bytes = Buffer.alloc(4);
    little ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
    return bytes;
  };
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([short(tag), short(type), long(count), value, Buffer.alloc(4 - value.length)]);
  const directory = (...entries: Buffer[]) => Buffer.concat([short(entries.length), ...entries, long(0)]);
  const more = index === null ? [] : [entry(0xa005, 4, 1, long(26 + 30))];
  const tiff = Buffer.concat([
    ...[Buffer.from(order), short(42), long(8), directory(entry(0x8769, 4, 1, long(26)))],
    directory(entry(0xa001, 3, 1, short(space)), ...more),
    ...(index === null ? [] : [directory(entry(1, 2, 4, Buffer.from(`${index}\0`)))]),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(tiff.length + 8);
  const bytes = await plain(colour, 'jpeg');
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1]), length, Buffer.from('Exif\0\0', 'latin1'), tiff]);
  return Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]);
}

async function seen(bytes: Buffer): Promise<{ readonly profile: string | null; readonly colour: readonly number[] }> {
  const path = join(folder, 'photo');
  await writeFile(path, bytes);
  const { profile } = await images.probe(path);
  const settings = { format: 'png', quality: 90, maxBytes: 1e7, width: 16, height: 16, fit: 'scale' } as const;
  await images.render(path, settings, `${path}.png`, 0);
  const { data } = await sharp(`${path}.png`).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { profile, colour: [...data.subarray(0, 3)] };
}

const gamma = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return ['gAMA', bytes] as const;
};
const codePoints = (primaries: number, transfer: number) => ['cICP', Buffer.from([primaries, transfer, 0, 1])] as const;
const pq = (grey: number) => {
  const light = ((203 / 10_000) * (grey / 255) ** 2.2) ** 0.1593017578125;
  return Math.round(255 * ((0.8359375 + 18.8515625 * light) / (1 + 18.6875 * light)) ** 78.84375);
};
const greyOf = (value: number): Colour => [value, value, value];

describe('colours without an ICC profile', () => {
  // Adobe RGB (1998), annex C, by its own matrix: sRGB 176, 32, 32 is 151, 37, 37 there.
  it.each<[string, () => Promise<Buffer>, string | null, Colour]>([
    ['Adobe RGB by EXIF, Intel', () => camera([151, 37, 37], 'II', 0xffff, 'R03'), 'Adobe RGB', [176, 32, 32]],
    ['Adobe RGB by EXIF, Motorola', () => camera([94, 158, 73], 'MM', 0xffff, 'R03'), 'Adobe RGB', [32, 160, 64]],
    ['Adobe RGB by a 2', () => camera([151, 37, 37], 'MM', 2, null), 'Adobe RGB', [176, 32, 32]],
    ['sRGB by EXIF', () => camera([176, 32, 32], 'II', 1, 'R98'), null, [176, 32, 32]],
    ['uncalibrated only', () => camera([176, 32, 32], 'II', 0xffff, null), null, [176, 32, 32]],
    ['PQ, white paper', () => png(greyOf(pq(255)), codePoints(9, 16)), 'PQ (HDR)', greyOf(255)],
    ['PQ, a grey', () => png(greyOf(pq(128)), codePoints(9, 16)), 'PQ (HDR)', greyOf(128)],
    ['Display P3', () => png([162, 47, 40], codePoints(12, 13)), 'Display P3', [176, 32, 32]],
    ['BT.709 by its number', () => png([176, 32, 32], codePoints(1, 13)), null, [176, 32, 32]],
    ['linear light', () => png(greyOf(56), gamma(100_000)), 'of gamma 1', greyOf(128)],
    ['the gamma of old Macs', () => png(greyOf(74), gamma(55_556)), 'of gamma 1.8', greyOf(92)],
    ['the gamma of sRGB', () => png(greyOf(128), gamma(45_455)), null, greyOf(128)],
    [
      'a gamma beside sRGB, which counts',
      () => png(greyOf(128), gamma(100_000), ['sRGB', Buffer.from([0])]),
      null,
      greyOf(128),
    ],
    ['a gamma of 0', () => png(greyOf(128), gamma(0)), null, greyOf(128)],
  ])('%s', async (_what, bytes, profile, colour) => {
    const found = await seen(await bytes());
    expect(found.profile).toBe(profile);
    const off = colour.map((value, channel) => Math.abs(value - (found.colour[channel] ?? 999)));
    expect(Math.max(...off), JSON.stringify(found.colour)).toBeLessThanOrEqual(4);
  });

  it('HDR highlights stay distinct from paper white', async () => {
    const bright = await seen(await png(greyOf(200), codePoints(9, 16)));
    expect(bright.colour[0]).toBeGreaterThan(250);
  });
});
