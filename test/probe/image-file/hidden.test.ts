import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { hiddenIn } from '../../../src/probe/image-file/hidden.ts';
import { pictureAlone, pictureHash, segmentsOf } from '../../../src/probe/image-file/index.ts';
import { pngFrames } from '../../../src/probe/image-file/png.ts';
import { createImages } from '../../../src/tools/sharp.ts';
import { outside, temporaryFolder } from '../../media.ts';
import { pairs } from '../../programs.ts';
import { exif, film, iptc, noise, plain, rawProfile, withChunk, withRiff, withSegment } from './files.ts';

const images = createImages();
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

/** What is found, in a word or two. */
function found(file: Uint8Array): string {
  const segments = segmentsOf(file);
  if (segments === null) return 'not whole';
  const { location, serial, attachment } = hiddenIn(segments);
  return [location && 'place', serial && 'serial', attachment && 'attachment'].filter(Boolean).join(' ') || 'nothing';
}

const gps = exif({ gps: [1, 2, 3, 4] });
const serial = exif({ exif: [0xa431] });
const xmp = (inside: string) =>
  Buffer.from(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description ${inside}/></rdf:RDF></x:xmpmeta>`);
const place = xmp('exif:GPSLatitude="52,22.1N"');
const adobe = 'http://ns.adobe.com/xap/1.0/\0';
const further = `http://ns.adobe.com/xmp/extension/\0${'0'.repeat(40)}`;
const photoshop = 'Photoshop 3.0\0';
const isoGainMap = 'urn:iso:std:iso:ts:21496:-1\0';
const words = (keyword: string, text: Buffer) => Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`), text]);
const { jpeg, png, webp } = plain;
const clean = withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ first: [0x010f, 0x0132], exif: [0x9003] }));

const cases: readonly (readonly [string, Buffer, string])[] = [
  ['a plain JPEG', jpeg, 'nothing'],
  ['a plain PNG', png, 'nothing'],
  ['a plain WebP', webp, 'nothing'],
  ['EXIF that names a camera and a date', clean, 'nothing'],
  ['a location in EXIF', withSegment(jpeg, 0xe1, 'Exif\0\0', gps), 'place'],
  ['a location in EXIF, big-endian', withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ gps: [2] }, false)), 'place'],
  ['a GPS directory without a fix', withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ gps: [0] })), 'nothing'],
  ['a truncated GPS directory', withSegment(jpeg, 0xe1, 'Exif\0\0', gps.subarray(0, -30)), 'place'],
  ['a second EXIF block', withSegment(clean, 0xe1, 'Exif\0\0', gps), 'place'],
  ['the serial number of a camera', withSegment(jpeg, 0xe1, 'Exif\0\0', serial), 'serial'],
  ['the serial number of a lens', withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ exif: [0xa435] })), 'serial'],
  ['the name of the owner', withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ exif: [0xa430] })), 'serial'],
  ["a maker's note", withSegment(jpeg, 0xe1, 'Exif\0\0', exif({ exif: [0x927c] })), 'serial'],
  ['a location in XMP', withSegment(jpeg, 0xe1, adobe, place), 'place'],
  ['a location in 16-bit XMP', withSegment(jpeg, 0xe1, adobe, Buffer.from(place.toString(), 'utf16le')), 'place'],
  ['a city in XMP', withSegment(jpeg, 0xe1, adobe, xmp('photoshop:City="Lisbon"')), 'place'],
  ['a serial number in XMP', withSegment(jpeg, 0xe1, adobe, xmp('aux:SerialNumber="77"')), 'serial'],
  ['a title in XMP', withSegment(jpeg, 0xe1, adobe, xmp('dc:title="At home"')), 'nothing'],
  [
    'XMP continued in another segment in the middle of a word',
    withSegment(withSegment(jpeg, 0xe1, further, Buffer.from('itude="52"')), 0xe1, further, Buffer.from('exif:GPSLat')),
    'place',
  ],
  [
    'a city in IPTC',
    withSegment(
      jpeg,
      0xed,
      photoshop,
      iptc([
        [120, 'cat'],
        [90, 'Lisbon'],
      ]),
    ),
    'place',
  ],
  ['text in IPTC', withSegment(jpeg, 0xed, photoshop, iptc([[120, 'City: Z']])), 'nothing'],
  ['a location in a comment', withSegment(jpeg, 0xfe, 'GPSPosition: 52, 4'), 'place'],
  ['a location in an editor’s block', withSegment(jpeg, 0xeb, 'JP\0\0 {"exif:GPSLatitude":"52"}'), 'place'],
  ['the film of a motion photo', Buffer.concat([jpeg, film]), 'attachment'],
  ['a second picture after the first (MPO)', Buffer.concat([jpeg, Buffer.alloc(40), jpeg]), 'attachment'],
  [
    'a second picture with a location',
    Buffer.concat([jpeg, withSegment(jpeg, 0xe1, 'Exif\0\0', gps)]),
    'place attachment',
  ],
  [
    'a gain map of Ultra HDR',
    Buffer.concat([jpeg, withSegment(jpeg, 0xe1, adobe, xmp('hdrgm:Version="1.0"'))]),
    'nothing',
  ],
  [
    'a preview and a gain map of ISO 21496-1',
    Buffer.concat([jpeg, jpeg, withSegment(jpeg, 0xe2, isoGainMap)]),
    'nothing',
  ],
  [
    'a gain map with a location',
    Buffer.concat([jpeg, withSegment(jpeg, 0xe1, adobe, xmp('hdrgm:Version="1.0" exif:GPSLatitude="52"'))]),
    'place',
  ],
  ['a video after the second picture', Buffer.concat([jpeg, jpeg, film]), 'attachment'],
  ['padding after the picture', Buffer.concat([jpeg, Buffer.alloc(500)]), 'nothing'],
  ['a location in a PNG', withChunk(png, 'eXIf', gps), 'place'],
  ['a location in the XMP of a PNG', withChunk(png, 'iTXt', words('XML:com.adobe.xmp', place)), 'place'],
  [
    'an EXIF block in a text of a PNG',
    withChunk(png, 'zTXt', rawProfile('exif', Buffer.concat([Buffer.from('Exif\0\0'), gps]))),
    'place',
  ],
  ['an IPTC block in a text of a PNG', withChunk(png, 'zTXt', rawProfile('iptc', iptc([[90, 'Lisbon']]))), 'place'],
  ['a text in a PNG', withChunk(png, 'tEXt', Buffer.from('Comment\0nothing')), 'nothing'],
  ['a location in a text of a PNG', withChunk(png, 'tEXt', Buffer.from('Comment\0GPSLatitude 52')), 'place'],
  ['a video after a PNG', Buffer.concat([png, film]), 'attachment'],
  ['a location in a WebP', withRiff(webp, [['EXIF', gps]], 0x08), 'place'],
  [
    'a location in a WebP, with the header of a JPEG',
    withRiff(webp, [['EXIF', Buffer.concat([Buffer.from('Exif\0\0'), gps])]], 0x08),
    'place',
  ],
  ['a location in the XMP of a WebP', withRiff(webp, [['XMP ', place]], 0x04), 'place'],
  ['a serial number in a WebP', withRiff(webp, [['EXIF', serial]], 0x08), 'serial'],
  ['a video after a WebP', Buffer.concat([webp, film]), 'attachment'],
  ['a truncated JPEG', jpeg.subarray(0, jpeg.length - 2), 'not whole'],
  ['a truncated PNG', png.subarray(0, png.length - 12), 'not whole'],
  ['a truncated WebP', webp.subarray(0, webp.length - 2), 'not whole'],
  ['a GIF', Buffer.from('GIF89a.......'), 'not whole'],
];

describe('metadata of a file', () => {
  it.each(cases)('%s', (_name, file, expected) => {
    expect(found(file)).toBe(expected);
  });
});

describe('without metadata', () => {
  const whole = cases.filter(([, , expected]) => expected !== 'not whole');

  it.each(whole)('%s: the same picture without metadata', async (_name, file) => {
    const alone = pictureAlone(file) ?? Buffer.alloc(0);
    expect(found(alone)).toBe('nothing');
    expect(pictureHash(alone)).toBe(pictureHash(file));
    expect(Buffer.from(pictureAlone(alone) ?? '').equals(alone)).toBe(true);
    const [before, after] = await Promise.all([file, alone].map(async (each) => sharp(each).raw().toBuffer()));
    expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
    const said = await sharp(alone, { failOn: 'warning' }).metadata();
    expect([said.exif, said.xmp, said.iptc, said.comments ?? []]).toEqual([undefined, undefined, undefined, []]);
  });

  it.each([
    ['jpg', withSegment(jpeg, 0xe1, 'Exif\0\0', gps)],
    ['png', withChunk(png, 'eXIf', gps)],
    ['webp', withRiff(webp, [['EXIF', gps]], 0x08)],
  ])('another decoder sees the same picture in a .%s', async (extension, file) => {
    const [before, after] = ['before', 'after'].map((name) => join(folder, `${name}.${extension}`)) as [string, string];
    await writeFile(before, file);
    await images.strip(before, after);
    const hash = async (path: string) =>
      outside(pairs[0]?.ffmpeg ?? '', ['-v', 'error', '-i', path, '-map', '0:v:0', '-f', 'hash', '-']);
    expect(await hash(after)).toBe(await hash(before));
  });

  it('keeps the colour profile and drops the thumbnail', async () => {
    for (const picture of [noise().jpeg(), noise().png(), noise().webp()]) {
      const file = await picture
        .withIccProfile('p3')
        .withExif({ IFD0: { Artist: 'Maya' } })
        .toBuffer();
      const alone = pictureAlone(file) ?? Buffer.alloc(0);
      const [before, after] = [await sharp(file).metadata(), await sharp(alone).metadata()];
      expect(after.icc).toEqual(before.icc);
      expect(after.exif).toBeUndefined();
    }
    // Three pixels, so that the noise of the picture itself does not hold the same bytes once in a while.
    const thumbnail = Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\x03\x01thumbnail', 'latin1');
    const jfif = withSegment(await noise().jpeg().toBuffer(), 0xe0, '', thumbnail);
    expect(Buffer.from(pictureAlone(jfif) ?? '').toString('latin1')).not.toContain('thumbnail');
  });

  it('a progressive JPEG with restart markers keeps all its scans', async () => {
    const file = await noise().jpeg({ progressive: true }).toBuffer();
    const odd = withSegment(file, 0xfe, 'hello');
    expect(Buffer.from(pictureAlone(odd) ?? '').equals(Buffer.from(pictureAlone(file) ?? ''))).toBe(true);
  });

  it('counts the frames of an animated PNG, which sharp does not see', () => {
    const frames = Buffer.alloc(8);
    frames.writeUInt32BE(12, 0);
    expect(pngFrames(withChunk(png, 'acTL', frames))).toBe(12);
    expect(pngFrames(png)).toBe(1);
    expect(pngFrames(jpeg)).toBe(1);
  });
});

describe('hostile files', () => {
  const files = cases.map(([, file]) => file);

  it('changed at random: no error, and no metadata is left after removal', () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 12 }), (file, changes) => {
        const odd = Buffer.from(file);
        for (const { at, to } of changes) odd[Math.floor(at * (odd.length - 1))] = to;
        const alone = pictureAlone(odd);
        found(odd);
        pngFrames(odd);
        if (alone === null) return;
        expect(found(alone)).toBe('nothing');
        expect(Buffer.from(pictureAlone(alone) ?? '').equals(Buffer.from(alone))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('truncated anywhere, or random bytes: no error', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.double({ min: 0, max: 1, noNaN: true }), (file, share) => {
        found(file.subarray(0, Math.floor(file.length * share)));
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void found(bytes)));
  });

  it('a million empty segments, and directories that point to themselves, terminate', () => {
    const many = Buffer.alloc(4_000_000);
    for (let at = 0; at < many.length; at += 4) many.writeUInt32BE(0xfffe0002, at);
    expect(found(Buffer.concat([jpeg.subarray(0, 2), many, jpeg.subarray(2)]))).toBe('not whole');
    const loop = exif({ exif: [] });
    loop.writeUInt32LE(8, 8 + 2 + 8);
    expect(found(withSegment(jpeg, 0xe1, 'Exif\0\0', loop))).toBe('nothing');
  });

  it('text that unpacks to unlimited size is refused', async () => {
    const { deflateSync } = await import('node:zlib');
    const bomb = deflateSync(Buffer.alloc(40_000_000));
    const file = withChunk(png, 'zTXt', Buffer.concat([Buffer.from('Comment\0\0'), bomb]));
    expect(() => found(file)).toThrow('its texts unpack to more than 16 MB');
  });
});
