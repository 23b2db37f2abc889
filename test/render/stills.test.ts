import { describe, expect, it } from 'vitest';
import type { Stored } from '../../src/plan/plan.ts';
import { storageOf } from '../../src/plan/stored.ts';
import { openStills } from '../../src/render/stills.ts';
import type { Ffmpeg } from '../../src/tools/ffmpeg.ts';
import { createFfmpeg } from '../../src/tools/ffmpeg.ts';
import { videoStream } from '../builders.ts';
import { hasEncoder, makeMedia, temporaryFolder, turned } from '../media.ts';
import { type Pair, pairs } from '../programs.ts';

const signal = new AbortController().signal;
const folder = await temporaryFolder();
const plain: Stored = storageOf(videoStream());
const x264 = ['-c:v', 'libx264', '-qp', '4', '-pix_fmt', 'yuv420p', '-threads', '1'];

/** A red quarter at the upper left of a blue picture. */
const corner = (size: string, more = '') => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `color=0x2030c0:s=${size}:r=30:d=1,drawbox=0:0:iw/2:ih/2:0xc02020:t=fill,format=yuv444p${more}`,
  ],
];

describe.each(pairs)('with $name', (pair: Pair) => {
  const ffmpeg = createFfmpeg(pair.ffmpeg);

  async function pixels(path: string, at: number, colours: Stored = plain) {
    const { width, height, pixels: all } = await openStills({ ffmpeg }, signal).at(path, 0, at, colours);
    const colour = (x: number, y: number) => [
      ...all.subarray((Math.floor(y * height) * width + Math.floor(x * width)) * 3).subarray(0, 3),
    ];
    return { width, height, bytes: all.length, colour };
  }

  const near = (actual: readonly number[], expected: readonly number[], within: number) =>
    actual.every((value, index) => Math.abs(value - (expected[index] ?? 0)) <= within);

  it.each<[string, string, Stored['matrix']]>([
    ['BT.601', 'bt601', 'bt601'],
    ['BT.709', 'bt709', 'bt709'],
    ['BT.2020', 'bt2020', 'bt2020'],
  ])('converts colours stored in %s without colour tags', async (name, written, matrix) => {
    const path = await makeMedia(folder, `${pair.libavcodec[0]}-${name}.mkv`, [
      ...corner('160x160', `,scale=out_color_matrix=${written}`),
      ...x264,
    ]);
    const { colour } = await pixels(path, 0.5, { ...plain, matrix });
    expect(near(colour(0.25, 0.25), [0xc0, 0x20, 0x20], 6), String(colour(0.25, 0.25))).toBe(true);
    expect(near(colour(0.75, 0.75), [0x20, 0x30, 0xc0], 6), String(colour(0.75, 0.75))).toBe(true);
  });

  it('writes full-range colours', async () => {
    const path = await makeMedia(folder, `${pair.libavcodec[0]}-full.mp4`, [
      ...corner('160x160', ',format=rgb24,scale=out_color_matrix=bt709,format=yuvj420p'),
      ...[...x264, '-pix_fmt', 'yuvj420p', '-color_range', 'pc', '-colorspace', 'bt709'],
    ]);
    const { colour } = await pixels(path, 0.5, { ...plain, range: 'full' });
    expect(near(colour(0.25, 0.25), [0xc0, 0x20, 0x20], 6), String(colour(0.25, 0.25))).toBe(true);
  });

  it('rotates a picture that is stored rotated', async () => {
    const lying = await makeMedia(folder, 'lying.mp4', [...corner('160x96'), ...x264]);
    const path = await makeMedia(folder, `${pair.libavcodec[0]}-turned.mp4`, turned(lying, pair), pair);
    const { width, height, colour } = await pixels(path, 0.5, { ...plain, rotation: 90 });
    expect([width, height]).toEqual([96, 160]);
    expect(colour(0.75, 0.25)[0]).toBeGreaterThan(150);
    expect(colour(0.25, 0.25)[0]).toBeLessThan(80);
  });

  it('writes square pixels', async () => {
    const path = await makeMedia(folder, 'wide.mp4', [...corner('96x160', ',setsar=4/3'), ...x264]);
    expect(await pixels(path, 0.5)).toMatchObject({ width: 128, height: 160 });
  });

  it.each<[string, string, [number, number]]>([
    ['4K is made as large as the largest cover', '2160x3840', [1080, 1920]],
    ['4K on its side is as high as the highest', '3840x2160', [3413, 1920]],
    ['narrow and high stays', '720x2560', [720, 2560]],
    ['small stays', '160x96', [160, 96]],
  ])('%s', async (_, size, [width, height]) => {
    const path = await makeMedia(folder, `${pair.libavcodec[0]}-${size}.mp4`, [
      ...corner(size, ',scale=out_color_matrix=bt709'),
      ...x264,
      '-frames:v',
      '1',
    ]);
    const still = await pixels(path, 0);
    expect(still).toMatchObject({ width, height });
    expect(near(still.colour(0.25, 0.25), [0xc0, 0x20, 0x20], 6), String(still.colour(0.25, 0.25))).toBe(true);
  });

  it('converts ten bits to eight bits per channel', async () => {
    const path = await makeMedia(folder, 'ten.mp4', [...corner('160x160'), ...x264, '-pix_fmt', 'yuv420p10le']);
    expect(await pixels(path, 0.5)).toMatchObject({ width: 160, height: 160, bytes: 160 * 160 * 3 });
  });

  it('tone-maps HDR to normal brightness', async ({ skip }) => {
    if (!(await hasEncoder(pair, 'libx265', 'yuv420p10le'))) skip();
    // 58 % of PQ is 203 nits, the white of words and paper (ITU-R BT.2408): a player shows it almost white.
    const white = ['-f', 'lavfi', '-i', 'color=0x949494:s=160x160:r=30:d=0.2'];
    const tags = [
      '-color_primaries',
      'bt2020',
      '-color_trc',
      'smpte2084',
      '-colorspace',
      'bt2020nc',
      '-color_range',
      'tv',
    ];
    const x265 = [
      '-c:v',
      'libx265',
      '-preset',
      'ultrafast',
      '-x265-params',
      'log-level=none:pools=1',
      '-pix_fmt',
      'yuv420p10le',
    ];
    const path = await makeMedia(folder, `${pair.libavcodec[0]}-hdr.mp4`, [...white, ...x265, ...tags], pair);
    const { colour } = await pixels(path, 0, { ...plain, matrix: 'bt2020', primaries: 'bt2020', transfer: 'pq' });
    const [red = 0, green = 0, blue = 0] = colour(0.5, 0.5);
    expect(Math.min(red, green, blue)).toBeGreaterThan(170);
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(6);
  });

  it.each([0, 0.1, 0.233333, 0.5, 0.966666])('extracts exactly the frame at %d s', async (at) => {
    // A bar that moves eight pixels a frame says which frame it is.
    const bar = [
      '-f',
      'lavfi',
      '-i',
      'color=black:s=256x64:r=30:d=1',
      '-f',
      'lavfi',
      '-i',
      'color=white:s=8x64:r=30:d=1',
    ];
    const path = await makeMedia(folder, 'bar.mp4', [
      ...bar,
      '-filter_complex',
      'overlay=x=t*240',
      ...x264,
      '-g',
      '20',
    ]);
    const { colour } = await pixels(path, at);
    const frame = Array.from({ length: 32 }, (_, index) => index).find(
      (index) => (colour((index + 0.5) / 32, 0.5)[0] ?? 0) > 128,
    );
    expect(frame).toBe(Math.round(at * 30));
  });

  it('takes the last frame if the picture ends before the time', async () => {
    const path = await makeMedia(folder, 'ends.mp4', [...corner('160x160'), ...x264]);
    expect(await pixels(path, 1.5)).toMatchObject({ width: 160 });
  });

  it('decodes each frame once for all platforms', async () => {
    const path = await makeMedia(folder, 'once.mp4', [...corner('160x160'), ...x264]);
    const calls: unknown[] = [];
    const counting: Ffmpeg = {
      ...ffmpeg,
      capture: async (...args) => {
        calls.push(args);
        return await ffmpeg.capture(...args);
      },
    };
    const stills = openStills({ ffmpeg: counting }, signal);
    await Promise.all([0.1, 0.1, 0.5, 0.1].map(async (at) => stills.at(path, 0, at, plain)));
    expect(calls).toHaveLength(2);
  });
});

describe('keeps only two frames', () => {
  it.each([
    ['the first of two is there', [1, 2, 1], 2],
    ['the first of three is decoded anew', [1, 2, 3, 1], 4],
    ['the last of three is there', [1, 2, 3, 3], 3],
  ])('%s', async (_name, times, expected) => {
    let calls = 0;
    const capture = async () => {
      calls++;
      return Buffer.concat([Buffer.from('P6\n2 1\n255\n'), Buffer.alloc(6)]);
    };
    const stills = openStills({ ffmpeg: { capture } as unknown as Ffmpeg }, signal);
    for (const at of times) await stills.at('a.mp4', 0, at, plain);
    expect(calls).toBe(expected);
  });

  it('a frame that was handed over is not decoded again', async () => {
    const stills = openStills({ ffmpeg: {} as unknown as Ffmpeg }, signal);
    const frame = { width: 1, height: 1, pixels: new Uint8Array(3) };
    stills.hold('a.mp4', 0, 1.5, frame);
    expect(await stills.at('a.mp4', 0, 1.5, plain)).toBe(frame);
  });
});
