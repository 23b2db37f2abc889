import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { isScanSpoilt } from '../../../src/probe/image-file/jpeg-scan.ts';
import { outside, temporaryFolder } from '../../media.ts';
import { bundledPair } from '../../programs.ts';

/** Noise, the same in each run: codes of all lengths. */
const noise = { width: 90, height: 70, channels: 3 as const };
const pixels = Buffer.alloc(noise.width * noise.height * noise.channels);
let state = 29;
for (let at = 0; at < pixels.length; at++) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  pixels[at] = state >>> 24;
}
const drawn = async (options: JpegOptions, more: (image: Sharp) => Sharp = (image) => image) =>
  more(sharp(pixels, { raw: noise }))
    .jpeg({ quality: 80, ...options })
    .toBuffer();
const folder = await temporaryFolder();
/** By another encoder than sharp's. */
const byFfmpeg = async () => {
  const path = join(folder, 'a.jpg');
  const card = ['-f', 'lavfi', '-i', 'testsrc2=s=360x480', '-frames:v', '1', '-q:v', '2', `file:${path}`];
  await outside(bundledPair.ffmpeg, ['-y', '-v', 'error', ...card]);
  return await readFile(path);
};

/** Where the codes begin and end. */
const codesOf = (file: Buffer): readonly [number, number] => {
  const at = file.lastIndexOf(Buffer.from([0xff, 0xda]));
  return [at + 2 + file.readUInt16BE(at + 2), file.lastIndexOf(Buffer.from([0xff, 0xd9]))];
};

const read: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ['4:2:0', async () => drawn({})],
  ['4:4:4', async () => drawn({ chromaSubsampling: '4:4:4' })],
  ['grey', async () => drawn({}, (image) => image.greyscale())],
  ['CMYK', async () => drawn({}, (image) => image.toColourspace('cmyk'))],
  ['tables of its own', async () => drawn({ optimiseCoding: true })],
  ['an odd size', async () => drawn({}, (image) => image.resize(171, 333))],
  ['a low quality', async () => drawn({ quality: 1 })],
  ['by ffmpeg', byFfmpeg],
];

describe('the scan of a JPEG', () => {
  it.each(read)('%s: an intact file has the expected number of codes', async (_name, make) => {
    expect(isScanSpoilt(await make())).toBe(false);
  });

  it.each(read)('%s: sixty inverted bytes in any of three places are detected', async (_name, make) => {
    const file = await make();
    const [from, to] = codesOf(file);
    // One place alone may, by chance of the noise, leave as many codes as there were.
    for (const share of [0.25, 0.5, 0.7]) {
      const at = from + Math.floor((to - from) * share);
      for (let index = at; index < at + 60; index++) file[index] = ((file[index] ?? 0) * 7 + 3) % 255;
    }
    expect(isScanSpoilt(file)).toBe(true);
  });

  it('fill bytes, or a few extra bytes of a camera, are harmless; codes of extra blocks are not', async () => {
    const file = await drawn({});
    const [from, to] = codesOf(file);
    const withMore = (more: Uint8Array) => Buffer.concat([file.subarray(0, to), more, file.subarray(to)]);
    expect(isScanSpoilt(withMore(Buffer.alloc(40, 0)))).toBe(false);
    expect(isScanSpoilt(withMore(Buffer.from([0x12, 0x34])))).toBe(false);
    expect(isScanSpoilt(withMore(file.subarray(from, from + 30)))).toBe(true);
    expect(isScanSpoilt(Buffer.concat([file.subarray(0, to - 30), file.subarray(to)]))).toBe(true);
  });

  it('restart markers: intact in order, damaged out of order', () => {
    expect(isScanSpoilt(restarted(0xd0))).toBe(false);
    expect(isScanSpoilt(restarted(0xd3))).toBe(true);
  });

  it('progressive JPEGs and other files are not examined', async () => {
    const file = await drawn({ progressive: true });
    file[Math.floor(file.length / 2)] = 0x55;
    expect(isScanSpoilt(file)).toBe(false);
    for (const other of [Buffer.alloc(0), Buffer.from('not a JPEG at all'), Buffer.from([0xff, 0xd8, 0xff])])
      expect(isScanSpoilt(other)).toBe(false);
  });

  it('changed or truncated anywhere, it terminates', async () => {
    const file = await drawn({});
    const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.nat(file.length), (changes, length) => {
        const changed = Buffer.from(file.subarray(0, length));
        for (const [at, byte] of changes) if (at < length) changed[at] = byte;
        expect(typeof isScanSpoilt(changed)).toBe('boolean');
      }),
      { numRuns: 200 },
    );
  });
});

/** Two grey blocks, a restart marker between them: every code is one bit (DC of 0, end of block). */
function restarted(marker: number): Buffer {
  const table = (id: number) => [0xff, 0xc4, 0, 20, id, 1, ...Array<number>(15).fill(0), 0];
  return Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xdd, 0, 4, 0, 1],
    ...[0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0],
    ...[...table(0), ...table(0x10)],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0],
    ...[0x3f, 0xff, marker, 0x3f, 0xff, 0xd9],
  ]);
}
