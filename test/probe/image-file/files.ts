import { deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Small images with anything beside their picture, byte by byte. */

/** 40 x 30 of noise, which no two encodings write alike. */
export function noise(): Sharp {
  const grain = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 40, height: 30, channels: 3, background: '#000', noise: grain } });
}

export const plain = {
  jpeg: await noise().jpeg().toBuffer(),
  png: await noise().png().toBuffer(),
  webp: await noise().webp().toBuffer(),
};
export type Format = keyof typeof plain;

/** A TIFF block with one directory in another: `[directory, tag]` for each entry; the values are zeros. */
export function exif(
  tags: { readonly first?: readonly number[]; readonly exif?: readonly number[]; readonly gps?: readonly number[] },
  little = true,
): Buffer {
  const { first = [], exif: inner = [], gps } = tags;
  const size = (entries: number) => 2 + entries * 12 + 4;
  const pointers = 1 + (gps ? 1 : 0);
  const exifAt = 8 + size(first.length + pointers);
  const gpsAt = exifAt + size(inner.length);
  const block = Buffer.alloc(gpsAt + size(gps?.length ?? 0));
  const put = (value: number, at: number, bytes: 2 | 4) => {
    if (little) block.writeUIntLE(value, at, bytes);
    else block.writeUIntBE(value, at, bytes);
  };
  block.write(little ? 'II' : 'MM', 'latin1');
  put(42, 2, 2);
  put(8, 4, 4);
  const write = (start: number, entries: readonly (readonly [tag: number, value: number])[]) => {
    put(entries.length, start, 2);
    for (const [index, [tag, value]] of entries.entries()) {
      const at = start + 2 + index * 12;
      put(tag, at, 2);
      put(4, at + 2, 2);
      put(1, at + 4, 4);
      put(value, at + 8, 4);
    }
  };
  const zero = (tag: number) => [tag, 0] as const;
  write(8, [...first.map(zero), [0x8769, exifAt], ...(gps ? [[0x8825, gpsAt] as const] : [])]);
  write(exifAt, inner.map(zero));
  if (gps) write(gpsAt, gps.map(zero));
  return block;
}

/** IPTC's data sets of record 2, inside Photoshop's resources. */
export function iptc(sets: readonly (readonly [number, string])[]): Buffer {
  const data = Buffer.concat(
    sets.map(([number, text]) => Buffer.concat([Buffer.from([0x1c, 2, number, 0, text.length]), Buffer.from(text)])),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const other = Buffer.from('8BIM\x03\xed\x00\x00\x00\x00\x00\x03abc\x00', 'latin1');
  return Buffer.concat([other, Buffer.from('8BIM\x04\x04\x00\x00', 'latin1'), length, data]);
}

/** Puts a segment behind the first two bytes of a JPEG. */
export function withSegment(jpeg: Buffer, marker: number, start: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const payload = Buffer.concat([Buffer.from(start, 'latin1'), data]);
  const header = Buffer.from([0xff, marker, 0, 0]);
  header.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), header, payload, jpeg.subarray(2)]);
}

/** Puts a chunk behind the header of a PNG. */
export function withChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, 33), length, body, sum, png.subarray(33)]);
}

/** Puts chunks at the end of a WebP, and the header before it that lets a reader look for them. */
export function withRiff(webp: Buffer, chunks: readonly (readonly [string, Buffer])[], flags: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length);
    return Buffer.concat([Buffer.from(type, 'latin1'), length, data, Buffer.alloc(data.length % 2)]);
  };
  const size = Buffer.from([flags, 0, 0, 0, 39, 0, 0, 29, 0, 0]);
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    chunk('VP8X', size),
    webp.subarray(12),
    ...chunks.map(([type, data]) => chunk(type, data)),
  ]);
  return Buffer.concat([chunk('RIFF', body)]);
}

/** As ImageMagick and exiftool keep a block in the words of a PNG. */
export function rawProfile(name: string, data: Buffer): Buffer {
  const text = `\n${name.toUpperCase()} profile\n      ${data.length}\n${data.toString('hex').replace(/.{72}/g, '$&\n')}\n`;
  return Buffer.concat([Buffer.from(`Raw profile type ${name}\0\0`, 'latin1'), deflateSync(text)]);
}

/** The few bytes of an ISO file, as they stand behind a motion photo. */
export const film = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypmp42....isommp42'),
  Buffer.alloc(200, 7),
]);

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
