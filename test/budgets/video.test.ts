import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createFfprobe } from '../../src/tools/ffprobe.ts';
import { temporaryFolder } from '../media.ts';
import { pairs } from '../programs.ts';
import { chunk, header, signature } from './png.ts';

/** 16 bits a channel: 8 bytes of memory for each pixel. */
const deep = (size: number) => header(size, 16, 6);
const small = 320;
const png = Buffer.concat([
  signature,
  deep(small),
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
    video.set(deep(size), video.indexOf(deep(small)));
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
