import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { temporaryFolder } from '../media.ts';
import { pairs } from '../programs.ts';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The header chunk of a PNG of `size` x `size` pixels with 16 bits a channel: 8 bytes of memory for each pixel. */
function header(size: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(size, 0);
  data.writeUInt32BE(size, 4);
  data.set([16, 6], 8);
  return chunk('IHDR', data);
}

const small = 320;
const png = Buffer.concat([
  Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
  header(small),
  chunk('IDAT', deflateSync(Buffer.alloc((small * 8 + 1) * small))),
  chunk('IEND', Buffer.alloc(0)),
]);

describe.each(pairs)('a video that costs more than it looks, with $name', (pair) => {
  /** Probes a MOV with one frame of PNG that says that it has so many pixels. */
  const probe = async (size: number) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'video.mov');
    await writeFile(join(folder, 'frame.png'), png);
    const frame = ['-framerate', '1', '-i', join(folder, 'frame.png')];
    execFileSync(pair.ffmpeg, ['-v', 'error', ...frame, '-c', 'copy', '-f', 'mov', path]);
    const video = await readFile(path);
    video.set(header(size), video.indexOf(header(small)));
    await writeFile(path, video);
    return await createFfprobe(pair.ffprobe).probe(path, new AbortController().signal);
  };

  it('frames of PNG with 6100 x 6100 pixels are refused undecoded', async () => {
    await expect(probe(6100)).rejects.toThrow('its frames are 6100x6100 pixels; port decodes up to 36 million a frame');
  });

  it('frames of PNG with 320 x 320 pixels are read', async () => {
    expect((await probe(small)).video).toMatchObject({ codec: 'png', width: small, height: small });
  });
});
