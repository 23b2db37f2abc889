import { crc32 } from 'node:zlib';

export const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');

/** One chunk of a PNG: its length, its type, its data, its checksum. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The first chunk of a PNG of `size` x `size` pixels. `ways`: bits of a channel, kind of colour, then compression, filter, interlacing. */
export function header(size: number, ...ways: readonly number[]): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(size, 0);
  data.writeUInt32BE(size, 4);
  data.set(ways, 8);
  return chunk('IHDR', data);
}
